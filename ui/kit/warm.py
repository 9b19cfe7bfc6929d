"""What the first paint of a full window would wait for, done beforehand in the thread that imports the rest."""

from datetime import UTC, datetime
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QImage, QPainter, QTextDocument

from backoffice.core.language import Language
from backoffice.core.money import Money
from ui.kit import icons


def warm(code: str) -> None:
    """Loads the language's patterns (25 ms), the table of glyphs, and the enums that painting needs (20 ms)."""
    language = Language(code)
    language.words("File")
    language.moment(datetime(2026, 11, 22, tzinfo=UTC), "UTC")
    language.money(Money.zero("EUR"))
    language.percent(Decimal("0.5"))
    icons.glyphs()
    _know_every_class()
    canvas = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    painter.setPen(QColor())
    painter.setBrush(QColor())
    painter.end()


class _Filter(QObject):
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False


def _know_every_class() -> None:
    """The first QObject and the first event that Qt hands over make PySide look through all their classes: 40 ms."""
    document = QTextDocument("x")
    document.documentLayout().children()
    document.children()
    watched, looking = QObject(), _Filter()
    watched.installEventFilter(looking)
    watched.setProperty("seen", True)
    watched.removeEventFilter(looking)
