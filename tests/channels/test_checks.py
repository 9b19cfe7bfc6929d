"""Check my data sees each thing that can be wrong with an import; each check is seen to fail."""

import pytest

from backoffice.channels.importing import undo as undoing
from backoffice.customers.person import erasing
from backoffice.orders.queries import facts
from tests.builders import a_product, an_open_shop
from tests.channels.files import an_order, saved
from tests.channels.importing import a_file, faults, take

STOCK = "sku,quantity\nCUP-1,4\nJUG-1,9\n"
TAMPERINGS = {
    "an order known by its number only": (
        "UPDATE orders SET external_id = external_number || iif(id = 1, '', 'x'), external_number = '#1'",
        "#1 came in twice",
    ),
    "an order that is gone": ("UPDATE imported_record SET record_id = 99 WHERE kind = 'order'", "order 99 is gone"),
    "a customer who is gone": ("UPDATE imported_record SET record_id = 99 WHERE kind = 'customer'", "customer 99"),
    "a product that is gone": ("UPDATE imported_record SET record_id = 99 WHERE kind = 'product'", "product 99"),
    "a record of nothing": ("UPDATE imported_record SET kind = 'poem'", "what a poem is"),
    "a count too low": ("UPDATE import_batch SET new = new - 1 WHERE new > 0", "records made or changed"),
    "a record forgotten": ("DELETE FROM imported_record WHERE kind IN ('order', 'stock')", "records made or changed"),
    "a rejected row lost": ("DELETE FROM rejection", "1 rows were rejected, 0 are kept"),
    "a rejected row too many": ("UPDATE import_batch SET rejected = 0", "0 rows were rejected, 1 are kept"),
    "cells that are no list": ("UPDATE rejection SET cells = '{}'", "its cells cannot be read"),
    "cells that are no rows": ("UPDATE rejection SET cells = '[1]'", "its cells cannot be read"),
    "broken cells": ("UPDATE rejection SET cells = '[['", "its cells cannot be read"),
    "a broken mapping": ("UPDATE import_batch SET mapping = '{'", "mapping cannot be read"),
}


@pytest.fixture
def shop(tmp_path):
    """Two orders came in and a row was rejected; then a file of stock."""
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="JUG-1")
        orders = (an_order("#1", Id="1"), an_order("#2", Id="2"), an_order("#3", Lineitem_quantity="two"))
        take(shop, a_file(tmp_path, *orders))
        take(shop, saved(tmp_path, STOCK, "stock.csv"))
        yield shop


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_found(shop, what):
    statement, told = TAMPERINGS[what]
    assert faults(shop) == []
    with shop.work() as work:
        work.session.connection().exec_driver_sql(statement)
    assert [fault for fault in faults(shop) if told in fault]


def test_an_import_undone_in_part_or_in_two_goes_is_sound(shop, tmp_path):
    batch = take(shop, a_file(tmp_path, *(an_order(f"#{n}", Id=str(n)) for n in range(4, 9)), name="b.csv")).batch_id
    with shop.work() as work:
        by_hand = "UPDATE orders SET touched_by_hand = 1 WHERE external_number = '#5'"
        work.session.connection().exec_driver_sql(by_hand)
    chunk, undoing.CHUNK = undoing.CHUNK, 1
    looks = iter([False, False])
    try:
        undoing.undo(shop.store, batch, cancelled=lambda: next(looks, True))
    finally:
        undoing.CHUNK = chunk
    assert faults(shop) == []
    undoing.undo(shop.store, batch)
    assert faults(shop) == []


def test_rejected_rows_that_went_with_a_person_are_no_fault(shop):
    customer = shop.ask(facts.head, shop.ask(facts.id_of, "#1")).customer_id
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE orders SET status = 'closed'")
        work.session.connection().exec_driver_sql("DELETE FROM allocation")
        work.session.connection().exec_driver_sql("UPDATE order_line SET allocated = 0")
        work.session.connection().exec_driver_sql("UPDATE product SET committed = 0")
        erasing.erase(work, customer)
    assert not [fault for fault in faults(shop) if "rejected" in fault]
