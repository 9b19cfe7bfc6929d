"""Answering: drafts, templates, macros, keyword rules, acknowledgements, and how the desk is set up."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import STRICT


class MailSettings(SQLModel, table=True):
    """How the desk works: exactly one row."""

    __tablename__ = "mail_settings"
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"), STRICT)

    id: int | None = Field(default=1, primary_key=True)
    thread_key: str = ""
    """Random hex made once: proves that a Message-ID is ours."""
    acknowledge: bool = False
    stopped_at: datetime | None = None
    """The breaker: acknowledgements stopped by themselves, until a person switches them on again."""
    notices: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    """Switched on: "received", "dispatched", "delayed", "delivered"."""
    answer_minutes: int = 240
    """The standard for the first answer, in opening hours."""
    next_minutes: int = 240
    undo_seconds: int = 15
    version: int = 1


class Draft(SQLModel, table=True):
    """What somebody has begun to write; one a conversation and person."""

    __tablename__ = "mail_draft"
    __table_args__ = (sa.UniqueConstraint("conversation_id", "who"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    who: str
    account_id: int | None = Field(default=None, foreign_key="mail_account.id")
    to: str = ""
    cc: str = ""
    subject: str = ""
    text: str = ""
    template: str = ""
    attachments: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """{"sha256", "name", "media_type"}."""
    seen_message_id: int = 0
    """The newest message when the draft began: anything newer is a collision."""
    updated_at: datetime


class MailTemplate(SQLModel, table=True):
    """A template of the shop's own, or its own wording of one that comes with the program."""

    __tablename__ = "mail_template"
    __table_args__ = (sa.UniqueConstraint("code", "language"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    code: str
    language: str
    name: str
    subject: str
    text: str
    topic: str = ""
    archived: bool = False
    version: int = 1


class Macro(SQLModel, table=True):
    """A template and what is done with the conversation, in one step."""

    __tablename__ = "mail_macro"
    __table_args__ = (sa.UniqueConstraint("name"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    name: str
    template: str
    actions: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """{"do": "close"} · {"do": "snooze", "days": 3} · {"do": "tag", "tag": "…"} · {"do": "assign", "to": "…"}."""
    archived: bool = False


class KeywordRule(SQLModel, table=True):
    """Phrases that speak for a topic, in one language."""

    __tablename__ = "keyword_rule"
    __table_args__ = (sa.UniqueConstraint("topic", "language"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    topic: str
    language: str
    phrases: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    """{"phrase": "no ha llegado", "weight": 3}."""
    template: str = ""
    automatic: bool = False
    bar: int = 6
    """The score from which it may answer by itself."""
    active: bool = True
    version: int = 1


class Acknowledgement(SQLModel, table=True):
    """That a mail came in was confirmed, and until when an answer was promised. One a conversation."""

    __tablename__ = "acknowledgement"
    __table_args__ = (sa.Index("ix_acknowledgement_address", "address", "at"), STRICT)

    conversation_id: int = Field(primary_key=True, foreign_key="conversation.id")
    message_id: int = Field(foreign_key="message.id")
    outgoing_id: int = Field(foreign_key="outgoing_mail.id")
    address: str
    at: datetime
    promised_at: datetime


class MailTask(SQLModel, table=True):
    """Something a person has to look at because a mail could not be sent or did not arrive."""

    __tablename__ = "mail_task"
    __table_args__ = (sa.UniqueConstraint("key"), sa.Index("ix_mail_task_open", "done_at", "id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    kind: str
    """"dead-address", "sending-domain", "gate", "left-on-server", "renumbered"."""
    at: datetime
    order_id: int | None = Field(default=None, foreign_key="orders.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    done_at: datetime | None = None
