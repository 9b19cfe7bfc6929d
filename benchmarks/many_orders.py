"""Makes a shop with very many orders by plain SQL, once for all workloads that need one."""

import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from backoffice.core.calendar import FixedClock
from backoffice.orders.model import Order, OrderLine
from backoffice.shop import Shop
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork
from benchmarks import kept

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
BATCH = 20_000
OPEN_IN = 100
"""One order in so many is still to be dispatched."""


def a_shop_of(folder: Path, orders: int) -> Shop:
    """A shop with `orders` orders of `orders / 4` customers over two years, one line each, a hundredth still open.

    It is the caller's own, in `folder`.
    """
    file = kept.copy_of("orders", orders, lambda at: _made(at, orders), sys.modules[__name__], into=folder)
    return Shop.open(file, clock=FixedClock(NOW))


def _made(folder: Path, orders: int) -> Path:
    place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
    shop = Shop.create(folder / "orders.backoffice", name="Many", clock=FixedClock(NOW), **place)
    customers = max(orders // 4, 1)
    with shop.work() as work:
        work.session.connection().exec_driver_sql(_CUSTOMERS.format(customers=customers))
    for first in range(1, orders + 1, BATCH):
        with shop.work() as work:
            _write(work, first, min(first + BATCH, orders + 1), orders, customers)
    shop.close(backup=False)
    connection = sqlite3.connect(shop.path)
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()
    return shop.path


_CUSTOMERS = """
INSERT INTO customer (id, name, name_key, company, language, country, postcode, postcode_key, notes, tags, created_at,
  listed, order_count, version)
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {customers})
SELECT i, 'Customer ' || i, 'customer ' || i, '', '', 'ES', '28013', '28013', '', '[]', '2024-01-01 00:00:00.000000',
  1, 4, 1 FROM n
"""


def _write(work: UnitOfWork, first: int, after: int, orders: int, customers: int) -> None:
    begun = NOW.timestamp() - 2 * 365 * 86_400
    step = (2 * 365 * 86_400) / orders
    heads, lines = [], []
    for number in range(first, after):
        still = number % OPEN_IN == 0
        total = 500 + (number * 7919) % 90_000
        placed = datetime.fromtimestamp(begun + number * step, UTC)
        heads.append(
            {
                "id": number,
                "number": f"{number:07d}",
                "channel": "shopify",
                "external_id": str(10**9 + number),
                "external_number": f"#{number}",
                "customer_id": 1 + number % customers,
                "placed_at": placed,
                "status": "open" if still else "closed",
                "payment": "paid",
                "dispatch": "unfulfilled" if still else "shipped",
                "currency": "EUR",
                "total": total,
                "paid": total,
                "ship_name": f"Customer {1 + number % customers}",
                "ship_country": "ES",
                "promised_dispatch": placed.date(),
            }
        )
        gone = 0 if still else 1
        line = {"order_id": number, "position": 1, "sku": "CUP", "name": "Cup", "ordered": 1, "gross": total}
        lines.append({**line, "packed": gone, "shipped": gone, "shipped_elsewhere": gone})
    rows.insert_many(work, Order, heads)
    rows.insert_many(work, OrderLine, lines)
