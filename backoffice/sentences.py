"""Finds the sentence for a refusal, an outage or a line of history among all features' words."""

from collections.abc import Mapping
from datetime import date, datetime

from backoffice.channels import words as channels
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.customers import words as customers
from backoffice.inventory import words as inventory
from backoffice.mail import words as mail
from backoffice.orders import words as orders
from backoffice.settings import words as settings
from backoffice.shipping import words as shipping
from backoffice.store import words as store

_FEATURES = (store, settings, customers, inventory, orders, channels, shipping, mail)


def _gathered(name: str) -> dict[str, str]:
    return {code: text for feature in _FEATURES for code, text in getattr(feature, name, {}).items()}


_SENTENCES = _gathered("REFUSALS") | _gathered("OUTAGES") | _gathered("REJECTIONS")
_VERBS = _gathered("VERBS")


def sentence(code: str, facts: Mapping[str, object], language: Language) -> str:
    """The sentence for a code with its facts filled in; the code itself where nobody wrote one."""
    text = _SENTENCES.get(code)
    return _filled(text, facts, language) if text else code


def sentence_for(error: Refused | Outage, language: Language) -> str:
    """What a user reads of an error."""
    return sentence(error.code, error.facts, language)


def happening(verb: str, facts: Mapping[str, object], language: Language) -> str:
    """What a user reads of one line of history; `facts` as the journal keeps them."""
    text = _VERBS.get(verb)
    return _filled(text, facts, language) if text else verb


class _Facts(dict[str, str]):
    """A fact that is missing reads as a dash: a sentence with a gap beats a crash."""

    def __missing__(self, name: str) -> str:
        return "–"


def _filled(text: str, facts: Mapping[str, object], language: Language) -> str:
    told = _Facts({name: _told(fact, language) for name, fact in facts.items()})
    return language.words(text).format_map(told)


def _told(fact: object, language: Language) -> str:
    if isinstance(fact, Money):
        return language.money(fact)
    if isinstance(fact, dict) and set(fact) == {"amount", "currency"}:
        return language.money(Money.parse(str(fact["amount"]), str(fact["currency"])))
    if isinstance(fact, date) and not isinstance(fact, datetime):
        return language.day(fact)
    return str(fact)
