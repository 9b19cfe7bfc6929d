"""The shop: opens the one file and wires store, clock and reactions together; nothing else does."""

import getpass
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Self, TypeVar

from sqlalchemy.engine import Engine

from backoffice.channels.checks import CHECKS as import_checks
from backoffice.core.calendar import Clock, SystemClock, local_day
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from backoffice.customers.checks import CHECKS as customer_checks
from backoffice.customers.person import erasing, purging
from backoffice.inventory.checks import CHECKS as stock_checks
from backoffice.mail.checks import CHECKS as mail_checks
from backoffice.orders import actions as orders
from backoffice.orders.checks import CHECKS as order_checks
from backoffice.orders.queries import facts as order_facts
from backoffice.reactions import REACTIONS
from backoffice.settings import actions as settings
from backoffice.settings import queries as settings_queries
from backoffice.settings.checks import CHECKS as settings_checks
from backoffice.shipping.checks import CHECKS as parcel_checks
from backoffice.store import backup, health, opening, reading, restore, shelf
from backoffice.store.check import STORE_CHECKS, Check, run_all
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches
from backoffice.store.outages import told_also_of_the_disk
from backoffice.store.unit_of_work import Store, UnitOfWork

Answer = TypeVar("Answer")

CHECKS: Sequence[Check] = (
    *STORE_CHECKS,
    *settings_checks,
    *customer_checks,
    *stock_checks,
    *order_checks,
    *parcel_checks,
    *mail_checks,
    *import_checks,
)
"""*Check my data*: every feature's `checks.py`, run by hand, on each backup and after each migration."""


class Checked(NamedTuple):
    """What one check found: its code, how many things it looked at, its faults as sentences, and what it proves."""

    name: str
    looked_at: int
    faults: list[str]
    title: str


class Shop:
    """An open shop file. Closed by `close()` or by leaving the with block."""

    def __init__(self, opened: opening.Opened, *, clock: Clock, who: str, read_of: Path | None = None) -> None:
        self.path = read_of or opened.path
        self.only_read = read_of is not None
        """What is open is a copy of the shop as it was a moment ago, because somebody else has the shop open."""
        self.clock = clock
        self.was_cut_off = opened.unclean
        """The program that had the shop open before did not end cleanly; nothing acknowledged is lost by it."""
        self._opened = opened
        self._backed_up = 0  # of the writes since the opening
        self._state_at_opening = health.state_of(opened.path)
        self.store = _store(opened.engine, opened.path, clock, who)
        self.store.only_read = self.only_read

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        name: str,
        currency: str,
        country: str,
        zone: str,
        language: str = "en",
        clock: Clock | None = None,
        who: str = "",
    ) -> Self:
        """A new shop file at `path`.

        Refuses `shop.exists` where a file is in the way and the settings' own codes for an unknown currency,
        country, zone or language; then no file is left behind.
        """
        profile = settings.new_profile(name=name, currency=currency, country=country, zone=zone, language=language)
        clock = clock or SystemClock()

        def fill(engine: Engine) -> None:
            store = _store(engine, path, clock, who)
            with store.work() as work:
                settings.begin(work, profile)
            store.close()

        return cls(opening.create(path, fill=fill), clock=clock, who=who)

    @classmethod
    def open(cls, path: Path, *, clock: Clock | None = None, who: str = "") -> Self:
        """The shop in the file at `path`. Refuses with the `shop.…` codes of `opening.open_existing`."""
        clock = clock or SystemClock()
        return cls(opening.open_existing(path, clock=clock, checks=CHECKS), clock=clock, who=who)

    @classmethod
    def read(cls, path: Path, *, clock: Clock | None = None, who: str = "") -> Self:
        """The shop that somebody else has open, as it is now, to be looked at only: whoever works in it is refused
        `shop.only-read`. Refuses as `open`, and `shop.no-still`.
        """
        path = path.expanduser().resolve()
        return cls(reading.open_to_read(path), clock=clock or SystemClock(), who=who, read_of=path)

    @classmethod
    def beside(cls, path: Path, *, clock: Clock | None = None, who: str = "") -> Self:
        """The same shop again, for a worker process of the one that has it open; it makes no backups."""
        return cls(opening.open_beside(path), clock=clock or SystemClock(), who=who)

    @property
    def language(self) -> str:
        """The code of the language the owner works in."""
        return self.ask(settings_queries.profile).language

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """One write transaction."""
        return self.store.work()

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What `query(session, …)` answers."""
        return self.store.ask(query, *args, **kwargs)

    def begin_day(self) -> int:
        """Lets the orders go on whose hold ends today, and erases people whose time has come; how many orders.

        For whoever opens the shop to work in it, and each hour.
        """
        if self.only_read:
            return 0
        profile = self.ask(settings_queries.profile)
        if profile.purge_after_months:
            self._purge(profile.purge_after_months)
        if not self.ask(order_facts.due_holds, local_day(self.clock.now(), profile.zone)):
            return 0
        with self.work() as work:
            return orders.release_due_holds(work)

    def _purge(self, months: int) -> None:
        """Some at a time: the others in an hour, or tomorrow."""
        if self.ask(purging.due, now=self.clock.now(), months=months, most=1):
            with self.work() as work:
                purging.purge(work, months=months)
                if not self.is_large:  # the index of a large shop takes seconds, and forgets by itself in time
                    erasing.sweep(work)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Calls `listener` with the features touched, after each commit, in the thread that wrote."""
        self.store.listen(listener)

    def check(self, *, progress: Progress = nobody_watches, cancelled: Cancelled = never) -> list[Checked]:
        """*Check my data*, fault by fault in the owner's language. Refuses `store.check-stopped`."""
        language = Language(self._language_if_known())
        outcomes = self.ask(run_all, CHECKS, progress=progress, cancelled=cancelled)
        return [
            Checked(each.name, each.looked_at, [one.told(language) for one in each.faults], language.words(each.title))
            for each in outcomes
        ]

    def _language_if_known(self) -> str:
        """English where the shop's own profile is among what is wrong."""
        try:
            return self.language
        except Refused:
            return "en"

    def back_up(
        self,
        output: Path | None = None,
        *,
        reason: str = "manual",
        progress: Progress = nobody_watches,
        cancelled: Cancelled = never,
    ) -> Path:
        """A proven backup, beside the shop and in its second folder, or one copy in `output`; the file.

        Meanwhile the shop can be worked with. `reason` is one of `shelf.REASONS`. Refuses `store.file-exists`,
        `store.backup-stopped`; Outage `store.…`.
        """
        if output is not None:
            return backup.copy_to(output, self._opened.path, checks=CHECKS, progress=progress, cancelled=cancelled)
        if self.only_read:
            raise Refused("shop.only-read")
        return self._back_up(self._second_folder(), reason=reason, progress=progress, cancelled=cancelled).file

    def backup_due(self) -> bool:
        """Whether the daily backup is due: none within 24 hours, and something to lose."""
        known = self.health()
        return not self.only_read and known.is_stale(self.clock.now()) and known.state != health.state_of(self.path)

    @property
    def is_large(self) -> bool:
        """Whether a backup takes long enough to be run as a job, also before closing."""
        return self.path.stat().st_size > backup.SMALL

    def health(self) -> health.Health:
        """How the last backups went."""
        return health.read(self.path)

    def backups(self) -> list[shelf.Backup]:
        """The good backups, newest first."""
        return shelf.list_backups(self.path)

    @staticmethod
    def backups_of(path: Path) -> list[shelf.Backup]:
        """The good backups of a shop that cannot be opened, newest first."""
        return shelf.list_backups(path.expanduser().resolve())

    @staticmethod
    def restore(
        file: Path,
        path: Path,
        *,
        clock: Clock | None = None,
        from_shop: bool = False,
        progress: Progress = nobody_watches,
        cancelled: Cancelled = never,
    ) -> Path | None:
        """Puts the backup `file` in the place of the shop at `path`, which nobody may have open.

        What was there before is kept: in which file, or None where nothing was. Refuses and fails as
        `store.restore.restore`.
        """
        done = restore.restore(
            file,
            path,
            clock=clock or SystemClock(),
            from_shop=from_shop,
            checks=CHECKS,
            progress=progress,
            cancelled=cancelled,
        )
        return done.saved

    def close(self, *, backup: bool = True) -> Outage | None:
        """Lets go of the file, after a backup if something was written since the last one.

        A large shop gets none here: run `back_up(reason="closing")` as a job first. A backup that fails keeps no
        shop from closing: the Outage is the answer, and the health says it too. A second call does nothing.
        """
        if self._opened.closed:
            return None
        backup = backup and not self.only_read
        try:
            with told_also_of_the_disk(self.path):
                self._close_up(backup=backup and self._opened.lock is not None)
        except Outage as outage:
            return outage
        finally:
            self.store.close()
            self._opened.close()
        return None

    def _close_up(self, *, backup: bool) -> None:
        """Closes the database, which puts its log into the file, and makes the backup if wanted."""
        state, known = health.state_of(self.path), self.health().state
        by_others = state not in (known, self._state_at_opening)  # a worker process of ours
        wanted = backup and not self.is_large and (self.store.writes > self._backed_up or by_others)
        folder = self._second_folder() if wanted else None
        self.store.close()
        self._opened.engine.dispose()
        if wanted:
            self._back_up(folder, reason="closing")
        elif state == known and backup:  # the same content, its log now in its file
            health.change(self.path, state=health.state_of(self.path))

    def _second_folder(self) -> Path | None:
        named = self.ask(settings_queries.profile).backup_folder
        return Path(named) if named else None

    def _back_up(self, folder: Path | None, *, reason: str, **watched: Any) -> shelf.Backup:
        writes = self.store.writes
        made = backup.make(self.path, clock=self.clock, reason=reason, checks=CHECKS, second_folder=folder, **watched)
        self._backed_up = writes
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_raised: object) -> None:
        self.close(backup=kind is None)


def _store(engine: Engine, path: Path, clock: Clock, who: str) -> Store:
    return Store(engine, clock=clock, reactions=REACTIONS, who=who or _user(), path=path)


def _user() -> str:
    """Who is logged in; nobody's name where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
