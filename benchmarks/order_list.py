"""The list of orders and Today: pages, sorts, views, counts beside the plain SELECT, and how they grow."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from backoffice.orders.queries import lists
from backoffice.shop import Shop
from backoffice.today.queries import today
from benchmarks.floor import Measure, compare, cpu_seconds, within
from benchmarks.many_orders import NOW, a_shop_of

LIMIT = 100
FRAME = 0.016
SMALL = 10_000
_COLUMNS = "id, number, channel, external_number, placed_at, customer_id, ship_name, ship_country, currency, total"
_ALL = f"SELECT {_COLUMNS} FROM orders ORDER BY placed_at DESC, id DESC LIMIT {LIMIT}"
_NEXT = f"SELECT {_COLUMNS} FROM orders WHERE (placed_at, id) < (?, ?) ORDER BY placed_at DESC, id DESC LIMIT {LIMIT}"
_TOTAL = f"SELECT {_COLUMNS} FROM orders ORDER BY total DESC, id DESC LIMIT {LIMIT}"
_OPEN = f"SELECT {_COLUMNS} FROM orders WHERE status = 'open' ORDER BY placed_at DESC, id DESC LIMIT {LIMIT}"


def main(scale: int) -> Iterator[Measure]:
    """`scale` orders; goals are those of a page on the screen within a frame."""
    with tempfile.TemporaryDirectory() as folder:
        many = _Desk(a_shop_of(Path(folder) / "many", scale))
        for name, (ours, floor) in many.pages().items():
            yield compare(name, ours=ours, floor=floor, goal=1.5, plus=FRAME, repeat=5)
        yield within("counts beside the views", ours=_once(many.counts), goal=0.001)
        yield within("Today open", ours=_once(many.today), goal=0.050)
        every = max(scale // 10_000, 100)
        marks = _once(lambda: many.ask(lists.marks, view="all", every=every))
        yield within("marks for the scroll bar, in a job", ours=marks, goal=3.0)
        if scale > SMALL:
            few = _Desk(a_shop_of(Path(folder) / "few", SMALL))
            yield from _growth(many, few)
            few.close()
        many.close()


def _growth(many: "_Desk", few: "_Desk") -> Iterator[Measure]:
    """The same questions to the large shop and to one of 10,000 orders."""
    small = few.pages()
    for name, (ours, _floor) in many.pages().items():
        yield compare(f"{name}, beside 10k orders", ours=ours, floor=small[name][0], goal=1.2, repeat=20)
    yield compare("counts, beside 10k orders", ours=many.counts, floor=few.counts, goal=1.2, repeat=20)
    yield compare("Today, beside 10k orders", ours=many.today, floor=few.today, goal=2.0, repeat=5)


class _Desk:
    """The questions that the list asks of one shop, and their floors."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.plain = sqlite3.connect(shop.path)

    def ask(self, question: Callable[..., Any], **wanted: object) -> Any:
        return self.shop.ask(question, today=NOW.date(), **wanted)

    def pages(self) -> dict[str, tuple[Callable[[], object], Callable[[], object]]]:
        """Each page's name with our way to it and the plain one."""
        [(half,)] = self.plain.execute("SELECT count(*) / 2 FROM orders").fetchall()
        after = self.ask(lists.marks, view="all", every=max(half, 1))[0]
        middle = self.plain.execute("SELECT placed_at, id FROM orders WHERE id = ?", (half,)).fetchone()
        return {
            "first page": (self._page(view="all"), self._floor(_ALL)),
            "next page, from the middle": (self._page(view="all", after=after), self._floor(_NEXT, middle)),
            "sorted by total": (self._page(view="all", sort="total"), self._floor(_TOTAL)),
            "open orders": (self._page(view="open"), self._floor(_OPEN)),
        }

    def counts(self) -> object:
        return self.ask(lists.counts)

    def today(self) -> object:
        return self.shop.ask(today, now=NOW)

    def _page(self, **wanted: object) -> Callable[[], object]:
        return lambda: self.ask(lists.page, limit=LIMIT, **wanted).rows[-1]

    def _floor(self, statement: str, values: tuple[object, ...] = ()) -> Callable[[], object]:
        return lambda: self.plain.execute(statement, values).fetchall()

    def close(self) -> None:
        self.plain.close()
        self.shop.close(backup=False)


def _once(work: Callable[[], object]) -> float:
    """The quickest of five, in CPU seconds."""
    times = []
    for _ in range(5):
        began = cpu_seconds()
        work()
        times.append(cpu_seconds() - began)
    return min(times)
