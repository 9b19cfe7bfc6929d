"""What keeps a mail from being sent: something unresolved, something empty, a name no person has."""

import re
from collections.abc import Collection, Mapping, Sequence

from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.core.text import fold_letters
from backoffice.mail.writing.composing import header_text, parse_mailbox

_UNRESOLVED = re.compile(r"\{\{[^{}\n]{0,80}\}{0,2}|\}\}")
FIRST_NAME = "customer.first_name"


def faults(
    *,
    to: Sequence[str],
    subject: str,
    text: str,
    values: Mapping[str, str] | None = None,
    required: Collection[str] = (),
) -> list[Fault]:
    """Everything that must be mended first; none where the mail may go.

    `to` are its receivers, cc included; `text` what the shop wrote, without what is quoted below it; `values` the
    template's fields as they were filled in, `required` the names of those that may not be empty.
    """
    values = values or {}
    return [
        *_receivers(to),
        *_subject(subject),
        *([] if text.strip() else [Fault("text", "mail.gate-no-text")]),
        *_unresolved("subject", subject),
        *_unresolved("text", text),
        *(Fault(name, "mail.gate-empty", {"field": name}) for name in required if not values.get(name, "").strip()),
        *_first_name(values.get(FIRST_NAME, ""), to),
    ]


def _receivers(to: Sequence[str]) -> list[Fault]:
    if not to:
        return [Fault("to", "mail.no-receiver")]
    found = []
    for receiver in to:
        try:
            parse_mailbox(receiver)
        except Refused as refused:
            found.append(Fault("to", refused.code, refused.facts))
    return found


def _subject(subject: str) -> list[Fault]:
    if not subject.strip():
        return [Fault("subject", "mail.gate-no-subject")]
    try:
        header_text(subject, "Subject")
    except Refused as refused:
        return [Fault("subject", refused.code, refused.facts)]
    return []


def _unresolved(name: str, text: str) -> list[Fault]:
    places = list(dict.fromkeys(_UNRESOLVED.findall(text)))
    return [Fault(name, "mail.gate-unresolved", {"place": place}) for place in places]


def _first_name(name: str, to: Sequence[str]) -> list[Fault]:
    """Names that a form or a market filled in, and no person would be greeted by."""
    name = name.strip()
    if not name:
        return []
    wrong = "@" in name or any(sign.isdigit() for sign in name) or "_" in name
    if wrong or (name == name.lower() != name.upper() and _is_local_part(name, to)):
        return [Fault(FIRST_NAME, "mail.gate-no-name", {"name": name})]
    if name.isupper() and sum(sign.isalpha() for sign in name) > 1:
        return [Fault(FIRST_NAME, "mail.gate-capitals", {"name": name})]
    return []


def _is_local_part(name: str, to: Sequence[str]) -> bool:
    locals_ = (receiver.rpartition("<")[2].rpartition("@")[0] for receiver in to)
    return fold_letters(name) in {fold_letters(local) for local in locals_}
