"""A message's files: the bytes once, however often they came."""

import hashlib

from sqlalchemy.dialects.sqlite import insert

from backoffice.mail.model import Attachment, FileContent
from backoffice.mail.reading.bodies import Part
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def attach(work: UnitOfWork, message_id: int, part: Part) -> int:
    """Keeps one file of a message; the attachment's id. Its name is safe already."""
    digest = hashlib.sha256(part.content).hexdigest()
    content = {"sha256": digest, "size": len(part.content), "content": part.content}
    work.session.connection().execute(insert(rows.table_of(FileContent)).values(content).on_conflict_do_nothing())
    return rows.insert(
        work,
        Attachment,
        message_id=message_id,
        sha256=digest,
        name=part.name,
        media_type=part.media_type,
        cid=part.cid,
    )
