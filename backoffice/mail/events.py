"""What the mail desk announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """A person wrote and waits for a word of ours: what was to be sent later is overtaken."""

    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class MailBounced:
    """A mail of ours did not reach an address."""

    message_id: int
    address: str
    customer_id: int | None
    dead: bool
