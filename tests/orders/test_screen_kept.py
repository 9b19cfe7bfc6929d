"""What is typed on the orders screen is there again after the program was closed or killed."""

import pytest

from backoffice.core.money import Money
from backoffice.orders import actions
from backoffice.orders.queries import facts
from tests.builders import ANA, a_customer, a_product, an_order, the_order
from tests.orders.hands import fill, look_up, press, words_of
from ui.kit.drawer import Drawer
from ui.kit.pictures import settle
from ui.orders.kept import KeptForm
from ui.orders.screen import OrdersScreen


@pytest.fixture
def cup(shop):
    with shop.work() as work:
        return a_product(work, on_hand=5, name="Blue cup", sku="CUP")


@pytest.fixture
def pot(shop):
    with shop.work() as work:
        return a_product(work, on_hand=5, name="Tea pot", sku="POT", price=2050)


@pytest.fixture
def start(app, tmp_path, qtbot):
    """Starts the program anew: another screen, and of what was typed only what the disk has."""
    file, screens = tmp_path / "shop.backoffice-typed", []

    def make():
        app.drawer.flush()
        app.drawer = Drawer(file, app)
        made = OrdersScreen(app)
        made.resize(1072, 640)
        made.show()
        qtbot.addWidget(made)
        screens.append(made)
        settle()
        return made

    yield make
    for each in screens:
        each.hide()
    settle()


def left(app):
    return [each.key for each in app.drawer.left()]


def test_a_new_order_on_the_phone_survives_a_crash(app, start, shop, cup, pot):
    with shop.work() as work:
        a_customer(work)
    screen = start()
    screen.new()
    sheet = screen.sheets.current
    look_up(sheet.buyer.box, "nun")
    look_up(sheet.lines.box, "2*cup")
    look_up(sheet.lines.box, "tea")
    fill(sheet.lines.rows[1].price, "19.50")
    fill(sheet.shipping, "4.00")
    sheet.notes.editor.setPlainText("rings twice")
    again = start()
    assert left(app) == ["orders/new"]
    again.go_on("new")
    back = again.sheets.current
    assert back.draft() == sheet.draft()
    assert back.buyer.named == "Ana Núñez" and back.place.value == ANA
    again.confirm()
    app.drawer.flush()
    assert left(app) == []
    made = the_order(shop, shop.ask(facts.id_of, "00001"))
    assert [str(line.unit_price) for line in made.lines] == ["12.10", "19.50"] and made.notes == "rings twice"


def test_a_new_customer_and_what_cannot_be_read_come_back_too(start, cup):
    screen = start()
    screen.new()
    sheet = screen.sheets.current
    look_up(sheet.buyer.box, "Nobody Known")
    fill(sheet.buyer.email_field, "nobody@example.com")
    look_up(sheet.lines.box, "cup")
    fill(sheet.lines.rows[0].quantity, "two")
    sheet.place.open()
    sheet.place.field.retype({**sheet.place.field.raw(), "city": "Madrid"})
    again = start()
    again.new()
    back = again.sheets.current
    assert back.raw() == sheet.raw()
    assert back.buyer.is_new and back.lines.problem() is not None


def test_changes_to_an_order_survive_and_meet_the_order_as_it_was(app, start, shop, cup, pot):
    with shop.work() as work:
        order = an_order(work, (cup, 2))
    screen = start()
    screen.edit(order)
    sheet = screen.sheets.current
    fill(sheet.lines.rows[0].quantity, "3")
    look_up(sheet.lines.box, "tea")
    again = start()
    assert left(app) == [f"orders/edit/{order}"]
    again.go_on(f"edit/{order}")
    assert again.sheets.current.change() == sheet.change()
    again.confirm()
    assert the_order(shop, order).total == Money(5680, "EUR")
    assert left(app) == []


def test_what_somebody_else_changed_meanwhile_is_said_first(start, shop, cup):
    with shop.work() as work:
        order = an_order(work, (cup, 2))
    screen = start()
    screen.edit(order)
    fill(screen.sheets.current.lines.rows[0].quantity, "3")
    with shop.work() as work:
        actions.note(work, order, "meanwhile")
    again = start()
    again.go_on(f"edit/{order}")
    assert "Take the order as it is now and keep what I typed" in words_of(again.sheets.current)
    press(again.sheets.current, "Take the order as it is now and keep what I typed")
    again.confirm()
    assert the_order(shop, order).lines[0].ordered == 3


def test_what_was_discarded_is_not_offered_again_unless_it_is_brought_back(app, start, cup):
    screen = start()
    screen.new()
    look_up(screen.sheets.current.lines.box, "cup")
    app.drawer.flush()
    press(screen.sheets.current, "Discard")
    app.drawer.flush()
    assert left(app) == []
    app.notices.undo_last()
    app.drawer.flush()
    assert left(app) == ["orders/new"]


def test_a_half_written_note_on_an_order_is_kept(app, start, shop, cup):
    with shop.work() as work:
        order = an_order(work, (cup, 2))
    screen = start()
    screen.show_record(order)
    screen.pane.page.findChild(KeptForm).form.field("notes").editor.setPlainText("asks for gift")
    again = start()
    assert left(app) == [f"orders/notes/{order}"]
    again.go_on(f"notes/{order}")
    again.pane.page.findChild(KeptForm).keep()
    assert the_order(shop, order).notes == "asks for gift" and left(app) == []
