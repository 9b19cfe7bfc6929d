"""Several processes at once, and processes killed at any moment: nothing oversold, nothing acknowledged lost."""

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

from sqlmodel import col, update

from backoffice.inventory.model import Product
from backoffice.shop import Shop
from tests.store.killing import can_kill
from tests.store.shops import a_clock, a_closed_shop, a_product, a_shop, content, skus

STOCK = 100


def reserve(path: Path, times: int) -> int:
    """Reserves one unit so many times; how often it got one."""
    shop, got = Shop.beside(path, clock=a_clock()), 0
    free = update(Product).where(col(Product.sellable) - col(Product.committed) >= 1)
    for _ in range(times):
        with shop.work() as work:
            got += work.session.execute(free.values(committed=Product.committed + 1)).rowcount
    shop.close()
    return got


def together(*acts: Callable[[], int]) -> list[int]:
    """Runs each in a process of its own, at the same time; what each answered (at most 255)."""
    children = []
    for act in acts:
        child = os.fork()
        if child == 0:
            try:
                os._exit(act())
            finally:
                os._exit(255)
        children.append(child)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


@can_kill
def test_eight_processes_sell_a_stock_of_a_hundred_once(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, "CUP", sellable=STOCK)
        shop.close(backup=False)
    got = together(*[lambda: reserve(shop.path, 20)] * 8)
    assert sum(got) == STOCK
    (row,) = content(shop.path, "product")["product"]
    columns = list(Product.__table__.c.keys())
    assert (row[columns.index("committed")], row[columns.index("sellable")]) == (STOCK, STOCK)


def write_and_acknowledge(path: Path, pipe: int) -> None:
    """Runs in a fork until it is killed: writes a product, and only then says so."""
    shop = Shop.open(path, clock=a_clock())
    for number in range(10_000):
        with shop.work() as work:
            a_product(work, f"N{number:05d}")
        os.write(pipe, b".")


@can_kill
def test_whatever_was_acknowledged_survives_any_kill(tmp_path):
    chance = random.Random(20260302)
    for round_number in range(12):
        path = a_closed_shop(tmp_path / str(round_number), products=0)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                write_and_acknowledge(path, writing)
            finally:
                os._exit(1)
        os.close(writing)
        acknowledged = len(os.read(reading, 1))
        for _ in range(chance.randrange(60)):
            acknowledged += len(os.read(reading, 1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(reading, 4096):
            acknowledged += len(more)
        os.close(reading)
        with Shop.open(path, clock=a_clock()) as shop:
            assert [each for each in shop.check() if each.faults] == []
            shop.close(backup=False)
        assert acknowledged <= len(skus(path)) <= acknowledged + 1
        assert skus(path) == [f"N{number:05d}" for number in range(len(skus(path)))]
