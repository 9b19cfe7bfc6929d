"""The jobs in the top bar: what runs, how far it is, and a button to stop it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from ui.kit import theme
from ui.kit.boxes import emptied, framed, row
from ui.kit.buttons import icon_button
from ui.kit.context import AppContext
from ui.kit.jobs import Job
from ui.kit.text import CutLabel, Label


class JobsButton(QWidget):
    """The newest job's name and bar while something runs, nothing otherwise; a click lists them all."""

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self._app = app
        self._list: _JobList | None = None
        self.button = QPushButton()
        self.button.setProperty("quiet", True)
        self.button.setAccessibleName(app.words("Jobs"))
        self.button.clicked.connect(lambda _checked=False: self._open())
        self.bar = _bar(app.words("Progress"))
        self.bar.setFixedWidth(72)
        self.setLayout(row(self.button, self.bar))
        self.hide()
        app.jobs.changed.connect(self.show_jobs)

    def show_jobs(self) -> None:
        """Writes what runs now."""
        running = self._app.jobs.running()
        self.setVisible(bool(running))
        if not running:
            if self._list is not None:
                self._list.close()
            return
        newest, count = running[-1], len(running)
        words = newest.label if count == 1 else self._app.plural("{n} job", "{n} jobs", count)
        percent = newest.percent
        self.button.setText((words if percent is None else f"{words} · {percent} %").replace("&", "&&"))
        self.button.setAccessibleName(words)
        _show_progress(self.bar, newest)
        if self._list is not None and self._list.isVisible():
            self._list.show_jobs(running)

    def _open(self) -> None:
        self._list = _JobList(self._app, self)
        self._list.show_jobs(self._app.jobs.running())
        place = self.button.mapToGlobal(self.button.rect().bottomRight())
        self._list.adjustSize()
        self._list.move(place.x() - self._list.width(), place.y() + theme.XS)
        self._list.show()


class _JobList(QFrame):
    def __init__(self, app: AppContext, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._app = app
        self._jobs: list[Job] = []
        self._rows: list[tuple[Job, QProgressBar, CutLabel]] = []
        self.setProperty("toast", True)
        self.setFixedWidth(340)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(theme.L, theme.M, theme.S, theme.M)
        self._box.setSpacing(theme.M)

    def show_jobs(self, running: list[Job]) -> None:
        if running != self._jobs:
            self._jobs = running
            emptied(self._box)
            self._rows = [self._line(job) for job in running]
        for job, bar, told in self._rows:
            _show_progress(bar, job)
            told.setText(job.text)

    def _line(self, job: Job) -> tuple[Job, QProgressBar, CutLabel]:
        bar, told = _bar(job.label), CutLabel("", "small")
        stop = icon_button("stop", self._app.words("Stop {job}").format(job=job.label), job.stop)
        holder = QVBoxLayout()
        holder.setSpacing(theme.XS)
        for part in (Label(job.label), bar, told):
            holder.addWidget(part)
        line = row(stop)
        line.insertLayout(0, holder, 1)
        self._box.addWidget(framed(line))
        return job, bar, told


def _bar(name: str) -> QProgressBar:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setAccessibleName(name)
    return bar


def _show_progress(bar: QProgressBar, job: Job) -> None:
    percent = job.percent
    bar.setRange(0, 0 if percent is None else 100)
    bar.setValue(percent or 0)
