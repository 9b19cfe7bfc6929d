"""Documents that cannot be printed: all of them named at once, so that they are mended once and printed once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from backoffice.core.errors import Refused
from backoffice.shipping.documents.content import Printed

Content = TypeVar("Content")
NAMED = 12
"""So many numbers stand in a sentence; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One document that cannot be printed: its number, why, and the numbers of the orders it is for."""

    number: str
    reason: Refused
    orders: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """Which field must be mended: "recipient.street", "lines.2"; "" where it is none of them."""
        return str(self.reason.facts.get("field", ""))


@dataclass(frozen=True, slots=True)
class PrintedRun(Printed):
    """A file that was written, and what was left out of it because it could not be printed."""

    left_out: tuple[Problem, ...] = ()

    def with_problems(self, more: Sequence[Problem]) -> "PrintedRun":
        """The same, with problems that were seen before."""
        return replace(self, left_out=(*more, *self.left_out))


def refusal(problems: Sequence[Problem]) -> Refused:
    """One refusal for them all: `shipping.cannot-print` with the problems as its facts; a single one speaks itself."""
    if len(problems) == 1:
        return problems[0].reason
    numbers = ", ".join(problem.number for problem in problems[:NAMED])
    more = "" if len(problems) <= NAMED else " …"
    return Refused("shipping.cannot-print", count=len(problems), numbers=numbers + more, problems=tuple(problems))


def problems_in(refused: Refused) -> tuple[Problem, ...]:
    """The problems behind a refusal of `refusal`; () for any other."""
    found = refused.facts.get("problems", ())
    return found if isinstance(found, tuple) else ()


def write_whole(
    contents: Sequence[Content],
    write: Callable[[Sequence[Content]], Printed],
    faults: Callable[[Sequence[Content]], list[Problem]],
    *,
    number: Callable[[Content], str],
    skip: bool,
) -> PrintedRun:
    """Writes all; where one is refused, looks at all of them and refuses for all, or with `skip` writes the rest.

    `faults` is asked only after a refusal, so that what can be printed is measured once.
    """
    try:
        return _run(write(contents))
    except Refused as refused:
        if refused.code in _NOT_ONES:
            raise
        found = faults(contents)
        if not found:
            raise
        bad = {problem.number for problem in found}
        good = [content for content in contents if number(content) not in bad]
        if not skip or not good:
            raise refusal(found) from None
        return _run(write(good), found)


_NOT_ONES = frozenset({"shipping.printing-stopped", "shipping.nothing-to-print", "shipping.cell-unknown"})


def _run(printed: Printed, left_out: Sequence[Problem] = ()) -> PrintedRun:
    return PrintedRun(printed.file, printed.pages, printed.documents, tuple(left_out))
