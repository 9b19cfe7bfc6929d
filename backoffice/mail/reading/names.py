"""What a file in a mail is called on our disk: its own name made safe, or one made up from its type."""

import mimetypes

from backoffice.core.paths import safe_file_name
from backoffice.mail.reading.headers import decoded, parameters
from backoffice.mail.reading.message import Node

_ENDINGS = {"image/jpeg": ".jpg", "text/plain": ".txt", "text/calendar": ".ics", "message/rfc822": ".eml"}
_LONGEST = 1_000


def file_name(node: Node, number: int, subject: str = "") -> str:
    """A name good on every disk; `number` is the file's place in the mail, `subject` that of a mail carried along."""
    stated = given(node)
    if not stated.strip():
        ending = _ENDINGS.get(node.media_type) or mimetypes.guess_extension(node.media_type) or ""
        stated = f"{subject or f'file-{number}'}{ending}"
    return safe_file_name(stated[:_LONGEST])


def given(node: Node) -> str:
    """The name the mail gives the file: Content-Disposition first, then the type's; "" without one."""
    _, disposition = parameters(node.headers.first("content-disposition"))
    return decoded(disposition.get("filename") or node.parameters.get("name", ""))
