"""A shop in plain Python: stock, orders and parcels as they must be, to be held against the real one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backoffice.shop import Shop

IN_HOUSE = ("sellable", "quarantine", "damaged")
EDITABLE = ("draft", "open", "on_hold")


@dataclass
class Line:
    """Units of one product in an order."""

    order: int
    product: int
    ordered: int
    cancelled: int = 0
    packed: int = 0
    shipped: int = 0
    delivered: int = 0

    @property
    def counters(self) -> tuple[int, ...]:
        """As the real line has them."""
        return self.order, self.product, self.ordered, self.cancelled, self.packed, self.shipped, self.delivered


@dataclass
class Order:
    """One order: its state, its money, and its edits that can be undone, newest last."""

    status: str
    paid: int = 0
    refunded: int = 0
    was: str = ""
    until: date | None = None
    batch: int | None = None
    touched: bool = False
    edits: list[tuple[int, dict[int, int]]] = field(default_factory=list)


@dataclass
class Parcel:
    """One parcel: {line id: units}."""

    state: str
    units: dict[int, int]


@dataclass
class Booking:
    """One row of the payment ledger that can be reversed."""

    order: int
    kind: str
    amount: int


@dataclass
class ShopModel:
    """All of a shop that can be counted on one's fingers."""

    stock: dict[int, dict[str, int]] = field(default_factory=dict)
    orders: dict[int, Order] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)
    parcels: dict[int, Parcel] = field(default_factory=dict)
    bookings: dict[int, Booking] = field(default_factory=dict)
    batches: list[int] = field(default_factory=list)
    merges: list[tuple[int, int, int]] = field(default_factory=list)

    def of(self, order: int) -> dict[int, Line]:
        """An order's lines by id."""
        return {at: line for at, line in self.lines.items() if line.order == order}

    def orders_in(self, *states: str) -> list[int]:
        """Orders in one of these states; in any when none is named."""
        return [at for at, order in self.orders.items() if not states or order.status in states]

    def parcels_in(self, *states: str) -> list[int]:
        """Parcels in one of these states with something in them."""
        return [at for at, parcel in self.parcels.items() if parcel.state in states and parcel.units]

    def orders_of(self, parcel: int) -> set[int]:
        """The orders with something in a parcel."""
        return {self.lines[line].order for line in self.parcels[parcel].units}

    def is_open(self, parcel: int) -> bool:
        """Whether all orders of a parcel are open."""
        return all(self.orders[order].status == "open" for order in self.orders_of(parcel))

    def add(self, order: int, status: str, lines: dict[int, Line], **more: Any) -> None:
        """A new order."""
        self.orders[order] = Order(status, **more)
        self.lines |= lines

    def withdraw(self, order: int) -> None:
        """Parcels being picked give up what they have of an order."""
        for parcel in self.parcels.values():
            if parcel.state == "picking":
                kept = {line: units for line, units in parcel.units.items() if self.lines[line].order != order}
                if parcel.units and not kept:
                    parcel.state = "void"
                parcel.units = kept

    def move(self, parcel: int, state: str) -> None:
        """Brings a parcel into another state: counters and shelf follow."""
        found = self.parcels[parcel]
        passed = {"packed": 1, "shipped": 2, "lost": 2, "returned_to_sender": 2, "delivered": 3}
        before, after = passed.get(found.state, 0), passed.get(state, 0)
        for at, units in found.units.items():
            line = self.lines[at]
            line.packed += units * ((after >= 1) - (before >= 1))
            line.delivered += units * ((after >= 3) - (before >= 3))
            left = units * ((after >= 2) - (before >= 2))
            line.shipped += left
            self.stock[line.product]["sellable"] -= left
        found.state = state

    def on_shelf(self, parcel: int) -> bool:
        """Whether the shelf has all that is in a parcel."""
        wanted: dict[int, int] = {}
        for at, units in self.parcels[parcel].units.items():
            product = self.lines[at].product
            wanted[product] = wanted.get(product, 0) + units
        return all(self.stock[product]["sellable"] >= units for product, units in wanted.items())

    def is_packed(self, order: int) -> bool:
        """Whether something of an order is packed or gone."""
        return any(line.packed for line in self.of(order).values())

    def is_dispatched(self, order: int) -> bool:
        """Whether all of an order is gone."""
        lines = self.of(order).values()
        return sum(line.shipped for line in lines) > 0 and all(
            line.shipped == line.ordered - line.cancelled for line in lines
        )


def differences(model: ShopModel, shop: Shop) -> list[str]:
    """What is otherwise in the real shop."""
    real = {name: {row[0]: tuple(row[1:]) for row in _rows(shop, sql)} for name, sql in _REAL.items()}
    plain: dict[str, dict[Any, tuple[Any, ...]]] = {
        "stock": {at: tuple(buckets[name] for name in IN_HOUSE) for at, buckets in model.stock.items()},
        "orders": {at: (order.status, order.paid, order.refunded) for at, order in model.orders.items()},
        "lines": {at: line.counters for at, line in model.lines.items()},
        "parcels": {at: (parcel.state,) for at, parcel in model.parcels.items()},
        "contents": {
            f"{at}:{line}": (units,) for at, parcel in model.parcels.items() for line, units in parcel.units.items()
        },
    }
    return [
        f"{name} {at}: {real[name].get(at)} in the shop, {plain[name].get(at)} in the model"
        for name in _REAL
        for at in {*real[name], *plain[name]}
        if real[name].get(at) != plain[name].get(at)
    ]


def broken_promises(shop: Shop) -> list[str]:
    """Nobody open waits for what could be promised, and nobody is promised more than he wants."""
    return [f"product {row[0]}: {row[1]} wanted, {row[2]} free" for row in _rows(shop, _WAITING)]


def _rows(shop: Shop, sql: str) -> list[Any]:
    return list(shop.ask(lambda session: session.connection().exec_driver_sql(sql).all()))


_REAL = {
    "stock": "SELECT id, sellable, quarantine, damaged FROM product",
    "orders": "SELECT id, status, paid, refunded FROM orders",
    "lines": "SELECT id, order_id, product_id, ordered, cancelled, packed, shipped, delivered FROM order_line",
    "parcels": "SELECT id, state FROM shipment",
    "contents": "SELECT shipment_id || ':' || order_line_id, quantity FROM shipment_line",
}
_WAITING = """
SELECT id, wanted, free FROM (
  SELECT p.id, sum(l.ordered - l.cancelled - l.shipped - l.allocated) AS wanted,
    p.sellable - p.committed - p.safety_stock
    + CASE WHEN p.backorder THEN coalesce(p.backorder_limit, 1000000) ELSE 0 END AS free
  FROM product AS p JOIN order_line AS l ON l.product_id = p.id AND l.requires_shipping = 1
  JOIN orders AS o ON o.id = l.order_id AND o.status = 'open' GROUP BY p.id
) AS waiting WHERE wanted > 0 AND free > 0
"""
