"""The Sent folder of an account on its server: the one place where a copy of what went out may be put."""

from collections.abc import Callable
from datetime import datetime

from backoffice.core.errors import Outage
from backoffice.core.secrets import SecretStore
from backoffice.mail.model import MailAccount
from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox.queries import Sender
from backoffice.mail.receiving import accounts, queries
from backoffice.mail.receiving.fetching import Connect, server_of
from backoffice.mail.receiving.imap import Connection, connect


class Sent:
    """An open connection to the Sent folder. Its methods raise Outage where the server fails."""

    def __init__(self, line: Connection, folder: str) -> None:
        self._line = line
        self.folder = folder

    def holds(self, rfc_id: str) -> bool:
        """Whether a mail with this Message-ID lies there."""
        return self._line.holds(self.folder, rfc_id)

    def keep(self, raw: bytes, at: datetime) -> None:
        """Puts a mail there, read."""
        self._line.append(self.folder, raw, at=at)

    def close(self) -> None:
        """Ends the connection; never raises."""
        self._line.close()


def open_sent(account: MailAccount, secret: str, *, connect: Connect = connect) -> Sent:
    """The account's Sent folder: the one it names, else the server's. Outage `mail.…`, `mail.no-sent-folder`."""
    line = connect(server_of(account), secret)
    try:
        folder = account.sent_folder or line.sent_folder()
        if not folder:
            raise Outage("mail.no-sent-folder", host=account.imap_host)
    except BaseException:
        line.close()
        raise
    return Sent(line, folder)


def opener(shop: OpenShop, secrets: SecretStore, *, connect: Connect = connect) -> Callable[[Sender], Sent]:
    """What the outbox opens Sent folders with."""

    def open_of(sender: Sender) -> Sent:
        account = shop.ask(queries.account, sender.id)
        if not account.imap_host:
            raise Outage("mail.no-sent-folder", host=account.address)
        secret = accounts.secret_of(secrets, sender.id)
        if secret is None:
            raise Outage("mail.no-secret", address=account.address)
        return open_sent(account, secret, connect=connect)

    return open_of
