"""A file of orders: which are new, which changed since last time, and how a changed one is brought up to date."""

from collections.abc import Sequence

from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Candidate, CandidateOrder
from backoffice.channels.importing import new_orders, people, updating
from backoffice.channels.importing import queries as reads
from backoffice.channels.importing.amounts import sums_of
from backoffice.channels.importing.differences import differences
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import ERASED, Change, Verdict, What
from backoffice.settings import queries as settings
from backoffice.store.unit_of_work import UnitOfWork


def name_of(found: Candidate) -> str:
    """What an order is called in a preview."""
    assert isinstance(found, CandidateOrder)
    return found.external_number or found.external_id


def classify(session: Session, channel: str, orders: Sequence[CandidateOrder]) -> list[Verdict]:
    """New, changed or unchanged, a query for a thousand; a changed one with its differences.

    A new one of somebody erased since says so: it is kept for the books, without the person.
    """
    known = _known(session, channel, orders)
    new = [order for order, before in zip(orders, known, strict=True) if before is None]
    erased = iter(people.of_erased(session, channel, new))
    verdicts = []
    for order, before in zip(orders, known, strict=True):
        if before is None:
            told = (Change(ERASED, None, None),) if next(erased) else ()
            verdicts.append(Verdict(What.NEW, order, changes=told))
        elif before.fingerprint == order.fingerprint:
            verdicts.append(Verdict(What.UNCHANGED, order, before.id))
        else:
            verdicts.append(_compared(session, before, people.without_erased(session, channel, order)))
    return verdicts


def _known(session: Session, channel: str, orders: Sequence[CandidateOrder]) -> list[queries.KnownOrder | None]:
    """Each as the shop has it: by the channel's id, else by its number where one of both came without an id."""
    by_id = queries.known_orders(session, channel, [new_orders.external_id(order) for order in orders])
    found = [by_id.get(new_orders.external_id(order)) for order in orders]
    strangers = [order.external_number for order, one in zip(orders, found, strict=True) if one is None]
    by_number = reads.renumbered(session, channel, strangers)
    return [one or _same(order, by_number) for order, one in zip(orders, found, strict=True)]


def _same(order: CandidateOrder, by_number: dict[str, queries.KnownOrder]) -> queries.KnownOrder | None:
    known = by_number.get(order.external_number)
    if known is None:
        return None
    without_id = new_orders.external_id(order) == order.external_number or known.external_id == known.external_number
    return known if without_id else None


def _compared(session: Session, before: queries.KnownOrder, order: CandidateOrder) -> Verdict:
    """Changed, with what is different; unchanged where only cells differ that nobody looks at."""
    shop = settings.profile(session)
    sums = sums_of(order, included_by_default=shop.prices_include_tax, rounding=shop.rounding_mode)
    changes = tuple(differences(session, before, order, sums))
    return Verdict(What.CHANGED if changes else What.UNCHANGED, order, before.id, changes)


def apply(work: UnitOfWork, taking: Taking, verdicts: Sequence[Verdict]) -> None:
    """Writes the new ones and brings the changed ones up to date."""
    new = [verdict.found for verdict in verdicts if verdict.what is What.NEW]
    new_orders.write(work, taking, [order for order in new if isinstance(order, CandidateOrder)])
    for verdict in verdicts:
        if verdict.what is What.CHANGED:
            updating.bring_up_to_date(work, taking, verdict)
