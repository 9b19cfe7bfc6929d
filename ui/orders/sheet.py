"""A sheet over the list: something being typed, with its sums beside it; it may be left and gone on with."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from backoffice.core.errors import Refused
from ui.kit import theme
from ui.kit.boxes import SPRING, column, emptied, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import Field
from ui.kit.text import Label

_SIDE = 348


class Sheet(QWidget):
    """What is typed at the left, what it comes to at the right. Sheets fill in `save`, `scanned`, `dirty`, `begin`.

    `done(order id)` comes when it was saved, `discarded` when it was given up.
    """

    done = Signal(int)
    typed = Signal()
    discarded = Signal()

    def __init__(self, app: AppContext, title: str, act: str, *, unsaved: Unsaved) -> None:
        """`unsaved` tells what stands above the screens while the sheet is left and not saved."""
        super().__init__()
        self.app, self.words, self.title, self.unsaved = app, app.words, title, unsaved
        self.setAccessibleName(title)
        self.left, self.side = QVBoxLayout(), QVBoxLayout()
        for box in (self.left, self.side):
            box.setSpacing(theme.L)
        self.act = button(act, self.save, primary=True)
        self.foot = Label("", "problem", wrap=True)
        self.foot.hide()

    def furnish(self, others: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Lays the sheet out, when its parts are in `left` and `side`; `others` are further buttons."""
        plain = [button(text, run) for text, run in others]
        discard = button(self.words("Discard"), self.discarded.emit, quiet=True)
        margins = (theme.XL, theme.L, theme.XL, theme.M)
        head = framed(row(Label(self.title, "page"), SPRING, discard, *plain, self.act, margins=margins))
        inner, beside = QWidget(), QWidget()
        self.left.addStretch(1)
        self.side.addStretch(1)
        self.left.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        self.side.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        inner.setLayout(self.left)
        beside.setLayout(self.side)
        pane = QFrame()
        pane.setProperty("pane", True)
        pane.setFixedWidth(_SIDE)
        pane.setLayout(column(scrolled(beside, name=self.words("What it comes to")), gap=0))
        body = row(scrolled(inner, name=self.title), pane, gap=0)
        body.setStretch(0, 1)
        self.setLayout(column(head, rule(), held(body), gap=0))
        self.layout().setStretch(2, 1)
        body.setContentsMargins(0, 0, 0, 0)

    # what sheets fill in

    @property
    def dirty(self) -> bool:
        """Whether something typed would be lost."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What is typed, readable or not, as JSON can write it, for `retype`."""
        raise NotImplementedError

    def retype(self, raw: Any) -> None:
        """Puts back what `raw` told."""
        raise NotImplementedError

    def kept(self) -> Any:
        """What the drawer is to keep; None where nothing would be lost."""
        return self.raw() if self.dirty else None

    def arrive(self) -> None:
        """It stands in the window now: the place to make many widgets, which Qt would dress anew at each move."""

    def begin(self) -> None:
        """Puts the cursor where one starts."""

    def save(self) -> None:
        """Ctrl+Enter, and the filled button."""
        raise NotImplementedError

    def scanned(self, code: str) -> None:
        """A scanner read this."""

    # what they share

    def right(self, problem: Field | None) -> bool:
        """Whether every field can be read; if not, shows the first that cannot."""
        if problem is None:
            self.complain("")
            return True
        problem.ask()
        problem.setFocus()
        self.complain(self.words("Something typed cannot be read. It is marked in red."))
        return False

    def complain(self, sentence: str) -> None:
        """Says under the sums what keeps this from being saved; "" takes it away."""
        self.foot.setText(sentence)
        self.foot.setVisible(bool(sentence))

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        """As a form does it: at the place where it belongs, and nothing typed is lost."""
        self.complain(sentence)
        return True


class Sums(QWidget):
    """Names and amounts, one under the other, the last ones large; written anew with every keystroke."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.XS)

    def show_entries(self, entries: Sequence[tuple[str, str, str]], notes: Sequence[tuple[str, str]] = ()) -> None:
        """`entries` are (name, amount, role of the style sheet), `notes` sentences with their tone under them."""
        emptied(self._box)
        for name, amount, role in entries:
            self._box.addWidget(held(row(Label(name, role), SPRING, Label(amount, role))))
        for sentence, tone in notes:
            self._box.addWidget(Label(sentence, "" if tone else "small", tone=tone, wrap=True))
