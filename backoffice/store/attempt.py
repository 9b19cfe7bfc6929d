"""A part of a unit of work that may be refused by itself, while the rest goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from backoffice.core.errors import Refused
from backoffice.store.unit_of_work import UnitOfWork


@contextmanager
def attempt(work: UnitOfWork) -> Iterator[None]:
    """Whatever is refused inside is undone, its news unsaid, and the refusal goes on to the caller.

    For many records in one transaction: of those that a rule forbids nothing is kept, of the others everything.
    """
    heard, touched = list(work.news), set(work.touched)
    try:
        with work.session.begin_nested():
            yield
    except Refused:
        work.news, work.touched = heard, touched
        raise
