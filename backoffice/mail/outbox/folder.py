"""An account without a server: each mail is written once, as a file of its own, into the account's folder."""

import hashlib
from collections.abc import Callable, Sequence
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path

from backoffice.core.crash import crash
from backoffice.core.paths import private_folder, write_private
from backoffice.mail.outbox.delivery import Answer, Delivery, Trouble, Undelivered


class Folder:
    """A connection that ends on this disk. It never tells the caller of a dot: a folder always knows what it has."""

    alive = True

    def __init__(self, path: str) -> None:
        """Raises Undelivered where no folder is named."""
        if not path:
            raise Undelivered(Trouble.NO_HOST)
        self._path = Path(path)

    def deliver(self, sender: str, receivers: Sequence[str], raw: bytes, *, before_dot: Callable[[], None]) -> Delivery:
        """Writes the mail whole or not at all. The same mail is always the same file. Raises Undelivered."""
        name = _name(raw)
        try:
            write_private(private_folder(self._path) / name, raw)
        except OSError as error:
            raise Undelivered(Trouble.OFFLINE, said=error.strerror or "") from None
        crash("mail.written")
        taken = Answer(250, name)
        return Delivery(taken, dict.fromkeys(receivers, taken))

    def good_bye(self) -> None:
        """Nothing is open."""


def _name(raw: bytes) -> str:
    """By the mail's own date, so that a folder sorts them, and by its bytes, which no other mail has."""
    date = BytesHeaderParser().parsebytes(raw)["Date"]
    return f"{parsedate_to_datetime(date):%Y%m%d-%H%M%S}-{hashlib.sha256(raw).hexdigest()[:10]}.eml"
