"""Starts the window: paints first, then imports the rest away from the main thread, then opens the shop."""

import builtins
import gc
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
    window.show()
    ended = application.exec()
    delete(window)  # in order, while the application is there: at the interpreter's end Qt would find its fonts gone
    return ended


def _load(window, memory, arguments: list[str]) -> None:
    """Imports everything else in a thread, so that the window stays alive, then brings it to life."""
    from PySide6.QtCore import QObject, Qt, Signal

    from ui.window import SCREENS

    class _Home(QObject):
        come = Signal(object)

    home = _Home(window)
    home.come.connect(lambda error: _begin(window, memory, arguments, error), Qt.ConnectionType.QueuedConnection)

    def bring() -> None:
        try:
            _import_the_rest([place.made_by for place in SCREENS], memory.read("language", "en"))
        except BaseException as error:
            home.come.emit(error)
        else:
            home.come.emit(None)

    threading.Thread(target=bring, name="imports", daemon=True).start()


def _import_the_rest(screens: list[str], language: str) -> None:
    from importlib import import_module
    from importlib.util import find_spec

    gc.disable()  # a seventh of the time: nothing of what imports make is garbage
    import_module("ui.kit.program")
    for name in screens:
        module = name.partition(":")[0]
        if find_spec(module.rpartition(".")[0]) is not None:
            import_module(module)
    import_module("ui.kit.warm").warm(language)
    gc.freeze()  # nor will it be: later collections need not look at it, which took 50 ms each
    gc.enable()


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
