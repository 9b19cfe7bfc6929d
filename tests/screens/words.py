"""What can be read on a screen."""

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from ui.kit.pictures import settle


def words_of(widget: QWidget) -> str:
    """Every word that stands on labels and buttons and can be seen."""
    settle()
    found = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text().replace("&&", "&") for part in found if part.isVisibleTo(widget))
