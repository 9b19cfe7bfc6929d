"""What is remembered of a printed document: one row a document, however often it was printed, and its history."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backoffice.shipping.model import PrintedDocument
from backoffice.shipping.queries import printed
from backoffice.store import rows
from backoffice.store.journal import JournalLine
from backoffice.store.unit_of_work import Store, UnitOfWork

_D = rows.table_of(PrintedDocument).c
_AGAIN = (
    sa.update(PrintedDocument)
    .where(_D.kind == sa.bindparam("this_kind"), _D.subject == sa.bindparam("this_subject"))
    .values(times=_D.times + 1, last_at=sa.bindparam("now"), stock=sa.bindparam("on"))
)
VERBS = {
    "label": "shipment.label-printed",
    "packing-slip": "shipment.slip-printed",
    "pick-list": "order.pick-listed",
    "customs": "shipment.customs-printed",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what it is about ("shipment:12"), its number, and whose histories tell of it."""

    subject: str
    number: str
    order_ids: tuple[int, ...] = ()
    customer_id: int | None = None
    shipment_id: int | None = None


class Later:
    """Documents that were drawn to be looked at: they count when they are printed or saved, and then once."""

    def __init__(self) -> None:
        self._drawn: list[tuple[str, Sequence[Document]]] = []

    def hold(self, kind: str, documents: Sequence[Document]) -> None:
        """Remembers what was drawn."""
        self._drawn.append((kind, documents))

    def keep(self, store: Store) -> None:
        """They were printed or saved; looking at them once more and printing them again counts no second time."""
        drawn, self._drawn = self._drawn, []
        if drawn:
            with store.work() as work:
                for kind, documents in drawn:
                    keep(work, kind, documents)


def keep(work: UnitOfWork, kind: str, documents: Sequence[Document], *, stock: str = "") -> None:
    """Counts each document: the first time as a new row, later in its row; and a line in each order's history."""
    subjects = list(dict.fromkeys(document.subject for document in documents))
    before = printed.printed(work.session, kind, subjects)
    fresh = {"kind": kind, "first_at": work.now, "last_at": work.now, "stock": stock}
    rows.insert_many(work, PrintedDocument, [fresh | {"subject": each} for each in subjects if each not in before])
    again = [{"this_kind": kind, "this_subject": each, "now": work.now, "on": stock} for each in before]
    if again:
        work.touch("shipping")
        work.session.connection().execute(_AGAIN, again)
    if kind in VERBS:
        tell(work, VERBS[kind], documents)


def tell(work: UnitOfWork, verb: str, documents: Sequence[Document], **facts: object) -> None:
    """A line in each order's history, by one executemany: a thousand labels are a thousand lines."""
    shared = {"at": work.now, "who": work.who, "verb": verb}
    lines = [
        shared
        | {"order_id": order_id, "customer_id": document.customer_id, "shipment_id": document.shipment_id}
        | {"facts": {"number": document.number, **facts}}
        for document in documents
        for order_id in document.order_ids
    ]
    rows.insert_many(work, JournalLine, lines)
    work.touch("journal")
