"""What lies over the window while a file is held over it: that it may be let go, and what then happens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.icons import Picture
from ui.kit.text import Label


class DropSign(QFrame):
    """Covers its parent, and lets the file through to whatever takes it: a product's picture may be beneath."""

    def __init__(self, over: QWidget, text: str) -> None:
        super().__init__(over)
        self.setProperty("drop", True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text)
        card = framed(row(Picture("import", tone="accent"), Label(text, "title"), margins=theme.XL), bar="action")
        self.setLayout(column(SPRING, row(SPRING, card, SPRING), SPRING))
        self.setGeometry(over.rect())
        self.show()
        self.raise_()
