"""A list read page by page shows each row once, in order, from both ends, whatever its sort values are."""

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, create_engine

from backoffice.core.errors import Refused
from backoffice.store.paging import Cursor, Order, Page, count_up_to, page

SHELF = sa.Table(
    "shelf",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("title", sa.String),
    sa.Column("year", sa.Integer),
    sa.Column("bought", sa.Date),
    sa.Column("lent", sa.DateTime),
    sa.Column("shape", sa.Enum("thick", "thin")),
)
BY_TITLE = Order((SHELF.c.title,), SHELF.c.id)


def a_shelf(books: list[dict[str, Any]]) -> Session:
    engine = create_engine("sqlite://")
    SHELF.metadata.create_all(engine)
    session = Session(engine)
    if books:
        session.execute(SHELF.insert(), books)
    return session


def a_page(session: Session, order: Order = BY_TITLE, **where: Any) -> Page[int]:
    return page(session, sa.select(SHELF.c.id), order, make=lambda row: int(row.id), **where)


def all_forward(session: Session, order: Order, limit: int) -> list[int]:
    seen, at = [], a_page(session, order, limit=limit)
    while True:
        seen += at.rows
        if at.next is None:
            return seen
        at = a_page(session, order, limit=limit, after=Cursor.read(at.next.text()))


def all_backward(session: Session, order: Order, limit: int) -> list[int]:
    at = a_page(session, order, limit=limit)
    while at.next is not None:
        at = a_page(session, order, limit=limit, after=at.next)
    seen = at.rows
    while at.previous is not None:
        at = a_page(session, order, limit=limit, before=Cursor.read(at.previous.text()))
        seen = at.rows + seen
    return seen


BOOKS = st.lists(
    st.fixed_dictionaries(
        {
            "title": st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
            "year": st.none() | st.integers(0, 2),
            "bought": st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
        }
    ),
    max_size=25,
)


@given(BOOKS, st.booleans(), st.integers(1, 7))
def test_paging_either_way_shows_the_whole_list_once_and_in_order(books, descending, limit):
    with a_shelf(books) as session:
        order = Order((SHELF.c.year, SHELF.c.bought, SHELF.c.title), SHELF.c.id, descending)
        whole = a_page(session, order, limit=1000).rows
        assert len(whole) == len(books)
        assert all_forward(session, order, limit) == whole
        assert all_backward(session, order, limit) == whole


def test_a_row_deleted_meanwhile_does_not_make_the_next_page_skip_one():
    with a_shelf([{"title": title} for title in "abcdef"]) as session:
        first = a_page(session, limit=2)
        session.execute(SHELF.delete().where(SHELF.c.id == first.rows[-1]))
        assert a_page(session, limit=2, after=first.next).rows == [3, 4]


def test_moments_and_days_survive_the_way_through_the_text():
    cursor = Cursor((datetime(2026, 11, 22, 10, 5, tzinfo=UTC), date(2026, 11, 22), "ñ", 3, None), 7)
    assert Cursor.read(cursor.text()) == cursor


def text_of(plain: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "ñ",
        "' OR 1=1 --",
        "A" * 50_000,
        text_of([]),
        text_of([["a"]]),
        text_of([["a"], "7"]),
        text_of([["a"], 2**70]),
        text_of([["a"], True]),
        text_of([[{"day": "tomorrow"}], 7]),
        text_of([[{"moment": 5}], 7]),
        text_of([[1.5], 7]),
        text_of([[["a"]], 7]),
        text_of(json.loads("[" * 400 + "]" * 400)),
    ],
)
def test_a_cursor_nobody_gave_out_is_refused(text):
    with pytest.raises(Refused, match=r"store\.bad-cursor"):
        Cursor.read(text)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("title", 5),
        ("title", "\ud800"),
        ("year", "x"),
        ("year", 2**70),
        ("bought", datetime(2026, 1, 1, tzinfo=UTC)),
        ("lent", datetime(2026, 1, 1)),
        ("lent", date(2026, 1, 1)),
        ("shape", "round"),
    ],
)
def test_a_cursor_of_another_list_is_refused(column, value):
    with a_shelf([{"title": "a"}]) as session, pytest.raises(Refused, match=r"store\.bad-cursor"):
        a_page(session, Order((SHELF.c[column],), SHELF.c.id), after=Cursor((value,), 1))


def test_a_cursor_with_too_few_values_is_refused():
    with a_shelf([]) as session, pytest.raises(Refused, match=r"store\.bad-cursor"):
        a_page(session, after=Cursor((), 1))


@pytest.mark.parametrize("descending", [False, True])
def test_each_step_behind_a_cursor_is_one_range_of_the_index(descending):
    with a_shelf([{"title": "same"}] * 20 + [{"title": "more"}] * 20) as session:
        session.execute(sa.text("CREATE INDEX ix_shelf ON shelf (title, id)"))
        asked: list[tuple[str, Any]] = []
        sa.event.listen(session.get_bind(), "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        a_page(session, Order((SHELF.c.title,), SHELF.c.id, descending), after=Cursor(("more",), 30))
        connection = session.connection().connection.dbapi_connection
        plans = [str(connection.execute(f"EXPLAIN QUERY PLAN {sql}", given).fetchall()) for sql, given in asked]
        assert len(plans) == (3 if descending else 2)
        assert all("SEARCH shelf USING COVERING INDEX ix_shelf" in plan for plan in plans)
        assert not any("TEMP B-TREE" in plan for plan in plans)


def test_a_count_stops_at_its_cap():
    with a_shelf([{"title": "a"}] * 11) as session:
        base = sa.select(SHELF.c.id).where(SHELF.c.title == "a")
        assert count_up_to(session, base, cap=11) == 11
        assert count_up_to(session, base, cap=10) is None
