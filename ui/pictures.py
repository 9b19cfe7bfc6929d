"""Pictures of every screen of a shop, for the demo and for whoever wants to look without opening the window."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from PySide6.QtWidgets import QApplication

from ui.kit import theme
from ui.kit.crash import Crashes
from ui.kit.memory import Memory
from ui.kit.pictures import SIZE, pictures_of, settle
from ui.kit.program import Program
from ui.window import Window

SECONDS_TO_OPEN = 60


def main(arguments: list[str]) -> int:
    """`SHOP FOLDER [LANGUAGE]`: saves each screen, light and dark, as PNG; 0, or 3 where the shop did not open."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.environ["BACKOFFICE_HOME"] = home  # a memory of its own: the person's window opens their own shop next time
        return _take(Path(arguments[0]), Path(arguments[1]))


def _take(shop: Path, folder: Path) -> int:
    QApplication.setStyle(theme.STYLE)
    application = QApplication(["Backoffice"])
    theme.dress()
    memory = Memory()
    window = Window(memory)
    window.resize(SIZE)
    window.show()
    settle()
    program = Program(window, memory, Crashes(version="", parent=window))
    program.open_shop(shop)
    until = monotonic() + SECONDS_TO_OPEN
    while program.app is None and monotonic() < until:
        application.processEvents()
    if program.app is None:
        return 3
    settle()
    pictures_of(window, [(place, _way_to(window, place)) for place in window.places], folder)
    window.close()
    return 0


def _way_to(window: Any, place: str) -> Any:
    """Goes to a screen and waits until its list has come and its first record stands beside it."""

    def go() -> None:
        window.go(place)
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()  # nobody is at the keys: a ring round another place would look like the place shown
        settle()
        if hasattr(window.screen_shown, "settle"):
            window.screen_shown.settle()

    return go


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
