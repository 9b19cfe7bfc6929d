"""The power is cut at sixty random moments of a working day: nothing told is lost, nothing is half, nothing doubled."""

import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from backoffice.channels.importing import run
from backoffice.core.calendar import FixedClock
from backoffice.orders.model import DispatchStatus
from backoffice.orders.queries import facts
from backoffice.shipping import actions, packing
from backoffice.shipping.printing.labels import print_labels
from backoffice.shop import Shop
from tests.builders import MONDAY, a_product, a_shop, an_order
from tests.channels.files import an_order as a_row
from tests.channels.files import text_of
from tests.store.killing import can_kill

pytestmark = [can_kill, pytest.mark.timeout(600)]
KILLS = 60
MOST_TOLD = 24


@pytest.fixture
def shop_file(tmp_path) -> Path:
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, on_hand=100_000, sku="CUP-1")
        shop.close(backup=False)
    return shop.path


def opened(path: Path) -> Shop:
    return Shop.open(path, clock=FixedClock(MONDAY), who="Eva")


def day(shop: Shop, folder: Path, chance: random.Random) -> Iterator[str]:
    """Endless work; each line is yielded when its work is acknowledged."""
    cup = 1
    while True:
        what = chance.choice(("order", "order", "ship", "import", "print", "backup"))
        if what == "order":
            with shop.work() as work:
                order = an_order(work, (cup, chance.randint(1, 3)))
            yield f"order {order}"
        elif what == "ship":
            with shop.work() as work:
                order = an_order(work, (cup, 1))
            yield f"order {order}"
            with shop.work() as work:
                shipment = packing.pack(work, order)
            yield f"packed {order}"
            print_labels(shop.store, [shipment], file=folder / "label.pdf")
            with shop.work() as work:
                actions.ship(work, shipment)
            yield f"shipped {order}"
        elif what == "import":
            name = f"K{chance.randrange(10**9)}"
            file = folder / f"{name}.csv"
            file.write_text(text_of([a_row(f"#{name}-{n}") for n in range(5)]), encoding="utf-8")
            run.apply(shop.store, shop.ask(run.detect, file))
            yield f"imported {name}"
        elif what == "backup":
            yield f"saved {shop.back_up()}"


def worked_until_killed(path: Path, seed: int) -> list[str]:
    """What a process acknowledged before it was killed, a random number of lines after it began."""
    chance = random.Random(seed)
    wanted = chance.randint(1, MOST_TOLD)
    ends = os.pipe()
    child = os.fork()
    if child == 0:
        _work(path, ends, seed)
    os.close(ends[1])
    with os.fdopen(ends[0], encoding="utf-8") as told:
        lines = [line.strip() for line, _turn in zip(told, range(wanted), strict=False)]
        os.kill(child, signal.SIGKILL)
        lines += [line.strip() for line in told if line.endswith("\n")]
    os.waitpid(child, 0)
    return lines


def _work(path: Path, ends: tuple[int, int], seed: int) -> None:
    """Never returns; the parent's kill ends it."""
    try:
        os.close(ends[0])
        shop = opened(path)
        for line in day(shop, path.parent, random.Random(seed)):
            os.write(ends[1], f"{line}\n".encode())
    finally:
        os._exit(1)


def test_sixty_power_cuts_lose_nothing(shop_file):
    told: list[str] = []
    for seed in range(KILLS):
        told += worked_until_killed(shop_file, seed)
        with opened(shop_file) as shop:
            assert [fault for check in shop.check() for fault in check.faults] == [], seed
            shop.close(backup=False)
    assert len(told) > KILLS
    with opened(shop_file) as shop:
        _all_is_there(shop, told)
        shop.close(backup=False)


def _all_is_there(shop: Shop, told: list[str]) -> None:
    for line in told:
        what, name = line.split(" ", 1)
        if what == "order":
            assert shop.ask(facts.head, int(name))
        elif what == "packed":
            assert shop.ask(facts.lines, int(name))[0].packed == 1
        elif what == "shipped":
            assert shop.ask(facts.head, int(name)).dispatch is DispatchStatus.SHIPPED
        elif what == "imported":
            assert all(shop.ask(facts.id_of, f"#{name}-{n}") for n in range(5))
        elif what == "saved":
            assert Path(name).stat().st_size
