"""Templates: those that come with the program, the shop's own wording over them, and the shop's own ones."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.core.language import Language
from backoffice.core.paths import resource
from backoffice.core.text import fold, one_line
from backoffice.mail.answering import fields, queries
from backoffice.mail.answering.fields import FIELDS, LANGUAGES, About
from backoffice.mail.answering.model import MailTemplate
from backoffice.mail.answering.words import TEMPLATES
from backoffice.mail.conversations.queries import facts
from backoffice.mail.writing import gate, templates
from backoffice.settings import queries as settings
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_SUBJECT = "Subject: "
_LONGEST_NAME, _LONGEST_SUBJECT = 80, 900
_TOPIC_OF = {
    "where-is-my-order": "where-is-my-order",
    "return-instructions": "return",
    "refund-made": "refund",
    "damaged": "damaged",
    "wrong-item": "wrong-item",
    "out-of-stock": "out-of-stock",
    "invoice-copy": "invoice",
    "thanks": "thanks",
}


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language; `own` says that the shop wrote these words."""

    code: str
    language: str
    name: str
    subject: str
    text: str
    topic: str
    own: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A template filled in for one customer; `faults` is what keeps it from being sent as it is."""

    subject: str
    text: str
    language: str
    faults: tuple[Fault, ...]


def all_templates(session: Session, language: str) -> list[Template]:
    """The templates of one language, the program's in their order, then the shop's own by name.

    A template the shop put away is not among them.
    """
    language = fields.language_of(language)
    own = {each.code: each for each in queries.own_templates(session) if each.language == language}
    names = Language(settings.profile(session).language)
    found = [_own(own[code]) if code in own else _built_in(code, language, names) for code in TEMPLATES]
    found += sorted((_own(each) for each in own.values() if each.code not in TEMPLATES), key=lambda one: fold(one.name))
    return [each for each in found if not (each.code in own and own[each.code].archived)]


def template(session: Session, code: str, language: str) -> Template:
    """One template in this language, or in any where it has none in this. Refuses `mail.unknown`."""
    for each in dict.fromkeys((fields.language_of(language), *LANGUAGES)):
        own = queries.own_template(session, code, each)
        if own is not None:
            return _own(own)
        if code in TEMPLATES:
            return _built_in(code, each, Language(settings.profile(session).language))
    raise Refused("mail.unknown", id=code)


def fill(
    session: Session, code: str, conversation_id: int, *, now: datetime, who: str = "", language: str = ""
) -> Filled:
    """A template filled in for a conversation's customer and order, in the customer's language where none is given.

    `who` writes: their name stands below. Refuses `mail.unknown`.
    """
    head = facts.head(session, conversation_id)
    about = About(
        language or language_for(session, head),
        customer_id=head.customer_id,
        order_id=head.order_id,
        who=who,
    )
    return filled(session, code, about, now=now)


def filled(session: Session, code: str, about: About, *, now: datetime, more: dict[str, str] | None = None) -> Filled:
    """A template filled in about anything; `more` are values that only the caller knows. Refuses `mail.unknown`."""
    wanted = template(session, code, about.language)
    found = fields.values(session, replace(about, language=wanted.language), now=now) | (more or {})
    subject, text = (templates.compiled(each, FIELDS) for each in (wanted.subject, wanted.text))
    made = Filled(subject.render(found, one_line=True), text.render(found).strip() + "\n", wanted.language, ())
    missing = dict.fromkeys((*subject.missing(found), *text.missing(found)))
    faults = gate.faults(to=(), subject=made.subject, text=made.text, values=found, required=tuple(missing))
    kept = tuple(fault for fault in faults if fault.name != "to")
    return Filled(made.subject, made.text, made.language, kept)


def language_for(session: Session, head: facts.Head) -> str:
    """In which language this customer is answered: as they wrote, as we know them, as the shop speaks."""
    known = facts.language_of(session, head.customer_id) if head.customer_id is not None else ""
    return fields.language_of(head.language, known, settings.profile(session).language)


def save(work: UnitOfWork, *, code: str, language: str, name: str, subject: str, text: str, topic: str = "") -> str:
    """Keeps the shop's own wording of a template, or a new one; an empty `code` is made from the name. Its code.

    Refuses `mail.template-nameless`, `mail.bad-template` (facts: line, place, why), `mail.too-long` and
    `mail.template-language` for a language nobody can choose.
    """
    name, subject = one_line(name), one_line(subject)
    if not name or not subject or not text.strip():
        raise Refused("mail.template-nameless")
    if len(name) > _LONGEST_NAME or len(subject) > _LONGEST_SUBJECT:
        raise Refused("mail.too-long", longest=_LONGEST_NAME if len(name) > _LONGEST_NAME else _LONGEST_SUBJECT)
    if language not in LANGUAGES:
        raise Refused("mail.template-language", language=language[:20])
    for each in (subject, text):
        templates.compiled(each, FIELDS)
    code = code or _code(work, name)
    values = {"name": name, "subject": subject, "text": text, "topic": topic, "archived": False}
    _put(work, code, language, values)
    work.record("mail.template-saved", name=name)
    return code


def put_away(work: UnitOfWork, code: str, language: str) -> None:
    """The template is no longer offered; `restore` or `save` brings it back. Refuses `mail.unknown`."""
    known = template(work.session, code, language)
    _put(
        work, code, known.language, {"name": known.name, "subject": known.subject, "text": known.text, "archived": True}
    )
    work.record("mail.template-put-away", name=known.name)


def restore(work: UnitOfWork, code: str, language: str) -> None:
    """The program's own words again; a template of the shop's own that was put away is offered again."""
    own = queries.own_template(work.session, code, language)
    if own is None:
        return
    if code in TEMPLATES:
        work.session.delete(work.get(MailTemplate, own.id))
        work.session.flush()
    else:
        rows.set_values(work, MailTemplate, own.id, archived=False, version=own.version + 1)
    work.record("mail.template-restored", name=own.name)


def _put(work: UnitOfWork, code: str, language: str, values: dict[str, object]) -> None:
    own = queries.own_template(work.session, code, language)
    if own is None:
        rows.insert(
            work, MailTemplate, **{"code": code, "language": language, "topic": _TOPIC_OF.get(code, ""), **values}
        )
    else:
        rows.set_values(work, MailTemplate, own.id, **values, version=own.version + 1)


def _code(work: UnitOfWork, name: str) -> str:
    """A code no other template has: "own-" and the name's letters."""
    base = "own-" + "-".join("".join(sign if sign.isalnum() else " " for sign in fold(name)).split())[:40]
    taken = {each.code for each in queries.own_templates(work.session)}
    return next(each for each in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _own(kept: queries.OwnTemplate) -> Template:
    topic = kept.topic or _TOPIC_OF.get(kept.code, "")
    return Template(kept.code, kept.language, kept.name, kept.subject, kept.text, topic, True)


def _built_in(code: str, language: str, names: Language) -> Template:
    subject, text = _file(code, language)
    return Template(code, language, names.words(TEMPLATES[code]), subject, text, _TOPIC_OF.get(code, ""), False)


@lru_cache(maxsize=64)
def _file(code: str, language: str) -> tuple[str, str]:
    first, _, text = resource(f"templates/mail/{language}/{code}.txt").read_text(encoding="utf-8").partition("\n\n")
    return first.removeprefix(_SUBJECT), text
