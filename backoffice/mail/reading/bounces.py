"""What came back: whose mail did not arrive, why, and which one it was (RFC 3464, and the letters of older servers)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backoffice.core.text import one_line
from backoffice.mail.reading import bounce_letters
from backoffice.mail.reading.bodies import content, text_of
from backoffice.mail.reading.headers import Headers, ids, text
from backoffice.mail.reading.message import Node, carried, header_blocks, split

_LONGEST_DIAGNOSTIC = 500
_MOST_RECEIVERS = 100
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<![\d.#-])([45])[0-5]\d(?=[ \-,:;#]|$)")
_ADDRESS = re.compile(r"[^\s<>\"'(),;:]{1,128}@[^\s<>\"'(),;:]{1,256}")
_FULL = re.compile(
    r"quota|(?:mailbox|inbox|buz[oó]n|bo[iî]te|postfach)\b.{0,40}\b(?:full|llen[oa]|pleine|voll)|over ?limit|storage",
    re.I,
)
_GONE = re.compile(
    r"unknown (?:user|recipient|local|or illegal)|(?:user|recipient|address|mailbox"
    r"|account)\b.{0,40}\b(?:unknown|not (?:found|exist|recogni[sz]ed|listed)"
    r"|does ?n[o']t (?:have|exist)|disabled|discontinued|unavailable|invalid)|no such (?:user|recipient|account"
    r"|person|address)"
    r"|no mailbox|does not like recipient|usuario desconocido|no existe|doesn't have a",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BouncedReceiver:
    """One receiver in a bounce: action as RFC 3464 names it, status "5.1.1" or "", what their server said.

    Hard: the address takes no mail at all, by status class 5 but 5.2.2, or by words as clear.
    """

    address: str
    action: str
    status: str
    diagnostic: str
    hard: bool


@dataclass(frozen=True, slots=True)
class Bounce:
    """A bounce: its receivers, perhaps none that could be made out, and the Message-ID that did not arrive, or ""."""

    receivers: tuple[BouncedReceiver, ...]
    original: str


def bounce_of(root: Node, sender: str, subject: str, not_theirs: frozenset[str]) -> Bounce | None:
    """What the mail says came back; None where it is no bounce, a receipt of success among them.

    `not_theirs` are addresses that cannot be the one that failed: the shop's own, those the bounce went to.
    """
    nodes = list(_walk(root))
    reports = [node for node in nodes if node.media_type == "message/delivery-status"]
    blocks = [block for node in reports for block in header_blocks(content(node))]
    receivers = tuple(each for each in map(_receiver, blocks) if each)[:_MOST_RECEIVERS]
    if receivers:
        failed = tuple(each for each in receivers if each.action in ("failed", "delayed"))
        return Bounce(failed, _original(root, nodes)) if failed else None
    if not bounce_letters.may_be_one(root.headers, sender, subject, reported=bool(blocks)):
        return None
    letter = "\n".join(text_of(node) for node in nodes if node.media_type in ("text/plain", "text/html"))
    returned = any(node.media_type == "message/rfc822" for node in nodes) and "daemon" in sender
    certain = blocks or returned or "x-failed-recipients" in root.headers
    if not certain and not bounce_letters.says_so(root.headers, sender, subject, letter):
        return None
    return Bounce(_named(root.headers, subject, letter, not_theirs | {sender}), _original(root, nodes))


def _walk(root: Node) -> Iterator[Node]:
    """All parts, and those of a report that some gateway wrapped into a mail of its own."""
    for node in root.walk():
        yield node
        if node.media_type == "message/rfc822":
            mail = carried(node)
            if mail and mail.media_type == "multipart/report":
                yield from split(mail.raw).walk()


def _receiver(block: Headers) -> BouncedReceiver | None:
    """One per-recipient group of a delivery status (RFC 3464, 2.3)."""
    stated = block.first("original-recipient"), block.first("final-recipient"), block.first("x-actual-recipient")
    addresses = [found[0] for value in stated if (found := _ADDRESS.search(text(value.partition(";")[2] or value)))]
    if not addresses:
        return None
    status = _status(block.first("status"))
    diagnostic = _short(text(block.first("diagnostic-code")))
    action = block.first("action").split("(")[0].strip().lower()
    if action not in ("failed", "delayed", "delivered", "relayed", "expanded"):
        action = "delayed" if status.startswith("4") else "failed"
    status = _finer(status, diagnostic)
    return BouncedReceiver(addresses[0].lower(), action, status, diagnostic, _is_hard(action, status, diagnostic))


def _finer(status: str, diagnostic: str) -> str:
    """5.0.0 says nothing but its class: what the server said is taken where it says more."""
    inner = _status(diagnostic)
    return inner if inner[:1] == status[:1] and status.endswith(".0.0") else status


def _named(headers: Headers, subject: str, letter: str, not_theirs: frozenset[str]) -> tuple[BouncedReceiver, ...]:
    delayed = bounce_letters.says_later(subject, letter)
    found: list[BouncedReceiver] = []
    for address, said in bounce_letters.failed_in(headers, letter, not_theirs)[:_MOST_RECEIVERS]:
        action = "delayed" if delayed else "failed"
        status = _status(said)
        found.append(BouncedReceiver(address, action, status, _short(said), _is_hard(action, status, said)))
    return tuple(found)


def _is_hard(action: str, status: str, said: str) -> bool:
    if action != "failed":
        return False
    if status:
        return status[0] == "5" and status != "5.2.2"
    if _FULL.search(said):
        return False
    reply = _REPLY.search(said)
    return reply[1] == "5" if reply else bool(_GONE.search(said))


def _status(said: str) -> str:
    found = _STATUS.search(said)
    return found[1] if found else ""


def _short(said: str) -> str:
    return one_line(said)[:_LONGEST_DIAGNOSTIC]


def _original(root: Node, nodes: list[Node]) -> str:
    """The Message-ID of the mail that came back: of the copy attached, of the copy in the text, or what it answers."""
    for node in nodes:
        if node.media_type in ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"):
            mail = carried(node)
            found = ids(mail.headers, "message-id") if mail else ()
            if found:
                return found[0]
    for node in nodes:
        if node.media_type == "text/plain" and not node.parts:
            stated = bounce_letters.message_id(text_of(node))
            if stated:
                return stated
    answered = ids(root.headers, "in-reply-to") or ids(root.headers, "references")
    return answered[-1] if answered else ""
