"""Backups and *Check my data* of the open shop, as the window shows them: icon, banner, jobs, dialogs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from backoffice.core.errors import Outage, Refused
from ui.kit.closed import Starter
from ui.kit.context import AppContext
from ui.kit.data_dialogs import CheckDialog, RestoreDialog

_SOON = 2_000  # milliseconds after opening: the window first
_HOUR = 3_600_000


class Safekeeping(QObject):
    """Watches one open shop. `show_backup(sentence, well=)` is the top bar's icon; `fault(error)` takes bugs."""

    def __init__(
        self,
        app: AppContext,
        starter: Starter,
        *,
        show_backup: Callable[..., object],
        fault: Callable[[BaseException], object],
    ) -> None:
        super().__init__(app)
        self._app, self._starter, self._show_backup, self._fault = app, starter, show_backup, fault
        self.show_health()
        hourly = QTimer(self, interval=_HOUR)
        hourly.timeout.connect(self.back_up_if_due)
        hourly.timeout.connect(lambda: self._app.shop.begin_day())  # a window left open over night
        hourly.start()
        QTimer.singleShot(_SOON, self, self.back_up_if_due)

    def back_up_if_due(self) -> None:
        """The daily backup: none within a day, and something to lose."""
        if self._app.shop.backup_due():
            self.back_up("daily")

    def back_up(self, reason: str = "manual") -> None:
        """A proven backup in a job; a failure is a banner until the next success."""
        app = self._app

        def done(_file: Path) -> None:
            self.show_health()
            if reason == "manual":
                app.notices.say(app.words("Backed up, and the copy was tested."))

        app.run(
            lambda progress, stop: app.shop.back_up(reason=reason, progress=progress, cancelled=stop),
            done,
            failed=self._failed,
            label=app.words("Backing up"),
        )

    def _failed(self, error: BaseException) -> None:
        self.show_health()
        if isinstance(error, Refused):
            self._app.tell(error)
        elif not isinstance(error, Outage):
            self._fault(error)

    def show_health(self) -> None:
        """The icon in the top bar, and the banner while the last backup has failed."""
        app, health = self._app, self._app.shop.health()
        failure = health.failure or health.second_failure
        if failure:
            why = app.sentence(Outage(failure, file=app.shop.path.name))
            sentence = app.words("The backup failed: {why}").format(why=why)
            app.notices.banner("backup", sentence, tone="bad", act=app.words("Back up now"), run=self.back_up)
        else:
            app.notices.unbanner("backup")
            sentence = self._last(health.succeeded_at)
        self._show_backup(sentence, well=not failure and bool(health.succeeded_at))

    def _last(self, at: str) -> str:
        words = self._app.words
        if not at:
            return words("No backup yet. Press to make one.")
        when = self._app.format.moment(datetime.fromisoformat(at))
        return words("Last backup {when}. Press to make one now.").format(when=when)

    def choose_backup(self, restore: Callable[[Path], object]) -> None:
        """Asks which backup, and hands its file to `restore`."""
        backups = self._app.shop.backups()
        if backups:
            RestoreDialog(self._app, self._starter, backups, restore).exec()
        else:
            self._app.notices.refuse(self._app.words("There is no backup of this shop yet."))

    def check(self) -> None:
        """*Check my data*, in a job; its findings in a dialog."""
        app = self._app

        def done(checks: Any) -> None:
            CheckDialog(app, checks).exec()

        app.run(
            lambda progress, stop: app.shop.check(progress=progress, cancelled=stop),
            done,
            label=app.words("Checking the data"),
        )
