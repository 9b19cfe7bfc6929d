"""A file that names an erased person comes again: the order is known, the person is not."""

from pathlib import Path

import pytest

from backoffice.channels.importing import run
from backoffice.customers import queries
from backoffice.customers.person import erasing
from backoffice.orders import actions as orders
from tests.builders import a_shop
from tests.customers.people import everything_written, faults, rows_of

HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Lineitem requires shipping,Billing Name,Billing Address1,Billing City,Billing Zip,"
    "Billing Country,Billing Phone,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,"
    "Shipping Phone,Notes,Id\n"
)
ROW = (
    "{number},{email},paid,2026-02-20 10:00:00 +0100,unfulfilled,,yes,EUR,20.00,0.00,3.47,20.00,,0.00,Post,"
    "2026-02-20 10:00:00 +0100,1,Cup,20.00,CUP-1,true,Ana Núñez,Calle Mayor 1,Madrid,28013,ES,600112233,Ana Núñez,"
    "Calle Mayor 1,Madrid,28013,ES,600112233,{note},{number}9\n"
)
PERSON = ("Núñez", "ana@example.com", "Calle Mayor", "600112233", "Ring twice")


def take_in(shop, folder: Path, *rows: str) -> run.Outcome:
    file = folder / "orders.csv"
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return run.apply(shop.store, shop.ask(run.detect, file))


def row(number: int = 1001, *, email: str = "ana@example.com", note: str = "Ring twice") -> str:
    return ROW.format(number=number, email=email, note=note)


@pytest.fixture
def shop(tmp_path):
    """A shop that imported an order of Ana, cancelled it and erased her."""
    with a_shop(tmp_path) as shop:
        take_in(shop, tmp_path, row())
        with shop.work() as work:
            order = rows_of(shop, "orders")[0]
            orders.cancel(work, order["id"], reason="asked to be erased")
        with shop.work() as work:
            erasing.erase(work, order["customer_id"])
        yield shop


def written_of_the_person(shop) -> list[str]:
    written = everything_written(shop)
    return [secret for secret in PERSON if secret in written]


def test_the_same_file_changes_nothing(shop, tmp_path):
    outcome = take_in(shop, tmp_path, row())
    assert (outcome.tally.unchanged, outcome.tally.new, outcome.tally.changed) == (1, 0, 0)
    assert written_of_the_person(shop) == []


def test_a_file_with_another_note_does_not_write_the_person_back(shop, tmp_path):
    take_in(shop, tmp_path, row(note="Ring twice!"))
    assert written_of_the_person(shop) == []
    assert shop.ask(queries.count) == 0


@pytest.mark.parametrize("email", ["ana@example.com", "ANA@Example.com", ""])
def test_an_older_order_comes_in_without_the_person(shop, tmp_path, email):
    outcome = take_in(shop, tmp_path, row(1000, email=email))
    assert outcome.tally.new == 1
    assert written_of_the_person(shop) == []
    assert shop.ask(queries.count) == 0
    assert [order["total"] for order in rows_of(shop, "orders")] == [2000, 2000]
    assert faults(shop) == []
