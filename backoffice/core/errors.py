"""The two errors the program knows: a rule said no (Refused), or the world failed (Outage)."""

from typing import Any


class _Coded(Exception):
    """An error that carries a code and facts; the sentence for it is made where it is shown."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        """The code with its facts, for a developer; users read the sentence from the feature's words."""
        told = ", ".join(f"{name}={fact!r}" for name, fact in self.facts.items())
        return f"{self.code}({told})" if told else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        # The default would forget the facts when an error travels home from another process.
        return type(self)._again, (self.code, self.facts)

    @classmethod
    def _again(cls, code: str, facts: dict[str, object]) -> "_Coded":
        return cls(code, **facts)


class Refused(_Coded):
    """A rule of the shop said no.

    `code` is "<feature>.<kebab-words>" ("returns.not-open"); `facts` fill the sentence of that code.
    Shown at the field or as a notice; never logged.
    """


class Outage(_Coded):
    """The world failed: disk, printer, mail server, network.

    `code` and `facts` as in Refused. Shown as a notice with "Try again"; logged.
    """
