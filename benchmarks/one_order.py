"""One order from the keyboard to the road: created and reserved in one commit, packed and gone in a second one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from backoffice.shipping import actions, packing
from backoffice.shop import Shop
from benchmarks.floor import Measure, compare, within
from benchmarks.many_orders import a_shop_of
from benchmarks.raw_orders import Raw, a_shop, create, goods, stocked

TIMES = 100


def main(scale: int) -> Iterator[Measure]:
    """Against sqlite3 writing the same rows, and a shop of `scale` orders against an empty one."""
    with tempfile.TemporaryDirectory() as folder:
        small = _Counter(a_shop(Path(folder)))
        (Path(folder) / "raw").mkdir()
        other = a_shop(Path(folder) / "raw")
        product_ids = goods(other)
        other.close(backup=False)
        raw = Raw(other.path, product_ids)

        def floor() -> None:
            raw.commit(raw.create, raw.reserve)
            raw.commit(raw.pack, raw.ship)

        yield compare("one order, two commits", ours=small.sell, floor=floor, goal=8, repeat=TIMES)
        raw.close()
        large = _Counter(stocked(a_shop_of(Path(folder) / "many", scale)))
        grown = compare("", ours=large.sell, floor=small.sell, goal=1.3, repeat=TIMES)
        yield within(f"one order among {scale} against one in an empty shop", ours=grown.ratio or 0, goal=1.3, unit="x")
        small.shop.close(backup=False)
        large.shop.close(backup=False)


class _Counter:
    """The counter of one shop."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.products = goods(shop)

    def sell(self) -> None:
        """Sells and dispatches one order."""
        with self.shop.work() as work:
            order = create(work, self.products)
        with self.shop.work() as work:
            actions.ship(work, packing.pack(work, order), tracking="PQ123456789ES")
