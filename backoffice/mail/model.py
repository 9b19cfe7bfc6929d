"""The mail desk's records: accounts, mails as they came, what was read in them, and conversations."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from backoffice.store.types import NEVER_REUSED, STRICT, value_enum


class Security(StrEnum):
    """How a connection is encrypted; there is none that is not."""

    TLS = "tls"
    STARTTLS = "starttls"


class SignIn(StrEnum):
    """What is shown to the server."""

    PASSWORD = "password"
    XOAUTH2 = "xoauth2"


class Direction(StrEnum):
    """Who speaks: the customer's side, the shop, or the shop to itself."""

    INBOUND = "in"
    OUTBOUND = "out"
    NOTE = "note"


class Medium(StrEnum):
    """By which way it came."""

    MAIL = "mail"
    PHONE = "phone"
    CHAT = "chat"


class MessageState(StrEnum):
    """Where a mail is: each is in exactly one of these."""

    TO_READ = "to_read"
    THREADED = "threaded"
    UNREADABLE = "unreadable"
    SPAM = "spam"
    DUPLICATE = "duplicate"


class MailKind(StrEnum):
    """What wrote it."""

    HUMAN = "human"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    LIST = "list"
    FEEDBACK = "feedback"
    OWN = "own"


class ConversationState(StrEnum):
    """Who has the next word: we, the customer, nobody."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class ThreadReason(StrEnum):
    """Why a mail stands in its conversation."""

    OUR_ID = "our-id"
    KNOWN_ID = "known-id"
    SUBJECT_TAG = "subject-tag"
    NEW = "new"
    SPLIT = "split"
    MERGED = "merged"
    WRITTEN = "written"


class MailAccount(SQLModel, table=True):
    """A mailbox of the shop. Its password is in the keyring under `mail:<id>`, never here."""

    __tablename__ = "mail_account"
    __table_args__ = (sa.UniqueConstraint("address"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    address: str
    """Lower case; what customers write to."""
    from_name: str = ""
    signature: str = ""
    user: str
    sign_in: SignIn = Field(default=SignIn.PASSWORD, sa_type=value_enum(SignIn))
    imap_host: str = ""
    """Empty: an account without a server, whose mails are brought in as files and whose outbox is a folder."""
    imap_port: int = 993
    imap_security: Security = Field(default=Security.TLS, sa_type=value_enum(Security))
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: Security = Field(default=Security.TLS, sa_type=value_enum(Security))
    sent_folder: str = ""
    """Empty: the folder the server names as \\Sent."""
    keeps_sent: bool = False
    """The provider itself puts a copy of what is sent into Sent."""
    outbox_folder: str = ""
    """Without a server: the folder into which mails are written, one file each."""
    connected_at: datetime
    """Mail older than this is history: it is never acknowledged."""
    active: bool = True
    version: int = 1


class MailFolder(SQLModel, table=True):
    """How far one folder of an account was read."""

    __tablename__ = "mail_folder"
    __table_args__ = (sa.UniqueConstraint("account_id", "name"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="mail_account.id")
    name: str = "INBOX"
    uidvalidity: int = 0
    last_uid: int = 0
    on_server: int = 0
    """Mails the server said it holds, when it was last looked at."""
    history_uid: int = 0
    """Mails up to this one lay there when the account was connected: history."""
    known_uid: int = 0
    """Mails up to this one lay there when the server numbered anew: each is looked for among ours first."""
    missing: int = 0
    """Mails the server lists and would not hand over, when it was last looked at."""
    listed_at: datetime | None = None
    """When all the server lists was last compared with what we have."""
    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    error: str = ""
    """Code of the last failure; empty after a success."""
    failures: int = 0
    """In a row: the pause before the next try grows with them."""


class RawMail(SQLModel, table=True):
    """The bytes of a mail, exactly as they came or went; never changed."""

    __tablename__ = "raw_mail"
    __table_args__ = (sa.UniqueConstraint("sha256"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    size: int
    packed: bytes = Field(sa_type=sa.LargeBinary)
    """zlib."""


class Arrival(SQLModel, table=True):
    """One mail of a server's folder, so that it is fetched once; the server itself is never changed."""

    __tablename__ = "mail_arrival"
    __table_args__ = (
        sa.UniqueConstraint("folder_id", "uidvalidity", "uid"),
        sa.Index("ix_arrival_message", "message_id"),
        STRICT,
    )

    id: int | None = Field(default=None, primary_key=True)
    folder_id: int = Field(foreign_key="mail_folder.id")
    uidvalidity: int
    uid: int
    size: int
    message_id: int | None = Field(default=None, foreign_key="message.id")
    """None: left on the server because it is larger than the limit."""
    subject: str = ""
    sender: str = ""


class Conversation(SQLModel, table=True):
    """What one customer and the shop say to each other about one matter."""

    __tablename__ = "conversation"
    __table_args__ = (
        sa.UniqueConstraint("number"),
        sa.Index("ix_conversation_list", "listed", "state", "last_at", "id", "snoozed_until"),
        sa.Index("ix_conversation_newest", "listed", "last_at", "id"),
        sa.Index("ix_conversation_due", "due_at", "id", "snoozed_until", sqlite_where=sa.text("due_at IS NOT NULL")),
        sa.Index("ix_conversation_customer", "customer_id", "last_at"),
        sa.Index("ix_conversation_order", "order_id", sqlite_where=sa.text("order_id IS NOT NULL")),
        sa.Index(
            "ix_conversation_mine",
            *("assigned_to", "last_at", "id", "state", "listed"),
            sqlite_where=sa.text("assigned_to <> ''"),
        ),
        sa.Index("ix_conversation_snoozed", "snoozed_until", sqlite_where=sa.text("snoozed_until IS NOT NULL")),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str
    subject: str = ""
    subject_key: str = ""
    """Folded, without Re: and Fwd:, for telling another topic from the same."""
    sender: str = ""
    """Name or address of who wrote last from outside, for the list."""
    preview: str = ""
    """The first words of the last message, for the list."""
    topic: str = ""
    language: str = ""
    state: ConversationState = Field(default=ConversationState.OPEN, sa_type=value_enum(ConversationState))
    account_id: int | None = Field(default=None, foreign_key="mail_account.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    order_id: int | None = Field(default=None, foreign_key="orders.id")
    assigned_to: str = ""
    tags: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    opened_at: datetime
    last_at: datetime
    last_in_at: datetime | None = None
    last_out_at: datetime | None = None
    waiting_since: datetime | None = None
    """The first mail of a person we have not answered."""
    first_answer_at: datetime | None = None
    """When a person of the shop first answered."""
    due_at: datetime | None = None
    """When the running clock ends; None while we wait for the customer or nothing is asked."""
    promised_at: datetime | None = None
    """Before when the acknowledgement promised a person's answer."""
    snoozed_until: datetime | None = None
    closed_at: datetime | None = None
    answers: int = 0
    messages: int = 0
    flagged: str = ""
    """Code of what to look at: "other-topic", "third-party"; empty when nothing is."""
    continues: int | None = Field(default=None, foreign_key="conversation.id")
    """The closed conversation this one follows."""
    listed: bool = True
    """False once merged into another."""
    merged_into: int | None = Field(default=None, foreign_key="conversation.id")
    version: int = 1


class Message(SQLModel, table=True):
    """One mail, call or note, as read; a mail's bytes stand in its RawMail."""

    __tablename__ = "message"
    __table_args__ = (
        sa.Index("ix_message_conversation", "conversation_id", "at", "id"),
        sa.Index("ix_message_header", "rfc_id", sqlite_where=sa.text("rfc_id <> ''")),
        sa.Index("ix_message_state", "state", "id", sqlite_where=sa.text("state <> 'threaded'")),
        sa.Index("ix_message_raw", "raw_id", sqlite_where=sa.text("raw_id IS NOT NULL")),
        sa.Index("ix_message_sender", "from_address", "at"),
        sa.CheckConstraint("(state = 'threaded') <= (conversation_id IS NOT NULL)", name="threaded"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    conversation_id: int | None = Field(default=None, foreign_key="conversation.id")
    account_id: int | None = Field(default=None, foreign_key="mail_account.id")
    raw_id: int | None = Field(default=None, foreign_key="raw_mail.id")
    direction: Direction = Field(default=Direction.INBOUND, sa_type=value_enum(Direction))
    medium: Medium = Field(default=Medium.MAIL, sa_type=value_enum(Medium))
    state: MessageState = Field(default=MessageState.TO_READ, sa_type=value_enum(MessageState))
    kind: MailKind = Field(default=MailKind.HUMAN, sa_type=value_enum(MailKind))
    at: datetime
    """When it came in, went out, or was said."""
    dated: datetime | None = None
    """What its Date header says; nothing depends on it."""
    who: str = ""
    """Of the shop, for what the shop wrote."""
    from_name: str = ""
    from_address: str = ""
    """Lower case."""
    to: str = ""
    """All receivers, as they may be shown."""
    subject: str = ""
    rfc_id: str = ""
    """The Message-ID with its angle brackets; empty is legal."""
    text: str = ""
    """All of it as plain text."""
    new_length: int = 0
    """So many characters of the text are new; the rest quotes what was said before."""
    html: str = ""
    """Cleaned; empty where there is none or it could not be made safe."""
    reason: ThreadReason = Field(default=ThreadReason.NEW, sa_type=value_enum(ThreadReason))
    third_party: bool = False
    thanks_only: bool = False
    history: bool = False
    """Older than the account's connection, or brought in from files: shown, never acknowledged."""
    attachments: int = 0
    acknowledge: bool = False
    """Nothing in it forbids an automatic confirmation; whether one is sent is decided elsewhere."""
    why_not: str = ""
    """Code of what forbids it."""
    fault: str = ""
    """Why it could not be read."""


class FileContent(SQLModel, table=True):
    """The bytes of an attachment, kept once however often they came."""

    __tablename__ = "file_content"
    __table_args__ = STRICT

    sha256: str = Field(primary_key=True)
    size: int
    content: bytes = Field(sa_type=sa.LargeBinary)


class Attachment(SQLModel, table=True):
    """One file in a message, under a name safe for any disk."""

    __tablename__ = "attachment"
    __table_args__ = (sa.Index("ix_attachment_message", "message_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    sha256: str = Field(foreign_key="file_content.sha256")
    name: str
    media_type: str
    cid: str = ""
    """Content-ID without brackets: shown inside the mail."""


class Bounced(SQLModel, table=True):
    """What a bounce says about one receiver (RFC 3464)."""

    __tablename__ = "bounced"
    __table_args__ = (sa.Index("ix_bounced_address", "address"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", index=True)
    address: str
    action: str = ""
    status: str = ""
    """"5.1.1"."""
    diagnostic: str = ""
    hard: bool = False
    original: str = ""
    """Message-ID of the mail that did not arrive."""


class ConversationMove(SQLModel, table=True):
    """Two conversations made one, or one parted, with everything needed to take it back."""

    __tablename__ = "conversation_move"
    __table_args__ = (sa.Index("ix_conversation_move_gone", "gone_id"), STRICT)

    id: int | None = Field(default=None, primary_key=True)
    what: str
    """"merge": the messages of the second went to the first. "split": some of the first went to the second."""
    kept_id: int = Field(foreign_key="conversation.id", index=True)
    gone_id: int = Field(foreign_key="conversation.id")
    at: datetime
    moved: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """The ids of what moved and how the two stood before."""
    undone_at: datetime | None = None
