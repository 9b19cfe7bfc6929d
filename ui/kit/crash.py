"""When the program itself is wrong: a report without secrets and customers' data to copy; the program goes on."""

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QThread, Signal, qVersion
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from backoffice.core.language import Language
from ui.kit import theme
from ui.kit.boxes import SPRING, column, row
from ui.kit.buttons import button
from ui.kit.text import Label

log = logging.getLogger("backoffice.ui")

_MOST_FRAMES = 40


def report(error: BaseException, *, version: str) -> str:
    """The kinds of error and where they came from. Neither their texts nor any value: those may name a customer."""
    lines = [
        f"Backoffice {version}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
    ]
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        lines.append("")
        lines.append(f"{type(at).__module__}.{type(at).__qualname__}")
        frames = traceback.extract_tb(at.__traceback__)
        lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-_MOST_FRAMES:]]
        at = at.__cause__ or at.__context__
    return "\n".join(lines)


def _short(path: str) -> str:
    """The end of a path: its beginning names the user."""
    return "/".join(Path(path).parts[-3:])


class CrashDialog(QDialog):
    """Says that it was not the user's fault, what is safe, and has the report to copy."""

    def __init__(self, parent: QWidget | None, language: Language, text: str) -> None:
        super().__init__(parent)
        words = language.words
        self.setWindowTitle(words("Something went wrong"))
        self.report = QPlainTextEdit(text)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(words("Report"))
        self.report.setMinimumHeight(200)
        said = words(
            "This is a fault of the program, not yours. What was saved is safe; what you were just doing may not "
            "have been done. You can go on. The report holds no names, addresses or passwords."
        )
        copy = button(words("Copy report"), lambda: QApplication.clipboard().setText(text), icon="copy")
        go_on = button(words("Go on"), self.accept, primary=True)
        head = [Label(words("Something went wrong"), "title"), Label(said, wrap=True)]
        self.setLayout(column(*head, self.report, row(copy, SPRING, go_on), gap=theme.L, margins=theme.XL))
        self.resize(600, 440)
        go_on.setFocus(Qt.FocusReason.TabFocusReason)


class Crashes(QObject):
    """Takes every error nobody caught. `known(error)` may show it as something else: True if it did."""

    _elsewhere = Signal(object)

    def __init__(self, *, version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.version = version
        self.language = Language("en")
        self.known: Callable[[BaseException], bool] = lambda _error: False
        self.showing: Callable[[str], object] = self._dialog  # tests put their own here
        self._open = False
        self._elsewhere.connect(self.take, Qt.ConnectionType.QueuedConnection)

    def catch(self) -> None:
        """From now on."""
        sys.excepthook = self._hook

    def _hook(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif QThread.currentThread() is self.thread():
            self.take(error)
        else:
            self._elsewhere.emit(error)

    def take(self, error: BaseException) -> None:
        """Shows a known error its own way, anything else as a crash; one dialog at a time."""
        if self.known(error):
            return
        text = report(error, version=self.version)
        log.error("fault\n%s", text)
        if self._open:
            return
        self._open = True
        try:
            self.showing(text)
        finally:
            self._open = False

    def _dialog(self, text: str) -> None:
        parent = self.parent()
        CrashDialog(parent if isinstance(parent, QWidget) else None, self.language, text).exec()
