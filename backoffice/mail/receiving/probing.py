"""The test button of an account: signs in for reading and for sending, and says which of them failed and how."""

from collections.abc import Callable
from typing import NamedTuple

from backoffice.core.errors import Outage
from backoffice.mail.model import SignIn
from backoffice.mail.outbox.connection import Connection as Outgoing
from backoffice.mail.outbox.delivery import Access, Trouble, Undelivered
from backoffice.mail.receiving.accounts import INBOX, AccountDraft
from backoffice.mail.receiving.fetching import Connect
from backoffice.mail.receiving.imap import Server, connect, line_outage

_SAID = {
    Trouble.TLS: "mail.tls",
    Trouble.SIGN_IN: "mail.sign-in",
    Trouble.SILENT: "mail.silent",
    Trouble.TEMPORARY: "mail.busy",
}
_SECONDS = 15


class Probe(NamedTuple):
    """What each server answered: "" where all is well or none is named, else the code of an outage with `host`."""

    imap: str
    smtp: str


def probe(
    draft: AccountDraft,
    secret: str,
    *,
    connect: Connect = connect,
    connect_out: Callable[[Access], Outgoing] = Outgoing,
) -> Probe:
    """Tries both servers of an account that need not be saved yet. Reads no mail, sends none. Some seconds: a job."""
    return Probe(_reading(draft, secret, connect), _sending(draft, secret, connect_out))


def _reading(draft: AccountDraft, secret: str, connect: Connect) -> str:
    host = draft.imap_host.strip()
    if not host:
        return ""
    server = Server(host, draft.imap_port, draft.imap_security, draft.user.strip(), draft.sign_in)
    try:
        with connect(server, secret) as line:
            line.look(INBOX)
    except Outage as outage:
        return outage.code
    return ""


def _sending(draft: AccountDraft, secret: str, connect_out: Callable[[Access], Outgoing]) -> str:
    host = draft.smtp_host.strip()
    if not host:
        return ""
    user, by_token = draft.user.strip(), draft.sign_in == SignIn.XOAUTH2
    token = (lambda: secret) if by_token else None
    access = Access(host, draft.smtp_port, draft.smtp_security, user, secret, token, timeout=_SECONDS)
    try:
        connect_out(access).good_bye()
    except Undelivered as told:
        cause = told.__context__
        if told.trouble in _SAID:
            return _SAID[told.trouble]
        # The outbox retries all of these alike; a person at the form wants to know which it was.
        of_smtp = type(cause).__name__.startswith("SMTP")
        return line_outage(cause, host).code if isinstance(cause, OSError) and not of_smtp else "mail.cut"
    return ""
