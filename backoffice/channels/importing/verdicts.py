"""What an import found out about each record of a file, before anything is written."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from backoffice.channels.candidates import Candidate, Rejected


class What(StrEnum):
    """What a record of the file means for the shop."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


ERASED = "erased"
"""The field of a change that is none: who placed the order was erased since."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that the file has otherwise. `kept`: what the shop has stays, the file's is only shown."""

    field: str
    """A key of words.CHANGES, or a field of a product."""
    old: object
    new: object
    kept: bool = False
    why: str = "by-hand"
    """Why it is kept, a key of words.KEPT."""
    subject: str = ""
    """The article of a line."""


class Verdict(NamedTuple):
    """One record of the file and what becomes of it; `known` is the record's id in the shop."""

    what: What
    found: Candidate | Rejected
    known: int | None = None
    changes: tuple[Change, ...] = ()


@dataclass(slots=True)
class Tally:
    """The counts of an import: rows of the file, and records by what became of them."""

    rows: int = 0
    """Lines of the file that were read; an order of three lines is one record."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    """The first `MOST_SHOWN`; all of them are kept with the batch."""
    changes: list[tuple[str, tuple[Change, ...]]] = field(default_factory=list)
    """The first changed records by name, with what is different; and new ones with what is to be known of them."""

    @property
    def records(self) -> int:
        """All records of the file: each is new, changed, unchanged or rejected."""
        return self.new + self.changed + self.unchanged + self.rejected

    def count(self, verdict: Verdict, rows: int, name: str) -> None:
        """Adds one verdict."""
        self.rows += rows
        setattr(self, verdict.what.value, getattr(self, verdict.what.value) + 1)
        if isinstance(verdict.found, Rejected):
            if len(self.rejections) < MOST_SHOWN:
                self.rejections.append(verdict.found)
        elif verdict.changes and len(self.changes) < MOST_SHOWN:
            self.changes.append((name, verdict.changes))


MOST_SHOWN = 1000


def rejected(found: Any, code: str, **facts: Any) -> Verdict:
    """A record that a reader could read and the shop cannot take."""
    return Verdict(What.REJECTED, Rejected(found.line, code, facts, ()))
