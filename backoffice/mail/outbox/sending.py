"""One pass of the outbox: what is due goes out, each phase committed before the next one begins.

`sending` is committed before the connection, `dot` before the final dot, `sent` with the server's answer. So after any
cut it is known of each mail whether nothing was said, everything was answered, or only the server knows.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlmodel import Session

from backoffice.core.crash import crash
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import marking, queries
from backoffice.mail.outbox.connection import Connection
from backoffice.mail.outbox.delivery import Access, Line, Trouble, Undelivered
from backoffice.mail.outbox.folder import Folder
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.queries import Due, Sender
from backoffice.mail.queries import raw_bytes
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches

AT_ONCE = 50
"""Mails on one connection: servers end longer ones."""
_MOST_LOSSES = 3
"""Connections lost in one pass, after which an account waits for the next."""

Connect = Callable[[Sender], Line]

_turns: WeakKeyDictionary[OpenShop, threading.Lock] = WeakKeyDictionary()
_turns_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class AccountTrouble:
    """Why an account could send nothing: a code, and what the server or the system said."""

    account_id: int
    address: str
    code: str
    said: str


@dataclass(slots=True)
class Report:
    """What became of a pass. `busy`: another pass is under way, and nothing was done."""

    sent: int = 0
    later: int = 0
    failed: int = 0
    uncertain: int = 0
    troubles: list[AccountTrouble] = field(default_factory=list)
    busy: bool = False


def with_secrets(secret_of: Callable[[int], str | None]) -> Connect:
    """Connects with an account's password or token, which `secret_of` knows by its id.

    Undelivered NO_PASSWORD where there is none.
    """

    def connect(sender: Sender) -> Line:
        secret = secret_of(sender.id)
        if secret is None:
            raise Undelivered(Trouble.NO_PASSWORD)
        token = (lambda: secret) if sender.sign_in == "xoauth2" else None
        access = Access(sender.smtp_host, sender.smtp_port, sender.smtp_security, sender.user, secret, token)
        return Connection(access)

    return connect


def send_due(
    shop: OpenShop,
    *,
    connect: Connect,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> Report:
    """Sends everything whose time has come, over one connection an account, and answers what became of it.

    What an earlier program left half done is set right first. Stopped by `cancelled` between two mails: what was not
    said waits as before. Raises Outage `store.…` where the disk fails; no mail is sent that is not written down.
    """
    turn = _turn_of(shop)
    if not turn.acquire(blocking=False):
        return Report(busy=True)
    try:
        run = _Pass(shop, connect, progress, cancelled)
        return run.all()
    finally:
        turn.release()


def _turn_of(shop: OpenShop) -> threading.Lock:
    with _turns_lock:
        return _turns.setdefault(shop, threading.Lock())


class _Pass:
    def __init__(self, shop: OpenShop, connect: Connect, progress: Progress, cancelled: Cancelled) -> None:
        self.shop = shop
        self.connect = connect
        self.progress = progress
        self.cancelled = cancelled
        self.report = Report()
        self.done = 0
        self.total = 0

    def all(self) -> Report:
        with self.shop.work() as work:
            self.report.uncertain += marking.recover(work)
        now = self.shop.clock.now()
        self.total = self.shop.ask(queries.due_count, now)
        for sender in self.shop.ask(queries.senders_due, now):
            self._account(sender)
        return self.report

    def _account(self, sender: Sender) -> None:
        losses = 0
        while losses < _MOST_LOSSES and not self.cancelled():
            with self.shop.work() as work:
                batch = marking.claim(work, sender.id, limit=AT_ONCE)
            crash("mail.sending")
            if not batch:
                return
            rest = self._over_a_line(sender, batch)
            if rest is None:
                return
            if rest:
                losses += 1
                with self.shop.work() as work:
                    marking.release(work, rest)

    def _over_a_line(self, sender: Sender, batch: Sequence[Due]) -> Sequence[Due] | None:
        """Sends the batch; what was not tried, or None where there was no connection at all."""
        try:
            line = self.connect(sender) if sender.smtp_host else Folder(sender.outbox_folder)
        except Undelivered as trouble:
            self._no_line(sender, batch, trouble)
            return None
        try:
            for at, mail in enumerate(batch):
                if self.cancelled() or not line.alive:
                    return batch[at:]
                self._one(line, sender.address, mail)
            return ()
        finally:
            line.good_bye()

    def _one(self, line: Line, address: str, mail: Due) -> None:
        raw, to = self.shop.ask(_content, mail)
        if not raw or not to:
            with self.shop.work() as work:
                self._count(marking.refused(work, mail, "mail.erased"))
            return

        def before_dot() -> None:
            with self.shop.work() as work:
                marking.at_the_dot(work, mail)
            crash("mail.dot")

        try:
            delivery = line.deliver(address, to, raw, before_dot=before_dot)
        except Undelivered as trouble:
            with self.shop.work() as work:
                state = marking.undelivered(work, mail, trouble)
        else:
            crash("mail.answered")
            with self.shop.work() as work:
                state = marking.delivered(work, mail, delivery)
            crash("mail.sent")
        self._count(state)

    def _no_line(self, sender: Sender, batch: Sequence[Due], trouble: Undelivered) -> None:
        """No connection, no signing in: no mail's own fault, so none fails by it before its five days are over."""
        code = str(trouble.trouble)
        self.report.troubles.append(AccountTrouble(sender.id, sender.address, code, trouble.said))
        with self.shop.work() as work:
            if trouble.trouble is Trouble.NO_PASSWORD:
                marking.release(work, batch, why=code)
                return
            states = [marking.put_off(work, mail, trouble) for mail in batch]
        for state in states:
            self._count(state)

    def _count(self, state: OutboxState) -> None:
        self.done += 1
        self.progress(self.done, max(self.total, self.done))
        if state is OutboxState.SENT:
            self.report.sent += 1
        elif state is OutboxState.RETRY:
            self.report.later += 1
        elif state is OutboxState.FAILED:
            self.report.failed += 1
        else:
            self.report.uncertain += 1


def _content(session: Session, mail: Due) -> tuple[bytes, list[str]]:
    """A mail's bytes, and whom it is still to be offered for."""
    return raw_bytes(session, mail.raw_id), marking.still_to_ask(queries.receivers(session, mail.id))
