"""A thousand drafts confirmed at once, their stock reserved, in one commit."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from backoffice.orders import actions
from benchmarks.floor import Measure, compare, within
from benchmarks.raw_orders import Raw, a_shop, create, goods

DRAFTS = 1000
FEW = 100


def main(_scale: int) -> Iterator[Measure]:
    """Against sqlite3 writing the same rows; the drafts are made outside the time taken."""
    with tempfile.TemporaryDirectory() as folder:
        shop = a_shop(Path(folder))
        products = goods(shop)
        (Path(folder) / "raw").mkdir()
        other = a_shop(Path(folder) / "raw")
        product_ids = goods(other)
        other.close(backup=False)
        raw = Raw(other.path, product_ids)

        def fresh(count: int = DRAFTS) -> tuple[list[int], list[tuple[int, list[int]]]]:
            with shop.work() as work:
                drafts = [create(work, products, as_draft=True) for _ in range(count)]
            return drafts, raw.drafts(count)

        def confirm(made: tuple[list[int], object]) -> None:
            with shop.work() as work:
                for order in made[0]:
                    actions.confirm(work, order)

        def floor(made: tuple[object, list[tuple[int, list[int]]]]) -> None:
            raw.db.execute("BEGIN IMMEDIATE").close()
            for order, lines in made[1]:
                raw.confirm(order)
                raw.reserve(lines)
            raw.db.execute("COMMIT").close()

        bulk = compare("a thousand orders confirmed in bulk", ours=confirm, floor=floor, goal=6, fresh=fresh)
        yield bulk
        few = compare("", ours=confirm, floor=floor, goal=6, fresh=lambda: fresh(FEW)).ours
        yield within(
            "an order's cost, 1000 beside 100 in bulk", ours=bulk.ours / DRAFTS / (few / FEW), goal=1.3, unit="x"
        )
        raw.close()
        shop.close(backup=False)
