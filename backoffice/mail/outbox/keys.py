"""The secret that proves our Message-IDs, and how long a letter waits to be taken back.

Both stand in the desk's settings, which belong to a room above: the table is known here by name, never by import. A
test holds the names and the usual values against the model.
"""

import secrets

import sqlalchemy as sa

from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

USUAL: dict[str, object] = {
    "acknowledge": False,
    "notices": [],
    "answer_minutes": 240,
    "next_minutes": 240,
    "undo_seconds": 15,
    "version": 1,
}
_TABLE = sa.table(
    "mail_settings",
    sa.column("id", sa.Integer),
    sa.column("thread_key", sa.String),
    sa.column("acknowledge", sa.Boolean),
    sa.column("notices", sa.JSON),
    sa.column("answer_minutes", sa.Integer),
    sa.column("next_minutes", sa.Integer),
    sa.column("undo_seconds", sa.Integer),
    sa.column("version", sa.Integer),
)
_KEY = sa.bindparam("key", type_=sa.String())
_READ = Prepared(sa.text("SELECT thread_key, undo_seconds FROM mail_settings WHERE id = 1"))
_FIRST = Prepared(sa.insert(_TABLE).values(id=1, thread_key=_KEY, **USUAL))
_MAKE = Prepared(sa.update(_TABLE).where(_TABLE.c.id == 1).values(thread_key=_KEY))


def thread_key(work: UnitOfWork) -> str:
    """The shop's secret in hex, made at its first use."""
    found = _READ.one(work.session)
    if found is not None and found[0]:
        return str(found[0])
    key = secrets.token_hex(32)
    (_FIRST if found is None else _MAKE).run(work.session, key=key)
    work.touch("mail")
    return key


def undo_seconds(work: UnitOfWork) -> int:
    """How long what a person wrote waits before it leaves."""
    found = _READ.one(work.session)
    return int(found[1]) if found is not None else int(str(USUAL["undo_seconds"]))
