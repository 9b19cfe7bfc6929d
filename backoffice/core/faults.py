"""What is wrong with one field of something typed: shown at that field, while all that was typed stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is the field, `code` its sentence in the feature's words, `facts` fill the sentence."""

    name: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
