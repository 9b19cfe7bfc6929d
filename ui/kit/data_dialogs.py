"""Dialogs about the shop's file: what *Check my data* found, and which backup to restore."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, column, row, scrolled
from ui.kit.buttons import button
from ui.kit.closed import Starter, backup_table
from ui.kit.context import AppContext
from ui.kit.text import Chip, ChipLabel, Label

_MOST_FAULTS = 20


class CheckDialog(QDialog):
    """The checks with what each looked at; under those that found something, the faults as sentences."""

    def __init__(self, app: AppContext, checks: Sequence[Any]) -> None:
        super().__init__(app.notices.window())
        words = app.words
        faults = sum(len(each.faults) for each in checks)
        title = app.plural("{n} fault found", "{n} faults found", faults) if faults else words("Your data is in order")
        self.setWindowTitle(words("Check my data"))
        inner = QWidget()
        inner.setLayout(column(*[self._line(app, each) for each in checks], SPRING, gap=theme.M))
        close = button(words("Close"), self.accept, primary=True)
        body = scrolled(inner, name=words("Check my data"))
        self.setLayout(column(Label(title, "title"), body, row(SPRING, close), gap=theme.L, margins=theme.XL))
        self.resize(560, 480)

    def _line(self, app: AppContext, check: Any) -> QWidget:
        words = app.words
        looked = app.plural("{n} looked at", "{n} looked at", check.looked_at)
        state = Chip(words("In order"), "good") if not check.faults else Chip(words("Faults"), "bad")
        holder = QWidget()
        head = row(ChipLabel(state), Label(check.title), SPRING, Label(looked, "muted"))
        told = [Label(each, wrap=True, copy=True) for each in check.faults[:_MOST_FAULTS]]
        holder.setLayout(column(head, *told, gap=theme.XS))
        return holder


class RestoreDialog(QDialog):
    """Chooses a backup to put in the place of the open shop."""

    def __init__(
        self, app: AppContext, starter: Starter, backups: Sequence[Any], restore: Callable[[Path], object]
    ) -> None:
        super().__init__(app.notices.window())
        words = app.words
        self.setWindowTitle(words("Restore a backup"))
        self.table = backup_table(starter, backups)
        said = words("The shop becomes as it was then. What it is now is kept as a backup of its own.")
        cancel = button(words("Cancel"), self.reject)
        act = button(words("Restore the chosen backup"), lambda: self._press(restore), danger=True)
        head = [Label(words("Restore a backup"), "title"), Label(said, wrap=True)]
        self.setLayout(column(*head, self.table, row(SPRING, cancel, act), gap=theme.L, margins=theme.XL))
        self.setMinimumWidth(600)

    def _press(self, restore: Callable[[Path], object]) -> None:
        chosen = self.table.current()
        if chosen is not None:
            self.accept()
            restore(chosen.id)
