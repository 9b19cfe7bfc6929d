"""What the rooms of a shop's life at random stand on: the real shop, the plain one, and how to act on both."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from backoffice.core.errors import Refused
from backoffice.orders.queries import facts
from backoffice.shop import Shop
from tests.builders import a_customer, a_product, a_shop, a_shop_like
from tests.life.model import IN_HOUSE, Line, ShopModel

FAST_DISK = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
SKUS = ("CUP", "JUG", "LATER", "LIMITED")
NOTHING, REFUSED = object(), object()

pick = st.integers(0, 10**6)
units = st.integers(1, 5)
wishes = st.lists(st.tuples(st.integers(0, 3), units), min_size=1, max_size=3)


@cache
def _template() -> tuple[Path, list[int], list[int]]:
    """A closed shop file with goods and customers; the ids of both."""
    folder = Path(tempfile.mkdtemp(prefix="backoffice-machine-", dir=FAST_DISK))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shop = a_shop(folder)
    with shop.work() as work:
        rules: list[dict[str, Any]] = [{}, {"safety_stock": 2}, {"backorder": True}]
        rules.append({"backorder": True, "backorder_limit": 3})
        goods = [a_product(work, sku=sku, on_hand=4, price=1000, **more) for sku, more in zip(SKUS, rules, strict=True)]
        people = [a_customer(work, name) for name in ("Ana Núñez", "Ana Nuñez", "Luis Gil")]
    shop.close(backup=False)
    return folder / "shop.backoffice", goods, people


class Life(RuleBasedStateMachine):
    """What all rooms of a shop's life stand on: the real shop, the plain one, and the way to act on both."""

    def __init__(self) -> None:
        super().__init__()
        template, self.goods, self.people = _template()
        self.home = Path(tempfile.mkdtemp(prefix="backoffice-life-", dir=FAST_DISK))
        self.folders = iter(range(10**6))
        self.shop = a_shop_like(template, self.folder())
        self.model = ShopModel(stock={at: dict.fromkeys(IN_HOUSE, 0) | {"sellable": 4} for at in self.goods})
        self.listed = set(self.people)

    def folder(self) -> Path:
        folder = self.home / str(next(self.folders))
        folder.mkdir()
        return folder

    def opened(self, path: Path) -> Shop:
        """The shop at `path`, opened again as it was."""
        return Shop.open(path, clock=self.shop.clock, who="Eva")

    def teardown(self) -> None:
        self.shop.close(backup=False)
        shutil.rmtree(self.home, ignore_errors=True)

    def do(self, verb: Callable[..., Any], *args: Any, allowed: bool | None = None, **more: Any) -> Any:
        """Does it in a transaction of its own: its answer, or REFUSED. `allowed` is what the model foresees."""
        try:
            with self.shop.work() as work:
                answer = verb(work, *args, **more)
        except Refused as refusal:
            assert not allowed, f"{verb.__name__} refused: {refusal}"
            return REFUSED
        assert allowed is not False, f"{verb.__name__} done, which must be refused"
        return NOTHING if answer is None else answer

    def one(self, at: int, things: list[Any]) -> Any:
        return things[at % len(things)]

    def touch(self, order: int) -> None:
        self.model.orders[order].touched = True

    def has(self, *states: str) -> bool:
        return bool(self.model.orders_in(*states))

    def has_parcel(self, *states: str) -> bool:
        return bool(self.model.parcels_in(*states))

    def learn(self, order: int, status: str, **more: Any) -> None:
        """Takes an order that was just made over into the model."""
        lines = {line.id: Line(order, line.product_id or 0, line.ordered) for line in self.lines(order)}
        self.model.add(order, status, lines, **more)

    def lines(self, order: int) -> list[facts.LineFacts]:
        return self.shop.ask(facts.lines, order)

    def in_status(self, order: int, verb: Callable[..., Any], *from_: str, to: str, **more: Any) -> bool:
        """Runs an action that is allowed from some states only."""
        found = self.model.orders[order]
        if self.do(verb, order, allowed=found.status in from_, **more) is REFUSED:
            return False
        found.status = to
        self.touch(order)
        return True
