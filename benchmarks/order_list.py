"""The list of orders: pages from its ends and its middle, sorts, views, counts, each beside the plain SELECT."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backoffice.orders.queries import lists
from backoffice.today.queries import today
from benchmarks.floor import Measure, compare, cpu_seconds, within
from benchmarks.many_orders import NOW, a_shop_of

LIMIT = 100
FRAME = 0.016
_COLUMNS = "id, number, channel, external_number, placed_at, customer_id, ship_name, ship_country, currency, total"
_PLACED = f"SELECT {_COLUMNS} FROM orders ORDER BY placed_at DESC, id DESC LIMIT {LIMIT}"
_TOTAL = f"SELECT {_COLUMNS} FROM orders ORDER BY total DESC, id DESC LIMIT {LIMIT}"
_OPEN = f"SELECT {_COLUMNS} FROM orders WHERE status = 'open' ORDER BY placed_at DESC, id DESC LIMIT {LIMIT}"


def main(scale: int) -> Iterator[Measure]:
    """`scale` orders; goals are those of a page on the screen within a frame."""
    with tempfile.TemporaryDirectory() as folder:
        shop = a_shop_of(Path(folder), scale)
        plain = sqlite3.connect(shop.path)
        day = NOW.date()

        def page(**wanted: object) -> lists.OrderRow:
            return shop.ask(lists.page, today=day, limit=LIMIT, **wanted).rows[-1]

        def floor(statement: str) -> list[object]:
            return plain.execute(statement).fetchall()

        middle = shop.ask(lists.marks, today=day, view="all", every=max(scale // 2, 1))[0]
        pages = {
            "first page": ({"view": "all"}, _PLACED),
            "page in the middle": ({"view": "all", "after": middle}, _PLACED),
            "sorted by total": ({"view": "all", "sort": "total"}, _TOTAL),
            "open orders": ({"view": "open"}, _OPEN),
        }
        for name, (wanted, statement) in pages.items():
            yield compare(
                name,
                ours=lambda wanted=wanted: page(**wanted),
                floor=lambda statement=statement: floor(statement),
                goal=1.5,
                plus=FRAME,
                repeat=5,
            )
        yield within("counts beside the views", ours=_once(lambda: shop.ask(lists.counts, today=day)), goal=0.001)
        yield within("Today", ours=_once(lambda: shop.ask(today, now=NOW)), goal=0.050)
        every = max(scale // 10_000, 100)
        marks = _once(lambda: shop.ask(lists.marks, today=day, view="all", every=every))
        yield within("marks for the scroll bar, in a job", ours=marks, goal=3.0)
        plain.close()
        shop.close(backup=False)


def _once(work: object) -> float:
    """The quickest of five, in CPU seconds."""
    times = []
    for _ in range(5):
        began = cpu_seconds()
        work()  # type: ignore[operator]
        times.append(cpu_seconds() - began)
    return min(times)
