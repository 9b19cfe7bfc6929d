"""Keyword rules: what a mail is probably about, why, which template answers it, and what a rule would have done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.text import one_line
from backoffice.mail.answering import phrases, queries
from backoffice.mail.answering.fields import LANGUAGES
from backoffice.mail.answering.model import KeywordRule
from backoffice.mail.answering.phrases import Evidence, Weighted
from backoffice.mail.answering.topics import COMPLAINTS, TOPICS
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

BAR = 6
MOST_PHRASES, LONGEST_PHRASE, HEAVIEST = 200, 100, 20
LEAST = 3
"""A score below this is no suggestion."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The phrases of a topic in one language; `own` says that the shop changed them."""

    topic: str
    language: str
    phrases: tuple[Weighted, ...]
    template: str
    automatic: bool = False
    bar: int = BAR
    active: bool = True
    own: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic a mail may be about, with the reasons; the places are those of the new part of its text."""

    topic: str
    template: str
    score: int
    evidence: tuple[Evidence, ...]
    automatic: bool
    """The rule may answer by itself, and the score is above its bar."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule would have said of one mail."""

    conversation_id: int
    subject: str
    score: int
    automatic: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a rule would have done with so many mails, the newest first."""

    looked_at: int
    hits: tuple[Hit, ...]


def rules(session: Session) -> list[Rule]:
    """Every rule, topic by topic, the shop's own in the place of the program's; inactive ones too."""
    own = {(each.topic, each.language): each for each in queries.own_rules(session)}
    built_in = {
        (topic, language): Rule(topic, language, each.phrases[language], each.template)
        for topic, each in TOPICS.items()
        for language in LANGUAGES
    }
    return [_own(own[key]) if key in own else built_in[key] for key in {**built_in, **own}]


def suggestions(session: Session, conversation_id: int) -> list[Suggestion]:
    """What the newest mail of a conversation may be about, the most probable first."""
    asked = queries.newest_asked(session, conversation_id)
    return judge(rules(session), asked.subject, asked.new_text) if asked is not None else []


def judge(known: Iterable[Rule], subject: str, text: str) -> list[Suggestion]:
    """The topics that a subject and the new part of a mail speak for, the highest score first."""
    in_text, in_subject = phrases.read(text), phrases.read(subject)
    found: dict[str, Suggestion] = {}
    for rule in known:
        if not rule.active:
            continue
        evidence = phrases.met(in_text, rule.phrases)
        said = {each.phrase for each in evidence}
        above = phrases.met(in_subject, [each for each in rule.phrases if each.phrase not in said])
        evidence = (*(each._replace(start=0, end=0) for each in above), *evidence)
        score = sum(each.weight for each in evidence)
        best = found.get(rule.topic)
        if score >= LEAST and (best is None or score > best.score):
            automatic = rule.automatic and score >= rule.bar
            found[rule.topic] = Suggestion(rule.topic, rule.template, score, evidence, automatic)
    return sorted(found.values(), key=lambda each: (-each.score, each.topic))


def complains(subject: str, text: str) -> bool:
    """Whether somebody is to be answered by a person, whatever the rules say."""
    return any(phrases.met(phrases.read(each), COMPLAINTS) for each in (subject, text))


def simulate(session: Session, rule: Rule, last: int = 500) -> Simulation:
    """What a rule, as it is being written, would have said of the last mails that people sent."""
    looked_at, hits = 0, []
    for asked in queries.asked_last(session, limit=last):
        looked_at += 1
        for found in judge([rule], asked.subject, asked.new_text):
            automatic = found.automatic and not complains(asked.subject, asked.new_text)
            hits.append(Hit(asked.conversation_id, asked.subject, found.score, automatic, found.evidence))
    return Simulation(looked_at, tuple(hits))


def save(work: UnitOfWork, rule: Rule) -> None:
    """Keeps the shop's own phrases for a topic in one language, in the place of the program's.

    Refuses `mail.bad-rule` for a rule without topic, template or language, or with phrases nobody could write, and for
    an automatic one whose bar is below 1.
    """
    kept = [Weighted(one_line(each.phrase), each.weight) for each in rule.phrases if one_line(each.phrase)]
    good = (
        rule.topic.strip()
        and rule.language in LANGUAGES
        and 0 < len(kept) <= MOST_PHRASES
        and all(len(each.phrase) <= LONGEST_PHRASE and 1 <= each.weight <= HEAVIEST for each in kept)
        and rule.bar >= 1
        and (rule.template or not rule.automatic)
    )
    if not good:
        raise Refused("mail.bad-rule", most=MOST_PHRASES)
    values: dict[str, Any] = {
        "phrases": [each._asdict() for each in kept],
        "template": rule.template,
        "automatic": rule.automatic,
        "bar": rule.bar,
        "active": rule.active,
    }
    own = _known(work, rule.topic, rule.language)
    if own is None:
        rows.insert(work, KeywordRule, topic=rule.topic, language=rule.language, **values)
    else:
        rows.set_values(work, KeywordRule, own.id, **values, version=own.version + 1)
    work.record("mail.rule-saved", topic=rule.topic, language=rule.language, automatic=rule.automatic)


def restore(work: UnitOfWork, topic: str, language: str) -> None:
    """The program's own phrases again; nothing is sent by itself for this topic any more."""
    own = _known(work, topic, language)
    if own is not None:
        work.session.delete(work.get(KeywordRule, own.id))
        work.session.flush()
        work.record("mail.rule-restored", topic=topic, language=language)


def _known(work: UnitOfWork, topic: str, language: str) -> queries.OwnRule | None:
    own: Sequence[queries.OwnRule] = queries.own_rules(work.session)
    return next((each for each in own if (each.topic, each.language) == (topic, language)), None)


def _own(kept: queries.OwnRule) -> Rule:
    said = tuple(Weighted(str(each["phrase"]), int(each["weight"])) for each in kept.phrases)
    return Rule(kept.topic, kept.language, said, kept.template, kept.automatic, kept.bar, kept.active, own=True)
