"""One message of a conversation: who, when, what is new in it, what was quoted, and the files that came with it."""

import re
from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QWidget

from backoffice.core.language import mark
from backoffice.mail import words as desk
from backoffice.mail.conversations.queries.whole import FileRow, MessageRow
from backoffice.mail.model import Direction, MailKind, Medium, MessageState
from backoffice.sentences import sentence
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.context import AppContext
from ui.kit.text import Chip, ChipLabel, CutLabel, Label, Link
from ui.shared.foreign import calm, calm_line

SHOWN = 3_000
"""Letters of a mail that are shown at first; a longer one is whole at a click."""
_WHOLE = 60_000
_GAP = re.compile(r"\n[^\S\n]*\n\s*")
_KIND = {"automatic": "muted", "bounce": "bad", "list": "muted", "feedback": "warn", "own": "accent"}
LEAVING = {
    "queued": (mark("In the outbox"), "note"),
    "sending": (mark("Is leaving"), "note"),
    "dot": (mark("Is leaving"), "note"),
    "retry": (mark("Is tried again"), "warn"),
    "sent": (mark("Sent"), "good"),
    "failed": (mark("Could not be sent"), "bad"),
    "uncertain": (mark("Nobody knows whether it arrived"), "bad"),
    "cancelled": (mark("Taken back"), "muted"),
}
_SPOKEN = {Medium.PHONE: mark("Call"), Medium.CHAT: mark("Chat")}


class Words(QWidget):
    """What a mail says, as plain text: the new part at once, the rest and what was quoted at a click."""

    def __init__(self, app: AppContext, text: str, quoted: str) -> None:
        super().__init__()
        self._text, self._quoted = text, quoted
        self.label = Label(letter(text, most=SHOWN), wrap=True, copy=True)
        self.quote = Label("", "muted", wrap=True, copy=True)
        self.quote.hide()
        self._all = Link(app.words("Show all"), self.show_all)
        self._all.setVisible(len(text.strip()) > SHOWN)
        self._fold = Link(app.words("Show what was quoted"), self.show_quoted)
        self._fold.setVisible(bool(quoted.strip()))
        self.setLayout(column(self.label, row(self._all, self._fold, SPRING, gap=theme.L), self.quote, gap=theme.XS))

    def show_all(self) -> None:
        """The whole new part from now on."""
        self.label.setText(letter(self._text, most=_WHOLE))
        self._all.hide()

    def show_quoted(self) -> None:
        """What was quoted, under what is new, from now on."""
        self.quote.setText(letter(self._quoted, most=_WHOLE))
        self.quote.show()
        self._fold.hide()


def letter(text: str, *, most: int) -> str:
    """A mail's text made calm, its paragraphs kept apart."""
    parts = _GAP.split(text[: 2 * most].replace("\r\n", "\n").strip())
    whole = "\n\n".join(calm(part, most=most) for part in parts if part.strip())
    return whole if len(whole) <= most + most // 20 else whole[:most].rstrip() + "…"


def message_card(
    app: AppContext, message: MessageRow, *, save: Callable[[FileRow], object], original: Callable[[], object]
) -> QFrame:
    """The message in a frame; a note stands out, for no customer sees it. `save(file)` and `original()` keep bytes."""
    chip = _chip(app, message)
    head = row(CutLabel(_who(app, message), "strong"), *([ChipLabel(chip)] if chip else []))
    head.setStretch(0, 1)
    named = message.direction is Direction.INBOUND and message.from_name
    when = filter(None, (app.format.moment(message.at), calm_line(message.from_address) if named else ""))
    parts: list[QWidget] = [held(column(held(head), CutLabel(" · ".join(when), "small"), gap=0))]
    if message.third_party:
        parts.append(Label(app.words(desk.FLAGS["third-party"]), "small", tone="warn", wrap=True))
    if message.state is MessageState.UNREADABLE:
        parts += _unread(app, message, original)
    else:
        parts.append(Words(app, message.text[: message.new_length], message.text[message.new_length :]))
    parts += [_file(app, each, save) for each in message.files]
    inside = column(*parts, gap=theme.S, margins=theme.L)
    made = framed(inside, tone="note") if message.direction is Direction.NOTE else framed(inside, card=True)
    made.setAccessibleName(_who(app, message))
    return made


def _unread(app: AppContext, message: MessageRow, original: Callable[[], object]) -> list[QWidget]:
    said = app.words("This mail could not be read. It is kept as it came, byte by byte.")
    parts: list[QWidget] = [Label(said, tone="bad", wrap=True)]
    why = sentence(message.fault, {}, app.language) if message.fault else ""
    if why and why != message.fault:
        parts.append(Label(why, "small", wrap=True))
    return [*parts, held(row(Link(app.words("Save the mail as it came…"), original), SPRING))]


def _file(app: AppContext, file: FileRow, save: Callable[[FileRow], object]) -> QWidget:
    name = CutLabel(calm_line(file.name))
    act = Link(app.words("Save as…"), lambda: save(file))
    act.setAccessibleName(app.words("Save {name} as…").format(name=calm_line(file.name, most=80)))
    made = row(name, Label(size_of(app, file.size), "small"), act)
    made.setStretch(0, 1)
    return held(made)


def size_of(app: AppContext, size: int) -> str:
    """A file's size, rounded up to whole kilobytes or megabytes."""
    if size < 1_000_000:
        return app.words("{n} KB").format(n=app.format.number(-(-size // 1000)))
    return app.words("{n} MB").format(n=app.format.number(-(-size // 1_000_000)))


def _who(app: AppContext, message: MessageRow) -> str:
    if message.direction is Direction.NOTE:
        return calm_line(message.who) or app.words("Note")
    if message.direction is Direction.OUTBOUND:
        return calm_line(message.who or message.from_name or message.from_address) or app.words("We")
    return calm_line(message.from_name or message.from_address) or app.words("Customer")


def _chip(app: AppContext, message: MessageRow) -> Chip | None:
    """What kind of message this is, where it is not simply a person's mail."""
    words = app.words
    if message.direction is Direction.NOTE:
        return Chip(words("Note"), "note")
    if message.state is MessageState.SPAM:
        return Chip(words("Spam"), "muted")
    if message.state is MessageState.UNREADABLE:
        return Chip(words(desk.VIEWS["unreadable"]), "bad")
    if message.outgoing_state:
        said, tone = LEAVING[message.outgoing_state]
        return Chip(words(said), tone)
    if message.medium in _SPOKEN:
        return Chip(words(_SPOKEN[message.medium]), "accent")
    if message.kind is MailKind.HUMAN:
        return None
    return Chip(words(desk.MAIL_KINDS[message.kind]), _KIND[message.kind])
