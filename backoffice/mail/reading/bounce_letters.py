"""Bounces written before or beside RFC 3464: the letters of qmail, Exim, Postfix, Exchange, Yahoo and many others."""

import re

from backoffice.mail.reading.automatic import is_nobody
from backoffice.mail.reading.headers import Headers

_SHORTEST = 60  # letters of a report before the copy of what came back
_LONGEST = 100_000  # letters of a bounce that are looked at
_ADDRESS = r"[^\s<>\"'(),;:=*\[\]|`]{1,128}@[A-Za-z0-9_-]{1,64}(?:\.[A-Za-z0-9_-]{1,64}){0,20}"
_ANY = re.compile(_ADDRESS)
_SUBJECT = re.compile(
    r"undeliver|non[- ]?deliver|not delivered|delivery (?:status|failure|problem|report|has failed|subsystem"
    r"|notification|error)"
    r"|failure (?:notice|delivery|report)|(?:mail|message) (?:delivery )?(?:fail|could not|error)|delivery fail"
    r"|fail(?:ed|ure) (?:mail|deliver)"
    r"|returned (?:mail|to sender)|mail system error|mail delivery|could ?n.?t? ?(?:not )?be delivered"
    r"|message delayed|delayed mail|^warning: (?:message|could not)"
    r"|non remis|unzustellbar|zustellung|no (?:se ha podido |se pudo )?entreg|correo devuelto|devuelto"
    r"|n[aã]o entregue|impossibile recapitare|mancato recapito",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"no such user|mail has been returned|"
    r"(?:could|can|was|were|been|did)\s?n[o']t\s+(?:be\s+)?(?:be\s+|yet\s+been\s+|been\s+)?(?:deliver|sent"
    r"|reach|receive)|undeliver|unable to deliver|not (?:yet )?(?:been )?deliver|wasn.t able to (?:deliver|establish)"
    r"|deliver\w* (?:to the following|failed|problem|error|attempt)|fail(?:ed|ure)?\b.{0,60}\bdeliver"
    r"|returned to you|permanent(?:ly)? (?:fatal )?(?:error|fail|deliver)|user unknown|unknown user"
    r"|rejected your message"
    r"|did not (?:exactly match|reach|receive)|not reach the following|recipients? (?:of your mail"
    r"|.{0,30}rejected)|unzustellbar|nicht zugestellt|no (?:se )?(?:ha )?(?:podido|pudo)|n[aã]o (?:p[oô]de|foi)"
    r"|n'a pas pu|non remis|non [èe] stato|returning message|undelivered",
    re.IGNORECASE | re.DOTALL,
)
_SERVER = re.compile(
    r"could not be delivered to (?:the following|one or more|1|\S+@)|(?:deliver\w*"
    r"|reach) (?:to )?the following (?:recipient|address|user)|non-delivery report"
    r"|delivery status notification|following address(?:es|\(es\))? (?:had|failed)"
    r"|permanent (?:fatal )?delivery|reporting-mta|55\d[ -]5\.\d\.\d|recipient address rejected",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"postponed|not yet been delivered|delayed|will (?:continue|be retried|keep trying|retry)|warning: (?:message"
    r"|could not)|still trying|delivery attempts will|temporar(?:y|ily) (?:delay|defer)",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"giv(?:e|en|ing) up|permanent|i'm not going to try again|returned to you|not going to retry"
    r"|has been returned|will no longer",
    re.I,
)
_COPY = re.compile(
    r"^[ \t>]*(?:[-=_*+ ]{3,}[^\n]{0,60}(?:original|copy of|unsent|returned|header|message (?:text )?follows"
    r"|below|undelivered|included)[^\n]{0,80}"
    r"|(?:the )?original message (?:as received |is as |header|follows|was)?[^\n]{0,20}follows[^\n]{0,30}"
    r"|original message follows\.?|message header follows[^\n]{0,20}|your message (?:reads|begins)[^\n]{0,60}"
    r"|unsent message follows[^\n]{0,20}|(?:>[ \t]?)?(?:received|return-path|message-id)[ \t]*:[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_LIST_BEGINS = re.compile(
    r"(?:did not reach|could not be delivered to|fail\w* to|did not receive your message"
    r"|not delivered to)[^\n:]{0,60}:[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEADING = re.compile(
    rf'^[ \t>*•-]*(?:"[^"\n]{{0,100}}"[ \t]+|(?:recipient|rcpt to|\(expanded from|failed recipient|user|address'
    rf"|e-?mail"
    rf"|invalid address)[ \t]*:[ \t]*)?[<(\[]?"
    rf"(?:mailto:)?({_ADDRESS})[>)\]]?(?=[ \t]*(?::|\.\.\.|$|[,;]|-|\(|[ \t]on[ \t]))",
    re.MULTILINE | re.IGNORECASE,
)
_MESSAGE_ID = re.compile(r"^[ \t>]*message-id[ \t]*:\s{0,5}(<[^<>\s]{1,998}>)", re.IGNORECASE | re.MULTILINE)


def may_be_one(headers: Headers, sender: str, subject: str, *, reported: bool) -> bool:
    """Whether the envelope is that of a bounce: a machine's report, a daemon's address, or at least the subject."""
    return reported or _by_machine(headers, sender) or bool(_SUBJECT.search(subject))


def says_so(headers: Headers, sender: str, subject: str, letter: str) -> bool:
    """Whether the letter speaks of a mail that did not arrive.

    A customer may well write "delivery failed" of a parcel: where no machine's address sent it, the words must be
    those of a mail server, and the mail an answer to nothing.
    """
    head = letter[:_LONGEST]
    if not _by_machine(headers, sender):
        return "in-reply-to" not in headers and bool(_SERVER.search(report_of(head)[:5_000]))
    return bool(_SAYS.search(report_of(head)[:5_000])) or bool(_SUBJECT.search(subject))


def _by_machine(headers: Headers, sender: str) -> bool:
    if "x-failed-recipients" in headers or "x-ms-embedded-report" in headers or not sender or is_nobody(sender):
        return True
    paths = {"".join(path.split()).lower() for path in headers.all("return-path")}
    return bool(paths & {"<>", "<mailer-daemon>"})


def says_later(subject: str, letter: str) -> bool:
    """Whether their server goes on trying."""
    head = report_of(letter)[:5_000]
    return bool(_LATER.search(subject) or _LATER.search(head)) and not _FINAL.search(head.split("will")[0])


def failed_in(headers: Headers, letter: str, not_theirs: frozenset[str]) -> list[tuple[str, str]]:
    """Each address that failed, in lower case, with what is said about it; those that stand out first."""
    report = report_of(letter)
    told = _LIST_BEGINS.search(report)
    if told and _ANY.search(report, told.end()):
        report = report[told.end() :]
    stated = [each for value in headers.all("x-failed-recipients") for each in _ANY.findall(value)]
    places = {address.lower(): at for address, at in _in(_ANY, report) if _theirs(address, not_theirs)}
    if stated:
        wanted = [each.lower() for each in stated]
    else:
        leading = (address.lower() for address, _ in _in(_LEADING, report))
        wanted = [address for address in leading if address in places] or list(places)
    wanted = list(dict.fromkeys(wanted))
    begins = sorted(places[each] for each in wanted if each in places)
    found = []
    for address in wanted:
        begin = places.get(address, 0)
        end = min((each for each in begins if each > begin), default=begin + 1_500)
        found.append((address, report[begin : min(end, begin + 1_500)]))
    return found


def report_of(letter: str) -> str:
    """The letter without the copy of the mail that came back."""
    letter = letter[:_LONGEST]
    for found in _COPY.finditer(letter):
        if found.start() > _SHORTEST:
            return letter[: found.start()]
    return letter


def message_id(letter: str) -> str:
    """The Message-ID in the copy of the mail that came back, with its brackets, or ""."""
    found = _MESSAGE_ID.search(letter[:_LONGEST])
    return found[1] if found else ""


def _in(pattern: re.Pattern[str], report: str) -> list[tuple[str, int]]:
    """Addresses and where they first stand."""
    found: dict[str, int] = {}
    for each in pattern.finditer(report):
        found.setdefault(each[each.lastindex or 0], each.start())
    return list(found.items())


def _theirs(address: str, not_theirs: frozenset[str]) -> bool:
    low = address.lower()
    return low not in not_theirs and not is_nobody(low)
