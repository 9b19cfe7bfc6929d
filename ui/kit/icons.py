"""The one table of icons: names of ours, drawn from one family (qtawesome's Phosphor) in the theme's colours.

qtawesome's font and table of glyphs are read as files: importing the package itself costs 140 ms and 11 other fonts.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.kit import theme

FAMILY = "phosphor-1.3.0.ttf"
GLYPHS = "phosphor-charmap-1.3.0.json"
_PLACE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_FADED = 0.4

NAMES = {
    "add": "plus",
    "address": "map-pin",
    "alarm": "warning-circle",
    "archive": "archive",
    "back": "arrow-left",
    "backup": "cloud-check",
    "backup-bad": "cloud-slash",
    "barcode": "barcode",
    "box": "package",
    "calendar": "calendar-blank",
    "call": "phone",
    "call-back": "phone-outgoing",
    "cases": "lifebuoy",
    "channel": "shopping-bag",
    "check": "check",
    "close": "x",
    "columns": "columns",
    "copy": "copy",
    "customer": "user",
    "customers": "users",
    "date": "calendar-blank",
    "delete": "trash",
    "dispatch": "truck",
    "done": "check-circle",
    "down": "caret-down",
    "edit": "pencil-simple",
    "empty": "tray",
    "error": "warning-octagon",
    "export": "export",
    "figures": "chart-line-up",
    "filter": "funnel",
    "first": "caret-double-left",
    "flag": "flag",
    "folder": "folder-open",
    "forward": "arrow-right",
    "gift": "gift",
    "help": "question",
    "history": "clock-counter-clockwise",
    "hold": "pause-circle",
    "import": "download-simple",
    "inbox": "tray",
    "info": "info",
    "keyboard": "keyboard",
    "label": "tag-simple",
    "language": "globe",
    "link": "arrow-square-out",
    "list": "list-bullets",
    "lock": "lock-simple",
    "mail": "envelope-simple",
    "merge": "git-merge",
    "minus": "minus",
    "money": "money",
    "more": "dots-three",
    "new": "plus",
    "next": "caret-right",
    "note": "note-pencil",
    "orders": "receipt",
    "pack": "package",
    "pick": "clipboard-text",
    "picture": "image",
    "previous": "caret-left",
    "print": "printer",
    "products": "cube",
    "purchasing": "shopping-cart-simple",
    "refresh": "arrows-clockwise",
    "reorder": "repeat",
    "restore": "clock-clockwise",
    "returns": "arrow-u-up-left",
    "save": "floppy-disk",
    "search": "magnifying-glass",
    "settings": "gear-six",
    "shop": "storefront",
    "slip": "file-text",
    "split": "arrows-out-line-horizontal",
    "star": "star",
    "stock": "stack",
    "stop": "stop-circle",
    "tag": "tag",
    "time": "clock",
    "today": "sun-horizon",
    "undo": "arrow-counter-clockwise",
    "up": "caret-up",
    "void": "prohibit",
    "warning": "warning",
    "zoom-in": "magnifying-glass-plus",
    "zoom-out": "magnifying-glass-minus",
}


@cache
def glyphs() -> dict[str, str]:
    """Our names with the family's characters; a name the family does not know fails here, in the first test."""
    known = json.loads((_fonts() / GLYPHS).read_text(encoding="utf-8"))
    return {ours: chr(int(known[theirs], 16)) for ours, theirs in NAMES.items()}


@cache
def _family() -> str:
    added = QFontDatabase.addApplicationFont(str(_fonts() / FAMILY))
    return QFontDatabase.applicationFontFamilies(added)[0]


def _fonts() -> Path:
    return Path(find_spec("qtawesome").origin).parent / "fonts"


class _Glyph(QIconEngine):
    """One character drawn in the theme's colour of the moment, so that a change of scheme needs no new icon."""

    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setOpacity(_FADED if mode == QIcon.Mode.Disabled else 1.0)
        draw(painter, rect, self._name, self._tone)
        painter.setOpacity(1.0)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if size.isEmpty():
            return QPixmap()  # a button squeezed to nothing, before its layout is done
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Glyph(self._name, self._tone)


def icon(name: str, tone: str = "muted") -> QIcon:
    """The icon of that name in NAMES; `tone` is a token's name: "muted", "accent", "on-accent", "bad" …"""
    glyphs()[name]
    return QIcon(_Glyph(name, tone))


def draw(painter: QPainter, rect: QRect, name: str, tone: str) -> None:
    """Draws the icon into the rectangle, as large as the smaller side, at the left of a wide one."""
    if rect.isEmpty():
        return
    font = QFont(_family())
    font.setPixelSize(min(rect.width(), rect.height()))
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.colour(tone))
    painter.drawText(rect, _PLACE, glyphs()[name])
    painter.restore()


class Picture(QWidget):
    """An icon that stands by itself. It says nothing: what it is of stands beside it."""

    def __init__(self, name: str, *, size: int = 20, tone: str = "muted") -> None:
        super().__init__()
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, self.rect(), self._name, self._tone)
        painter.end()
