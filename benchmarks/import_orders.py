"""Import of a Shopify file, beside the csv module and one executemany a table that write as many rows and columns.

The floor checks nothing, matches nobody and has no index; ours does all an import does, with the search index and
without it. Memory is the peak of a process that does nothing else.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from unittest import mock

from sqlmodel import SQLModel

from backoffice.channels.importing import run
from backoffice.customers.model import Customer
from backoffice.orders.model import Order, OrderLine, Payment
from backoffice.shop import Shop
from backoffice.store import rows, search
from backoffice.store.journal import JournalLine
from benchmarks import plain_import, shopify_file
from benchmarks.floor import Measure, compare, within

SMALL = 10_000
MEGABYTES = 150.0
_TABLES: tuple[type[SQLModel], ...] = (Order, OrderLine, Payment, Customer, JournalLine)
_PEAK = """
import resource, sys
from pathlib import Path
from benchmarks import import_orders
import_orders.take_in(import_orders.an_empty_shop(Path(sys.argv[1])), Path(sys.argv[2]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (2**20 if sys.platform == "darwin" else 2**10))
"""


def main(scale: int) -> Iterator[Measure]:
    """`scale` orders with 2.4 lines each."""
    with tempfile.TemporaryDirectory() as name:
        folder, numbers = Path(name), count()
        file = _file(folder, scale)

        def fresh() -> Path:
            place = folder / str(next(numbers))
            place.mkdir()
            return place

        def measured(name: str, goal: float, ours: Callable[[Path], object]) -> Measure:
            rounds = 3 if scale <= SMALL else 1
            return compare(name, ours=ours, floor=lambda at: _floor(at, file), goal=goal, fresh=fresh, rounds=rounds)

        found = measured("import with the search index", 2.0, lambda at: take_in(an_empty_shop(at), file))
        yield found
        with mock.patch.object(search, "put_all"):
            yield measured("import without the search index", 1.4, lambda at: take_in(an_empty_shop(at), file))
        if scale > SMALL:
            few = _file(folder, SMALL)
            small = compare(
                "",
                ours=lambda at: take_in(an_empty_shop(at), few),
                floor=lambda _at: None,
                goal=0,
                fresh=fresh,
                rounds=3,
            )
            growth = (found.ours / scale) / (small.ours / SMALL)
            yield within("an order's cost beside 10k", ours=growth, goal=1.3, unit="x")
        if sys.platform != "win32":
            yield within("memory at its peak", ours=_peak(fresh(), file), goal=MEGABYTES, unit="MB")


def an_empty_shop(folder: Path) -> Shop:
    """A shop with nothing in it."""
    place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
    return Shop.create(folder / "ours.backoffice", name="Many", who="ana", **place)


def take_in(shop: Shop, file: Path) -> None:
    """The whole import; the shop is closed after it."""
    outcome = run.apply(shop, shop.ask(run.detect, file))
    assert outcome.tally.new and not outcome.tally.rejected
    shop.close(backup=False)


def _floor(folder: Path, file: Path) -> None:
    columns = {rows.table_of(kind).name: len(rows.table_of(kind).c) for kind in _TABLES}
    plain_import.take_in(folder / "floor.db", file, columns)


def _file(folder: Path, orders: int) -> Path:
    path = folder / f"orders-{orders}.csv"
    if not path.exists():
        shopify_file.write(path, orders)
    return path


def _peak(folder: Path, file: Path) -> float:
    asked = [sys.executable, "-c", _PEAK, str(folder), str(file)]
    return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)
