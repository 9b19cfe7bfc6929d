"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the schema before to this one. Making a table anew (batch) drops its triggers: make them again."""
    ${upgrades if upgrades else "pass"}
