"""An icon that has no room."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.kit.icons import draw, icon


def test_an_icon_without_room_draws_nothing_and_warns_of_nothing(app):
    assert icon("close").pixmap(QSize(0, 0), QIcon.Mode.Normal, QIcon.State.Off).isNull()
    page = QPixmap(10, 10)
    painter = QPainter(page)
    draw(painter, QRect(0, 0, 10, 0), "close", "muted")
    painter.end()
