"""A unit of work: one session, one write transaction, one announcement of what changed."""

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from backoffice.core.calendar import Clock
from backoffice.core.errors import Outage, Refused
from backoffice.store import engine as engines
from backoffice.store import journal
from backoffice.store.outages import told

Entity = TypeVar("Entity", bound=SQLModel)
Answer = TypeVar("Answer")
Reaction = Callable[["UnitOfWork", Any], None]


class NestedWork(RuntimeError):
    """A unit of work was begun inside another one of the same thread: a bug, because it would wait for itself."""


def feature_of(kind: type) -> str:
    """The feature a model belongs to: `backoffice.orders.model` -> "orders"."""
    return kind.__module__.split(".")[1]


class Closed(RuntimeError):
    """The shop is closed: whoever still works with it would do so without its side lock."""


class WritingQuery(RuntimeError):
    """A query tried to write: a bug; writing is done in a unit of work."""


class _Session(Session):
    """The session of a unit of work. Listening to this class once is far cheaper than to each session."""

    work: "UnitOfWork"
    driver: sqlite3.Connection | None = None
    """The driver's connection while a unit of work goes on, so that nobody has to look it up at each statement."""


class UnitOfWork:
    """What an action is given: the session, the moment, who acts, the journal and the announcements."""

    def __init__(self, session: Session, *, now: datetime, who: str) -> None:
        self.session = session
        self.now = now
        self.who = who
        self.touched: set[str] = set()
        self.news: list[object] = []

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
        """One line in the history.

        `order_id`, `customer_id`, `product_id`, `shipment_id` say what it is about; all others are its facts.
        """
        journal.write(self.session, at=self.now, who=self.who, verb=verb, **subjects_and_facts)
        self.touched.add("journal")

    def happened(self, news: object) -> None:
        """Announces upwards: the reactions to this kind of event run before the commit, in this transaction."""
        self.news.append(news)

    def touch(self, feature: str) -> None:
        """For writes in text SQL or by executemany, which the session does not see."""
        self.touched.add(feature)


@event.listens_for(_Session, "before_flush")
def _note_flush(session: _Session, _context: object, _instances: object) -> None:
    touched = session.work.touched
    for entity in (*session.new, *session.deleted):
        touched.add(feature_of(type(entity)))
    for entity in session.dirty:
        if session.is_modified(entity):
            touched.add(feature_of(type(entity)))


@event.listens_for(_Session, "do_orm_execute")
def _note_bulk(state: ORMExecuteState) -> None:
    if (state.is_update or state.is_delete or state.is_insert) and state.bind_mapper is not None:
        assert isinstance(state.session, _Session)
        state.session.work.touched.add(feature_of(state.bind_mapper.class_))


class Store:
    """The one database of a shop: short write transactions one at a time, reads beside them."""

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock,
        reactions: Mapping[type, Sequence[Reaction]],
        who: str,
        path: Path | None = None,
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.reactions = reactions
        self.who = who
        self.path = path or Path(engine.url.database or "")
        self.only_read = False
        """Nothing is to be written: every unit of work is refused `shop.only-read`."""

        self.writes = 0
        """Transactions committed since the shop was opened."""
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._turn = threading.Lock()
        self._writing_thread: int | None = None
        self._closed = False
        self._writer: Connection | None = None
        self._writing: _Session

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """One write transaction; whatever is raised inside undoes all of it, reactions included.

        Refuses `shop.only-read` where it may only be looked at. Raises Outage `store.…` where the disk fails; then
        nothing of this transaction is kept.
        """
        with self._in_turn(), told(self.path), self._session() as session:
            work = session.work = UnitOfWork(session, now=self.clock.now(), who=self.who)
            connection = session.connection()
            session.driver = engines.raw(connection)
            yield work
            while work.news:
                news = work.news.pop(0)
                for react in self.reactions.get(type(news), ()):
                    react(work, news)
            session.flush()
            self._commit(connection)
            self.writes += 1
        if work.touched:
            self._announce(frozenset(work.touched))

    def ask(self, query: Callable[..., Answer], *args: Any, **kwargs: Any) -> Answer:
        """What `query(session, …)` answers, read in one transaction that can write nothing."""
        self._check_open()
        with told(self.path), Session(self.engine, expire_on_commit=False) as session:
            try:
                return query(session, *args, **kwargs)
            except (OperationalError, sqlite3.OperationalError) as error:
                cause = error.orig if isinstance(error, OperationalError) else error
                if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY:
                    raise WritingQuery(str(cause)) from error  # no disk's fault: a bug
                raise

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Calls `listener` with the features touched after each commit, in the thread that wrote."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Waits for the writer and ends all work; `engine.dispose()` then closes the readers' connections."""
        with self._turn:
            self._closed = True
            self._drop_writer()

    def _check_open(self) -> None:
        if self._closed:
            raise Closed(self.path.name)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One writer at a time in this process; other processes wait at BEGIN IMMEDIATE."""
        thread = threading.get_ident()
        if self.only_read:
            raise Refused("shop.only-read")
        if self._writing_thread == thread:
            raise NestedWork("this thread is inside a unit of work already: hand that one on, or begin after it ends")
        with self._turn:
            self._check_open()
            self._writing_thread = thread
            try:
                yield
            finally:
                self._writing_thread = None

    @contextmanager
    def _session(self) -> Iterator[_Session]:
        """The one session of the one writer, begun by its first use; whatever is not committed is undone."""
        if self._writer is None:
            self._writer = self.engine.connect().execution_options(write=True)
            self._writing = _Session(bind=self._writer, expire_on_commit=False)
        try:
            yield self._writing
        finally:
            self._writing.driver = None
            try:
                self._writing.close()
            finally:
                if self._writer.invalidated or self._writer.closed or engines.raw(self._writer).in_transaction:
                    self._drop_writer()  # what it could not undo must not become part of the next transaction

    def _drop_writer(self) -> None:
        if self._writer is not None:
            self._writer.invalidate()
            self._writer.close()
            self._writer = None

    def _commit(self, connection: Connection) -> None:
        """COMMIT straight on the driver: the session has nothing to learn from it, and its own way costs 60 µs more.

        SQLite itself undoes a transaction when the disk fills; what an action wrote after that is none of it.
        """
        driver = engines.raw(connection)
        if not driver.in_transaction:
            raise Outage("store.not-saved", file=self.path.name)
        driver.execute("COMMIT").close()

    def _announce(self, features: frozenset[str]) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(features)
            except Exception:
                # The commit is done: a screen that stumbles must not look like a write that failed.
                sys.excepthook(*sys.exc_info())
