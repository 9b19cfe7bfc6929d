"""Fetches what is new in the shop's mailboxes. The servers are never changed; a mail is kept before it is read.

How far a folder was read is its watermark; whatever lies below it and is not here is found again by comparing all
the server lists, which is done whenever its count is not the one expected, and each day.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backoffice.core.crash import crash
from backoffice.core.errors import Outage
from backoffice.core.secrets import SecretStore
from backoffice.mail.model import MailAccount, MailFolder
from backoffice.mail.opened import OpenShop
from backoffice.mail.receiving import accounts, queries, renumbered
from backoffice.mail.receiving.arriving import LARGEST, Place, reached, take_in
from backoffice.mail.receiving.asking import ask_a_person
from backoffice.mail.receiving.imap import Connection, Listed, Server, connect, windows
from backoffice.mail.receiving.queries import FolderRow
from backoffice.store import rows
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches

HISTORY = timedelta(days=30)
LONGEST_PAUSE = timedelta(minutes=15)
FIRST_PAUSE = timedelta(minutes=1)
COMPARED_EVERY = timedelta(days=1)
MISSED_EVERY = timedelta(hours=1)
MAILS_AT_ONCE = 100
BYTES_AT_ONCE = 4_000_000
MOST_REFUSED = 10
"""Mails in a row over which the server breaks off, before it is held to be ill."""

Connect = Callable[[Server, str], Connection]


@dataclass(frozen=True, slots=True)
class Fetched:
    """How a round went for one account: mails new to the shop, mails left on the server, and what stopped it."""

    account_id: int
    new: int = 0
    left: int = 0
    error: str = ""
    paused: bool = False
    """Not tried: the pause after the last failures goes on."""


def fetch(
    shop: OpenShop,
    *,
    secrets: SecretStore,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
    connect: Connect = connect,
    at_once: bool = False,
) -> tuple[Fetched, ...]:
    """Fetches every active account once; one that fails stops no other. `at_once`: also those that pause.

    Raises Outage `store.…` where the shop's own disk fails; what a batch brought is kept.
    """
    done: list[Fetched] = []
    for account in shop.ask(queries.accounts, active_only=True):
        for folder in shop.ask(queries.folders, account.id or 0) if account.imap_host else ():
            if cancelled():
                return tuple(done)
            if not at_once and not is_due(folder, shop.clock.now()):
                done.append(Fetched(folder.account_id, error=folder.error, paused=True))
                continue
            done.append(_fetch_account(shop, account, folder, secrets, _Watch(progress, cancelled, connect)))
    return tuple(done)


def is_due(folder: FolderRow, now: datetime) -> bool:
    """Whether the pause after failures is over: 1, 2, 4, 8, then 15 minutes."""
    if not folder.failures or folder.tried_at is None or folder.tried_at > now:
        return True
    pause = min(FIRST_PAUSE * (1 << min(folder.failures - 1, 10)), LONGEST_PAUSE)
    return now >= folder.tried_at + pause


def server_of(account: MailAccount) -> Server:
    """Where an account's mails lie."""
    return Server(account.imap_host, account.imap_port, account.imap_security, account.user, account.sign_in)


@dataclass(frozen=True, slots=True)
class _Watch:
    progress: Progress
    cancelled: Cancelled
    connect: Connect


def _fetch_account(
    shop: OpenShop, account: MailAccount, folder: FolderRow, secrets: SecretStore, watch: _Watch
) -> Fetched:
    """One account's round; what stops it is written down for the health line."""
    round_ = _Round(shop, account, folder, watch)
    try:
        secret = accounts.secret_of(secrets, folder.account_id)
        if secret is None:
            raise Outage("mail.no-secret", address=account.address)
        round_.run(secret)
    except Outage as outage:
        if not outage.code.startswith("mail."):
            raise
        with shop.work() as work:
            failures = queries.folder(work.session, folder.id).failures + 1
            now = work.now
            rows.set_values(work, MailFolder, folder.id, tried_at=now, error=outage.code, failures=failures)
        return Fetched(folder.account_id, round_.new, round_.left, outage.code)
    finally:
        round_.hang_up()
    return Fetched(folder.account_id, round_.new, round_.left)


class _Round:
    """One look into one folder: what is new there comes in by batches, each in one transaction."""

    def __init__(self, shop: OpenShop, account: MailAccount, folder: FolderRow, watch: _Watch) -> None:
        self._shop, self._account, self._watch = shop, account, watch
        self._folder = folder
        self._line: Connection | None = None
        self._secret = ""
        self._validity = 0
        self._exists = 0
        self._wanted = 0
        self._gone = 0
        self._missed: set[int] = set()
        self._in_a_row = 0
        self._comparing = False
        self._opened = False
        self.new = 0
        self.left = 0

    def run(self, secret: str) -> None:
        """The whole round. Outage `mail.…` where the server fails; every batch until then is kept."""
        self._secret = secret
        top = self._connected().highest()
        self._believe(bool(top) or not self._exists)
        self._begin(top)
        all_of_it = not self._folder.last_uid
        if not self._take_range(self._folder.last_uid, top):
            return
        listed_at, missing = self._folder.listed_at, self._folder.missing + len(self._missed)
        if all_of_it or self._is_to_compare():
            self._comparing = True
            if not all_of_it and not self._take_range(0, top):
                return
            listed_at, missing = self._shop.clock.now(), len(self._missed)
        self._end(listed_at, missing)

    def hang_up(self) -> None:
        """Lets go of the connection."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _connected(self) -> Connection:
        """The connection with the folder open, made anew where it broke."""
        if self._line is None:
            self._line = self._watch.connect(server_of(self._account), self._secret)
            look = self._line.look(self._folder.name)
            if self._validity not in (0, look.uidvalidity):  # numbered anew meanwhile: the next round begins anew
                raise Outage("mail.cut", host=self._account.imap_host)
            self._validity, self._exists = look
        return self._line

    def _begin(self, top: int) -> None:
        """First connection, or a server that numbers anew: written down before anything is fetched."""
        folder, validity = self._folder, self._validity
        if validity == folder.uidvalidity:
            return
        first = folder.uidvalidity == 0
        with self._shop.work() as work:
            rows.set_values(
                work, MailFolder, folder.id, uidvalidity=validity, last_uid=0, on_server=0, listed_at=None, missing=0,
                history_uid=top if first else 0, known_uid=0 if first else top,
            )  # fmt: skip
            if folder.uidvalidity > 0:
                facts = {"address": self._account.address, "folder": folder.name}
                ask_a_person(work, f"renumbered:{folder.id}:{validity}", "renumbered", **facts)
        self._folder = self._shop.ask(queries.folder, folder.id)
        crash("mail.began")

    def _is_to_compare(self) -> bool:
        """Whether all the server lists is held against all we have: its count is not what we expect, or it is time."""
        folder = self._folder
        if folder.listed_at is None or folder.on_server + self._wanted != self._exists:
            return True
        age = self._shop.clock.now() - folder.listed_at
        return not timedelta(0) <= age < (MISSED_EVERY if folder.missing else COMPARED_EVERY)

    def _end(self, listed_at: datetime | None, missing: int) -> None:
        with self._shop.work() as work:
            rows.set_values(
                work, MailFolder, self._folder.id, tried_at=work.now, succeeded_at=work.now, error="", failures=0,
                on_server=self._exists - self._gone, listed_at=listed_at, missing=missing,
            )  # fmt: skip
        crash("mail.ended")

    def _take_range(self, after: int, top: int) -> bool:
        """What the server has in (after, top] and we have not; False where it was stopped.

        Of what lay there at first, and of what lay there when the server numbered anew, the last 30 days before
        the account was connected.
        """
        border = min(max(self._folder.history_uid, self._folder.known_uid), top)
        since = (self._account.connected_at - HISTORY).date()
        parts = ((after, border, since), (max(after, border), top, None))
        return all(self._take_windows(first, last, day) for first, last, day in parts if first < last)

    def _take_windows(self, first: int, last: int, day: date | None) -> bool:
        for end, uids in windows(lambda after, upto: self._connected().uids(after, upto, since=day), first, last):
            self._believe(day is not None or end < last or last in uids)
            have = self._shop.ask(queries.arrived, self._folder.id, self._validity, first, end) | self._missed
            wanted = [uid for uid in uids if uid not in have]
            self._wanted += len(wanted)
            for at in range(0, len(wanted), MAILS_AT_ONCE):
                self._watch.progress(at, len(wanted))
                if not self._take(wanted[at : at + MAILS_AT_ONCE]):
                    return False
            self._watch.progress(len(wanted), len(wanted))
            first = end
        self._pass(last)
        return True

    def _believe(self, sense: bool) -> None:
        """A list without the mail that was just called the newest is no list: the watermark must not pass it."""
        if not sense:
            raise Outage("mail.garbled", host=self._account.imap_host)

    def _pass(self, uid: int) -> None:
        """Up to here nothing is left to be fetched; the watermark never goes back."""
        if self._shop.ask(queries.folder, self._folder.id).last_uid < uid:
            with self._shop.work() as work:
                rows.set_values(work, MailFolder, self._folder.id, last_uid=uid)

    def _take(self, uids: Sequence[int]) -> bool:
        """One batch of at most MAILS_AT_ONCE mails: sizes first, then those small enough; False: stopped."""
        if self._watch.cancelled():
            return False
        self._open()
        listed = sorted(self._connected().listed(uids))
        self._gone += len(uids) - len(listed)
        known = self._known_again([one for one in listed if one.uid <= self._folder.known_uid])
        others = [one for one in listed if one.uid not in known]
        self._leave([one for one in others if one.size > LARGEST])
        for group in _groups([one for one in others if one.size <= LARGEST]):
            if self._watch.cancelled():
                return False
            self._take_group(group)
        return True

    def _open(self) -> None:
        """Until this round ends, the watermark may lie above a mail that is not here: who is cut off compares all."""
        if not self._opened:
            self._opened = True
            if self._folder.listed_at is not None:
                with self._shop.work() as work:
                    rows.set_values(work, MailFolder, self._folder.id, listed_at=None)

    def _known_again(self, listed: list[Listed]) -> set[int]:
        """After the server numbered anew: the mails that are here already, told by the head alone."""
        if not listed:
            return set()
        matched = renumbered.match(self._shop, self._connected(), self._folder, listed)
        with self._shop.work() as work:
            for one, known in matched:
                reached(
                    work, self._place(one), size=one.size, message_id=known.message_id, subject=known.subject,
                    sender=known.sender,
                )  # fmt: skip
        crash("mail.matched")
        return {one.uid for one, _ in matched}

    def _leave(self, large: list[Listed]) -> None:
        """Too large: it stays on the server, is listed, and a person is asked to look."""
        if not large:
            return
        heads = self._connected().heads([one.uid for one in large])
        with self._shop.work() as work:
            for one in large:
                head = heads.get(one.uid)
                told = {"subject": head.subject, "sender": head.sender} if head else {"subject": "", "sender": ""}
                place = self._place(one)
                reached(work, place, size=one.size, message_id=None, **told)
                key = f"left:{place.folder_id}:{place.uidvalidity}:{place.uid}"
                ask_a_person(work, key, "left-on-server", address=self._account.address, size=one.size, **told)
        self.left += len(large)
        crash("mail.left")

    def _take_group(self, group: list[Listed]) -> None:
        """The mails whole. Where they break the connection each is fetched alone, so that one blocks no other."""
        if self._comparing and self._in_a_row >= MOST_REFUSED:
            self._missed |= {one.uid for one in group}
            return
        try:
            bodies = self._connected().mails([one.uid for one in group])
        except Outage:
            self.hang_up()
        else:
            self._keep(group, bodies)
            return
        for one in group:
            found = self._alone(one.uid)
            self._keep([one], found)
            if self._in_a_row >= MOST_REFUSED and not self._comparing:
                raise Outage("mail.cut", host=self._account.imap_host)

    def _alone(self, uid: int) -> dict[int, bytes]:
        """One mail; nothing where the server breaks off over it twice, though it lets us in each time."""
        for _ in range(2):
            line = self._connected()
            try:
                found = line.mails([uid])
            except Outage:
                self.hang_up()
            else:
                self._in_a_row = 0
                return found
        self._in_a_row += 1
        return {}

    def _keep(self, group: list[Listed], bodies: dict[int, bytes]) -> None:
        """Bytes, messages and watermark of a batch in one transaction; what the server lists and does not hand over
        is asked for again when all is compared.
        """
        missed = {one.uid for one in group} - bodies.keys()
        fresh = 0
        with self._shop.work() as work:
            for one in group:
                if one.uid not in missed:
                    account = self._folder.account_id
                    history = self._is_history(one)
                    place = self._place(one)
                    at = work.now if one.at is None else min(one.at, work.now)
                    taken = take_in(work, bodies[one.uid], account_id=account, place=place, at=at, history=history)
                    fresh += taken.new
                    crash("mail.in-batch")
            if missed:
                self._missed |= missed
                values = {"missing": self._folder.missing + len(self._missed)}
                rows.set_values(work, MailFolder, self._folder.id, **values)
        self.new += fresh
        self._pass(group[-1].uid)
        crash("mail.batch")

    def _place(self, one: Listed) -> Place:
        return Place(self._folder.id, self._validity, one.uid)

    def _is_history(self, one: Listed) -> bool:
        if one.uid <= self._folder.known_uid:
            return one.at is None or one.at < self._account.connected_at
        return one.uid <= self._folder.history_uid


def _groups(listed: list[Listed]) -> Iterator[list[Listed]]:
    """Mails by fours of megabytes; a larger one alone."""
    group: list[Listed] = []
    for one in listed:
        if group and sum(each.size for each in group) + one.size > BYTES_AT_ONCE:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
