"""The bytes of mails as they came or went, each kept once."""

import hashlib
import zlib

from backoffice.mail import queries
from backoffice.mail.model import RawMail
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def keep(work: UnitOfWork, raw: bytes) -> tuple[int, bool]:
    """The row that has these bytes, and whether it is new."""
    digest = hashlib.sha256(raw).hexdigest()
    known = queries.raw_known(work.session, digest)
    if known is not None:
        return known, False
    return rows.insert(work, RawMail, sha256=digest, size=len(raw), packed=zlib.compress(raw, 6)), True
