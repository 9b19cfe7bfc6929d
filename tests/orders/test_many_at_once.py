"""Eight processes sell the same hundred cups at once: exactly a hundred are sold, and no number is given twice."""

from pathlib import Path

from backoffice.core.calendar import FixedClock
from backoffice.shop import Shop
from tests.builders import MONDAY, a_product, a_shop, an_order, faults, stock_of
from tests.store.killing import can_kill
from tests.store.test_processes import together

PROCESSES, EACH, CUPS = 8, 20, 100


def sell(path: Path, cup: int) -> int:
    """One process' orders, each in a transaction of its own; how many cups were promised to them."""
    shop, sold = Shop.beside(path, clock=FixedClock(MONDAY)), 0
    for _ in range(EACH):
        with shop.work() as work:
            order = an_order(work, (cup, 1))
            sql = "SELECT sum(allocated) FROM order_line WHERE order_id = ?"
            sold += work.session.connection().exec_driver_sql(sql, (order,)).scalar_one()
    shop.close(backup=False)
    return sold


@can_kill
def test_of_a_hundred_cups_a_hundred_are_sold(tmp_path):
    shop = a_shop(tmp_path)
    with shop.work() as work:
        cup = a_product(work, on_hand=CUPS)
    shop.close(backup=False)
    sold = together(*[lambda: sell(shop.path, cup)] * PROCESSES)
    assert sum(sold) == CUPS and max(sold) <= EACH
    with Shop.open(shop.path, clock=FixedClock(MONDAY)) as shop:
        assert stock_of(shop, cup) == (CUPS, CUPS, 0)
        numbers = shop.ask(lambda s: s.connection().exec_driver_sql("SELECT number FROM orders ORDER BY 1").all())
        assert [row[0] for row in numbers] == [f"{n:05d}" for n in range(1, PROCESSES * EACH + 1)]
        assert faults(shop) == []
