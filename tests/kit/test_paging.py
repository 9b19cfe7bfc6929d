"""Pages from memory and from the back office's queries: each row once, from both ends, and from the middle."""

from dataclasses import dataclass

import pytest

from ui.kit.paging import Listing, ListSource, Page, QuerySource


@dataclass(frozen=True)
class Row:
    id: int
    name: str | None = ""


def a_query(count):
    """A keyset query over rows 0…count-1 as the back office has them, that remembers what it was asked."""
    asked = []

    def page(_records, *, view, sort, descending, after=None, before=None, limit):
        asked.append((after, before, limit))
        ids = range(count - 1, -1, -1) if descending else range(count)
        place = after if before is None else before
        at = -1 if place is None else ids.index(place)
        if before is not None:
            first = max(0, at - limit)
            rows = [Row(n) for n in ids[first:at]]
            return Page(rows, next=rows[-1].id if rows else None, previous=rows[0].id if first else None)
        rows = [Row(n) for n in ids[at + 1 : at + 1 + limit]]
        more = at + 1 + limit < count
        return Page(rows, next=rows[-1].id if more else None, previous=rows[0].id if rows and after else None)

    page.asked = asked
    return page


def marks(_records, *, view, sort, descending, every):
    return list(range(every - 1, 100_000, every))


def ids(page):
    return [row.id for row in page.rows]


@pytest.fixture
def source():
    made = ListSource(lambda _listing: [Row(n, f"n{n:03}") for n in range(250)])
    made.total(Listing())
    return made


def test_a_list_is_read_once_through_forwards_and_backwards(source):
    page, seen = source.first(Listing(), 100), []
    while True:
        seen += ids(page)
        if page.next is None:
            break
        page = source.after(Listing(), page.next, 100)
    assert seen == list(range(250))
    back = source.before(Listing(), page.previous, 100)
    assert ids(back) == list(range(100, 200))


def test_a_list_s_last_page_is_as_long_as_asked(source):
    assert ids(source.last(Listing(), 50)) == list(range(200, 250))


def test_a_list_sorts_what_is_not_there_first():
    source = ListSource(lambda _listing: [Row(1, "b"), Row(2, None), Row(3, "a")])
    source.total(Listing(sort="name"))
    assert ids(source.first(Listing(), 10)) == [2, 3, 1]
    source.total(Listing(sort="name", descending=True))
    assert ids(source.first(Listing(), 10)) == [1, 3, 2]


def test_the_last_page_of_a_query_is_its_first_from_the_other_end(app):
    source = QuerySource(app, a_query(1000))
    page = source.last(Listing(), 30)
    assert ids(page) == list(range(970, 1000))
    assert page.next is None
    assert ids(source.before(Listing(), page.previous, 10)) == list(range(960, 970))


def test_a_jump_without_marks_walks_there(app):
    query = a_query(5000)
    page = QuerySource(app, query).at(Listing(), 1234, 100)
    assert ids(page) == list(range(1234, 1334))
    assert len(query.asked) == 4


def test_a_jump_with_marks_is_one_question(app):
    query = a_query(100_000)
    source = QuerySource(app, query, count=lambda _records, *, view: 100_000, marks=marks)
    assert source.total(Listing()) == 100_000
    assert ids(source.at(Listing(), 77_700, 100)) == list(range(77_700, 77_800))
    assert query.asked == [(77_699, None, 100)]


def test_marks_are_kept_until_the_list_has_changed_by_more_than_a_hundredth(app):
    read, total = [], [10_000]

    def counting(_records, *, every, **_listing):
        read.append(every)
        return []

    source = QuerySource(app, a_query(10), count=lambda _records, *, view: total[0], marks=counting)
    for total[0] in (10_000, 10_050, 10_200):
        source.total(Listing())
    assert len(read) == 2


def test_filters_are_handed_to_the_query_and_the_sort_is_not_counted(app):
    asked = {}

    def count(_records, **arguments):
        asked.update(arguments)
        return 3

    QuerySource(app, a_query(3), count=count).total(Listing("open", "placed", filters=(("text", "ana"),)))
    assert asked == {"view": "open", "text": "ana"}
