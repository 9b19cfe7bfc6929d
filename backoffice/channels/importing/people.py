"""Who bought: known customers found, unknown ones added, erased ones kept away, a few queries for a thousand orders."""

from collections.abc import Iterable, Iterator, Sequence

from sqlmodel import Session

from backoffice.channels.candidates import NO_ADDRESS, CandidateOrder
from backoffice.channels.importing import learning
from backoffice.channels.importing.taking import Taking
from backoffice.channels.model import ImportedRecord
from backoffice.core.text import one_line
from backoffice.customers import newcomers
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.matching import Match, Matcher
from backoffice.customers.model import Consent
from backoffice.customers.queries import tombstones
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def bring_in(
    work: UnitOfWork, taking: Taking, orders: Sequence[CandidateOrder]
) -> tuple[list[int | None], list[CandidateOrder]]:
    """The customer of each order, in their order, and the orders without the data of people who asked to be erased."""
    matches = _matches(work.session, taking.channel, orders)
    allowed = [
        _nameless(order) if match.must_stay_away(order.placed_at) else order
        for order, match in zip(orders, matches, strict=True)
    ]
    found: list[int | None] = [match.customer_id for match in matches]
    strangers: dict[str, list[int]] = {}
    for place, order in enumerate(allowed):
        if found[place] is None and (who := _who(order, place)):
            strangers.setdefault(who, []).append(place)
    made = newcomers.add(
        work, [_newcomer(taking, allowed[places[0]]) for places in strangers.values()], batch_id=taking.batch_id
    )
    for customer_id, theirs in zip(made, strangers.values(), strict=True):
        for place in theirs:
            found[place] = customer_id
    _note(work, taking, made, [allowed[theirs[0]] for theirs in strangers.values()])
    learning.learn(work, taking.batch_id, _told_again(matches, allowed, strangers.values(), found))
    return found, allowed


def _told_again(
    matches: Sequence[Match], orders: list[CandidateOrder], strangers: Iterable[list[int]], found: list[int | None]
) -> Iterator[tuple[int, CandidateOrder]]:
    """The orders of customers known before, and further orders of new ones that name another place or phone."""
    for match, order in zip(matches, orders, strict=True):
        if match.customer_id is not None:
            yield match.customer_id, order
    for first, *others in strangers:
        for place in others:
            customer_id = found[place]
            if customer_id is not None and not _alike(orders[first], orders[place]):
                yield customer_id, orders[place]


def _alike(one: CandidateOrder, other: CandidateOrder) -> bool:
    return (one.ship_to, one.bill_to, one.phone) == (other.ship_to, other.bill_to, other.phone)


def without_erased(session: Session, channel: str, order: CandidateOrder) -> CandidateOrder:
    """The order without the data of somebody who asked to be erased since it was placed."""
    (match,) = _matches(session, channel, [order])
    return _nameless(order) if match.must_stay_away(order.placed_at) else order


def of_erased(session: Session, channel: str, orders: Sequence[CandidateOrder]) -> list[bool]:
    """For each order whether it was placed by somebody who asked to be erased since."""
    if not orders or not tombstones(session):
        return [False] * len(orders)
    matches = _matches(session, channel, orders)
    return [match.must_stay_away(order.placed_at) for order, match in zip(orders, matches, strict=True)]


def _matches(session: Session, channel: str, orders: Sequence[CandidateOrder]) -> list[Match]:
    identities = [(channel, order.buyer_id) if order.buyer_id else None for order in orders]
    places = [(order.ship_to.name or order.name, order.ship_to.postcode) for order in orders]
    return Matcher(session).match([order.email for order in orders], identities, places)


def _who(order: CandidateOrder, place: int) -> str:
    """What tells strangers of one chunk apart; without e-mail and id each order's buyer is somebody of their own."""
    if order.email:
        return f"mail {order.email.strip().casefold()}"
    if order.buyer_id:
        return f"id {order.buyer_id}"
    return f"order {place}" if one_line(order.name or order.ship_to.name or order.bill_to.name) else ""


def _newcomer(taking: Taking, order: CandidateOrder) -> newcomers.Newcomer:
    ship_to, bill_to = order.ship_to, order.bill_to
    draft = CustomerDraft(
        name=one_line(order.name or bill_to.name or ship_to.name),
        company=one_line(bill_to.company or ship_to.company),
        emails=(order.email,) if order.email else (),
        phones=(order.phone,) if order.phone else (),
        addresses=tuple(address for address in dict.fromkeys((ship_to, bill_to)) if address != NO_ADDRESS),
    )
    return newcomers.Newcomer(draft, (taking.channel, order.buyer_id) if order.buyer_id else None)


def _nameless(order: CandidateOrder) -> CandidateOrder:
    bare = NO_ADDRESS
    return order._replace(
        email="", name="", phone="", buyer_id="", ship_to=bare, bill_to=bare, notes="", gift_message=""
    )


def _note(work: UnitOfWork, taking: Taking, made: list[int], orders: list[CandidateOrder]) -> None:
    record = {"batch_id": taking.batch_id, "kind": "customer", "made": True}
    rows.insert_columns(work, ImportedRecord, {"record_id": made}, same=record)
    said = [
        (one, order.placed_at, order.accepts_marketing)
        for one, order in zip(made, orders, strict=True)
        if order.accepts_marketing is not None
    ]
    if said:
        columns: rows.Columns = dict(zip(("customer_id", "at", "granted"), zip(*said, strict=True), strict=True))
        rows.insert_columns(work, Consent, columns, same={"source": taking.channel})
