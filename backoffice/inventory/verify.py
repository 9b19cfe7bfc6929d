"""Verify & repair: the counters kept with each product against the sums of the ledger."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.inventory import queries
from backoffice.inventory.model import Product
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that is not what the ledger says."""

    product_id: int
    counter: str
    kept: int
    proven: int


def differences(session: Session) -> list[Difference]:
    """All counters that differ from their ledger."""
    proven = queries.ledger_sums(session)
    return [
        Difference(product_id, counter, kept, proven.get(product_id, {}).get(counter, 0))
        for product_id, counters in queries.counters(session).items()
        for counter, kept in counters.items()
        if kept != proven.get(product_id, {}).get(counter, 0)
    ]


def repair(work: UnitOfWork) -> list[Difference]:
    """Sets each counter to what the ledger proves; what differed. A second run finds nothing."""
    found = differences(work.session)
    products = rows.table_of(Product).c
    for difference in found:
        statement = (
            sa.update(Product)
            .where(products.id == difference.product_id)
            .values({difference.counter: difference.proven})
        )
        rows.change(work, Product, statement)
        work.record(
            "stock.repaired",
            product_id=difference.product_id,
            counter=difference.counter,
            kept=difference.kept,
            proven=difference.proven,
        )
    return found
