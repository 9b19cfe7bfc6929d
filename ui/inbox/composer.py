"""The answer being written: kept with every pause of the typing, put into the outbox with Ctrl+Enter, taken back."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPlainTextEdit

from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.mail.answering import drafts, library, queries, replying
from backoffice.mail.conversations.queries.whole import WholeConversation
from backoffice.sentences import sentence
from ui.inbox.acts import me
from ui.kit import theme
from ui.kit.boxes import column, framed, row
from ui.kit.context import AppContext
from ui.kit.text import Label

_PAUSE = 600  # milliseconds from the last keystroke until the draft is kept
_LINES = 9


class Composer(QFrame):
    """Receiver, subject, template and text. `left()` is told when the answer is gone, given up or to be read anew."""

    def __init__(self, app: AppContext, found: WholeConversation, to: str, left: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._app, self._found, self._left = app, found, left
        kept = app.ask(queries.current, found.id, me(app))
        self._account = kept.account_id if kept else None
        self._cc = kept.cc if kept else ""
        self._files = list(kept.attachments) if kept else []
        self._code = kept.template if kept else ""
        self.to = self._line(app.words("To"), kept.to if kept else to)
        self.subject = self._line(app.words("Subject"), kept.subject if kept else _answering(found.subject))
        self.text = self._box(kept.text if kept else "")
        self.template = self._choice()
        self.wrong = Label("", wrap=True)
        self._bar = framed(column(self.wrong, margins=theme.M), tone="bad")
        self._bar.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.keep)
        for field in (self.to, self.subject):
            field.textEdited.connect(lambda _text: self._pause.start())
        self.text.textChanged.connect(self._pause.start)
        self.setLayout(self._laid_out())

    def _laid_out(self) -> Any:
        words = self._app.words
        lines = [(words("To"), self.to), (words("Subject"), self.subject)]
        rows = []
        for title, field in lines:
            name = Label(title, "label")
            name.setFixedWidth(64)
            rows.append(row(name, field))
        head = row(Label(words("Your answer"), "strong"), self.template)
        head.setStretch(0, 1)
        under = Label(
            words("Ctrl+Enter puts it into the outbox. Undo brings it back as long as it has not left."), "small"
        )
        under.setWordWrap(True)
        return column(head, *rows, self.text, self._bar, under, gap=theme.S, margins=theme.L)

    def _line(self, name: str, value: str) -> QLineEdit:
        line = QLineEdit(value)
        line.setAccessibleName(name)
        line.setCursorPosition(0)
        return line

    def _box(self, text: str) -> QPlainTextEdit:
        box = QPlainTextEdit(text)
        box.setAccessibleName(self._app.words("Your answer"))
        box.setTabChangesFocus(True)
        box.setFixedHeight(box.fontMetrics().lineSpacing() * _LINES + 18)
        box.document().setModified(False)
        return box

    def _choice(self) -> QComboBox:
        words, language = self._app.words, self._found.language or self._app.language.code
        box = QComboBox()
        box.setAccessibleName(words("Template"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(10)
        box.addItem(words("Template…"), "")
        for each in self._app.ask(library.all_templates, language):
            box.addItem(each.name, each.code)
        box.activated.connect(lambda at: self.fill(box.itemData(at)))
        return box

    # what it does

    def fill(self, code: str) -> None:
        """Puts a template's words, filled in for this customer, where the cursor is; Ctrl+Z takes them out again."""
        if not code:
            return
        app, now = self._app, self._app.shop.clock.now()
        try:
            filled = app.ask(library.fill, code, self._found.id, now=now, who=me(app))
        except Refused as error:
            app.tell(error)
            return
        self._code = code
        self.text.textCursor().insertText(filled.text)
        self._tell(list(filled.faults))
        self.text.setFocus()

    def keep(self) -> bool:
        """Keeps the draft as it stands. The page is not made anew for it: somebody writes here."""
        self._pause.stop()
        self.text.document().setModified(True)
        return bool(self._app.do(drafts.keep, self._found.id, **self._values()))

    def _values(self) -> dict[str, Any]:
        return {
            "to": self.to.text(),
            "cc": self._cc,
            "subject": self.subject.text(),
            "text": self.text.toPlainText(),
            "template": self._code,
            "attachments": self._files,
            "account_id": self._account,
        }

    def send(self) -> None:
        """Into the outbox; what keeps it from being sent is shown, and nothing typed is lost."""
        app, found = self._app, self._found
        if not self.keep():
            return
        faults = app.ask(replying.faults, found.id, me(app))
        if faults:
            self._tell(faults)
            return
        self._untouched()
        back = lambda outgoing_id: app.do(replying.take_back, outgoing_id)  # noqa: E731
        done = app.do(replying.send, found.id, said=app.words("In the outbox"), undo=back)
        if done:
            self._left()
        elif isinstance(done.error, Refused) and done.error.code == "mail.collision":
            app.do(drafts.look_again, found.id)  # the page now shows what came in
            self._left()
        else:
            self.text.document().setModified(True)

    def discard(self) -> None:
        """Forgets what was written; Undo brings it back."""
        app, found, values = self._app, self._found, self._values()
        self._untouched()
        back = lambda _done: app.do(drafts.keep, found.id, **values)  # noqa: E731
        if app.do(drafts.drop, found.id, said=app.words("The draft is gone"), undo=back):
            self._left()

    def _untouched(self) -> None:
        """From now on the page may be made anew: what stands here is kept, or not wanted."""
        self._pause.stop()
        self.text.document().setModified(False)
        for field in (self.to, self.subject):
            field.setModified(False)

    def _tell(self, faults: list[Fault]) -> None:
        said = [sentence(each.code, each.facts, self._app.language) for each in faults]
        self.wrong.setText("\n".join(dict.fromkeys(said)))
        self._bar.setVisible(bool(said))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page takes this one's place: what was typed last is kept in a moment, when that page stands."""
        if self._pause.isActive():
            self._pause.stop()
            QTimer.singleShot(0, self._app, partial(_keep_late, self._app, self._found.id, self._values()))
        super().hideEvent(event)


def _keep_late(app: AppContext, conversation_id: int, values: dict[str, Any]) -> None:
    if not app.closed:
        app.do(drafts.keep, conversation_id, **values)


def _answering(subject: str) -> str:
    return subject if subject.casefold().startswith("re:") or not subject else f"Re: {subject}"
