"""The products in the window: what the list shows, what a click does to the shop."""

import csv

import pytest
from PySide6.QtGui import QColor, QImage

from backoffice.inventory import actions, pictures, queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.store import journal
from tests.builders import a_product, an_order, faults, stock_of
from tests.kit.accessible import assert_all_named
from tests.orders.hands import answer, choose, press, words_of
from ui.kit.pictures import settle
from ui.kit.text import Chip

HOSTILE = "<b>Cup</b><img src=x onerror=alert(1)>\u202eevil\u202c" + "W" * 5000


@pytest.fixture
def cup(shop, screen):
    """Ten blue cups, three of them promised, shown on the page."""
    with shop.work() as work:
        made = a_product(work, sku="CUP", name="Cup", on_hand=10, options={"Colour": "blue"})
        an_order(work, (made, 3))
    screen.show_record(made)
    return made


def cells(screen, key):
    at = [column.key for column in screen.model.columns].index(key)
    return [screen.model.cells(row)[at] for row in range(screen.model.rowCount())]


def counts(screen):
    return [screen.tabs.tabText(at).split()[-1] for at in range(screen.tabs.count())]


def picture(path, colour="blue", side=2000):
    """A picture file, as a camera makes one."""
    image = QImage(side, side // 2, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    image.save(str(path))
    return path


def history(shop, product_id):
    lines = shop.ask(journal.timeline, subject="product_id", record_id=product_id)
    return [line.verb for line in lines]


def test_the_list_shows_variants_shelves_and_prices(cup, screen):
    assert cells(screen, "name") == ["Cup, blue"]
    assert (cells(screen, "on_hand"), cells(screen, "available")) == (["10"], ["7"])
    assert cells(screen, "price") == ["€12.10"]
    assert counts(screen) == ["1", "0", "0", "0", "0"]


def test_what_is_low_says_so_in_the_list_and_its_step_is_to_adjust(shop, screen):
    with shop.work() as work:
        low = a_product(work, sku="LOW", on_hand=2, reorder_point=3)
    screen.show_record(low)
    assert cells(screen, "available") == [Chip("Low · 2", "warn")]
    assert screen.pane.page.step.title == "Adjust stock…"
    assert counts(screen) == ["1", "1", "0", "0", "0"]


def test_a_product_sold_twice_shows_the_orders_concerned_as_links(shop, screen, opened):
    with shop.work() as work:
        sold = a_product(work, sku="SOLD", on_hand=1)
        an_order(work, (sold, 1))
        waits = an_order(work, (sold, 2))
    screen.show_record(sold)
    assert counts(screen)[2] == "1"
    assert "Sold twice: these orders wait" in words_of(screen.pane.page)
    press(screen.pane.page, "Order 00002")
    screen.pane.page.step.run()
    assert opened == [("orders", waits), ("orders", waits)]


def test_what_is_oversold_says_how_many_units_are_missing(shop, screen):
    with shop.work() as work:
        sold = a_product(work, sku="SOLD", on_hand=1)
        an_order(work, (sold, 1))
        an_order(work, (sold, 2))
    screen.tabs.setCurrentIndex(queries.VIEWS.index("oversold"))
    settle()
    assert cells(screen, "available") == [Chip("2 missing", "bad")]


def test_what_was_counted_is_two_fields_and_can_be_undone(cup, shop, screen, app):
    press(screen.pane.page, "Adjust stock…")
    assert answer(screen, quantity="8")
    assert stock_of(shop, cup) == (8, 3, 5)
    assert app.notices.toasts == ["CUP: 8 on the shelf"]
    app.notices.undo_last()
    assert stock_of(shop, cup) == (10, 3, 7)
    assert not faults(shop)


@pytest.mark.parametrize(("kind", "then"), [("more", (12, 3, 9)), ("fewer", (8, 3, 5)), ("write_off", (8, 3, 5))])
def test_units_come_and_go_with_a_reason_and_come_back_by_undo(cup, shop, screen, app, kind, then):
    press(screen.pane.page, "Adjust stock…")
    assert not answer(screen, kind=kind, quantity="2")
    assert screen.acts.dialog.form.field("reason").problem() == "Say why, in a few words."
    assert answer(screen, reason="broken in the shop window")
    assert stock_of(shop, cup) == then
    app.notices.undo_last()
    assert stock_of(shop, cup) == (10, 3, 7)


def test_units_move_to_another_shelf_and_back(cup, shop, screen, app):
    choose(screen, "Move to another shelf…")
    assert answer(screen, quantity="2")
    row = shop.ask(queries.product_row, cup)
    assert (row.sellable, row.damaged) == (8, 2)
    assert "of these damaged" in words_of(screen.pane.page)
    app.notices.undo_last()
    assert shop.ask(queries.product_row, cup).sellable == 10


def test_more_than_there_is_cannot_be_taken_and_the_dialog_says_so(cup, screen):
    choose(screen, "Write off…")
    assert not answer(screen, quantity="11", reason="gone")
    assert "fewer than 11 units" in screen.acts.dialog.form.foot.text()


def test_the_dialog_says_what_will_be_on_the_shelf(cup, screen):
    press(screen.pane.page, "Adjust stock…")
    form = screen.acts.dialog.form
    form.field("quantity").editor.setText("4")
    assert "Sellable now: 10, then: 4" in words_of(screen.acts.dialog)
    form.field("kind").editor.setCurrentIndex(1)
    assert "then: 14" in words_of(screen.acts.dialog)


def test_why_opens_the_sum_with_every_promise_and_move(cup, shop, screen, opened):
    with shop.work() as work:
        actions.adjust(work, cup, -2, reason="dropped")
    press(screen.pane.page, "Why is 5 available?")
    told = words_of(screen.acts.dialog)
    assert "Opening stock\n" in told and "+10" in told and "−2" in told and "−3" in told
    moves = screen.acts.dialog.findChildren(type(screen.table))[0].model()
    assert [moves.cells(row)[4] for row in range(moves.rowCount())] == ["dropped", ""]
    press(screen.acts.dialog, "Order 00001")
    assert opened[0][0] == "orders" and not screen.acts.dialog.isVisible()


def test_sku_name_price_and_opening_stock_make_a_product(shop, screen, app):
    screen.new()
    assert answer(screen, sku="BOWL", name="Bowl", price="19.90", opening="4")
    made = screen.pane.record
    assert stock_of(shop, made) == (4, 0, 4)
    assert shop.ask(queries.product_row, made).price == 1990
    app.notices.undo_last()
    assert not shop.ask(queries.product_row, made).listed


def test_a_wrong_check_digit_is_said_at_the_field_while_it_is_typed(screen):
    screen.new()
    field = screen.acts.dialog.form.field("barcode")
    field.editor.setText("4006381333932")
    field.show_problem()
    assert field.under.text().startswith("4006381333932 is not a valid EAN or UPC")
    field.editor.setText("4006381333931")
    assert field.problem() == "" and not field.under.isVisibleTo(field)


def test_a_sku_that_is_taken_is_said_at_the_sku_and_nothing_typed_is_lost(cup, screen):
    screen.new()
    assert not answer(screen, sku="CUP", name="Another cup")
    form = screen.acts.dialog.form
    assert "Another product has the SKU CUP" in form.field("sku").problem()
    assert form.field("name").value() == "Another cup"


def test_all_that_is_known_of_a_product_goes_through_the_form_unchanged(shop, screen):
    draft = ProductDraft(
        sku="VASE",
        name="Vase",
        options={"Colour": "red", "Size": "L"},
        barcode="4006381333931",
        bin="A1-02",
        weight_g=900,
        length_mm=100,
        width_mm=110,
        height_mm=300,
        hs_code="691200",
        origin="PT",
        price=4950,
        cost=1800,
        tax_class="reduced",
        tax_rate="0.055",
        supplier="Taller Sur",
        reorder_point=3,
        reorder_quantity=12,
        safety_stock=1,
        backorder=True,
        backorder_limit=5,
        notes="Wash by hand",
        description="Tall",
        tags=("gift", "new"),
    )
    with shop.work() as work:
        vase = actions.create(work, draft)
    screen.show_record(vase)
    press(screen.pane.page, "Edit…")
    assert answer(screen, bin="A1-03")
    kept = shop.ask(queries.details, vase)
    assert {name: kept[name] for name in ProductDraft.__slots__ if name not in ("bin", "tags")} == {
        name: getattr(draft, name) for name in ProductDraft.__slots__ if name not in ("bin", "tags")
    }
    assert (kept["bin"], kept["tags"]) == ("A1-03", ["gift", "new"])
    assert history(shop, vase)[0] == "product.changed"


def test_a_change_can_be_undone(cup, shop, screen, app):
    press(screen.pane.page, "Edit…")
    assert answer(screen, name="Mug")
    assert "Mug, blue" in words_of(screen.pane.page)
    app.notices.undo_last()
    assert shop.ask(queries.product_row, cup).name == "Cup"


def test_what_somebody_else_saved_meanwhile_is_shown_and_what_was_typed_stays(cup, shop, screen, app):
    press(screen.pane.page, "Edit…")
    with shop.work() as work:
        other = ProductDraft(sku="CUP", name="Cup", price=1500, options={"Colour": "blue"})
        actions.change(work, cup, other, version=1)
    assert not answer(screen, name="Mug")
    form = screen.acts.dialog.form
    assert (form.field("name").value(), form.field("price").value().minor) == ("Mug", 1500)
    assert "Changed meanwhile" in form.field("price").problem()
    assert answer(screen)
    kept = shop.ask(queries.product_row, cup)
    assert (kept.name, kept.price) == ("Mug", 1500)


def test_a_picture_is_made_light_and_shown(cup, shop, screen, tmp_path):
    press(screen.pane.page, "Edit…")
    screen.acts.dialog.form.field("picture").take(picture(tmp_path / "photo.png"))
    assert answer(screen)
    file = pictures.picture_of(shop.path, shop.ask(queries.product_row, cup).picture)
    assert (QImage(str(file)).width(), QImage(str(file)).height()) == (1200, 600)


def test_a_picture_let_fall_on_the_page_is_kept_and_can_be_undone(cup, shop, screen, app, tmp_path):
    screen.acts.take_picture(cup, picture(tmp_path / "photo.png"))
    assert shop.ask(queries.product_row, cup).picture == "photo.jpg"
    app.notices.undo_last()
    assert shop.ask(queries.product_row, cup).picture == ""


def test_a_file_that_is_no_picture_is_told_at_the_field(cup, screen, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"not a picture")
    press(screen.pane.page, "Edit…")
    screen.acts.dialog.form.field("picture").take(tmp_path / "photo.png")
    assert not answer(screen)
    assert screen.acts.dialog.form.field("picture").problem() == "photo.png is not a picture that can be read."


def test_archiving_is_undone_and_refused_while_units_are_promised(cup, shop, screen, app):
    choose(screen, "Archive")
    assert "promised to open orders" in app.notices.toasts[-1]
    with shop.work() as work:
        old = a_product(work, sku="OLD")
    screen.show_record(old)
    choose(screen, "Archive")
    assert counts(screen)[4] == "1"
    screen.show_record(old)
    assert screen.pane.page.step.title == "Put back on the list"
    app.notices.undo_last()
    assert counts(screen)[4] == "0"


def test_a_scan_of_a_barcode_or_sku_opens_the_product(shop, screen):
    with shop.work() as work:
        bowl = a_product(work, sku="BOWL-7", barcode="4006381333931")
    assert screen.scanned("4006381333931") and screen.pane.record == bowl
    assert screen.scanned("BOWL-7")
    assert not screen.scanned("5000000000000")


def test_counters_that_the_ledger_does_not_prove_are_shown_and_mended(cup, shop, screen):
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE product SET sellable = 99")
    screen.acts.prove()
    assert "1 counter differs from its ledger" in words_of(screen.acts.dialog)
    screen.acts.dialog.repair()
    assert stock_of(shop, cup) == (10, 3, 7)
    screen.acts.prove()
    assert "Every counter is what its ledger says" in words_of(screen.acts.dialog)


def test_the_list_goes_into_a_file_as_it_is_shown_without_live_formulas(shop, screen, app, tmp_path):
    with shop.work() as work:
        a_product(work, sku="A", name='=HYPERLINK("http://evil")', on_hand=2)
        a_product(work, sku="B", name="Bowl")
    screen.filter_row.set_values([("text", "hyperlink")])
    screen.export(str(tmp_path / "products.csv"), screen.listing)
    rows = list(csv.reader((tmp_path / "products.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["SKU", "A"]
    assert rows[1][1].startswith("'=HYPERLINK")
    assert app.notices.toasts == ["1 product written"]


def test_foreign_text_stays_plain_and_calm(shop, screen):
    with shop.work() as work:
        bad = a_product(work, sku="EVIL", name=HOSTILE, notes=HOSTILE, options={"<i>": "W" * 300})
    screen.show_record(bad)
    assert "\u202e" not in words_of(screen.pane.page)
    body = screen.pane.page.scroll.widget()
    assert body.minimumSizeHint().width() <= 400
    assert screen.pane.page.sizeHint().height() < 3000


def test_every_control_has_a_name(cup, screen):
    assert_all_named(screen)
    press(screen.pane.page, "Edit…")
    assert_all_named(screen.acts.dialog)
    screen.acts.dialog.close()
    press(screen.pane.page, "Adjust stock…")
    assert_all_named(screen.acts.dialog)


def test_ctrl_enter_does_the_next_step(shop, screen):
    with shop.work() as work:
        low = a_product(work, sku="LOW", on_hand=2, reorder_point=3)
    screen.show_record(low)
    screen.confirm()
    assert screen.acts.dialog.isVisible()
    assert screen.help()


def test_labels_are_shown_before_they_are_printed(cup, screen):
    screen.print()
    assert len(screen.labels.shown.pages.sizes) == 1
    screen.labels.shown.close()
