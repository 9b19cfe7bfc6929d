"""Dates in six languages, with offsets and without, and those that can be read two ways."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.channels.cells import BadCell
from backoffice.channels.dates import Dates, day_order, needs_order

MADRID = Dates("Europe/Madrid")
DAY = datetime(2026, 9, 21, 22, tzinfo=UTC)  # the first moment of 22 September in Madrid


@pytest.mark.parametrize(
    "text",
    [
        "2026-09-22",
        "2026/09/22",
        "20260922",
        "22.09.2026",
        "22.9.26",
        "22/09/2026",
        "09/22/26",
        "22-09-2026",
        "22-Sep-26",
        "Sep-22-26",
        "22 de septiembre de 2026",
        "22 sept 2026",
        "22. September 2026",
        "22 septembre 2026",
        "22 settembre 2026",
        "22 de setembro de 2026",
        "September 22, 2026",
        "Tuesday, September 22nd, 2026",
        "mar. 22 sept. 2026",
    ],
)
def test_a_day_begins_where_the_shop_is(text):
    assert MADRID(text) == DAY


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-22 09:12:44 -0700", datetime(2026, 9, 22, 16, 12, 44, tzinfo=UTC)),
        ("2025-10-02 17:09:34 -0300", datetime(2025, 10, 2, 20, 9, 34, tzinfo=UTC)),
        ("2026-09-22T07:41:47.040Z", datetime(2026, 9, 22, 7, 41, 47, tzinfo=UTC)),
        ("2026-09-22 09:12:44+02:00", datetime(2026, 9, 22, 7, 12, 44, tzinfo=UTC)),
        ("2026-09-22 09:12", datetime(2026, 9, 22, 7, 12, tzinfo=UTC)),
        ("2026-12-22 09:12", datetime(2026, 12, 22, 8, 12, tzinfo=UTC)),
        ("22/09/2026 9:12 PM", datetime(2026, 9, 22, 19, 12, tzinfo=UTC)),
        ("22.09.2026 09:12 Uhr", datetime(2026, 9, 22, 7, 12, tzinfo=UTC)),
        ("Dec 10, 2025 9:12 AM PST", datetime(2025, 12, 10, 17, 12, tzinfo=UTC)),
        ("2026-09-22 09:12:44 UTC", datetime(2026, 9, 22, 9, 12, 44, tzinfo=UTC)),
        ("10-Dez-25", datetime(2025, 12, 9, 23, tzinfo=UTC)),
        ("1er janvier 2026", datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("22 août 2026", datetime(2026, 8, 21, 22, tzinfo=UTC)),
        ("3 mar 2026", datetime(2026, 3, 2, 23, tzinfo=UTC)),
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # an hour that Madrid never had
        ("", None),
        ("   ", None),
    ],
)
def test_a_moment_comes_out_in_utc(text, moment):
    assert MADRID(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "not-a-date", "2026-13-01", "2026-02-30", "32/12/2026", "00/00/2026", "0000-01-01", "9999-12-31", "20026-09-22",
        "45922", "46287.38", "2026-09-22 25:00", "2026-09-22 13:00 PM", "2026-09-22 09:12 IST", "2026-09-22 UTC",
        "22 smarch 2026", "2026-09-22 09:12 +99:00", "tomorrow", "22/09", "٢٢/٠٩/٢٠٢٦",
    ],
)  # fmt: skip
def test_what_is_no_date_is_said(text):
    with pytest.raises(BadCell, match="not-a-date"):
        MADRID(text)


def test_a_date_that_is_two_wants_an_order():
    with pytest.raises(BadCell, match="date-ambiguous"):
        MADRID("03/04/26")
    assert Dates("UTC", "day")("03/04/26") == datetime(2026, 4, 3, tzinfo=UTC)
    assert Dates("UTC", "month")("03/04/26") == datetime(2026, 3, 4, tzinfo=UTC)
    assert Dates("UTC", "month")("03.04.26") == datetime(2026, 4, 3, tzinfo=UTC)
    assert MADRID("04/04/26") == datetime(2026, 4, 3, 22, tzinfo=UTC)


def test_a_date_against_its_columns_order_is_no_date():
    with pytest.raises(BadCell, match="not-a-date"):
        Dates("UTC", "month")("25/09/26")


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["03/04/26", "25/04/26"], "day"),
        (["03/04/26", "04/25/26"], "month"),
        (["25/04/26", "04/25/26"], "mixed"),
        (["03/04/26", "2026-04-25", "25.04.26", ""], ""),
    ],
)
def test_a_columns_other_dates_tell_its_order(column, order):
    assert day_order(column) == order
    assert needs_order(column)


def test_a_column_without_doubt_needs_no_order():
    assert not needs_order(["2026-04-25", "3.4.26", "04/04/26", "10-Dez-25"])


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 1, 1)).map(lambda at: at.replace(microsecond=0)))
def test_a_platforms_own_moments_are_read_back(at):
    moment = at.replace(tzinfo=UTC)
    assert MADRID(at.strftime("%Y-%m-%d %H:%M:%S +0000")) == moment
    assert MADRID(at.strftime("%Y-%m-%dT%H:%M:%SZ")) == moment


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_a_bad_cell(text):
    try:
        found = MADRID(text)
    except BadCell as bad:
        assert bad.code in ("not-a-date", "date-ambiguous")
    else:
        assert found is None or found.tzinfo is UTC
