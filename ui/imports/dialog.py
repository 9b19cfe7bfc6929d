"""The import's dialog: what each file is, what would come of it, then the import itself with progress and stop."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from backoffice.channels import actions as channels
from backoffice.channels import telling
from backoffice.channels.importing.run import Outcome
from backoffice.channels.importing.undo import undo
from backoffice.channels.mapping import Mapping, signature
from backoffice.core.errors import Outage, Refused
from ui.imports import worker
from ui.imports.mapping_page import MappingPage
from ui.imports.preview import preview_of
from ui.imports.worker import Looked
from ui.kit import theme
from ui.kit.boxes import SPRING, column, emptied, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.text import Label

FEATURES = frozenset({"orders", "customers", "inventory", "channels", "journal", "shipping"})
_ORDER = {"products": 0, "stock": 1, "orders": 2}


class ImportDialog(QDialog):
    """One dialog for all files; products go in before stock, stock before orders."""

    def __init__(self, app: AppContext, files: list[Path]) -> None:
        super().__init__(app.notices.window())
        self.app, self.words = app, app.words
        self.files = files
        self.looked: list[Looked] = []
        self.outcomes: list[Outcome] = []
        self._job: Any = None
        title = self.words("Import")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.headline = Label(title, "title")
        self._box = column(gap=theme.L)
        inner = QWidget()
        inner.setLayout(column(held(self._box), SPRING, margins=(theme.XL, theme.M, theme.XL, theme.L)))
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(4)
        self.busy.setAccessibleName(self.words("Progress"))
        self.said = Label("", "muted", wrap=True)
        self.leave = button(self.words("Cancel"), self.reject)
        self.act = button(self.words("Import"), self.take, primary=True, shortcut="Ctrl+Return")
        foot = row(self.said, self.leave, self.act, margins=(theme.XL, theme.M, theme.XL, theme.L))
        foot.setStretch(0, 1)
        head = framed(row(self.headline, margins=(theme.XL, theme.XL, theme.XL, theme.S)))
        body = scrolled(inner, name=title)
        self.setLayout(column(head, self.busy, body, rule(), framed(foot), gap=0))
        self.resize(820, 600)

    # looking

    def look(self) -> None:
        """Recognises and previews the files, one job after the other."""
        self.act.setEnabled(False)
        self.said.setText(self.words("Reading the files. Nothing is changed yet."))
        self._next_look()

    def _next_look(self, mapping: dict[str, Any] | None = None) -> None:
        done = len(self.looked)
        if done >= len(self.files):
            self._show()
            return
        self.busy.show()
        self._job = self.app.jobs.run_process(
            worker.look,
            self.app.shop.path,
            self.files[done],
            mapping,
            done=self._looked,
            failed=self._failed,
            label=self.words("Reading {file}").format(file=self.files[done].name),
        )

    def _looked(self, found: Looked) -> None:
        if found.unsure:
            self._ask_mapping(found)
            return
        self.looked.append(found)
        self._next_look()

    def _ask_mapping(self, found: Looked) -> None:
        """Nobody knows these columns: the owner says what they mean, once."""
        self.busy.hide()
        emptied(self._box)
        self.headline.setText(self.words("What do the columns of {file} mean?").format(file=found.file.name))
        page = MappingPage(self.app, found)
        page.chosen.connect(lambda mapping: self._mapped(found, mapping))
        self._box.addWidget(page)
        self.said.setText(self.words("Choose a column for each field you need. It is remembered for files like this."))
        self._dress_act(self.words("Go on"), page.press)

    def _mapped(self, found: Looked, mapping: Mapping) -> None:
        header = signature(found.header)
        done = self.app.do(channels.remember_mapping, mapping, header=header)
        if done:
            self.said.setText(self.words("Reading the files. Nothing is changed yet."))
            self.act.setEnabled(False)
            self._next_look(mapping.to_facts())

    def _show(self) -> None:
        """All files side by side, each with its counts; one filled button for all of them."""
        self.busy.hide()
        emptied(self._box)
        for found in self.looked:
            self._box.addWidget(preview_of(self.app, found))
        usable = [found for found in self.looked if found.outcome is not None]
        records = sum(found.outcome.tally.new + found.outcome.tally.changed for found in usable if found.outcome)
        self.headline.setText(self.words("Import"))
        if records:
            self.said.setText(self.words("Nothing is changed until you press the button. You can undo it afterwards."))
            self._dress_act(self.app.plural("Import {n} record", "Import {n} records", records), self.take)
        elif rejected := sum(found.outcome.tally.rejected for found in usable if found.outcome):
            self.said.setText(self.words("Nothing new can go in. The rejected rows can be kept aside and mended."))
            self._dress_act(self.app.plural("Keep {n} row aside", "Keep {n} rows aside", rejected), self.take)
        else:
            self.said.setText(self.words("There is nothing new in these files."))
            self.act.setEnabled(False)
            self.leave.setText(self.words("Close"))

    def _dress_act(self, text: str, run: Any) -> None:
        self.act.setText(text.replace("&", "&&"))
        self.act.setAccessibleName(text)
        self.act.clicked.disconnect()
        self.act.clicked.connect(lambda _checked=False: run())
        self.act.setEnabled(True)

    # taking in

    def take(self) -> None:
        """Takes all usable files in."""
        self._left = sorted(
            (found for found in self.looked if found.outcome is not None), key=lambda found: _ORDER.get(found.kind, 3)
        )
        self.act.setEnabled(False)
        self.leave.setText(self.words("Stop"))
        self.busy.show()
        if any(worker.is_large(found.file) for found in self._left):
            self.said.setText(self.words("Backing up first, because a file is large."))
            self._job = self.app.run(
                lambda progress, cancelled: self.app.shop.back_up(
                    reason="import", progress=progress, cancelled=cancelled
                ),
                lambda _file: self._next_take(),
                label=self.words("Backing up"),
                failed=self._failed,
            )
        else:
            self._next_take()

    def _next_take(self) -> None:
        if not self._left:
            self._finished()
            return
        found = self._left.pop(0)
        label = self.words("Importing {file}").format(file=found.file.name)
        self.said.setText(label)
        self._job = self.app.jobs.run_process(
            worker.take, self.app.shop.path, found, done=self._taken, failed=self._failed, label=label
        )

    def _taken(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.app.changed.emit(FEATURES)  # another process wrote: nobody else tells this one
        if outcome.stopped:
            self._left.clear()
        self._next_take()

    def _finished(self) -> None:
        new = sum(outcome.tally.new for outcome in self.outcomes)
        changed = sum(outcome.tally.changed for outcome in self.outcomes)
        rejected = sum(outcome.tally.rejected for outcome in self.outcomes)
        told = self.words("{new} new, {changed} changed").format(
            new=self.app.format.number(new), changed=self.app.format.number(changed)
        )
        if rejected:
            aside = self.app.plural("{n} row kept aside", "{n} rows kept aside", rejected)
            told = f"{told}. {aside}"
        batches = [outcome.batch_id for outcome in self.outcomes if outcome.batch_id is not None]
        see = (self.words("Rows kept aside"), lambda: self.app.open("settings", "imports")) if rejected else None
        self.app.notices.say(told, (lambda: undo_batches(self.app, batches)) if batches else None, also=see)
        self.accept()

    def _failed(self, error: BaseException) -> None:
        self.busy.hide()
        self.leave.setText(self.words("Close"))
        if not isinstance(error, Refused | Outage):
            self.reject()
            raise error
        self.said.setText(self.app.sentence(error))

    def reject(self) -> None:
        """Leaving stops whatever runs; what was taken in whole stays."""
        if self._job is not None:
            self._job.stop()
        super().reject()


def undo_batches(app: AppContext, batches: list[int]) -> None:
    """Takes imports back, the newest first; what somebody touched is named."""

    def task(_progress: Any, cancelled: Any) -> list[str]:
        kept: list[str] = []
        for batch in reversed(batches):
            stays = undo(app.shop.store, batch, cancelled=cancelled).stays
            kept += [telling.staying(name, why, app.language) for name, why in stays]
        return kept

    def told(kept: list[str]) -> None:
        if kept:
            text = app.words("Import undone, but this stays: {names}.")
            app.notices.refuse(text.format(names="; ".join(kept[:8])))
        else:
            app.notices.say(app.words("Import undone"))

    app.run(task, told, label=app.words("Undoing the import"))
