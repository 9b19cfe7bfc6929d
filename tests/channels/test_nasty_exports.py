"""Real exports with everything that goes wrong: each ends right in the books, or is refused with its line."""

import pytest

from backoffice.channels.importing import run
from backoffice.channels.importing.undo import undo
from backoffice.core.money import Money
from tests.builders import an_open_shop
from tests.channels.files import saved
from tests.channels.importing import everything, faults, take
from tests.channels.nasty import MONEY, OTHERS, SPREADSHEETS, SUMS
from tests.channels.nasty_articles import ARTICLES, WOO_ARTICLES

CASES = {
    f"{kind}: {name}": case
    for kind, cases in (
        ("money", MONEY),
        ("sums", SUMS),
        ("spreadsheet", SPREADSHEETS),
        ("articles", ARTICLES),
        ("woo", WOO_ARTICLES),
        ("others", OTHERS),
    )
    for name, case in cases.items()
}

_ORDERS = "SELECT external_number, status, payment, dispatch, total, currency FROM orders"
_LINES = (
    "SELECT coalesce(nullif(l.sku, ''), l.name), l.ordered, l.gross, l.tax, o.currency FROM order_line AS l"
    " JOIN orders AS o ON o.id = l.order_id ORDER BY l.id"
)
_ARTICLES = "SELECT sku, price, sellable FROM product"


def books(shop, kind):
    """The records as the cases write them."""
    with shop.store.engine.connect() as connection:
        if kind == "orders":
            found = connection.exec_driver_sql(_ORDERS)
            return {number: f"{' '.join(states)} {Money(total, code)}" for number, *states, total, code in found}
        found = connection.exec_driver_sql(_ARTICLES)
        return {sku: f"{Money(price, 'EUR')} {units}" for sku, price, units in found}


def lines(shop):
    with shop.store.engine.connect() as connection:
        found = connection.exec_driver_sql(_LINES)
        return tuple(f"{what} {n} {Money(gross, code)} {Money(tax, code)}" for what, n, gross, tax, code in found)


@pytest.mark.parametrize("name", CASES)
def test_a_nasty_export_is_right_in_the_books(name, tmp_path):
    case = CASES[name]
    with an_open_shop(tmp_path) as shop:
        if case.first:
            take(shop, saved(tmp_path, case.first, "first.csv"))
        before = everything(shop)
        found = shop.ask(run.detect, saved(tmp_path, case.file))
        outcome = run.apply(shop.store, found)
        assert books(shop, run.kind_of(found).value if not case.first else "products") == case.books.records
        assert tuple((one.line, one.code) for one in outcome.tally.rejections) == case.books.rejected
        assert not case.books.lines or lines(shop) == case.books.lines
        assert faults(shop) == []
        if not case.first and outcome.batch_id is not None:
            assert undo(shop.store, outcome.batch_id).kept == []
            assert everything(shop) == before
            assert faults(shop) == []


def test_there_are_enough_of_them():
    assert len(CASES) >= 70
