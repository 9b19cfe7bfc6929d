"""What *Check my data* proves of the mail desk."""

import hashlib
import zlib

from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.mail.conversations import clocks
from backoffice.mail.conversations.queries import facts
from backoffice.settings import queries as settings
from backoffice.store.check import Check, Fault, Result, fault, findable, rows_wrong
from backoffice.store.prepared import driver_of

_RAW = "SELECT id, sha256, size, packed FROM raw_mail"
_MAILS = "SELECT count(*) FROM message WHERE raw_id IS NOT NULL"
_ASTRAY = """
SELECT id AS message, state FROM message WHERE raw_id IS NOT NULL AND (
  state IN ('threaded', 'unreadable', 'spam', 'duplicate') AND conversation_id IS NULL
  OR state = 'unreadable' AND fault = '' OR state != 'unreadable' AND fault != '')
"""
_ONCE = """
SELECT raw_id AS raw, count(*) AS messages FROM message WHERE raw_id IS NOT NULL GROUP BY raw_id HAVING count(*) > 1
"""
_UNHELD = """
SELECT r.id AS raw FROM raw_mail AS r WHERE NOT EXISTS (SELECT 1 FROM message AS m WHERE m.raw_id = r.id)
AND NOT EXISTS (SELECT 1 FROM outgoing_mail AS o WHERE o.raw_id = r.id)
"""
_CONVERSATIONS = "SELECT count(*) FROM conversation"
_TWO_CUSTOMERS = """
SELECT c.number, o.number AS other FROM conversation AS c JOIN orders AS o ON o.id = c.order_id
WHERE o.customer_id IS NOT NULL AND c.customer_id IS NOT o.customer_id
"""
_UNLISTED = """
SELECT c.number FROM conversation AS c WHERE c.merged_into IS NOT NULL AND (c.listed = 1
  OR EXISTS (SELECT 1 FROM message AS m WHERE m.conversation_id = c.id AND m.state = 'threaded'))
UNION ALL SELECT c.number FROM conversation AS c WHERE c.listed = 0 AND c.merged_into IS NULL
  AND EXISTS (SELECT 1 FROM message AS m WHERE m.conversation_id = c.id AND m.state = 'threaded')
"""
_CLOSED = "SELECT number FROM conversation WHERE (state = 'closed') != (closed_at IS NOT NULL)"
_SENT = "SELECT count(*) FROM outgoing_mail WHERE state = 'sent'"
_NO_ANSWER = "SELECT id AS mail FROM outgoing_mail WHERE state = 'sent' AND (answer = '' OR sent_at IS NULL)"
_CONFIRMED = "SELECT count(*) FROM acknowledgement"
_TOO_OFTEN = """
SELECT a.address AS address, a.at AS first, b.at AS second FROM acknowledgement AS a JOIN acknowledgement AS b
ON b.address = a.address AND a.address != '' AND b.conversation_id != a.conversation_id AND b.at >= a.at
AND (b.at > a.at OR b.conversation_id > a.conversation_id) AND julianday(b.at) - julianday(a.at) < 0.999999
"""
_OURS_TWICE = "SELECT rfc_id AS name, count(*) AS mails FROM outgoing_mail GROUP BY rfc_id HAVING count(*) > 1"
_COUNTED = ("messages", "answers", "last_in_at", "last_out_at")


def _bytes_are_theirs(session: Session) -> Result:
    """Each mail's bytes unpack to what their hash says; those of an erased person are gone, and nothing else is."""
    looked_at, found = 0, []
    for raw_id, sha256, size, packed in driver_of(session).execute(_RAW):
        looked_at += 1
        if not packed:
            continue
        try:
            raw = zlib.decompress(packed)
        except zlib.error:
            raw = b""
        if hashlib.sha256(raw).hexdigest() != sha256 or len(raw) != size:
            found.append(fault(mark("Mail {raw}: its bytes are not what came in"), raw=raw_id))
    return looked_at, found


def _counters_and_clocks(session: Session) -> Result:
    """What a conversation says of itself is what its messages say."""
    hours, standards = settings.profile(session).hours, facts.standards(session)
    found: list[Fault] = []
    heads = facts.all_heads(session)
    for head, kept in heads:
        messages = facts.said(session, head.id)
        told = clocks.values(head, messages, hours=hours, standards=standards)
        wrong = [name for name in _COUNTED if told[name] != kept[name]]
        if (told["due_at"] is None) != (kept["due_at"] is None):
            wrong.append("due_at")
        sentence = mark("Conversation {number}: its {part} is wrong")
        found += [fault(sentence, number=head.number, part=one) for one in wrong]
    return len(heads), found


CHECKS: tuple[Check, ...] = (
    Check("mail-bytes", mark("Each mail is, byte for byte, what came in or went out"), _bytes_are_theirs),
    Check(
        "mail-states",
        mark("Each mail is in one conversation, unreadable, spam, a duplicate, or still to be read"),
        rows_wrong(_MAILS, _ASTRAY, mark("Mail {message} stands nowhere ({state})")),
    ),
    Check(
        "mail-once",
        mark("Each mail is one message"),
        rows_wrong(_MAILS, _ONCE, mark("Mail {raw} is {messages} messages")),
    ),
    Check(
        "mail-held",
        mark("No mail's bytes are left without their message"),
        rows_wrong("SELECT count(*) FROM raw_mail", _UNHELD, mark("Mail {raw} belongs to no message")),
    ),
    Check(
        "conversation-customer",
        mark("Each conversation has one customer at most"),
        rows_wrong(
            _CONVERSATIONS, _TWO_CUSTOMERS, mark("Conversation {number} is about order {other} of another customer")
        ),
    ),
    Check(
        "conversation-lists",
        mark("A conversation is off the lists when it was merged, and only then"),
        rows_wrong(_CONVERSATIONS, _UNLISTED, mark("Conversation {number} is on the lists, or off them, by mistake")),
    ),
    Check(
        "conversation-states",
        mark("A closed conversation says since when"),
        rows_wrong(_CONVERSATIONS, _CLOSED, mark("Conversation {number} does not know whether it is closed")),
    ),
    Check("conversation-counts", mark("Counts and clocks of each conversation are true"), _counters_and_clocks),
    Check(
        "mail-sent",
        mark("Each sent mail has the server's answer"),
        rows_wrong(_SENT, _NO_ANSWER, mark("Mail {mail} says it was sent, without an answer")),
    ),
    Check(
        "mail-confirmed",
        mark("Nobody gets more than one acknowledgement in 24 hours"),
        rows_wrong(_CONFIRMED, _TOO_OFTEN, mark("{address} was sent two acknowledgements, at {first} and {second}")),
    ),
    Check(
        "mail-ids",
        mark("Each mail of ours has a Message-ID of its own"),
        rows_wrong("SELECT count(*) FROM outgoing_mail", _OURS_TWICE, mark("{mails} mails of ours are called {name}")),
    ),
    findable(
        "mail",
        "SELECT id FROM message WHERE state = 'threaded' AND subject || text || from_address != ''",
        "mail-search",
        mark("The search finds exactly the mails of conversations"),
    ),
)
