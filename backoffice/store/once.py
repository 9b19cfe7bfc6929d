"""What must happen once only: a row is written before the effect, so that a second try knows of the first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, Session, SQLModel, col, select

from backoffice.store.types import STRICT
from backoffice.store.unit_of_work import UnitOfWork


class Effect(SQLModel, table=True):
    """One thing done, or begun, once: a label printed, money given back, a step of a case taken."""

    __tablename__ = "effect"
    __table_args__ = STRICT

    key: str = Field(primary_key=True)
    """The writer's own name for it: "label:shipment:12", "refund:return:7"."""
    begun_at: datetime
    done_at: datetime | None = None
    result: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    """Until it is done, what is to be done; then what came of it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of an effect: when it began, when it was done (None: not yet), and what came of it.

    Until it is done, `result` is the plan it was begun with.
    """

    key: str
    begun_at: datetime
    done_at: datetime | None
    result: dict[str, Any]


def once(work: UnitOfWork, key: str, **plan: Any) -> bool:
    """True for the first who asks for `key` and whose transaction is kept; False for everybody after.

    `plan` (JSON values) is what whoever goes on after a power cut must know.
    """
    written = work.session.connection().execute(_BEGIN, {"key": key, "begun_at": work.now, "result": plan})
    return bool(written.rowcount == 1)


def finish(work: UnitOfWork, key: str, **result: Any) -> None:
    """The effect is done; `result` (JSON values) is what a second asker gets. Repeating it changes nothing."""
    work.session.connection().execute(_FINISH, {"this": key, "done_at": work.now, "result": result})


def give_up(work: UnitOfWork, key: str) -> None:
    """Forgets an effect that was begun and did not happen; one that is done stays."""
    work.session.connection().execute(_GIVE_UP, {"this": key})


def known(session: Session, key: str) -> Done | None:
    """What is known of the effect; None where nobody began it."""
    found = session.get(Effect, key)
    return None if found is None else Done(found.key, found.begun_at, found.done_at, dict(found.result))


def unfinished(session: Session, prefix: str) -> list[str]:
    """The keys that begin with `prefix` and whose effect was begun and not finished, oldest first."""
    ours = col(Effect.key).startswith(prefix, autoescape=True)
    wanted = select(Effect.key).where(col(Effect.done_at).is_(None), ours)
    return list(session.exec(wanted.order_by(col(Effect.begun_at), Effect.key)))


_BEGIN = sa.insert(Effect).prefix_with("OR IGNORE", dialect="sqlite")
_GIVE_UP = sa.delete(Effect).where(col(Effect.key) == sa.bindparam("this"), col(Effect.done_at).is_(None))
_FINISH = (
    sa.update(Effect)
    .where(col(Effect.key) == sa.bindparam("this"), col(Effect.done_at).is_(None))
    .values(done_at=sa.bindparam("done_at"), result=sa.bindparam("result"))
)
