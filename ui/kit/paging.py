"""Where a table's rows come from: pages by cursor, counted if somebody knows, and a place to jump to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ui.kit.context import AppContext

WALK = 500  # rows read at once on the way to a place nobody has marked
LONGEST_WALK = 20  # such steps at most: then the table shows what it has reached
EVERY = 100  # one row in so many is marked: ten thousand cursors for a million rows, 3 MB


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows: one of the screen's views, filters by key, and the sort."""

    view: str = ""
    sort: str = ""
    descending: bool = False
    filters: tuple[tuple[str, Any], ...] = ()

    def filter(self, key: str, default: Any = None) -> Any:
        """What is filtered for under this key."""
        return dict(self.filters).get(key, default)

    def turned(self) -> "Listing":
        """The same list from its other end."""
        return replace(self, descending=not self.descending)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, with the cursors of the pages behind and before, None where the list ends; as backoffice.store.paging."""

    rows: Sequence[Any]
    next: Any = None
    previous: Any = None


class Source(Protocol):
    """What a table reads from. Every row has an `id`. Calls come from the main thread and take milliseconds."""

    def total(self, listing: Listing) -> int | None:
        """How many rows there are, None if nobody knows. Asked before the first page and after each change."""

    def first(self, listing: Listing, limit: int) -> Page: ...

    def after(self, listing: Listing, cursor: Any, limit: int) -> Page: ...

    def before(self, listing: Listing, cursor: Any, limit: int) -> Page: ...

    def last(self, listing: Listing, limit: int) -> Page: ...

    def at(self, listing: Listing, row: int, limit: int) -> Page:
        """A page that begins at this row, or near it where that would take a long read."""


class ListSource:
    """Rows that fit in memory: `load(listing)` answers all of them; `sorts` has a key function by sort name.

    Without one the attribute of that name is the key.
    """

    def __init__(
        self, load: Callable[[Listing], Sequence[Any]], sorts: dict[str, Callable[[Any], Any]] | None = None
    ) -> None:
        self._load = load
        self._sorts = sorts or {}
        self._rows: list[Any] = []

    def total(self, listing: Listing) -> int:
        self._rows = list(self._load(listing))
        if listing.sort:
            key = self._sorts.get(listing.sort) or (lambda row: getattr(row, listing.sort))
            self._rows.sort(key=lambda row: _none_first(key(row)), reverse=listing.descending)
        return len(self._rows)

    def first(self, listing: Listing, limit: int) -> Page:
        return self._page(0, limit)

    def after(self, listing: Listing, cursor: int, limit: int) -> Page:
        return self._page(cursor + 1, limit)

    def before(self, listing: Listing, cursor: int, limit: int) -> Page:
        start = max(0, cursor - limit)
        return self._page(start, cursor - start)

    def last(self, listing: Listing, limit: int) -> Page:
        return self._page(max(0, len(self._rows) - limit), limit)

    def at(self, listing: Listing, row: int, limit: int) -> Page:
        return self._page(row, limit)

    def _page(self, start: int, limit: int) -> Page:
        rows = self._rows[start : start + limit]
        end = start + len(rows)
        return Page(rows, next=end - 1 if end < len(self._rows) else None, previous=start if start else None)


def _none_first(value: Any) -> tuple[bool, Any]:
    return (False, 0) if value is None else (True, value)


@dataclass(frozen=True, slots=True)
class _Marks:
    listing: Listing
    total: int
    cursors: Sequence[Any]


class QuerySource:
    """Rows by one of the back office's paged queries.

    `query(session, …, after=, before=, limit=)` answers a Page with `rows`, `next`, `previous`; `count(session, …)`
    an int or None; `marks(session, …, every=100)` the cursors of rows 100, 200, 300 …, read in a job so that the
    scroll bar jumps anywhere. All three get what `arguments(listing)` says; by itself view, sort, descending and
    the filters.
    """

    def __init__(
        self,
        app: AppContext,
        query: Callable[..., Any],
        *,
        count: Callable[..., int | None] | None = None,
        marks: Callable[..., Sequence[Any]] | None = None,
        arguments: Callable[[Listing], dict[str, Any]] | None = None,
    ) -> None:
        self._app = app
        self._query, self._count, self._marks = query, count, marks
        self._arguments = arguments or _as_they_are
        self._marked: _Marks | None = None

    def total(self, listing: Listing) -> int | None:
        if self._count is None:
            return None
        total = self._app.ask(self._count, **_without_sort(self._arguments(listing)))
        if self._marks is not None and total is not None and total > WALK and self._outdated(listing, total):
            self._mark(listing, total)
        return total

    def _outdated(self, listing: Listing, total: int) -> bool:
        """Marks are read again when they belong to another list or are off by more than one in a hundred."""
        marked = self._marked
        return marked is None or marked.listing != listing or abs(marked.total - total) * 100 > total

    def first(self, listing: Listing, limit: int) -> Page:
        return self._page(listing, limit=limit)

    def after(self, listing: Listing, cursor: Any, limit: int) -> Page:
        return self._page(listing, after=cursor, limit=limit)

    def before(self, listing: Listing, cursor: Any, limit: int) -> Page:
        return self._page(listing, before=cursor, limit=limit)

    def last(self, listing: Listing, limit: int) -> Page:
        turned = self._page(listing.turned(), limit=limit)
        return Page(list(reversed(turned.rows)), next=turned.previous, previous=turned.next)

    def at(self, listing: Listing, row: int, limit: int) -> Page:
        start, cursor = self._nearest_mark(listing, row)
        for _step in range(LONGEST_WALK):
            if start >= row:
                break
            step = min(WALK, row - start)
            passed = self._page(listing, after=cursor, limit=step)
            if passed.next is None:
                break
            start, cursor = start + step, passed.next
        return self._page(listing, after=cursor, limit=limit)

    def _nearest_mark(self, listing: Listing, row: int) -> tuple[int, Any]:
        """The marked row at or before this one, and the cursor to begin there."""
        if self._marked is None or self._marked.listing != listing:
            return 0, None
        passed = min(row // EVERY, len(self._marked.cursors))
        return passed * EVERY, self._marked.cursors[passed - 1] if passed else None

    def _page(self, listing: Listing, **place: Any) -> Any:
        return self._app.ask(self._query, **self._arguments(listing), **place)

    def _mark(self, listing: Listing, total: int) -> None:
        def read(_progress: Any, _cancelled: Any) -> Sequence[Any]:
            return self._app.ask(self._marks, **self._arguments(listing), every=EVERY)

        def keep(cursors: Sequence[Any]) -> None:
            self._marked = _Marks(listing, total, cursors)

        self._app.run(read, keep, label="", quiet=True)


def _as_they_are(listing: Listing) -> dict[str, Any]:
    known = {"view": listing.view, "sort": listing.sort, "descending": listing.descending}
    return known | dict(listing.filters)


def _without_sort(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name not in ("sort", "descending")}
