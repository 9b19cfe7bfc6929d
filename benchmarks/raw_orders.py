"""The floor of the order workloads: the same rows in the same tables, written by sqlite3 and nothing else."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from backoffice.core.calendar import FixedClock
from backoffice.core.postal import PostalAddress
from backoffice.inventory import actions as products
from backoffice.inventory.drafts import ProductDraft
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.settings import actions as settings
from backoffice.shop import Shop
from backoffice.store.engine import connect
from backoffice.store.unit_of_work import UnitOfWork
from benchmarks.many_orders import NOW

ANA = PostalAddress("Ana Núñez", "", "Calle Mayor 1", "Madrid", "28013", "Madrid", "ES")
AT = NOW.strftime("%Y-%m-%d %H:%M:%S.000000")
PLENTY = 10**8
TAXES = json.dumps([{"name": "", "rate": "0.21", "tax": 210}])


def a_shop(folder: Path) -> Shop:
    """A shop with taxes and two products of which there is plenty."""
    place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
    return stocked(Shop.create(folder / "shop.backoffice", name="One", clock=FixedClock(NOW), **place))


def stocked(shop: Shop) -> Shop:
    """The shop with its two products."""
    with shop.work() as work:
        settings.change_profile(work, default_tax_rate="0.21")
        for sku in ("CUP-1", "JUG-1"):
            products.create(work, ProductDraft(sku=sku, name=f"Thing {sku}", price=1210), opening=PLENTY)
    return shop


def goods(shop: Shop) -> list[int]:
    """The ids of the two products."""
    sql = "SELECT id FROM product WHERE sku IN ('CUP-1', 'JUG-1') ORDER BY id"
    return [row[0] for row in shop.ask(lambda session: session.connection().exec_driver_sql(sql).all())]


def create(work: UnitOfWork, product_ids: Sequence[int], *, as_draft: bool = False) -> int:
    """An order of one unit of each product, typed by hand."""
    lines = tuple(LineDraft(quantity=1, product_id=product) for product in product_ids)
    return writing.create(work, OrderDraft(lines=lines, ship_to=ANA, email="ana@example.com", as_draft=as_draft))


class Raw:
    """One shop file in the hands of sqlite3."""

    def __init__(self, path: Path, product_ids: Sequence[int]) -> None:
        self.db = connect(path)
        self.products = product_ids
        self.next = self.db.execute("SELECT next FROM number_series WHERE name = 'order'").fetchone()[0]
        self.next_parcel = 1

    def commit(self, *steps: Callable[[], None]) -> None:
        """The steps in one transaction."""
        self.db.execute("BEGIN IMMEDIATE").close()
        for step in steps:
            step()
        self.db.execute("COMMIT").close()

    def create(self, status: str = "open") -> None:
        """The order, its lines, its place in the search, its history; `order` and `lines` are its ids."""
        number, run = f"R{self.next:05d}", self.db.execute
        self.next += 1
        run("UPDATE number_series SET next = next + 1 WHERE name = 'order'")
        self.order = run(_ORDER, (number, AT, status)).lastrowid
        self.lines = []
        for place, product in enumerate(self.products, start=1):
            self.lines.append(run(_LINE, (self.order, place, product, "CUP-1", "Thing CUP-1", TAXES)).lastrowid)
        text = f"{number} Ana Núñez ana@example.com 28013 CUP-1 Thing CUP-1 JUG-1 Thing JUG-1"
        run(_SEARCH, ("order", self.order, number, text))
        self.tell("order.placed", self.order, None, {"number": number})

    def confirm(self, order: int) -> None:
        """A draft becomes open."""
        self.db.execute("UPDATE orders SET status = 'open', version = version + 1 WHERE id = ?", (order,))
        self.tell("order.confirmed", order, None, {})

    def reserve(self, lines: Sequence[int] | None = None) -> None:
        """Stock is promised to each line."""
        run = self.db.execute
        for line, product in zip(lines or self.lines, self.products, strict=True):
            run("UPDATE product SET committed = committed + 1 WHERE id = ? AND sellable - committed >= 1", (product,))
            run(_ALLOCATION, (line, product, "R00001", AT))
            run("UPDATE order_line SET allocated = allocated + 1 WHERE id = ? AND allocated < ordered", (line,))

    def pack(self) -> None:
        """A parcel with all of it."""
        number, run = f"P{self.next_parcel:05d}", self.db.execute
        self.next_parcel += 1
        run("UPDATE number_series SET next = next + 1 WHERE name = 'shipment'")
        self.parcel = run(_PARCEL, (number, AT)).lastrowid
        run(_SEARCH, ("shipment", self.parcel, number, f"{number} R00001 Ana Núñez"))
        for line, product in zip(self.lines, self.products, strict=True):
            run(_PARCEL_LINE, (self.parcel, self.order, line, product))
        self.tell("shipment.started", self.order, self.parcel, {"number": number})
        run("UPDATE shipment SET state = 'packed', packed_at = ?, version = 2 WHERE id = ?", (AT, self.parcel))
        for line in self.lines:
            run("UPDATE order_line SET packed = packed + 1 WHERE id = ? AND packed < allocated", (line,))
        run("UPDATE orders SET dispatch = 'packed', version = version + 1 WHERE id = ?", (self.order,))
        self.tell("shipment.packed", self.order, self.parcel, {"number": number})

    def ship(self) -> None:
        """The parcel leaves."""
        run = self.db.execute
        run(_SHIPPED, (AT, "PQ123456789ES", self.parcel))
        for line, product in zip(self.lines, self.products, strict=True):
            run("DELETE FROM allocation WHERE order_line_id = ? AND product_id = ? AND quantity = 1", (line, product))
            run(_OFF_THE_SHELF, (product,))
            run(_MOVE, (AT, product))
            run("UPDATE order_line SET shipped = shipped + 1, allocated = allocated - 1 WHERE id = ?", (line,))
        run("UPDATE orders SET dispatch = 'shipped', version = version + 1 WHERE id = ?", (self.order,))
        self.tell("shipment.shipped", self.order, self.parcel, {"number": "P00001", "tracking": "PQ123456789ES"})

    def tell(self, verb: str, order: int | None, parcel: int | None, facts: dict[str, str]) -> None:
        """One line of history."""
        self.db.execute(_JOURNAL, (AT, "Eva", verb, order, parcel, json.dumps(facts)))

    def drafts(self, count: int) -> list[tuple[int, list[int]]]:
        """So many drafts made in one transaction: order and lines."""
        made = []
        self.db.execute("BEGIN IMMEDIATE").close()
        for _ in range(count):
            self.create("draft")
            assert self.order is not None
            made.append((self.order, [line for line in self.lines if line is not None]))
        self.db.execute("COMMIT").close()
        return made

    def close(self) -> None:
        """Lets go of the file."""
        self.db.close()


_ORDER = """
INSERT INTO orders (number, channel, external_id, external_number, customer_id, placed_at, status, payment, dispatch,
  returns, currency, prices_include_tax, total, tax, tax_rounding, discount, shipping, shipping_tax, paid, refunded,
  imported_total, imported, ship_name, ship_company, ship_street, ship_city, ship_postcode, ship_region, ship_country,
  ship_phone,
  bill_name, bill_company, bill_street, bill_city, bill_postcode, bill_region, bill_country, email, delivery_option_id,
  delivery_name, promised_dispatch, promised_delivery, ship_by_fixed, notes, gift_message, tags, source, replaces_id,
  reordered_from, batch_id, fingerprint, touched_by_hand, closed_at, cancelled_at, cancel_reason, version)
VALUES (?, 'manual', NULL, '', NULL, ?, ?, 'unpaid', 'unfulfilled', 'none', 'EUR', 1, 2420, 420, 0, 0, 0, 0, 0, 0, NULL,
  '{}', 'Ana Núñez', '', 'Calle Mayor 1', 'Madrid', '28013', 'Madrid', 'ES', '', 'Ana Núñez', '', 'Calle Mayor 1',
  'Madrid', '28013', 'Madrid', 'ES', 'ana@example.com', 1, 'Standard', '2026-11-24', '2026-11-30', 0, '', '', '[]',
  '{}', NULL, NULL, NULL, '', 0, NULL, NULL, '', 1)
"""
_LINE = """
INSERT INTO order_line (order_id, position, product_id, external_id, sku, name, options, ordered, unit_price, discount,
  order_discount, gross, tax, taxes, requires_shipping, allocated, packed, shipped, delivered, shipped_elsewhere,
  cancelled, return_requested, returned, refunded)
VALUES (?, ?, ?, '', ?, ?, '', 1, 1210, 0, 0, 1210, 210, ?, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
"""
_SEARCH = "INSERT INTO search_document (kind, record_id, title, text) VALUES (?, ?, ?, ?)"
_JOURNAL = "INSERT INTO journal (at, who, verb, order_id, shipment_id, facts) VALUES (?, ?, ?, ?, ?, ?)"
_ALLOCATION = "INSERT INTO allocation (order_line_id, product_id, quantity, reference, at) VALUES (?, ?, 1, ?, ?)"
_PARCEL = """
INSERT INTO shipment (number, customer_id, state, ship_name, ship_company, ship_street, ship_city, ship_postcode,
  ship_region, ship_country, carrier_id, service, tracking, weight_g, label_cost, created_at, packed_at, shipped_at,
  delivered_at, voided_at, written_back_at, version)
VALUES (?, NULL, 'picking', 'Ana Núñez', '', 'Calle Mayor 1', 'Madrid', '28013', 'Madrid', 'ES', NULL, 'Standard', '',
  0, NULL, ?, NULL, NULL, NULL, NULL, NULL, 1)
"""
_PARCEL_LINE = """
INSERT INTO shipment_line (shipment_id, order_id, order_line_id, product_id, quantity, from_stock, scanned)
VALUES (?, ?, ?, ?, 1, 1, 0)
"""
_SHIPPED = "UPDATE shipment SET state = 'shipped', shipped_at = ?, tracking = ?, version = 3 WHERE id = ?"
_OFF_THE_SHELF = """
UPDATE product SET sellable = sellable - 1, committed = committed - 1
WHERE id = ? AND sellable >= 1 AND committed >= 1
"""
_MOVE = """
INSERT INTO stock_move (at, product_id, quantity, bucket_from, bucket_to, kind, reason, reference, who, batch_id)
VALUES (?, ?, 1, 'sellable', 'customer', 'ship', '', 'P00001', 'Eva', NULL)
"""
