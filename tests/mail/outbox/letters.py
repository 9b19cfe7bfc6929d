"""Builders for the outbox: an account, a letter, a connection to a server of the test's own."""

from datetime import timedelta
from pathlib import Path

from backoffice.core.calendar import FixedClock
from backoffice.mail.model import MailAccount, Security
from backoffice.mail.outbox import queries, queueing
from backoffice.mail.outbox.connection import Connection, tls_context
from backoffice.mail.outbox.delivery import Access
from backoffice.mail.outbox.model import OutboxState, Purpose
from backoffice.mail.outbox.queries import OutgoingRow
from backoffice.mail.outbox.sending import Connect, Report, send_due
from backoffice.mail.queries import raw_bytes
from backoffice.mail.writing.composing import Letter
from backoffice.shop import Shop
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork
from tests.mail.outbox.scripted import AUTHORITY

DAY = timedelta(days=1)


def an_account(
    work: UnitOfWork, *, port: int = 0, folder: Path | None = None, security: Security = Security.TLS, **changes: object
) -> int:
    """An account of the shop: on a server at this port of loopback, or with a folder."""
    plain: dict[str, object] = {
        "address": "hola@casa.example",
        "user": "hola@casa.example",
        "smtp_host": "localhost" if port else "",
        "smtp_port": port,
        "smtp_security": security,
        "outbox_folder": str(folder or ""),
        "connected_at": work.now,
    }
    return rows.insert(work, MailAccount, **{**plain, **changes})


def a_letter(work: UnitOfWork, n: int = 1, **changes: object) -> Letter:
    """A letter to somebody; no two alike."""
    plain = {
        "from_name": "Casa Lumbre",
        "from_address": "hola@casa.example",
        "to": (f"ana{n}@x.example",),
        "subject": f"Your order {n}",
        "text": f"Hello Ana,\n\n.one dot\n..two dots\n.\nIt left today, number {n}.\n",
        "at": work.now,
    }
    return Letter(**{**plain, **changes})  # type: ignore[arg-type]


def queued(work: UnitOfWork, account_id: int, n: int = 1, **changes: object) -> int:
    """One letter in the outbox, due at once."""
    letter = a_letter(work, n, **changes)
    return queueing.queue(work, letter, key=f"notice:{n}", account_id=account_id, purpose=Purpose.NOTICE)


def connecting(password: str = "right", *, trusting: bool = True, timeout: float = 5.0, token: str = "") -> Connect:
    """Connects to the test's server, whose authority is trusted."""
    context = tls_context(str(AUTHORITY) if trusting else None)

    def connect(sender: queries.Sender) -> Connection:
        where = (sender.smtp_host, sender.smtp_port, sender.smtp_security)
        proof = (lambda: token) if token else None
        access = Access(*where, sender.user, password, proof, timeout=timeout, last_timeout=timeout)
        return Connection(access, context=context)

    return connect


def until_settled(shop: Shop, connect: Connect, *, most: int = 100) -> list[Report]:
    """Passes of the outbox, some hours apart, until nothing is due any more."""
    assert isinstance(shop.clock, FixedClock)
    found = []
    for _ in range(most):
        found.append(send_due(shop, connect=connect))
        if not shop.ask(queries.due_count, shop.clock.now() + 10 * DAY):
            return found
        shop.clock.advance(timedelta(hours=4))
    raise AssertionError("mails are still due")


def row(shop: Shop, outgoing_id: int) -> OutgoingRow:
    """One mail of the outbox."""
    return shop.ask(queries.row_of, outgoing_id)


def frozen(shop: Shop, outgoing_id: int) -> bytes:
    """The bytes a mail was frozen as."""
    return shop.ask(_frozen, outgoing_id)


def _frozen(session, outgoing_id: int) -> bytes:  # type: ignore[no-untyped-def]
    for state in OutboxState:
        for mail in queries.in_state(session, state):
            if mail.id == outgoing_id:
                return raw_bytes(session, mail.raw_id)
    raise AssertionError(outgoing_id)
