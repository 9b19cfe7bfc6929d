"""The dispatch dialog when somebody is quicker than the Enter key: nothing typed is left behind unsaid."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels
from tests.shipping.hands import orders, press, show
from ui.dispatch.tracking_table import COST, TRACKING
from ui.kit.pictures import settle


@pytest.fixture
def only(shop, screen):
    """The one parcel packed."""
    (order,) = orders(shop, 1)
    show(screen)
    screen.acts.pack([order])
    return shop.ask(parcels.of_order, order)[0].id


@pytest.fixture
def dialog(screen, only):
    """The dialog that Dispatch… opens."""
    press(screen.parcels, "Dispatch…")
    return screen.acts.dialog


def begin_typing(dialog, column):
    dialog.table.setCurrentIndex(dialog.model.index(0, column))
    dialog.table.edit(dialog.model.index(0, column))


def parcel(shop, shipment_id):
    return shop.ask(parcels.parcel, shipment_id)


def test_a_number_still_in_the_line_goes_with_its_parcel(dialog, only, shop):
    QTest.keyClicks(dialog.field, "TRK123")
    dialog.act.click()
    settle()
    assert (parcel(shop, only).tracking, parcel(shop, only).state) == ("TRK123", ShipmentState.SHIPPED)


def test_a_number_still_in_the_line_is_kept_for_later(dialog, only, shop):
    QTest.keyClicks(dialog.field, "TRK123")
    press(dialog, "Keep the numbers, dispatch later")
    assert (parcel(shop, only).tracking, parcel(shop, only).state) == ("TRK123", ShipmentState.PACKED)


@pytest.mark.parametrize("typed", ["ñandú", "S-0001"])
def test_nothing_leaves_while_what_stands_in_the_line_is_no_tracking_number(dialog, only, shop, typed):
    dialog.field.setText(typed)
    dialog.press()
    assert dialog.isVisible()
    assert (parcel(shop, only).tracking, parcel(shop, only).state) == ("", ShipmentState.PACKED)


def test_a_number_refused_stays_in_the_line(dialog):
    dialog.field.setText("N 1ñ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.field.text() == "N 1ñ"
    assert dialog.field.selectedText() == "N 1ñ"


@pytest.mark.parametrize(("column", "typed"), [(TRACKING, "T9"), (COST, "4.20")])
def test_what_is_still_typed_in_a_cell_goes_with_its_parcel(dialog, only, shop, column, typed):
    begin_typing(dialog, column)
    dialog.table.findChild(QLineEdit).setText(typed)
    dialog.press()
    left = parcel(shop, only)
    assert left.state is ShipmentState.SHIPPED
    assert typed in (left.tracking, str(left.label_cost))


def test_a_wrong_cost_still_typed_in_a_cell_holds_the_parcel(dialog, only, shop):
    begin_typing(dialog, COST)
    dialog.table.findChild(QLineEdit).setText("five")
    dialog.press()
    assert dialog.isVisible()
    assert dialog.said.text() == "This is no amount in EUR."
    assert parcel(shop, only).state is ShipmentState.PACKED


def test_no_column_of_the_numbers_is_cut(dialog):
    table = dialog.table
    settle()
    assert table.horizontalHeader().length() <= table.viewport().width()
