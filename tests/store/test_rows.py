"""Many rows at once: as many as were given, in their order, each value as its column keeps it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from backoffice.store import rows
from backoffice.store.journal import JournalLine
from tests.builders import an_open_shop

MOMENT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def _lines(session):
    found = session.connection().exec_driver_sql("SELECT at, who, verb, order_id, facts FROM journal WHERE verb != ''")
    return [tuple(row) for row in found if row[2].startswith("n")]


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_any_number_of_rows_goes_in_whole_and_in_order(shop, count):
    moments = [MOMENT + timedelta(seconds=place % 3) for place in range(count)]
    with shop.work() as work:
        columns = {"verb": [f"n{place}" for place in range(count)], "at": moments}
        rows.insert_columns(work, JournalLine, columns, same={"who": "ana", "facts": {"a": "ñ"}})
    assert shop.ask(_lines) == [
        (f"2026-03-02 09:00:0{place % 3}.000000", "ana", f"n{place}", None, '{"a": "\\u00f1"}')
        for place in range(count)
    ]


def test_what_is_written_already_stays_as_it_is(shop):
    with shop.work() as work:
        columns = {"verb": ["n"], "at": [MOMENT], "facts": [rows.json_text({"a": 1})]}
        rows.insert_columns(work, JournalLine, columns, same={"who": ""}, written={"facts"})
    assert shop.ask(_lines)[0][-1] == '{"a":1}'


def test_a_moment_is_kept_in_utc_and_never_without_its_zone():
    assert rows.moment_text(MOMENT.astimezone(timezone(timedelta(hours=2)))) == "2026-03-02 09:00:00.000000"
    with pytest.raises(ValueError, match="zone"):
        rows.moment_text(datetime(2026, 3, 2, 9))
