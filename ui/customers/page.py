"""The page of one customer, the single point of contact: what is to be done, what was bought, said and allowed."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget

from backoffice.customers.card import queries as card_queries
from backoffice.customers.card.rows import Card, ContactRow
from backoffice.customers.words import VIEWS
from ui.customers import parts
from ui.customers.acts import Acts
from ui.kit.buttons import Action
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.text import Chip
from ui.shared.customer_card import customer_timeline, name_of
from ui.shared.foreign import calm_line

_SHOWN_ORDERS = 50


class Hands(Protocol):
    """What the page's buttons reach for: the screen."""

    app: AppContext
    acts: Acts


def customer_page(hands: Hands, card: Card) -> Detail:
    """The page. Of an erased person it shows what the law keeps, and offers nothing."""
    app, acts = hands.app, hands.acts
    orders = app.ask(card_queries.orders, card.id, limit=_SHOWN_ORDERS)
    erased = card.erased_at is not None
    shown: list[QWidget | None] = [
        *([] if erased else [parts.call_backs(app, acts, card), parts.look_alikes(app, acts, card)]),
        parts.bought(app, card),
        parts.notes(app, card),
        parts.reached(app, acts, card),
        parts.addresses(app, card),
        parts.order_list(app, orders.rows, card.facts.count),
        parts.consents(app, acts, card),
        parts.merges(app, acts, card),
        customer_timeline(app, card.id),
    ]
    return Detail(
        calm_line(name_of(app, card)),
        *[part for part in shown if part is not None],
        subtitle=_subtitle(app, card),
        chips=_chips(app, card),
        step=_step(hands, card),
        actions=[] if erased else _beside(hands, card),
        more=[] if erased else _more(hands, card),
        more_name=app.words("More to do with {name}").format(name=acts.name(card)),
    )


def earliest(card: Card) -> ContactRow | None:
    """The call-back to be done first."""
    return min(card.call_backs, key=lambda call: (call.due_at, call.id), default=None)


def _subtitle(app: AppContext, card: Card) -> str:
    first = min(filter(None, (card.created_at, card.facts.first_at)))
    since = app.words("since {day}").format(day=app.format.day_of(first))
    company = calm_line(card.company, most=60) if card.name else ""
    return " · ".join(filter(None, (company, app.format.country(card.country), since)))


def _chips(app: AppContext, card: Card) -> list[Chip]:
    words, count = app.words, card.facts.count
    if card.erased_at is not None:
        return [Chip(words("Erased"), "muted")]
    now = app.shop.clock.now()
    made = [Chip(words("Call back"), "bad")] if any(call.due_at <= now for call in card.call_backs) else []
    if count > 1:
        return [*made, Chip(words("Returning customer"), "good")]
    view, tone = ("first", "note") if count else ("no_orders", "muted")
    return [*made, Chip(words(VIEWS[view]), tone)]


def _step(hands: Hands, card: Card) -> Action | None:
    """The page's one filled button: who was promised a call is called, who looks like another is made one."""
    words, call = hands.app.words, earliest(card)
    if card.erased_at is not None:
        return None
    if call is not None:
        return Action(words("Called back"), lambda: hands.acts.call_done(call), icon="call")
    if card.look_alikes:
        return Action(words("Merge…"), lambda: hands.acts.merge(card, card.look_alikes[0]), icon="merge")
    return None


def _beside(hands: Hands, card: Card) -> Sequence[Action]:
    words, acts = hands.app.words, hands.acts
    made = [Action(words("Note…"), lambda: acts.note(card))]
    if not card.call_backs:
        made.append(Action(words("Call back…"), lambda: acts.promise(card)))
    return [*made, Action(words("Edit…"), lambda: acts.edit(card.id))]


def _more(hands: Hands, card: Card) -> Sequence[Action | None]:
    words, acts = hands.app.words, hands.acts
    again: list[Action | None] = []
    if card.call_backs:
        again = [Action(words("Another call-back…"), lambda: acts.promise(card)), None]
    return [
        *again,
        Action(words("Note a consent…"), lambda: acts.allow(card)),
        Action(words("Merge with another customer…"), lambda: acts.merge(card)),
        None,
        Action(words("Export this person…"), lambda: acts.hand_out(card.id)),
        Action(words("Erase this person…"), lambda: acts.take_away(card.id), danger=True),
    ]
