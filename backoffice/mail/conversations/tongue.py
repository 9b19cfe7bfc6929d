"""In which language somebody writes, by its commonest words."""

import re

from backoffice.core.text import fold

_LOOKED_AT = 4000
_LEAST = 2
"""Fewer common words than this prove nothing."""

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON = {
    "en": _words(
        "the and is are was were my your you have has had not this that with for it to of in on when where what would"
        " could please thanks thank hello hi dear regards order received been will can do does from but"
    ),
    "es": _words(
        "el la los las y es son mi su sus tu que de del en un una por para con no se me ha han he lo le muy cuando"
        " donde pedido gracias hola buenos buenas saludos esta este pero mas como ya favor"
    ),
}
_BOTH = _COMMON["en"] & _COMMON["es"]


def guess(text: str) -> str:
    """ "en", "es", or "" where the words tell neither."""
    words = [word for word in _WORD.findall(fold(text[:_LOOKED_AT])) if word not in _BOTH]
    found = {language: sum(word in common for word in words) for language, common in _COMMON.items()}
    best = max(found, key=lambda language: found[language])
    other = max(count for language, count in found.items() if language != best)
    return best if found[best] >= _LEAST and found[best] > other else ""
