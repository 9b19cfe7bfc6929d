"""The pieces of a record's page: facts in a grid, sections, figures, an empty place that offers what fills it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.buttons import button
from ui.kit.icons import Picture
from ui.kit.text import Chip, ChipLabel, Label, Link

Fact = str | Chip | QWidget
_WIDEST = 420
_LINK = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


def facts(entries: Sequence[tuple[str, Fact]], *, columns: int = 1) -> QWidget:
    """Names and values in a grid, empty values left out. A value is text (may hold newlines), a Chip or a widget."""
    shown = [(name, value) for name, value in entries if value not in ("", None)]
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.XS)
    per_column = -(-len(shown) // columns)
    for at, (name, value) in enumerate(shown):
        across, down = divmod(at, per_column)
        title = Label(name, "label")
        title.setMinimumHeight(24)
        grid.addWidget(title, down, 2 * across, Qt.AlignmentFlag.AlignTop)
        held = _value(value)
        grid.addWidget(held, down, 2 * across + 1, _LINK if isinstance(value, Link) else Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(2 * across + 1, 1)
    return made


def _value(value: Fact) -> QWidget:
    if isinstance(value, Chip):
        return framed(row(ChipLabel(value), SPRING, margins=(0, 2, 0, 2)))
    if isinstance(value, Link):
        value.setMinimumHeight(24)
        return value
    if isinstance(value, QWidget):
        return value
    label = Label(value, wrap=True, copy=True)
    label.setMinimumHeight(24)
    return label


def section(title: str, *parts: QWidget | None, side: QWidget | None = None) -> QWidget:
    """A heading with parts under it; `side` stands at the right of the heading."""
    made = QWidget()
    head = row(Label(title, "strong"), SPRING, *([side] if side else []))
    made.setLayout(column(head, *[part for part in parts if part is not None], gap=theme.S))
    return made


def card(title: str, *parts: QWidget, side: QWidget | None = None) -> QFrame:
    """A section in a frame of its own."""
    return framed(column(section(title, *parts, side=side), margins=theme.L), card=True)


def figure(value: str, title: str, note: str = "", *, tone: str = "", run: Callable[[], Any] | None = None) -> QFrame:
    """A number with what it counts; `note` is the trend under it, `run` opens what is counted."""
    parts: list[QWidget] = [Label(value, "figure"), Link(title, run) if run else Label(title, "muted")]
    if note:
        parts.append(Label(note, "small" if not tone else "", tone=tone))
    made = framed(column(*parts, gap=2, margins=theme.L), card=True)
    made.setAccessibleName(f"{title}: {value}")
    return made


class Empty(QWidget):
    """What would be here, and the button that fills it."""

    def __init__(
        self,
        sentence: str,
        act: str = "",
        run: Callable[[], Any] | None = None,
        *,
        icon: str = "empty",
        primary: bool = True,
    ) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        box = QVBoxLayout(self)
        box.setSpacing(theme.M)
        box.addStretch(2)
        box.addWidget(Picture(icon, size=40), 0, Qt.AlignmentFlag.AlignHCenter)
        words = Label(sentence, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setFixedWidth(min(_WIDEST, words.fontMetrics().horizontalAdvance(sentence) + 8))
        box.addLayout(row(SPRING, words, SPRING))
        if run is not None:
            box.addWidget(button(act, run, primary=primary), 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(3)
