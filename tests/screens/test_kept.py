"""Half-written forms of every screen are there again when the program is opened after it was closed or killed."""

import pytest
from PySide6.QtWidgets import QDialog

from tests.builders import a_customer, a_product
from tests.screens.test_settings import fields_of, press
from ui.customers.screen import CustomersScreen
from ui.kit.drawer import Drawer
from ui.products.screen import ProductsScreen
from ui.settings.screen import SettingsScreen


@pytest.fixture
def start(app, shown, tmp_path, qtbot):
    """The screen of a program started anew: of what was typed only the disk's part is there."""

    def make(kind):
        app.drawer.flush()
        app.drawer = Drawer(tmp_path / "typed", app)
        return shown(kind)

    return make


def left(app):
    return [(each.key, app.words(each.told).format(**each.facts)) for each in app.drawer.left()]


def closed(dialog):
    QDialog.reject(dialog)  # as when the window goes: nobody was asked


def test_a_half_written_note_and_a_call_back(app, start, shop):
    with shop.work() as work:
        ana = a_customer(work)
    screen = start(CustomersScreen)
    screen.show_record(ana)
    for act, key, text in (("Note…", "note", "asks for a big"), ("Call back…", "call", "the big cup")):
        press(screen.pane.page, act)
        screen.acts.dialog.form.field("text").editor.setPlainText(text)
        closed(screen.acts.dialog)
        again = start(CustomersScreen)
        again.go_on(f"{key}/{ana}")
        assert again.acts.dialog.form.field("text").value() == text
        closed(again.acts.dialog)
    assert left(app) == [
        (f"customers/note/{ana}", "A note about Ana Núñez is not kept yet."),
        (f"customers/call/{ana}", "A call-back to Ana Núñez is not promised yet."),
    ]


def test_a_new_customer_with_an_address(app, start):
    screen = start(CustomersScreen)
    screen.new()
    form = screen.acts.dialog.form
    form.field("emails").editor.setPlainText("no address")
    form.field("addresses").retype([{**_an_address(form), "city": "Madrid"}])
    typed = form.typed()
    closed(screen.acts.dialog)
    again = start(CustomersScreen)
    again.go_on("new")
    assert again.acts.dialog.form.typed() == typed
    assert form.field("addresses").value()[0].city == "Madrid"
    closed(again.acts.dialog)


def _an_address(form):
    form.field("addresses").add()
    return form.field("addresses").raw()[0]


def test_a_new_product_and_changes_to_one(app, start, shop):
    with shop.work() as work:
        cup = a_product(work, sku="CUP")
    screen = start(ProductsScreen)
    for what in ("new", f"edit/{cup}"):
        screen.go_on(what)
        screen.acts.dialog.form.field("name").editor.setText("Blue cup")
        closed(screen.acts.dialog)
        screen = start(ProductsScreen)
        screen.go_on(what)
        assert screen.acts.dialog.form.field("name").value() == "Blue cup"
        closed(screen.acts.dialog)
    assert [key for key, _told in left(app)] == ["products/new", f"products/edit/{cup}"]


def test_a_page_of_the_settings(app, start):
    screen = start(SettingsScreen)
    fields_of(screen)["name"].editor.setText("Casa Nueva")
    screen.show_record("hours")
    fields_of(screen)["day5"].editor.setText("ten to two")
    again = start(SettingsScreen)
    again.go_on("hours")
    assert fields_of(again)["day5"].editor.text() == "ten to two"
    again.go_on("shop")
    assert fields_of(again)["name"].value() == "Casa Nueva" and again.page.dirty()
    press(again.page)
    app.drawer.flush()
    assert [key for key, _told in left(app)] == ["settings/hours"]


def test_a_delivery_option(app, start, monkeypatch):
    opened = []
    monkeypatch.setattr("ui.settings.delivery_page.FormDialog.open", lambda dialog: opened.append(dialog))
    screen = start(SettingsScreen)
    screen.go_on("delivery/option-0")
    opened[0].form.field("name").editor.setText("By bicycle")
    again = start(SettingsScreen)
    again.go_on("delivery/option-0")
    assert opened[1].form.field("name").value() == "By bicycle"
