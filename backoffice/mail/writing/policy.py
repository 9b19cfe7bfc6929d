"""How the headers of our mails are folded: works around faults of email.policy in CPython 3.11, 3.12 and 3.13.

The library's own folding turns long ids in References into encoded words (python/cpython#79986), makes several
addresses of one long quoted name (gh-121284) and loses blanks of subjects. Here ids are folded at blanks and never
encoded, each mailbox has a line, its name always quoted or encoded, and a text keeps every blank. All parts are 7-bit,
so nothing depends on 8BITMIME.
"""

from email import policy
from email.header import Header
from email.headerregistry import (
    Address,
    HeaderRegistry,
    SingleAddressHeader,
    UniqueAddressHeader,
    UniqueUnstructuredHeader,
    UnstructuredHeader,
)
from email.policy import Policy
from email.utils import quote
from typing import Any

_WIDTH = 76
_LONGEST_QUOTED = 60


def _encoded(text: str, name: str, rules: Policy) -> str:
    return Header(text, "utf-8", maxlinelen=_WIDTH - 1, header_name=name).encode(linesep=rules.linesep)


class _Tokens(UnstructuredHeader):
    """`<id> <id>` or `<url>`: folded at blanks, never encoded; anything but ASCII is a UnicodeEncodeError."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        tokens = str(self).split()
        for token in tokens:
            token.encode("ascii")
        return f"{self.name}: " + (policy.linesep + " ").join(tokens) + policy.linesep


class _Text(UniqueUnstructuredHeader):
    """Free text that keeps every blank."""

    name: str

    def fold(self, *, policy: Policy) -> str:
        text = str(self)
        fits = len(self.name) + 2 + len(text) <= _WIDTH
        plain = fits and text.isascii() and text.isprintable() and "=?" not in text and text == text.strip()
        return f"{self.name}: {text if plain else _encoded(text, self.name, policy)}{policy.linesep}"


class _AddressFold:
    """One mailbox a line."""

    name: str
    addresses: tuple[Address, ...]

    def fold(self, *, policy: Policy) -> str:
        lines = [self._mailbox(each, policy) for each in self.addresses]
        return f"{self.name}: " + ("," + policy.linesep + " ").join(lines) + policy.linesep

    def _mailbox(self, address: Address, policy: Policy) -> str:
        spec, shown = address.addr_spec, address.display_name
        spec.encode("ascii")
        if not shown:
            return spec
        if shown.isascii() and shown.isprintable() and len(shown) <= _LONGEST_QUOTED and "=?" not in shown:
            return f'"{quote(shown)}" <{spec}>'
        return f"{_encoded(shown, self.name, policy)}{policy.linesep} <{spec}>"


class _Addresses(_AddressFold, UniqueAddressHeader):
    pass


class _OneAddress(_AddressFold, SingleAddressHeader):
    pass


def _registry() -> HeaderRegistry:
    kinds: dict[Any, tuple[str, ...]] = {  # the registry itself adds BaseHeader to each
        _Tokens: ("references", "in-reply-to", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"),
        _Text: ("subject",),
        _Addresses: ("from", "to", "cc", "bcc", "reply-to"),
        _OneAddress: ("sender",),
    }
    registry = HeaderRegistry()
    for kind, names in kinds.items():
        for name in names:
            registry.map_to_type(name, kind)
    return registry


MAIL_POLICY = policy.SMTP.clone(header_factory=_registry(), cte_type="7bit")
