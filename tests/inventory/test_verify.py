"""Verify & repair: counters are proven from the ledger, and Check my data names what is not."""

import pytest
from sqlalchemy import text

from backoffice.inventory import verify
from tests.builders import a_product, an_open_shop, an_order, faults, journal_of, stock_of


def tamper(shop, statement):
    with shop.work() as work:
        work.session.execute(text(statement))


def test_a_tampered_counter_is_named_and_mended_and_a_second_run_finds_nothing(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=9)
            an_order(work, (cup, 4))
        assert shop.ask(verify.differences) == []
        tamper(shop, "UPDATE product SET sellable = 7, committed = 5, damaged = 1")
        found = shop.ask(verify.differences)
        assert {(one.counter, one.kept, one.proven) for one in found} == {
            ("sellable", 7, 9),
            ("committed", 5, 4),
            ("damaged", 1, 0),
        }
        assert any("sellable is 7, its ledger proves 9" in fault for fault in faults(shop))
        with shop.work() as work:
            assert verify.repair(work) == found
            assert verify.repair(work) == []
        assert stock_of(shop, cup) == (9, 4, 5)
        assert len(journal_of(shop, "stock.repaired")) == 3
        assert faults(shop) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE order_line SET allocated = allocated - 1",
        "UPDATE allocation SET quantity = quantity - 1",
        "DELETE FROM allocation",
        "UPDATE product SET sellable = 1",
        "UPDATE order_line SET packed = 4, allocated = 3",
    ],
)
def test_check_my_data_sees_a_promise_that_nobody_keeps(tmp_path, statement):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            an_order(work, (a_product(work, on_hand=9), 4))
        assert faults(shop) == []
        tamper(shop, statement)
        assert faults(shop) != []


def test_the_ledger_itself_cannot_be_rewritten(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, on_hand=9)
        for statement in ("UPDATE stock_move SET quantity = 8", "DELETE FROM stock_move"):
            with pytest.raises(Exception, match="append-only"):
                tamper(shop, statement)
