"""The parts of a customer's page, one function each; None where there is nothing to say."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from backoffice.customers.card.rows import Card, ContactRow, EmailRow, OrderRow
from backoffice.customers.model import EmailState
from backoffice.customers.queries import CustomerRow
from backoffice.customers.words import EMAIL_STATES
from ui.customers.acts import Acts
from ui.customers.fields import spoken
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.buttons import Action, button, more_button
from ui.kit.card import facts, section
from ui.kit.context import AppContext
from ui.kit.text import Chip, ChipLabel, CutLabel, Label, Link
from ui.shared import chips
from ui.shared.customer_card import spent
from ui.shared.foreign import calm, calm_line
from ui.shared.long_text import LongText

_SHOWN = 6
_NAME = 36  # letters
_TONES = {"inactive": "muted", "dead": "bad"}


def call_backs(app: AppContext, acts: Acts, card: Card) -> QWidget | None:
    """Who waits for a call, since when, about what."""
    if not card.call_backs:
        return None
    now = app.shop.clock.now()
    calls = sorted(card.call_backs, key=lambda call: (call.due_at, call.id))
    lines = [_call(app, acts, card, call, first=call is calls[0]) for call in calls]
    due = any(call.due_at is not None and call.due_at <= now for call in calls)
    return framed(column(*lines, gap=theme.M, margins=theme.M), tone="bad" if due else "note")


def _call(app: AppContext, acts: Acts, card: Card, call: ContactRow, *, first: bool) -> QWidget:
    words = app.words
    said = words("Call back: {moment}").format(moment=app.format.moment(call.due_at))
    other = [] if first else [button(words("Done"), lambda: acts.call_done(call), quiet=True)]
    off = button(words("Put off…"), lambda: acts.put_off(card, call), quiet=True)
    head = row(Label(said, "strong", wrap=True), *other, off)
    head.setStretch(0, 1)
    parts: list[QWidget] = [held(head)]
    if call.phone:
        parts.append(Label(call.phone, copy=True))
    if call.text:
        parts.append(LongText(app, call.text))
    return held(column(*parts, gap=theme.XS))


def look_alikes(app: AppContext, acts: Acts, card: Card) -> QWidget | None:
    """Customers of the same name and postcode: perhaps the same person."""
    if not card.look_alikes:
        return None
    title = Label(app.words("Same person?"), "strong")
    lines = [_look_alike(app, acts, card, each) for each in card.look_alikes]
    return framed(column(title, *lines, gap=theme.XS, margins=theme.M), tone="note")


def _look_alike(app: AppContext, acts: Acts, card: Card, each: CustomerRow) -> QWidget:
    name = calm_line(each.name or each.company, most=_NAME)
    link = Link(name, lambda: app.open("customers", each.id))
    orders = app.plural("{n} order", "{n} orders", each.order_count)
    told = " · ".join(filter(None, (each.email, each.postcode, orders)))
    merge = button(app.words("Merge…"), lambda: acts.merge(card, each), quiet=True)
    return held(column(row(link, SPRING, merge), CutLabel(calm_line(told), "muted"), gap=0))


def bought(app: AppContext, card: Card) -> QWidget:
    """Order totals by currency, first and last."""
    words, form, known = app.words, app.format, card.facts
    if not known.count and not known.unfinished:
        return section(words("Bought"), Label(words("No order yet."), "muted"))
    entries = [
        (words("Orders"), form.number(known.count)),
        (words("Spent"), spent(app, card)),
        (words("Still open"), form.number(known.unfinished) if known.unfinished else ""),
        (words("First order"), form.day_of(known.first_at)),
        (words("Last order"), form.day_of(known.last_at) if known.count > 1 else ""),
    ]
    return section(words("Bought"), facts(entries))


def notes(app: AppContext, card: Card) -> QWidget | None:
    """What we know and do not want to ask again."""
    if not card.notes and not card.tags:
        return None
    parts: list[QWidget] = [LongText(app, card.notes)] if card.notes else []
    if card.tags:
        parts.append(Label(calm(", ".join(card.tags)), "muted", wrap=True))
    return section(app.words("Notes"), *parts)


def reached(app: AppContext, acts: Acts, card: Card) -> QWidget | None:
    """E-mails with their states, phones, language, marketplaces' names."""
    language = dict(spoken(app.language, card.language)).get(card.language, "")
    known = "\n".join(f"{channel}: {external}" for channel, external in card.identities)
    entries = [
        (app.words("Phone"), "\n".join(calm_line(phone, most=40) for phone in card.phones)),
        (app.words("Language"), language),
        (app.words("Known as"), calm(known)),
    ]
    lines = [_email(app, acts, card, email) for email in card.emails]
    there = [entry for entry in entries if entry[1]]
    if not lines and not there:
        return None
    return section(app.words("Reached at"), *lines, facts(there) if there else None)


def _email(app: AppContext, acts: Acts, card: Card, email: EmailRow) -> QWidget:
    words, address = app.words, email.address
    states = [
        Action(words(EMAIL_STATES[state.value]), lambda state=state: acts.set_email(card.id, address, state))
        for state in EmailState
        if state is not email.state
    ]
    name = words("More to do with {email}").format(email=calm_line(address, most=60))
    menu: list[Action | None] = [Action(words("Copy"), lambda: acts.copy(address)), None, *states]
    chip = [ChipLabel(Chip(words(EMAIL_STATES[email.state]), _TONES[email.state]))] if email.state in _TONES else []
    line = row(CutLabel(address), *chip, *([] if card.erased_at else [more_button(name, menu)]))
    line.setStretch(0, 1)
    return held(line)


def addresses(app: AppContext, card: Card) -> QWidget | None:
    """As the post in their countries writes them."""
    if not card.addresses:
        return None
    written = [Label(calm("\n".join(each.lines())), wrap=True, copy=True) for each in card.addresses]
    return section(app.words("Addresses"), held(column(*written, gap=theme.M)))


def order_list(app: AppContext, orders: Sequence[OrderRow], count: int) -> QWidget | None:
    """Their orders as links, newest first."""
    if not orders:
        return None
    box = column(*[_order(app, each) for each in orders[:_SHOWN]], gap=2)
    rest = orders[_SHOWN:]
    if rest:
        more = button(app.plural("Show {n} more", "Show {n} more", len(rest)), lambda: show(), quiet=True)

        def show() -> None:
            more.hide()
            for each in rest:
                box.addWidget(_order(app, each))

        box.addLayout(row(more, SPRING))
    newest = Label(app.words("the newest {n}").format(n=app.format.number(len(orders))), "small")
    return section(app.words("Orders"), held(box), side=newest if count > len(orders) else None)


def _order(app: AppContext, each: OrderRow) -> QWidget:
    link = Link(each.number, lambda: app.open("orders", each.id))
    told = Label(f"{app.format.day_of(each.placed_at)} · {app.format.money(each.total)}", "muted")
    open_ones = chips.dispatch(each.dispatch, app.language)
    chip = open_ones if each.status == "open" else chips.status(each.status, app.language)
    return held(row(link, told, SPRING, ChipLabel(chip), gap=theme.M))


def consents(app: AppContext, acts: Acts, card: Card) -> QWidget | None:
    """The ledger: the last word first."""
    words = app.words
    allowed = card.allowed.get("marketing")
    if card.erased_at is not None and not card.consents:
        return None
    state = {
        True: Chip(words("Allows offers and news"), "good"),
        False: Chip(words("Wants no offers and news"), "bad"),
        None: Chip(words("Never asked about offers"), "muted"),
    }
    side = None if card.erased_at else button(words("Note…"), lambda: acts.allow(card), quiet=True)
    if side is not None:
        side.setAccessibleName(words("Note a consent…"))
    lines = [_consent(app, each) for each in card.consents[:_SHOWN]]
    head = held(row(ChipLabel(state[allowed]), SPRING))
    return section(words("Consent"), head, *lines, side=side)


def _consent(app: AppContext, each) -> QWidget:
    words = app.words
    what = words("Allowed") if each.granted else words("Withdrawn")
    where = " · ".join(filter(None, (what, app.format.day_of(each.at), calm_line(each.source, most=80))))
    parts: list[QWidget] = [Label(calm(where), "small", wrap=True)]
    if each.text:
        parts.append(LongText(app, each.text, "muted"))
    return held(column(*parts, gap=0))


def merges(app: AppContext, acts: Acts, card: Card) -> QWidget | None:
    """Who became part of this customer, and the way back."""
    if not card.merges:
        return None
    lines = []
    for each in card.merges:
        told = app.words("{name}, {day}").format(name=calm_line(each.name, most=_NAME), day=app.format.day_of(each.at))
        undo = button(app.words("Undo the merge"), lambda each=each: acts.part(each.id), quiet=True)
        line = row(CutLabel(told), undo)
        line.setStretch(0, 1)
        lines.append(held(line))
    return section(app.words("Merged into this customer"), *lines)
