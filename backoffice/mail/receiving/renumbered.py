"""A server that numbers its mails anew (another UIDVALIDITY, RFC 3501 2.3.1.1): which of them we have already.

A mail is known again without being fetched where its Message-ID, Date and size are those of exactly one mail we
have, and no other mail of the server has the same. All others are fetched; the same bytes are then one mail.
"""

from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from backoffice.mail.opened import OpenShop
from backoffice.mail.receiving import queries
from backoffice.mail.receiving.arriving import LARGEST
from backoffice.mail.receiving.imap import Connection, Head, Listed
from backoffice.mail.receiving.queries import FolderRow, Known

Match = tuple[Listed, Known]
_Mark = tuple[object, ...]


def match(shop: OpenShop, line: Connection, folder: FolderRow, listed: list[Listed]) -> list[Match]:
    """The mails known again, each with what we have of it."""
    sizes = {one.size for one in listed}
    ours = shop.ask(queries.known_before, folder.id, folder.uidvalidity, sizes)
    if not ours:
        return []
    heads = line.heads([one.uid for one in listed])
    theirs = {one: _mark_of_theirs(one, heads[one.uid]) for one in listed if one.uid in heads}
    known = {mark: one for one in ours if (mark := _mark_of_ours(one))}
    often = Counter(mark for mark in theirs.values() if mark) + Counter(
        mark for one in ours if (mark := _mark_of_ours(one))
    )
    return [(one, known[mark]) for one, mark in theirs.items() if mark in known and often[mark] == 2]


def _mark_of_theirs(one: Listed, head: Head) -> _Mark:
    if one.size > LARGEST:
        return ("large", one.size, head.subject, head.sender)
    moment = _moment(head.date)
    return ("mail", one.size, head.rfc_id, moment) if head.rfc_id and moment else ()


def _mark_of_ours(one: Known) -> _Mark:
    if one.message_id is None:
        return ("large", one.size, one.subject, one.sender)
    dated = one.dated.replace(tzinfo=one.dated.tzinfo or UTC) if one.dated else None
    return ("mail", one.size, one.rfc_id, dated) if one.rfc_id and dated else ()


def _moment(date: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(date)
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
