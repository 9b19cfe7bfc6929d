"""Who a customer is in a few lines, and everything that happened with them; the same wherever they are named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from backoffice.core.errors import Refused
from backoffice.customers import queries
from backoffice.customers.card import queries as card_queries
from backoffice.customers.card.rows import Card
from backoffice.customers.words import ERASED, PURPOSES
from backoffice.orders.queries import lists
from backoffice.sentences import happening
from backoffice.store.journal import Happening
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.text import Chip, ChipLabel, CutLabel, Label, Link
from ui.kit.timeline import Timeline
from ui.shared.foreign import calm_line
from ui.shared.long_text import LongText

_NAME_ROOM = 230  # pixels
_TONES = {"order": "note", "shipment": "note", "customer": "muted"}


def customer_card(app: AppContext, customer_id: int, *, nth: int = 0) -> QFrame:
    """The customer in a card: name as a link, what was bought, what is open, notes.

    `nth` is which of their orders the page is about, 1 for the first; 0 where it is about none.
    """
    try:
        card: Card = app.ask(card_queries.card, app.ask(queries.living, customer_id))
    except Refused as error:
        return framed(column(Label(app.sentence(error), "muted", wrap=True), margins=theme.L), card=True)
    whole = calm_line(name_of(app, card))
    cut = QFontMetrics(QApplication.font()).elidedText(whole, Qt.TextElideMode.ElideRight, _NAME_ROOM)
    name = Link(cut, lambda: app.open("customers", card.id), tooltip=whole if cut != whole else "")
    head = row(name, SPRING, *([ChipLabel(Chip(ordinal(app, nth), "accent"))] if nth else []))
    parts: list[QWidget] = [held(head)]
    parts += [CutLabel(line, "muted") for line in _lines(app, card) if line]
    parts += [held(row(ChipLabel(chip), SPRING)) for chip in call_back_chips(app, card)]
    if card.notes:
        parts.append(LongText(app, card.notes))
    made = framed(column(*parts, gap=theme.XS, margins=theme.L), card=True)
    made.setAccessibleName(name_of(app, card))
    return made


def customer_timeline(app: AppContext, customer_id: int, *, limit: int = 200) -> QWidget:
    """Everything that happened with the customer and their orders, newest first, under its heading."""
    lines = app.ask(card_queries.timeline, customer_id, limit=limit)
    orders = {line.order_id for line in lines if line.order_id is not None}
    numbers = {each.id: each.number for each in app.ask(lists.rows_of, sorted(orders))}

    def under(line: Happening) -> QWidget | None:
        parts: list[QWidget] = []
        if line.facts.get("text"):
            parts.append(LongText(app, str(line.facts["text"])))
        if line.order_id in numbers:
            parts.append(held(row(_order_link(app, line.order_id, numbers), SPRING)))
        return held(column(*parts, gap=0)) if parts else None

    history = Timeline(app, lines, lambda line: sentence(app, line), tone=tone, more=under)
    return section(app.words("History"), history)


def name_of(app: AppContext, card: Card) -> str:
    """What a customer is called: the name, else the company, else the first address."""
    if card.erased_at is not None:
        return app.words(ERASED)
    return card.name or card.company or next((email.address for email in card.emails), f"#{card.id}")


def ordinal(app: AppContext, nth: int) -> str:
    """Which of a customer's orders one is: "2nd order"."""
    names = (app.words("1st order"), app.words("2nd order"), app.words("3rd order"))
    return names[nth - 1] if nth <= len(names) else app.words("Order no. {n}").format(n=app.format.number(nth))


def spent(app: AppContext, card: Card) -> str:
    """The sums of their orders, one for each currency."""
    return " + ".join(app.format.money(amount) for amount in card.facts.spent)


def call_back_chips(app: AppContext, card: Card) -> list[Chip]:
    """Each open call-back with its time, in the bad tone once it is due."""
    now = app.shop.clock.now()
    said = app.words("Call back: {moment}")
    return [
        Chip(said.format(moment=app.format.moment(call.due_at)), "bad" if call.due_at <= now else "note")
        for call in sorted(card.call_backs, key=lambda call: call.due_at)
    ]


def sentence(app: AppContext, line: Happening) -> str:
    """What a line of a customer's history says."""
    facts = dict(line.facts)
    if facts.get("purpose") in PURPOSES:
        facts["purpose"] = app.words(PURPOSES[facts["purpose"]])
    told = happening(line.verb, facts, app.language)
    if "due_at" not in facts:
        return told
    due = app.format.moment(datetime.fromisoformat(str(facts["due_at"])))
    return app.words("{what} for {moment}").format(what=told, moment=due)


def tone(line: Happening) -> str:
    """The colour of a line's dot: orders and parcels stand out from calls and changes."""
    if line.verb.startswith("customer.noted") or line.verb.startswith("customer.call-back"):
        return "accent"
    return _TONES.get(line.verb.partition(".")[0], "muted")


def _lines(app: AppContext, card: Card) -> list[str]:
    """Who, how reached, what bought: one line each."""
    known = card.facts
    bought = [app.plural("{n} order", "{n} orders", known.count), spent(app, card)]
    if known.unfinished:
        bought.append(app.plural("{n} still open", "{n} still open", known.unfinished))
    reached: list[Any] = [next((email.address for email in card.emails if email.state == "active"), "")]
    reached += card.phones[:1]
    lived = [card.company if card.name else "", app.format.country(card.country)]
    return [" · ".join(calm_line(part) for part in line if part) for line in (lived, reached, bought)]


def _order_link(app: AppContext, order_id: int | None, numbers: Mapping[int | None, str]) -> Link:
    text = app.words("Order {number}").format(number=numbers[order_id])
    return Link(text, lambda: app.open("orders", order_id))
