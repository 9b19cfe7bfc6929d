"""What the window shows while no shop is open: why it did not open, with the good backups; and that it is opening."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backoffice.core.language import Language
from backoffice.store.words import BACKUP_REASONS
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.buttons import button
from ui.kit.card import Empty
from ui.kit.format import Format
from ui.kit.table import Column, lines
from ui.kit.text import Label

_WIDTH = 580


class Starter(Protocol):
    """Who can open shops."""

    language: Language
    format: Format

    def open_shop(self, path: Path) -> None: ...

    def choose_shop(self) -> None: ...

    def restore(self, file: Path, path: Path) -> None: ...


class _Row:
    """A backup as a row of a table."""

    def __init__(self, backup: Any, reason: str) -> None:
        self.id, self.at, self.reason, self.size = backup.file, backup.at, reason, backup.size


class NotOpened(QWidget):
    """The sentence that says why, and the ways on."""

    def __init__(self, starter: Starter, path: Path, sentence: str, backups: Sequence[Any]) -> None:
        super().__init__()
        self._starter, self._path = starter, path
        words = starter.language.words
        self.again = button(words("Try again"), lambda: starter.open_shop(path), primary=not backups)
        other = button(words("Open another shop…"), starter.choose_shop)
        parts: list[Any] = [Label(words("This shop was not opened"), "page"), Label(sentence, wrap=True)]
        if backups:
            parts.append(self._backups(backups))
        parts.append(row(self.again, other, SPRING))
        inner = framed(column(*parts, gap=theme.L, margins=theme.XL), card=True)
        inner.setFixedWidth(_WIDTH)
        box = QVBoxLayout(self)
        box.addStretch(1)
        box.addLayout(row(SPRING, inner, SPRING))
        box.addStretch(2)

    def _backups(self, backups: Sequence[Any]) -> QWidget:
        self.table = backup_table(self._starter, backups)
        act = button(self._starter.language.words("Restore the chosen backup"), self._restore, primary=True)
        return framed(
            column(Label(self._starter.language.words("Good backups"), "strong"), self.table, row(act, SPRING))
        )

    def _restore(self) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self._starter.restore(chosen.id, self._path)


def backup_table(starter: Starter, backups: Sequence[Any]):
    """The backups as a small table, the newest one chosen."""
    words = starter.language.words
    columns = [
        Column("at", words("Made"), "moment"),
        Column("reason", words("Why"), stretch=True),
        Column("size", words("Size"), "size", width=96),
    ]
    rows = [_Row(each, words(BACKUP_REASONS[each.reason])) for each in backups]
    made = lines(columns, rows, starter.format, name=words("Good backups"), most=6)
    made.selectRow(0)
    return made


def opening_page(language: Language, sentence: str = "") -> QWidget:
    """Shown while a shop is being opened, or something else is done with its file."""
    return Empty(sentence or language.words("Opening the shop…"), icon="shop")


def welcome_page(language: Language, choose: Callable[[], object]) -> QWidget:
    """Shown where there is no shop yet and nobody offers to make one."""
    return Empty(language.words("No shop is open."), language.words("Open a shop…"), choose, icon="shop")
