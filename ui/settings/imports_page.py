"""Past imports: what each did, undoing one, and its rejected rows mended in place."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from backoffice.channels import queries, telling
from backoffice.channels import words as channel_words
from backoffice.channels.importing import mending
from backoffice.channels.importing.undo import undo
from backoffice.sentences import sentence
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.buttons import button
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.table import Column, lines
from ui.kit.text import Chip, Label
from ui.settings.page import WIDE, Page

_STATES = {"running": "note", "done": "good", "stopped": "warn", "undone": "muted"}
_MOST = 30
_WIDEST_CELL = 260  # pixels


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    at: Any
    file_name: str
    reader: str
    counts: str
    state: str


class ImportsPage(Page):
    """The newest first."""

    def __init__(self, app: AppContext) -> None:
        told = app.words("Every file taken in, and the rows kept aside.")
        super().__init__(app, app.words("Imports"), told, widest=WIDE)
        self.chosen: int | None = None

    def fill(self) -> None:
        words, number = self.words, self.app.format.number
        batches = self.app.ask(queries.batches)
        if not batches:
            told = words("No file was imported yet. Choose one, or drop it on the window.")
            self.show_parts(Empty(told, words("Import files…"), self.app.choose_files, icon="import"))
            return
        aside = self.app.ask(queries.kept_aside)
        rows = [
            _Row(
                batch.id,
                batch.at,
                batch.file_name,
                words(channel_words.READERS.get(batch.reader, batch.reader)),
                f"{number(batch.new)} · {number(batch.changed)} · {number(aside.get(batch.id, 0))}",
                batch.state.value,
            )
            for batch in batches
        ]
        columns = [
            Column("file_name", words("File"), stretch=True, strong=True),
            Column("at", words("When"), "moment"),
            Column("counts", words("New · changed · kept aside"), width=200),
            Column("state", words("State"), "chip", width=100, show=self._chip),
        ]
        table = lines(columns, rows, self.app.format, name=words("Imports"), most=8)
        table.current_changed.connect(lambda found: self._choose(found.id if found else None))
        chosen = self.chosen or batches[0].id
        self.show_parts(table, self._batch(chosen))

    def _chip(self, found: _Row) -> Chip:
        titles = {
            "running": self.words("Running"),
            "done": self.words("Done"),
            "stopped": self.words("Stopped"),
            "undone": self.words("Undone"),
        }
        return Chip(titles[found.state], _STATES[found.state])

    def _choose(self, batch_id: int | None) -> None:
        if batch_id is not None and batch_id != self.chosen:
            self.chosen = batch_id
            old = self._made.pop()
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
            fresh = self._batch(batch_id)
            self._made.append(fresh)
            self.body.addWidget(fresh)

    def _batch(self, batch_id: int) -> QWidget:
        """One import: undo it, or mend what it could not take."""
        words = self.words
        batch = self.app.ask(queries.batch, batch_id)
        parts: list[Any] = [Label(batch.file_name, "strong")]
        if batch.state.value != "undone":
            parts.append(row(button(words("Undo this import"), lambda: self._undo(batch_id)), SPRING))
        kept = self.app.ask(queries.rejections, batch_id)
        if kept:
            parts.append(Label(self.app.plural("{n} row kept aside", "{n} rows kept aside", len(kept)), "strong"))
        parts += [self._rejection(one) for one in kept[:_MOST]]
        return framed(column(*parts, gap=theme.M, margins=theme.L), card=True)

    def _rejection(self, one: queries.RejectionRow) -> QWidget:
        """The row's cells to be mended; what is typed stays until it goes in."""
        words = self.words
        told = Label(sentence(one.code, one.facts, self.app.language), wrap=True)
        where = Label(words("Line {n}").format(n=one.line), "small")
        cells = QTableWidget(len(one.cells), len(one.header))
        cells.setAccessibleName(words("Cells of line {n}").format(n=one.line))
        cells.setHorizontalHeaderLabels(list(one.header))
        cells.verticalHeader().hide()
        cells.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for down, line in enumerate(one.cells):
            for across, cell in enumerate(line[: len(one.header)]):
                cells.setItem(down, across, QTableWidgetItem(cell))
        cells.setFixedHeight(40 + 32 * min(len(one.cells), 4) + 14)
        cells.resizeColumnsToContents()  # no heading is cut; a long text is, its cell can be opened
        for across in range(cells.columnCount()):
            cells.setColumnWidth(across, min(cells.columnWidth(across) + theme.M, _WIDEST_CELL))
        _show_wrong(cells, one)
        again = button(words("Try again"), lambda: self._mend(one, cells))
        away = button(words("Put away"), lambda: self._dismiss(one.id), quiet=True)
        return framed(column(where, told, cells, row(again, away, SPRING), gap=theme.S, margins=theme.M), card=True)

    def _mend(self, one: queries.RejectionRow, cells: QTableWidget) -> None:
        typed = [
            [item.text() if (item := cells.item(down, across)) else "" for across in range(cells.columnCount())]
            for down in range(cells.rowCount())
        ]

        def told(outcome: Any) -> None:
            if outcome.tally.rejected:
                self.app.notices.refuse(self.words("It still cannot go in; the reason is shown beside it."))
            else:
                self.app.notices.say(self.words("Mended and taken in"))
            self.fill()

        self.app.run(
            lambda _progress, _cancelled: mending.mend(self.app.shop.store, one.id, typed),
            told,
            label=self.words("Taking the mended row in"),
        )

    def _dismiss(self, rejection_id: int) -> None:
        said = self.words("Row put away")
        self.app.do(mending.dismiss, rejection_id, said=said, undo=lambda _: self.app.do(mending.restore, rejection_id))
        self.fill()

    def _undo(self, batch_id: int) -> None:
        def told(done: Any) -> None:
            if done.kept:
                text = self.words("Import undone, but this stays: {names}.")
                named = [telling.staying(name, why, self.app.language) for name, why in done.stays[:8]]
                self.app.notices.refuse(text.format(names="; ".join(named)))
            else:
                self.app.notices.say(self.words("Import undone"))
            self.fill()

        self.app.run(
            lambda _progress, cancelled: undo(self.app.shop.store, batch_id, cancelled=cancelled),
            told,
            label=self.words("Undoing the import"),
        )


def _show_wrong(cells: QTableWidget, one: queries.RejectionRow) -> None:
    """Chooses the cell to blame, in its colour, and brings it into sight once the table has its size."""
    header = [name.strip() for name in one.header]
    name, value = str(one.facts.get("column", "")).strip(), str(one.facts.get("value", "")).strip()
    across = header.index(name) if name in header else -1
    if across < 0 or not one.cells:
        return
    lines = [at for at, line in enumerate(one.cells) if across < len(line) and line[across].strip() == value]
    item = cells.item(lines[0] if lines else 0, across)
    if item is None:
        return
    item.setForeground(theme.colour("bad"))
    item.setBackground(theme.colour("selected"))
    cells.setCurrentItem(item)
    QTimer.singleShot(0, cells, lambda: cells.scrollToItem(item, QTableWidget.ScrollHint.PositionAtCenter))
