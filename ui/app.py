"""Starts the window: paints first, then imports what the first screen needs in a thread, then opens the shop."""

import builtins
import sys
import threading
from pathlib import Path

# PySide6 puts its own function around every import of the process, for `__feature__`, which we do not use; the plain
# one makes later imports a fifth faster and saves 22 MB.
_PLAIN_IMPORT = builtins.__import__
# Seconds a job's thread keeps the interpreter: each call into Qt gives it away, and waits so long to get it back.
_TURN = 0.0005


def main(arguments: list[str] | None = None) -> int:
    """Opens the window, on the shop file that `arguments` name, if any; ends when it is closed, with 0."""
    from PySide6.QtWidgets import QApplication

    builtins.__import__ = _PLAIN_IMPORT
    sys.setswitchinterval(_TURN)
    from shiboken6 import delete

    from ui.kit import theme
    from ui.kit.memory import Memory
    from ui.window import Window

    QApplication.setStyle(theme.STYLE)
    application = QApplication(["Backoffice"])
    application.setApplicationName("Backoffice")
    application.setDesktopFileName("backoffice")
    theme.dress()
    memory = Memory()
    window = Window(memory)
    window.painted.connect(lambda: _load(window, memory, arguments or []))
    window.fit(window.screen().availableSize())
    window.show()
    ended = application.exec()
    delete(window)  # in order, while the application is there: at the interpreter's end Qt would find its fonts gone
    return ended


def _load(window, memory, arguments: list[str]) -> None:
    """Imports the program and the first screen in a thread, so that the window stays alive, then brings it to life.

    The other screens' modules come once the first one stands (`ui.kit.arrival`): half a second that nobody waits for.
    """
    from PySide6.QtCore import QObject, Qt, Signal

    from ui.window import SCREENS

    class _Home(QObject):
        come = Signal(object)

    home = _Home(window)
    home.come.connect(lambda error: _begin(window, memory, arguments, error), Qt.ConnectionType.QueuedConnection)

    def bring() -> None:
        try:
            _import_for(SCREENS[0], memory.read("language", "en"))
        except BaseException as error:
            home.come.emit(error)
        else:
            home.come.emit(None)

    threading.Thread(target=bring, name="imports", daemon=True).start()


def _import_for(place, language: str) -> None:
    from ui.kit.ahead import uncollected
    from ui.kit.when_used import hook

    with uncollected():
        import ui.kit.program  # noqa: F401
        from ui.kit.warm import warm

        hook(place.made_by)
        warm(language)


def _begin(window, memory, arguments: list[str], error: BaseException | None) -> None:
    if error is not None:
        raise error
    from backoffice.core.version import VERSION
    from ui.kit import logbook
    from ui.kit.crash import Crashes
    from ui.kit.program import Program

    logbook.begin()
    crashes = Crashes(version=VERSION, parent=window)
    crashes.catch()
    program = Program(window, memory, crashes)
    program.start(Path(arguments[0]) if arguments else None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
