"""Putting widgets beside and under one another, with the theme's distances."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from ui.kit import theme

SPRING = None
Part = QWidget | QLayout | None
Margins = int | tuple[int, int, int, int]


def row(*parts: Part, gap: int = theme.S, margins: Margins = 0) -> QHBoxLayout:
    """Parts from left to right; SPRING (None) takes the room that is left."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def column(*parts: Part, gap: int = theme.M, margins: Margins = 0) -> QVBoxLayout:
    """Parts from top to bottom; SPRING (None) takes the room that is left."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def _filled(box: QBoxLayout, parts: Sequence[Part], gap: int, margins: Margins) -> QBoxLayout:
    box.setSpacing(gap)
    box.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        else:
            box.addWidget(part)
    return box


def framed(layout: QLayout, **properties: object) -> QFrame:
    """A frame around a layout; properties such as card=True or tone="warn" are the style sheet's."""
    frame = QFrame()
    for name, value in properties.items():
        frame.setProperty(name, value)
    frame.setLayout(layout)
    return frame


def held(layout: QLayout) -> QWidget:
    """A plain widget around a layout, to be shown and hidden as one."""
    widget = QWidget()
    widget.setLayout(layout)
    return widget


def rule() -> QFrame:
    """A line between two parts."""
    line = QFrame()
    line.setProperty("rule", True)
    line.setFixedHeight(1)
    return line


def scrolled(inner: QWidget, *, name: str) -> QScrollArea:
    """A scroll area; sideways it scrolls only where there is no room at all. `name` is for screen readers."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName(name)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner.setProperty("plain", True)
    area.setWidget(inner)
    return area


def emptied(layout: QLayout) -> None:
    """Takes everything out of a layout; the widgets are deleted when control is back in the event loop."""
    while layout.count():
        item = layout.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            emptied(item.layout())
