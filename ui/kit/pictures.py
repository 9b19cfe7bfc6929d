"""Pictures of the window, for the README, the demo and whoever wants to look."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit import theme

SIZE = QSize(1280, 720)


def grab(widget: QWidget, path: Path) -> Path:
    """Saves the widget as it looks now, as PNG; makes the folder."""
    settle()
    path.parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path), "PNG")
    return path


def settle() -> None:
    """Lets everything that waits for the event loop happen: layouts, deletions, late painting."""
    for _round in range(4):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()


def pictures_of(
    window: QWidget,
    places: Sequence[tuple[str, Callable[[], object]]],
    folder: Path,
    *,
    schemes: Sequence[str] = ("light", "dark"),
) -> list[Path]:
    """Goes to each place (name, how to get there) in each scheme and saves `folder/<name>-<scheme>.png`."""
    window.resize(SIZE)
    window.show()
    made = []
    for scheme in schemes:
        theme.worn().force(scheme)
        for name, go in places:
            go()
            made.append(grab(window, folder / f"{name}-{scheme}.png"))
    theme.dress()
    return made
