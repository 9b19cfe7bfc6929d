"""The ledger's writers: promising, giving back, shipping, taking back, each only as far as it is true."""

import pytest

from backoffice.inventory import ledger, queries
from backoffice.inventory.model import Bucket, MoveKind
from tests.builders import a_product, an_open_shop, an_order, line_ids, refused, stock_of


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def promise(work, product, quantity):
    line = line_ids(work, an_order(work, (product, 1), as_draft=True))[0]
    return line, ledger.allocate(work, line_id=line, product_id=product, quantity=quantity, reference="x")


@pytest.mark.parametrize(
    ("rule", "most"),
    [
        ({}, 5),
        ({"safety_stock": 2}, 3),
        ({"backorder": True, "backorder_limit": 4}, 9),
        ({"backorder": True, "backorder_limit": 4, "safety_stock": 2}, 7),
        ({"backorder": True, "backorder_limit": 0}, 5),
        ({"backorder_limit": 4}, 5),
    ],
)
def test_so_many_units_may_be_promised_and_not_one_more(shop, rule, most):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, **rule)
        assert not promise(work, cup, most + 1)[1]
        assert promise(work, cup, most)[1]
        assert not promise(work, cup, 1)[1]


def test_without_a_limit_a_backorder_may_be_promised_for_ever(shop):
    with shop.work() as work:
        assert promise(work, a_product(work, backorder=True), 10**6)[1]


def test_only_what_is_promised_can_be_given_back_or_shipped(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        line, _ = promise(work, cup, 2)
    with refused("inventory.not-allocated", quantity=3), shop.work() as work:
        ledger.release(work, line_id=line, product_id=cup, quantity=3)
    with refused("inventory.not-allocated", quantity=3), shop.work() as work:
        ledger.ship(work, line_id=line, product_id=cup, quantity=3, reference="S")
    with shop.work() as work:
        ledger.release(work, line_id=line, product_id=cup, quantity=1)
        ledger.ship(work, line_id=line, product_id=cup, quantity=1, reference="S")
    assert stock_of(shop, cup) == (4, 0, 4)


def test_a_backorder_that_is_promised_but_not_there_cannot_be_shipped(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=1, backorder=True)
        line, _ = promise(work, cup, 2)
    with refused("inventory.not-enough"), shop.work() as work:
        ledger.ship(work, line_id=line, product_id=cup, quantity=2, reference="S")
    assert stock_of(shop, cup) == (1, 2, -1)


def test_unship_is_the_exact_counter_entry_of_ship(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        line, _ = promise(work, cup, 3)
    before = stock_of(shop, cup), shop.ask(queries.allocations, cup)
    with shop.work() as work:
        ledger.ship(work, line_id=line, product_id=cup, quantity=3, reference="S")
    with shop.work() as work:
        ledger.unship(work, line_id=line, product_id=cup, quantity=3, reference="S", order="x")
    after = stock_of(shop, cup), shop.ask(queries.allocations, cup)
    assert after == before
    assert [move.kind for move in shop.ask(queries.moves, cup)] == ["unship", "ship", "opening"]


@pytest.mark.parametrize("quantity", [0, -1, 10**9 + 1])
def test_a_move_of_no_number_of_units_is_refused(shop, quantity):
    with refused("inventory.bad-quantity"), shop.work() as work:
        move = {"source": Bucket.SUPPLIER, "target": Bucket.SELLABLE, "kind": MoveKind.RECEIPT}
        ledger.move(work, a_product(work), quantity, **move)
