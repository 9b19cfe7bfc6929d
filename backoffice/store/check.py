"""*Check my data*: what must be true of a shop, feature by feature; here the frame and the store's own checks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, SQLModel

from backoffice.core.errors import Refused
from backoffice.core.language import Language, mark
from backoffice.store import engine, jobs, schema, search

MOST_FAULTS = 100


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it must be: a marked sentence and the facts that fill it."""

    sentence: str
    facts: dict[str, object] = field(default_factory=dict)

    def told(self, language: Language) -> str:
        """As a sentence for people."""
        return language.words(self.sentence).format(**self.facts)


Result = tuple[int, Sequence[Fault]]
"""How many things were looked at, and what was found wrong."""


@dataclass(frozen=True)
class Check:
    """One rule over the whole shop: `name` is its code ("stock-ledger"), `title` a marked sentence for people."""

    name: str
    title: str
    run: Callable[[Session], Result]


@dataclass(frozen=True)
class Outcome:
    """What one check found; at most MOST_FAULTS faults are kept, `found` counts all of them."""

    name: str
    title: str
    looked_at: int
    found: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong."""
        return not self.found


def run_all(
    session: Session,
    checks: Sequence[Check],
    *,
    progress: jobs.Progress = jobs.nobody_watches,
    cancelled: jobs.Cancelled = jobs.never,
) -> list[Outcome]:
    """Every check in turn, in one read transaction. Refuses `store.check-stopped` when cancelled."""
    outcomes = []
    driver = engine.raw(session.connection())
    for place, check in enumerate(checks):
        progress(place, len(checks))
        if cancelled():
            raise Refused("store.check-stopped")
        with jobs.stoppable(driver, cancelled, Refused("store.check-stopped")):
            looked_at, faults = _made(check, session)
        outcomes.append(Outcome(check.name, check.title, looked_at, len(faults), tuple(faults[:MOST_FAULTS])))
    progress(len(checks), len(checks))
    return outcomes


def _made(check: Check, session: Session) -> Result:
    """What the check finds; where data is so broken that it cannot be read, that is what it finds."""
    try:
        return check.run(session)
    except (ValueError, TypeError, LookupError, Refused) as error:
        if isinstance(error, Refused) and error.code == "store.check-stopped":
            raise
        told = error.code if isinstance(error, Refused) else str(error)
    except OperationalError as error:
        if "malformed JSON" not in str(error.orig):
            raise
        told = str(error.orig)
    return 0, [fault(mark("This could not be looked at, because something it needs cannot be read: {told}"), told=told)]


def fault(sentence: str, **facts: object) -> Fault:
    """`fault(mark("{sku}: on hand {kept}, ledger {proven}"), sku=…, kept=…, proven=…)`."""
    return Fault(sentence, facts)


def rows_wrong(count_sql: str, wrong_sql: str, sentence: str) -> Callable[[Session], Result]:
    """A check in SQL: `count_sql` says how much is looked at, each row of `wrong_sql` fills the marked sentence.

    The sentence's facts are the columns of `wrong_sql`, which should carry a LIMIT of its own only if a fault can
    be told by one row for many.
    """

    def run(session: Session) -> Result:
        connection = session.connection()
        looked_at = int(connection.exec_driver_sql(count_sql).scalar_one())
        wrong = connection.exec_driver_sql(wrong_sql).mappings()
        return looked_at, [Fault(sentence, dict(row)) for row in wrong]

    return run


def findable(kind: str, ids_sql: str, name: str, title: str) -> Check:
    """A check that exactly the records of `ids_sql` (one column, `id`) have a document of `kind` in the search."""
    documents = f"SELECT record_id AS id FROM search_document WHERE kind = '{kind}'"
    wrong = f"""
    SELECT id FROM (SELECT * FROM ({ids_sql}) EXCEPT {documents})
    UNION ALL SELECT id FROM ({documents} EXCEPT SELECT * FROM ({ids_sql}))
    """
    sentence = mark("Record {id}: the search has it wrong")
    return Check(name, title, rows_wrong(f"SELECT count(*) FROM ({ids_sql})", wrong, sentence))


def _every_page(session: Session) -> Result:
    connection = session.connection()
    pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
    try:
        told = [row[0] for row in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})")]
    except DBAPIError as error:
        told = [str(error.orig)]
    return pages, [fault(mark("The file is damaged: {told}"), told=line) for line in told if line != "ok"]


def _every_reference(session: Session) -> Result:
    connection = session.connection()
    tables = int(connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").scalar_one())
    wrong = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    sentence = mark("{table}, row {row}: the {parent} it names is not there")
    return tables, [fault(sentence, table=table, row=row, parent=parent) for table, row, parent, _key in wrong]


def _as_made(session: Session) -> Result:
    driver = engine.raw(session.connection())
    wrong = schema.differences(driver, schema.SCHEMA)
    return len(schema.expected(schema.SCHEMA)), [
        fault(mark("{part} is not as the program made it"), part=part) for part in wrong
    ]


def _no_exception_open(session: Session) -> Result:
    rows = session.connection().exec_driver_sql("SELECT purpose FROM ledger_exception").all()
    return 1, [fault(mark("A ledger was left open for changes ({purpose})"), purpose=row[0]) for row in rows]


def _search_index(session: Session) -> Result:
    """Every document has its row in the index and no other has one; and up to 2,000 are found by their own title."""
    connection = session.connection()
    documents = int(connection.exec_driver_sql("SELECT count(*) FROM search_document").scalar_one())
    faults = []
    for sentence, wrong in _UNINDEXED.items():
        faults += [fault(sentence, id=row[0]) for row in connection.exec_driver_sql(wrong)]
    every = max(1, documents // _TITLES_TRIED)
    titles = connection.exec_driver_sql("SELECT id, title FROM search_document WHERE id % ? = 0", (every,)).all()
    for record_id, title in titles:
        if (own := search.phrase(title)) and not connection.exec_driver_sql(_OWN_TITLE, (own, record_id)).first():
            faults.append(fault(mark("Search document {id} is not found by its title"), id=record_id))
    return documents, faults


def _every_cell_of_json(session: Session) -> Result:
    """Every cell that holds JSON can be read as such, in the tables of all features."""
    connection = session.connection()
    columns = [
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.JSON)
    ]
    faults = []
    sentence = mark("{table}, row {row}: {column} cannot be read")
    for table, column in columns:
        wrong = f'SELECT rowid FROM {table} WHERE "{column}" IS NOT NULL AND NOT json_valid("{column}")'
        rows = connection.exec_driver_sql(wrong)
        faults += [fault(sentence, table=table, row=row[0], column=column) for row in rows]
    return len(columns), faults


_TITLES_TRIED = 2000
_OWN_TITLE = "SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid = ?"
_DOCUMENTS = "SELECT id FROM search_document"
_INDEXED = "SELECT id FROM search_index_docsize"  # one row for each document the index knows
_UNINDEXED = {
    mark("Search document {id} is missing in the index"): f"{_DOCUMENTS} EXCEPT {_INDEXED}",
    mark("The index has document {id}, which is gone"): f"{_INDEXED} EXCEPT {_DOCUMENTS}",
}
_TALLY = """
WITH truth AS (SELECT status, payment, dispatch, count(*) AS orders FROM orders GROUP BY 1, 2, 3),
     kept AS (SELECT status, payment, dispatch, orders FROM order_tally WHERE orders != 0)
SELECT status, payment, dispatch FROM (SELECT * FROM truth EXCEPT SELECT * FROM kept)
UNION SELECT status, payment, dispatch FROM (SELECT * FROM kept EXCEPT SELECT * FROM truth)
"""

PHYSICAL: tuple[Check, ...] = (
    Check("file", mark("Every page of the file can be read"), _every_page),
    Check("references", mark("Whatever a record names is there"), _every_reference),
)
"""What the proof of a backup has looked at already."""

STORE_CHECKS: tuple[Check, ...] = (
    *PHYSICAL,
    Check("schema", mark("Tables and the guards of the ledgers are as the program made them"), _as_made),
    Check("json", mark("What is kept as JSON can be read"), _every_cell_of_json),
    Check("ledgers-closed", mark("No ledger is open for changes"), _no_exception_open),
    Check("search-index", mark("The search index has every document, once"), _search_index),
    Check(
        "order-tally",
        mark("The counts beside the order views are right"),
        rows_wrong(
            "SELECT count(*) FROM orders",
            _TALLY,
            mark("The count of orders that are {status}, {payment}, {dispatch} is wrong"),
        ),
    ),
)


def faults_in(outcomes: Iterable[Outcome]) -> int:
    """How many faults there are in all."""
    return sum(outcome.found for outcome in outcomes)
