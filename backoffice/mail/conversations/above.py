"""What conversations know of the rooms above them: the tables by name, never by import.

Answering and the outbox stand on conversations; the clocks need the desk's settings, a bounce leaves a task, and a
message that went out is shown with what became of it. A test holds the names here against the models.
"""

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

SETTINGS = sa.table(
    "mail_settings",
    sa.column("id", sa.Integer),
    sa.column("thread_key", sa.String),
    sa.column("answer_minutes", sa.Integer),
    sa.column("next_minutes", sa.Integer),
)
OUTGOING = sa.table(
    "outgoing_mail",
    sa.column("id", sa.Integer),
    sa.column("message_id", sa.Integer),
    sa.column("conversation_id", sa.Integer),
    sa.column("rfc_id", sa.String),
    sa.column("purpose", sa.String),
    sa.column("state", sa.String),
    sa.column("order_id", sa.Integer),
    sa.column("customer_id", sa.Integer),
)
TASK = sa.table(
    "mail_task",
    sa.column("id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("kind", sa.String),
    sa.column("at", UTCDateTime()),
    sa.column("order_id", sa.Integer),
    sa.column("customer_id", sa.Integer),
    sa.column("conversation_id", sa.Integer),
    sa.column("facts", sa.JSON),
    sa.column("done_at", UTCDateTime()),
)
"""`kind` is "dead-address" or "sending-domain" here; the others are written by the rooms above."""

ANSWER = "answer"
"""The purpose of what a person wrote; an acknowledgement or a notice stops no clock."""
NEVER_LEFT = ("cancelled", "failed")
FIRST_ANSWER, NEXT_ANSWER = 240, 240
"""Minutes of opening hours, where the desk has no settings yet."""
