"""The outbox's records: each mail frozen as bytes before its first try, and what became of it for each receiver."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class OutboxState(StrEnum):
    """draft is not here: a draft is no mail yet."""

    QUEUED = "queued"
    SENDING = "sending"
    DOT = "dot"
    """All has been said but the final dot: from here on only the server knows."""
    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """Why a mail is sent."""

    ANSWER = "answer"
    ACKNOWLEDGEMENT = "acknowledgement"
    NOTICE = "notice"
    OFFER = "offer"


class OutgoingMail(SQLModel, table=True):
    """One mail on its way out. Its bytes are a RawMail; its text stands in its Message."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("rfc_id"),
        sa.Index("ix_outgoing_due", "state", "due_at", "id"),
        sa.Index("ix_outgoing_conversation", "conversation_id"),
        sa.Index("ix_outgoing_receiver", "to_address", "purpose", "created_at"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    """What may be sent once: "answer:12", "notice:dispatched:shipment:7", "acknowledgement:9"."""
    account_id: int = Field(foreign_key="mail_account.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    raw_id: int = Field(foreign_key="raw_mail.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    order_id: int | None = Field(default=None, foreign_key="orders.id")
    purpose: Purpose = Field(sa_type=value_enum(Purpose))
    rfc_id: str
    to_address: str
    """The first receiver, lower case."""
    subject: str = ""
    state: OutboxState = Field(default=OutboxState.QUEUED, sa_type=value_enum(OutboxState))
    created_at: datetime
    due_at: datetime
    """Not before: the 15 seconds in which it can be taken back, the hour chosen, the next try."""
    send_later: bool = False
    """Its hour was chosen by a person: it is cancelled when the customer writes first."""
    attempts: int = 0
    answer: str = ""
    """What the server said last."""
    error: str = ""
    sent_at: datetime | None = None
    copied: bool = False
    """Its copy lies in Sent."""


class OutgoingReceiver(SQLModel, table=True):
    """What became of a mail for one receiver."""

    __tablename__ = "outgoing_receiver"
    __table_args__ = (sa.UniqueConstraint("outgoing_id", "address"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    outgoing_id: int = Field(foreign_key="outgoing_mail.id")
    address: str
    accepted: bool = False
    code: int = 0
    answer: str = ""
