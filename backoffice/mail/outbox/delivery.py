"""What the outbox and a mail server's connection say to each other: access, answers, deliveries and troubles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol

from backoffice.mail.model import Security


class Trouble(StrEnum):
    """Why a mail did not go out. All of them are before the final dot, but LOST."""

    NO_HOST = "mail.no-host"
    TLS = "mail.tls"
    SIGN_IN = "mail.sign-in"
    NO_PASSWORD = "mail.no-secret"
    REFUSED = "mail.refused"
    TEMPORARY = "mail.temporary"
    SILENT = "mail.silent"
    OFFLINE = "mail.offline"
    LOST = "mail.lost"


class Undelivered(Exception):
    """A mail, or a connection, came to nothing. `said` is the server's answer or the system's word, `code` its number.

    `after_dot`: everything was said, and no answer came: it may have been delivered.
    """

    def __init__(self, trouble: Trouble, *, code: int = 0, said: str = "", after_dot: bool = False) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.code = code
        self.said = said
        self.after_dot = after_dot
        self.of_receivers: dict[str, Answer] = {}

    @property
    def final(self) -> bool:
        """The server said never, about this mail."""
        return self.trouble is Trouble.REFUSED


class Answer(NamedTuple):
    """What a server said: its code and its words."""

    code: int
    text: str

    @property
    def good(self) -> bool:
        """Whether it is a yes."""
        return 200 <= self.code < 300


@dataclass(frozen=True, slots=True)
class Delivery:
    """The server took the mail: what it said, and what it said of each receiver, of whom one at least was accepted."""

    answer: Answer
    of_receivers: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a server and sign in. `token` makes a fresh XOAUTH2 token and takes the password's place."""

    host: str
    port: int
    security: Security
    user: str
    password: str = ""
    token: Callable[[], str] | None = None
    timeout: float = 30.0
    """Seconds, for each step but the last one."""
    last_timeout: float = 300.0
    """Seconds to wait for the answer to the final dot: who gives up early never knows."""


class Line(Protocol):
    """What the outbox wants of a connection."""

    def deliver(self, sender: str, receivers: Sequence[str], raw: bytes, *, before_dot: Callable[[], None]) -> Delivery:
        """Hands over one mail; raises Undelivered."""

    @property
    def alive(self) -> bool:
        """Whether another mail can be said over it."""

    def good_bye(self) -> None:
        """Ends the connection; a second time does nothing."""
