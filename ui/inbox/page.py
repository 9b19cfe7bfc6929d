"""The page of one conversation: what was said, the newest last, the answer being written, and who it is."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from backoffice.mail import words as desk
from backoffice.mail.conversations.queries.whole import MessageRow, WholeConversation
from backoffice.mail.model import ConversationState, Direction, MailKind
from ui.inbox import columns, files
from ui.inbox.acts import Acts
from ui.inbox.composer import Composer
from ui.inbox.message import message_card
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.buttons import Action, button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.links import record_link
from ui.kit.text import Chip, Label
from ui.shared.customer_card import customer_card
from ui.shared.foreign import calm_line

_DEAF = (MailKind.BOUNCE, MailKind.FEEDBACK)  # nobody reads what is written to who sent these
NEWEST = 5
"""How many messages are shown at once; the earlier ones at a click."""


class Hands(Protocol):
    """What the page's buttons reach for: the screen."""

    app: AppContext
    acts: Acts

    def answer(self, found: WholeConversation) -> None:
        """Begins an answer."""


def conversation_page(hands: Hands, found: WholeConversation, composer: Composer | None) -> Detail:
    """The page; with a composer its one next step is to send."""
    app = hands.app
    parts: list[QWidget | None] = [
        _flagged(app, found),
        _said(app, found.messages),
        composer,
        _about(app, found),
        customer_card(app, found.customer_id) if found.customer_id is not None else None,
    ]
    return Detail(
        columns.subject(app, found),
        *[part for part in parts if part is not None],
        subtitle=_subtitle(app, found),
        chips=_chips(app, found),
        step=_step(hands, found, composer),
        actions=_beside(hands, found, composer),
        more=_more(hands, found),
        more_name=app.words("More to do with conversation {number}").format(number=found.number),
    )


def receiver(found: WholeConversation) -> str:
    """Whom an answer goes to: who wrote last, a person before a machine; "" where nobody can be written to."""
    came = [
        each
        for each in reversed(found.messages)
        if each.direction is Direction.INBOUND and each.from_address and each.kind not in _DEAF
    ]
    people = [each for each in came if each.kind is MailKind.HUMAN and not each.third_party]
    return (people or came)[0].from_address if came else ""


def _subtitle(app: AppContext, found: WholeConversation) -> str:
    given = app.words("given to {name}").format(name=calm_line(found.assigned_to)) if found.assigned_to else ""
    number = app.words("Conversation {number}").format(number=found.number)
    return " · ".join(filter(None, (number, columns.who(found), given)))


def _chips(app: AppContext, found: WholeConversation) -> list[Chip]:
    due, now = columns.due(app, found.due_at), app.shop.clock.now()
    made = [due] if due else [columns.state(app, found.state)]
    if found.snoozed_until is not None and found.snoozed_until > now:
        made.append(Chip(app.words("Put off"), "note"))
    return made


def _step(hands: Hands, found: WholeConversation, composer: Composer | None) -> Action | None:
    """The one filled button: send what is written, answer who waits, else close."""
    words = hands.app.words
    if composer is not None:
        return Action(words("Send"), composer.send, icon="mail")
    if found.due_at is not None and receiver(found):
        return Action(words("Answer"), lambda: hands.answer(found), icon="mail")
    if found.state is not ConversationState.CLOSED:
        return Action(words("Close"), lambda: hands.acts.close(found), icon="done")
    return None


def _beside(hands: Hands, found: WholeConversation, composer: Composer | None) -> list[Action]:
    words, acts = hands.app.words, hands.acts
    made = []
    if composer is not None:
        made.append(Action(words("Discard the draft"), composer.discard))
    elif found.due_at is None and receiver(found):
        made.append(Action(words("Answer"), lambda: hands.answer(found)))
    elif found.due_at is not None and receiver(found):
        made.append(Action(words("Close"), lambda: acts.close(found)))
    if found.state is ConversationState.CLOSED:
        return [*made, Action(words("Reopen"), lambda: acts.reopen(found)), _note(hands, found)]
    return [*made, Action(words("Put off until…"), lambda: acts.put_off(found)), _note(hands, found)]


def _note(hands: Hands, found: WholeConversation) -> Action:
    return Action(hands.app.words("Note…"), lambda: hands.acts.note(found))


def _more(hands: Hands, found: WholeConversation) -> list[Action | None]:
    words, acts = hands.app.words, hands.acts
    made: list[Action | None] = [Action(words("Give to…"), lambda: acts.give(found))]
    if found.snoozed_until is not None and found.snoozed_until > hands.app.shop.clock.now():
        made.append(Action(words("Back into the lists"), lambda: acts.wake(found)))
    return made


def _flagged(app: AppContext, found: WholeConversation) -> QWidget | None:
    if found.flagged not in desk.FLAGS:
        return None
    return framed(column(Label(app.words(desk.FLAGS[found.flagged]), wrap=True), margins=theme.M), tone="warn")


def _said(app: AppContext, messages: tuple[MessageRow, ...]) -> QWidget:
    """The newest messages, the newest last, and above them a button that shows the earlier ones."""
    box = column(gap=theme.M)
    made = held(box)

    def show(some: tuple[MessageRow, ...], at: int) -> None:
        for each in reversed(some):
            save = lambda file: files.save_file(app, file)  # noqa: E731
            original = lambda message=each: files.save_original(app, message)  # noqa: E731
            box.insertWidget(at, message_card(app, each, save=save, original=original))

    earlier = messages[:-NEWEST]
    if earlier:
        text = app.plural("Show {n} earlier", "Show {n} earlier", len(earlier))
        more = button(text, lambda: (more.hide(), show(earlier, 0)), quiet=True)
        box.addLayout(row(more, SPRING))
    show(messages[-NEWEST:], box.count())
    return made


def _about(app: AppContext, found: WholeConversation) -> QWidget | None:
    if found.order_id is None:
        return None
    name = app.words("Order {number}").format(number=found.order_number)
    return section(app.words("About"), held(row(record_link(app, "orders", found.order_id, name), SPRING)))
