"""A unit of work: one session, one write transaction, one announcement of what changed."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from backoffice.core.calendar import Clock
from backoffice.core.errors import Refused
from backoffice.store import journal

Entity = TypeVar("Entity", bound=SQLModel)
Answer = TypeVar("Answer")
Reaction = Callable[["UnitOfWork", Any], None]


def feature_of(kind: type) -> str:
    """The feature a model belongs to: `backoffice.orders.model` -> "orders"."""
    return kind.__module__.split(".")[1]


class UnitOfWork:
    """What an action is given: the session, the moment, who acts, the journal and the announcements."""

    def __init__(self, session: Session, *, now: datetime, who: str) -> None:
        self.session = session
        self.now = now
        self.who = who
        self.touched: set[str] = set()
        self.news: list[object] = []
        event.listen(session, "before_flush", self._note_flush)
        event.listen(session, "do_orm_execute", self._note_bulk)

    def get(self, kind: type[Entity], record_id: int) -> Entity:
        """The record with this id. Refuses `<feature>.unknown` where there is none."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise Refused(f"{feature_of(kind)}.unknown", id=record_id)
        return found

    def add(self, entity: Entity) -> Entity:
        """Adds and flushes, so that the entity has its id."""
        self.session.add(entity)
        self.session.flush()
        return entity

    def record(self, verb: str, **subjects_and_facts: Any) -> None:
        """One line in the history: `order_id`, `customer_id`, `product_id`, `shipment_id` are its subjects, the rest its facts."""
        journal.write(self.session, at=self.now, who=self.who, verb=verb, **subjects_and_facts)
        self.touched.add("journal")

    def happened(self, news: object) -> None:
        """Announces upwards: the reactions to this kind of event run before the commit, in this transaction."""
        self.news.append(news)

    def touch(self, feature: str) -> None:
        """For writes in text SQL or by executemany, which the session does not see."""
        self.touched.add(feature)

    def _note_flush(self, session: Session, _context: object, _instances: object) -> None:
        for entity in (*session.new, *session.deleted):
            self.touched.add(feature_of(type(entity)))
        for entity in session.dirty:
            if session.is_modified(entity):
                self.touched.add(feature_of(type(entity)))

    def _note_bulk(self, state: ORMExecuteState) -> None:
        if (state.is_update or state.is_delete or state.is_insert) and state.bind_mapper is not None:
            self.touched.add(feature_of(state.bind_mapper.class_))


class Store:
    """The one database of a shop: short write transactions one at a time, reads beside them."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock,
        reactions: Mapping[type, Sequence[Reaction]],
        who: str,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.reactions = reactions
        self.who = who
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._writer = threading.Lock()
        self._writing_engine = engine.execution_options(write=True)

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """One write transaction; whatever is raised inside undoes all of it, reactions included."""
        with (
            self._writer,
            Session(self._writing_engine, expire_on_commit=False) as session,
        ):
            work = UnitOfWork(session, now=self.clock.now(), who=self.who)
            with session.begin():
                yield work
                while work.news:
                    news = work.news.pop(0)
                    for react in self.reactions.get(type(news), ()):
                        react(work, news)
        if work.touched:
            self._announce(frozenset(work.touched))

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What `query(session, …)` answers, read in one transaction."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return query(session, *args, **kwargs)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Calls `listener` with the features touched after each commit, in the thread that wrote."""
        self._listeners.append(listener)

    def _announce(self, features: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            listener(features)
