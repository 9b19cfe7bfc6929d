"""The columns of the list of conversations, and the chips that say how each stands."""

from datetime import datetime, timedelta

from backoffice.mail import words as desk
from backoffice.mail.conversations.queries.lists import ConversationRow
from ui.kit.context import AppContext
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.shared.foreign import calm_line

SOON = timedelta(hours=1)
_STATE = {"open": "note", "waiting": "muted", "closed": "muted"}


def columns(app: AppContext) -> list[Column]:
    """All there are; those with `shown=False` wait in the column chooser."""
    words = app.words
    return [
        Column("sender", words("Sender"), width=150, show=who, strong=True),
        Column("subject", words("Subject"), stretch=True, show=lambda row: about(app, row)),
        Column("order_number", words("Order"), width=76, show=lambda row: calm_line(row.order_number)),
        Column("due_at", words("Answer by"), "chip", width=132, show=lambda row: due(app, row.due_at) or ""),
        Column("last_at", words("Last"), "ago", width=112),
        Column("number", words("Number"), width=76, shown=False),
        Column("state", words("State"), "chip", width=176, shown=False, show=lambda row: state(app, row.state)),
        Column("assigned_to", words("Given to"), width=110, shown=False, show=lambda row: calm_line(row.assigned_to)),
        Column("tags", words("Tags"), width=120, shown=False, show=lambda row: calm_line(", ".join(row.tags))),
        Column("messages", words("Mails"), "number", width=66, shown=False),
    ]


def who(row: ConversationRow) -> str:
    """Who writes: the customer where they are known, else what the mail says."""
    return calm_line(row.customer or row.sender) or f"#{row.number}"


def about(app: AppContext, row: ConversationRow) -> str:
    """The subject, then how the newest mail begins."""
    return " — ".join(filter(None, (subject(app, row), calm_line(row.preview))))


def subject(app: AppContext, row: ConversationRow) -> str:
    """The subject; a sentence where the mail has none."""
    return calm_line(row.subject) or app.words("(no subject)")


def due(app: AppContext, at: datetime | None) -> Chip | None:
    """By when an answer is due: red once it is late, amber in the last hour; None where nobody waits."""
    if at is None:
        return None
    left = at - app.shop.clock.now()
    return Chip(app.format.ago(at), "bad" if left <= timedelta() else "warn" if left <= SOON else "muted")


def state(app: AppContext, code: str) -> Chip:
    """Who has the next word."""
    return Chip(app.words(desk.STATES[code]), _STATE[code])
