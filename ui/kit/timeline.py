"""What happened to a record, newest first, from the journal."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit import theme
from ui.kit.boxes import column, held, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.text import Label

AT_FIRST = 15


class _Dot(QWidget):
    """A dot, and the line down to the next one."""

    def __init__(self, *, last: bool, tone: str) -> None:
        super().__init__()
        self._last, self._tone = last, tone
        self.setFixedWidth(12)

    def sizeHint(self) -> QSize:
        return QSize(12, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._last:
            painter.fillRect(QRectF(5.5, 12, 1, self.height()), theme.colour("line"))
        painter.setPen(theme.colour("surface"))
        painter.setBrush(theme.colour(self._tone))
        painter.drawEllipse(QRectF(2, 4, 8, 8))
        painter.end()


class Timeline(QWidget):
    """Lines of the journal: each has `at` and `who`; `sentence(line)` says what it was, `tone(line)` its colour.

    `more(line)` answers what stands under the sentence: a note's words, a link. The first fifteen are shown, the rest
    on demand.
    """

    def __init__(
        self,
        app: AppContext,
        happenings: Sequence[Any],
        sentence: Callable[[Any], str],
        *,
        tone: Callable[[Any], str] = lambda _line: "muted",
        more: Callable[[Any], QWidget | None] = lambda _line: None,
    ) -> None:
        super().__init__()
        self._app, self._sentence, self._tone, self._under = app, sentence, tone, more
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setAccessibleName(app.words("History"))
        self._show(happenings[:AT_FIRST], more=len(happenings) > AT_FIRST)
        rest = happenings[AT_FIRST:]
        if rest:
            text = app.plural("Show {n} more", "Show {n} more", len(rest))
            self._more = button(text, lambda: self._show_rest(rest), quiet=True)
            self._box.addWidget(self._more)

    def _show(self, happenings: Sequence[Any], *, more: bool) -> None:
        for at, line in enumerate(happenings):
            self._box.addWidget(self._entry(line, last=not more and at == len(happenings) - 1))

    def _show_rest(self, rest: Sequence[Any]) -> None:
        self._more.hide()
        self._show(rest, more=False)

    def _entry(self, line: Any, *, last: bool) -> QWidget:
        when = " · ".join(part for part in (self._app.format.moment(line.at), line.who) if part)
        under = self._under(line)
        parts = [Label(self._sentence(line), wrap=True), *([] if under is None else [under]), Label(when, "small")]
        told = column(*parts, gap=0, margins=(0, 0, 0, theme.M))
        entry = row(_Dot(last=last, tone=self._tone(line)), told, gap=theme.S)
        entry.setStretch(1, 1)
        return held(entry)
