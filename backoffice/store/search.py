"""Full-text search behind a few functions: SQLite's FTS5, accents ignored, newest first.

Every record that can be found has one row in `search_document`; triggers keep the index `search_index` in step
with it. The newest comes first because a sort by relevance has to read every hit: 60 to 250 ms for a common word.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel

from backoffice.core.text import fold
from backoffice.store.prepared import driver_of
from backoffice.store.searchable import searchable
from backoffice.store.types import STRICT

MOST_LETTERS = 200
MOST_WORDS = 12
COUNTED_UP_TO = 1000

_INDEXED = 3  # beginnings of two and of three letters have an index of their own

_KIND = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[^\W_]+")  # near enough to FTS5's unicode61 to know where one of its words ends


class SearchDocument(SQLModel, table=True):
    """What one record is found by."""

    __tablename__ = "search_document"
    __table_args__ = (sa.UniqueConstraint("kind", "record_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    record_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: which record, its title, and the part of its text around what was looked for."""

    kind: str
    record_id: int
    title: str
    detail: str


_PUT = """
INSERT INTO search_document (kind, record_id, title, text) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, record_id) DO UPDATE SET title = excluded.title, text = excluded.text
WHERE title IS NOT excluded.title OR text IS NOT excluded.text
"""
_PUT_ALL = """
WITH found(kind, record_id, title, text) AS ({select})
INSERT INTO search_document (kind, record_id, title, text)
SELECT kind, record_id, title, searchable(title, text) FROM found
"""
_FORGET = "DELETE FROM search_document WHERE kind = ? AND record_id = ?"
_FIND = """
SELECT d.kind, d.record_id, d.title, snippet(search_index, 2, '', '', '…', 16)
FROM search_index JOIN search_document AS d ON d.id = search_index.rowid
WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?
"""
_IDS = """
SELECT d.record_id FROM search_index JOIN search_document AS d ON d.id = search_index.rowid
WHERE search_index MATCH ? ORDER BY search_index.rowid DESC LIMIT ?
"""
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)"


def put(session: Session, *, kind: str, record_id: int, title: str, text: str) -> None:
    """Makes one record findable by the words of its title and text, or changes by what it is found.

    `kind` is a short word in small letters ("order"); it is what `find(kinds=…)` asks for.
    """
    if not _KIND.fullmatch(kind):
        raise ValueError(kind)
    title, text = _clean(title), _clean(text)
    driver_of(session).execute(_PUT, (kind, record_id, title, searchable(title, text))).close()


def put_all(session: Session, select_sql: str, parameters: Sequence[Any] = ()) -> None:
    """Makes many new records findable at once; `select_sql` yields kind, record id, title, text.

    The records must not be findable yet. `select_sql` is SQL of ours, `?` its parameters, never a user's text.
    """
    _run(session, _PUT_ALL.format(select=select_sql), tuple(parameters))


def forget(session: Session, *, kind: str, record_id: int) -> None:
    """The record is no longer found; nothing happens where it was not."""
    _run(session, _FORGET, (kind, record_id))


def find(session: Session, text: str, *, kinds: Sequence[str] | None = None, limit: int = 20) -> list[Found]:
    """The newest records in which every word of `text` begins some word, in any order.

    Any text is safe. A word of several parts (an SKU, an e-mail) is looked for in that order. A last part of one
    letter ("anna.g") is taken as not yet typed, unless it finds something as it stands. Case and accents are ignored
    as `core.text.fold` does: "ø" is found as "o", "ß" as "ss".
    """
    for loose in (False, True):
        wanted = _match(text, kinds, loose=loose)
        if wanted:
            rows: list[Any] = list(_run(session, _FIND, (wanted, limit)))
            if rows:
                return [Found(*row) for row in rows]
    return []


def ids_found(session: Session, text: str, *, kind: str, limit: int = 1000) -> list[int]:
    """The ids of the newest records of one kind that `find` would give, for narrowing a list."""
    for loose in (False, True):
        wanted = _match(text, (kind,), loose=loose)
        rows = _run(session, _IDS, (wanted, limit)).all() if wanted else []
        if rows:
            return [int(row[0]) for row in rows]
    return []


def count(session: Session, text: str, *, kinds: Sequence[str] | None = None) -> int:
    """How many records `find` could give; COUNTED_UP_TO means so many or more."""
    for loose in (False, True):
        wanted = _match(text, kinds, loose=loose)
        if wanted:
            counted = int(_run(session, _COUNT, (wanted, COUNTED_UP_TO)).scalar_one())
            if counted:
                return counted
    return 0


def phrase(text: str) -> str | None:
    """The FTS5 expression for exactly this title; None where it has no word."""
    return '{title} : "' + _clean(text).replace('"', '""') + '"' if _PARTS.search(text) else None


def rebuild(session: Session) -> None:
    """Makes the index anew from the documents, for a repair."""
    _run(session, "INSERT INTO search_index (search_index) VALUES ('rebuild')", ())


def _match(text: str, kinds: Sequence[str] | None, *, loose: bool) -> str | None:
    """The FTS5 expression for what was typed: each word quoted, so that none of its signs means anything.

    A prefix of one letter would have to merge every word that begins with it (30 to 160 ms in a million records),
    so a last part of one letter is looked for as it stands or, with `loose`, left out. None where nothing is left.
    """
    words = [word for word in fold(_clean(text)[:MOST_LETTERS]).split() if _PARTS.search(word)][:MOST_WORDS]
    terms = [term for word in words if (term := _term(word, loose=loose))]
    if not terms:
        return None
    wanted = "{title text} : (" + " AND ".join(terms) + ")"
    if kinds is None:
        return wanted
    named = [f'"{kind}"' for kind in kinds if _KIND.fullmatch(kind)]
    return f"kind : ({' OR '.join(named)}) AND {wanted}" if named else None


def _term(word: str, *, loose: bool) -> str:
    """One word for the expression: a prefix, where its last part has two letters or more."""
    *before, last = _PARTS.findall(word)
    if "@" in word and before and len(last) > _INDEXED:
        # "ana@gmai" as a prefix would merge every address at gmail, so: as it stands, or by its first letters
        return f'"{" ".join([*before, last[:_INDEXED]])}"*' if loose else f'"{_doubled(word)}"'
    if len(last) > 1:
        return f'"{_doubled(word)}"*'
    if not before:
        return "" if loose else f'"{last}"'
    if not loose and any(_is_rare(part) for part in before):
        return f'"{_doubled(word)}"'
    return f'"{" ".join(before)}"' + ("*" if len(before[-1]) > 1 else "")


def _is_rare(part: str) -> bool:
    """Whether few records have this part, so that looking for what follows it costs little: a number, mostly.

    "cup-1" would be looked for in every record with a cup, "cup-100.1" only in those with a 100.
    """
    return len(part) > 2 and any(letter.isdigit() for letter in part)


def _doubled(word: str) -> str:
    return word.replace('"', '""')


def _clean(text: str) -> str:
    """Without what SQLite would stumble over: NUL ends its strings, a lone surrogate is no UTF-8."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _run(session: Session, statement: str, parameters: tuple[Any, ...]) -> sa.CursorResult[Any]:
    return session.connection().exec_driver_sql(statement, parameters)
