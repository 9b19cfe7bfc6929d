"""The Sent folder of a mailbox, as the outbox needs it; the receiving room has the real one."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from backoffice.mail.outbox.queries import Sender


class SentFolder(Protocol):
    """An open connection to the folder. Its methods raise Outage where the server fails."""

    def holds(self, rfc_id: str) -> bool:
        """Whether a mail with this Message-ID lies there."""

    def keep(self, raw: bytes, at: datetime) -> None:
        """Puts a mail there, read."""

    def close(self) -> None:
        """Ends the connection; never raises."""


OpenSent = Callable[[Sender], SentFolder]
"""Opens the Sent folder of an account. Raises Outage."""
