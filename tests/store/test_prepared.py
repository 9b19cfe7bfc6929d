"""Statements compiled once: values go in and come out as the columns' types have it, inside the same transaction."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from backoffice.orders.model import Order, OrderStatus
from backoffice.store.prepared import Prepared, among, driver_of
from backoffice.store.rows import table_of
from backoffice.store.unit_of_work import WritingQuery
from tests.builders import a_product, an_open_shop, an_order

_O = table_of(Order).c
HEAD = Prepared(
    sa.select(_O.number, _O.status, _O.placed_at, _O.promised_dispatch, _O.tags, _O.customer_id, _O.ship_by_fixed)
    .where(_O.id == sa.bindparam("order"))
    .order_by(_O.id)
)
OPEN = Prepared(sa.select(_O.id).where(_O.status == OrderStatus.OPEN).order_by(_O.id.desc()))
HOLD = Prepared(
    sa.update(Order)
    .where(_O.id == sa.bindparam("order"))
    .values(status=sa.bindparam("becomes", type_=_O.status.type), version=_O.version + 1)
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            for _ in range(2):
                an_order(work, (a_product(work), 1), tags=("gift",), promised_dispatch=date(2026, 3, 9))
        yield shop


def test_a_row_comes_out_as_its_columns_types_have_it(shop):
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert shop.ask(HEAD.one, order=1) == ("00001", OrderStatus.OPEN, moment, date(2026, 3, 9), ["gift"], None, True)
    assert isinstance(shop.ask(HEAD.one, order=1)[1], OrderStatus)
    assert shop.ask(HEAD.one, order=99) is None


def test_a_list_of_any_length_is_one_value(shop):
    among_these = Prepared(sa.select(_O.number).where(among(_O.number, "numbers")).order_by(_O.id))
    for numbers in ([], ["00002"], ["00002", "00001"], ['"', "nobody's", "ñ", "😀", "\\", *map(str, range(40_000))]):
        assert shop.ask(among_these.all, numbers=numbers) == [(one,) for one in sorted(numbers) if one[:4] == "0000"]


def test_constants_of_a_statement_are_bound_as_their_types_have_it(shop):
    assert shop.ask(OPEN.all) == [(2,), (1,)]


def test_a_change_says_how_many_rows_it_met_and_goes_with_its_transaction(shop):
    with pytest.raises(ZeroDivisionError), shop.work() as work:
        assert HOLD.run(work.session, order=1, becomes=OrderStatus.ON_HOLD) == 1
        assert HOLD.run(work.session, order=99, becomes=OrderStatus.ON_HOLD) == 0
        assert OPEN.all(work.session) == [(2,)]
        raise ZeroDivisionError
    assert shop.ask(OPEN.all) == [(2,), (1,)]


def test_a_part_taken_back_takes_prepared_changes_back(shop):
    with shop.work() as work:
        with pytest.raises(ZeroDivisionError), work.session.begin_nested():
            HOLD.run(work.session, order=1, becomes=OrderStatus.ON_HOLD)
            raise ZeroDivisionError
        assert OPEN.all(work.session) == [(2,), (1,)]


def test_plain_sql_is_prepared_too(shop):
    counted = Prepared(sa.text("SELECT count(*) FROM orders WHERE total >= :least"))
    assert shop.ask(counted.one, least=0) == (2,)


def test_a_value_that_is_not_given_is_a_bug(shop):
    with pytest.raises(KeyError):
        shop.ask(HEAD.one)


def test_a_list_of_values_is_not_prepared(shop):
    several = Prepared(sa.select(_O.id).where(_O.id.in_(sa.bindparam("orders", expanding=True))))
    with pytest.raises(ValueError, match="list of values"):
        shop.ask(several.all, orders=[1])


def test_a_word_that_a_column_does_not_know_is_not_written(shop):
    with pytest.raises(LookupError), shop.work() as work:
        HOLD.run(work.session, order=1, becomes="lost")


def test_a_transaction_does_not_make_sqlite_forget_what_it_prepared(shop):
    told = []
    with shop.work() as work:
        driver_of(work.session).set_trace_callback(told.append)
    with shop.work() as work:
        HEAD.one(work.session, order=1)
        driver_of(work.session).set_trace_callback(None)
    assert not [statement for statement in told if "PRAGMA" in statement]


def test_a_question_that_writes_is_a_bug_and_not_the_disks_fault(shop):
    with pytest.raises(WritingQuery):
        shop.ask(HOLD.run, order=1, becomes=OrderStatus.ON_HOLD)
