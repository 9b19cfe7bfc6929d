"""Labels at the window: on which stock, from which cell, seen before they are printed, saved without a printer."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from backoffice.core.postal import PostalAddress
from backoffice.shipping import label_sheets, packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import sheets
from backoffice.shipping.queries.parcels import of_order
from backoffice.shipping.queries.printed import printed_for
from tests.builders import a_product, an_order
from tests.kit.accessible import assert_all_named
from tests.shipping.hands import orders, press, show, words_of
from ui.shared import labels as dialogs
from ui.shared.labels import LabelsDialog


@pytest.fixture
def parcels(shop):
    made = orders(shop, 3)
    with shop.work() as work:
        return [packing.pack(work, order) for order in made]


@pytest.fixture
def open_labels(app, qtbot):
    """Opens the dialog for parcels; what was left out comes in `open_labels.left`."""

    def opened(ids):
        dialog = LabelsDialog(app, ids, lambda problems: opened.left.extend(problems))
        qtbot.addWidget(dialog)
        dialog.open()
        return dialog

    opened.left = []
    return opened


@pytest.fixture
def saved(monkeypatch, tmp_path):
    """Where Save as PDF… puts the file."""
    path = tmp_path / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(path), "")))
    return path


def choose_stock(dialog, code):
    dialog.stocks.setCurrentIndex(dialog.stocks.findData(code))


def click_cell(dialog, cell):
    QTest.mouseClick(dialog.grid, Qt.MouseButton.LeftButton, pos=dialog.grid.box(cell).center().toPoint())


def test_the_labels_are_shown_as_they_will_be_printed(open_labels, parcels):
    dialog = open_labels(parcels)
    assert dialog.windowTitle() == "3 labels"
    assert dialog.draft.pages == 3
    assert "3 pages" in words_of(dialog)


def test_looking_records_nothing_and_closing_takes_no_label(shop, open_labels, parcels):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    dialog.reject()
    assert shop.ask(printed_for, "label", parcels) == {}
    assert shop.ask(sheets.sheet, "L7163").next_cell == 0


def test_without_a_printer_the_labels_are_saved_and_that_counts_as_printed(shop, app, open_labels, parcels, saved):
    dialog = open_labels(parcels)
    assert "No printer is set up on this computer" in words_of(dialog)
    assert not dialog.print_button.isVisible()
    press(dialog, "Save as PDF…")
    assert saved.read_bytes().startswith(b"%PDF")
    assert set(shop.ask(printed_for, "label", parcels)) == set(parcels)
    assert app.notices.toasts == ["Saved as saved.pdf"]


def test_a_sheet_goes_on_at_its_next_free_label(shop, open_labels, parcels, saved):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    assert dialog.grid.accessibleName() == "Next free label: 1 of 14"
    dialog.save()
    again = open_labels(parcels)
    assert again.stocks.currentData() == "L7163"  # what was used last
    assert again.grid.accessibleName() == "Next free label: 4 of 14"


def test_a_click_on_the_sheet_says_where_to_begin(shop, open_labels, parcels, saved):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7165")
    click_cell(dialog, 5)
    assert dialog.draft.pages == 1
    dialog.save()
    assert shop.ask(sheets.sheet, "L7165").next_cell == 0  # 6, 7 and 8 of eight: a new sheet


def test_the_arrows_move_the_beginning_too(open_labels, parcels):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    QTest.keyClick(dialog.grid, Qt.Key.Key_Down)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Right)
    assert dialog.grid.first == 3
    QTest.keyClick(dialog.grid, Qt.Key.Key_Up)
    QTest.keyClick(dialog.grid, Qt.Key.Key_Up)
    assert dialog.grid.first == 1


def test_a_click_beside_the_labels_changes_nothing(open_labels, parcels):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    QTest.mouseClick(dialog.grid, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert dialog.grid.first == 0


def test_rolls_and_single_labels_have_no_sheet_to_click(open_labels, parcels):
    dialog = open_labels(parcels)
    for code in ("100x150", "4x6in", "A6", "62mm"):
        choose_stock(dialog, code)
        assert dialog.grid.isHidden() or not dialog.grid.isVisibleTo(dialog)
        assert dialog.draft.pages == 3


def test_the_usual_stocks_come_first(open_labels, parcels):
    dialog = open_labels(parcels)
    codes = [dialog.stocks.itemData(at) for at in range(7)]
    assert codes == ["100x150", "4x6in", "A6", "62mm", "L7163", "L7165", "5163"]


def test_a_label_without_an_address_is_named_and_the_others_are_printed(shop, open_labels, parcels, saved):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=1), 1), ship_to=PostalAddress(name="Ana", country="ES"))
        bad = packing.pack(work, order)
    dialog = open_labels([*parcels, bad])
    assert "S-0004 has no name or no address" in words_of(dialog)
    dialog.save()
    assert [problem.number for problem in open_labels.left] == ["S-0004"]
    assert set(shop.ask(printed_for, "label", [*parcels, bad])) == set(parcels)


def test_where_no_label_can_be_printed_nothing_is_offered(shop, open_labels):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=1), 1), ship_to=PostalAddress(name="Ana", country="ES"))
        bad = packing.pack(work, order)
    dialog = open_labels([bad])
    assert not dialog.save_button.isEnabled()
    assert "has no name or no address" in words_of(dialog)


def test_the_printer_gets_the_pages_and_is_remembered(shop, app, open_labels, parcels, monkeypatch):
    sent = []
    monkeypatch.setattr(dialogs, "printers", lambda: ["Desk", "Zebra"])
    monkeypatch.setattr(dialogs, "printer_named", lambda name: name)
    monkeypatch.setattr(dialogs, "put_on_paper", lambda file, printer, *_hands: sent.append(printer))
    dialog = open_labels(parcels)
    dialog.printer.setCurrentText("Zebra")
    press(dialog, "Print")
    assert sent == ["Zebra"]
    assert app.notices.toasts == ["3 labels printed"]
    assert set(shop.ask(printed_for, "label", parcels)) == set(parcels)
    assert open_labels(parcels).printer_name == "Zebra"


def test_a_printer_that_refuses_records_nothing(shop, app, open_labels, parcels, monkeypatch):
    def refuse(*_asked):
        raise dialogs.PrinterRefused("Zebra")

    monkeypatch.setattr(dialogs, "printers", lambda: ["Zebra"])
    monkeypatch.setattr(dialogs, "printer_named", lambda name: name)
    monkeypatch.setattr(dialogs, "put_on_paper", refuse)
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    dialog.print()
    assert "Zebra does not take the pages" in app.notices.toasts[0]
    assert shop.ask(printed_for, "label", parcels) == {}
    assert shop.ask(sheets.sheet, "L7163", "Zebra").next_cell == 0


def test_a_printer_that_is_off_is_measured_and_pushed(shop, open_labels, parcels):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    press(dialog, "Calibrate…")
    measure = dialog.calibration
    press(measure, "Print the calibration page")
    assert len(measure.page.pages.sizes) == 1
    measure.form.field("right").editor.setText("1.5")
    measure.form.field("down").editor.setText("-0.4")
    measure.press()
    lies = shop.ask(sheets.sheet, "L7163")
    assert (lies.offset_x_um, lies.offset_y_um) == (1500, -400)


def test_an_offset_beyond_reason_is_refused_at_the_field(shop, open_labels, parcels):
    dialog = open_labels(parcels)
    press(dialog, "Calibrate…")
    dialog.calibration.form.field("right").editor.setText("21")
    dialog.calibration.press()
    assert dialog.calibration.isVisible()
    assert "At most 20" in words_of(dialog.calibration)


def test_the_sheet_in_the_printer_is_the_printers_own(shop, open_labels, parcels, monkeypatch):
    monkeypatch.setattr(dialogs, "printers", lambda: ["Desk", "Zebra"])
    with shop.work() as work:
        label_sheets.set_next_cell(work, "L7163", 7, printer="Zebra")
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    assert dialog.grid.first == 0
    dialog.printer.setCurrentText("Zebra")
    assert dialog.grid.first == 7


def test_the_screen_prints_the_labels_of_the_chosen(shop, screen, parcels, saved):
    show(screen)
    screen.show_view("packed")
    screen.parcels.choose(parcels)
    screen.print()
    screen.printing.dialog.save()
    assert [screen.parcels.model.row(at).label for at in range(3)] == [True] * 3
    screen.parcels.settle()
    assert screen.parcels.pane.page.step.title == "Dispatch…"


def test_every_control_has_a_name(open_labels, parcels):
    dialog = open_labels(parcels)
    choose_stock(dialog, "L7163")
    assert_all_named(dialog)
    press(dialog, "Calibrate…")
    assert_all_named(dialog.calibration)


def test_six_clicks_lead_from_the_queue_to_twenty_parcels_on_their_way(shop, screen, saved):
    made = orders(shop, 20)
    show(screen)
    press(screen.queue, "All that are ready")
    press(screen.queue, "Pack")
    press(screen.parcels, "Print labels")
    press(screen.printing.dialog, "Save as PDF…")
    press(screen.parcels, "Dispatch…")
    press(screen.acts.dialog, "Dispatch 20 parcels")
    ids = [shop.ask(of_order, order)[0].id for order in made]
    assert set(shop.ask(printed_for, "label", ids)) == set(ids)
    assert {shop.ask(of_order, order)[0].state for order in made} == {ShipmentState.SHIPPED}
