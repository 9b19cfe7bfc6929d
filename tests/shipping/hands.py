"""What the person with the label printer does at the window, and orders as they come in."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from backoffice.shipping.queries import parcels
from tests.builders import a_product, an_order, pay
from ui.kit.pictures import settle

PRICE = 1210


def a_paid_order(work, *lines, **more):
    """An order of (product, quantity) lines whose money is there."""
    order = an_order(work, *lines, **more)
    pay(work, order, sum(PRICE * quantity for _product, quantity in lines))
    return order


def orders(shop, count, *, on_hand=50):
    """So many paid orders of one cup each."""
    with shop.work() as work:
        cup = a_product(work, on_hand=on_hand, sku="CUP", name="Blue cup", bin="A-1", barcode="4006381333931")
        return [a_paid_order(work, (cup, 1)) for _turn in range(count)]


def show(screen):
    """The screen as the window shows it, its record read."""
    screen.show()
    settle()
    screen.settle()
    return screen


def words_of(widget):
    """Every word on labels and buttons that can be seen."""
    settle()
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text().replace("&&", "&") for part in parts if part.isVisibleTo(widget))


def press(widget: QWidget, text: str):
    """Clicks the button or link with this word."""
    settle()
    found = [each for each in widget.findChildren(QPushButton) if each.text() == text and each.isVisibleTo(widget)]
    assert found, f"no button {text!r} among: {words_of(widget)}"
    found[0].click()
    settle()


def choose(widget: QWidget, entry: str):
    """Picks an entry under the three dots of a page."""
    settle()
    menus = [each.menu() for each in widget.findChildren(QWidget) if hasattr(each, "menu") and each.menu()]
    found = [action for menu in menus for action in menu.actions() if action.text() == entry]
    assert found, [action.text() for menu in menus for action in menu.actions()]
    found[0].trigger()
    settle()


def cells(desk, column):
    """What a list shows in one column, from top to bottom."""
    at = [each.key for each in desk.model.columns].index(column)
    return [desk.model.index(row, at).data() for row in range(desk.model.rowCount())]


def tabs(screen):
    """The tabs with their counts."""
    shown = screen._list.tabs
    return [shown.tabText(at) for at in range(shown.count())]


def scan(bench, code):
    """A scanner types the code into the field and ends with Enter."""
    QTest.keyClicks(bench.field, code)
    QTest.keyClick(bench.field, Qt.Key.Key_Return)
    settle()


def place_of(desk, row):
    """A point in the middle of a row of the list."""
    return QPoint(200, desk.table.rowViewportPosition(row) + 10)


def packed(shop, screen, count):
    """So many parcels, packed at the window and chosen under Packed; their ids."""
    made = orders(shop, count)
    show(screen)
    screen.acts.pack(made)
    return [shop.ask(parcels.of_order, order)[0].id for order in made]


def parcel(shop, shipment_id):
    return shop.ask(parcels.parcel, shipment_id)
