"""A file of counts: the shop's stock is brought to what the channel says, by adjustments that name the file."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Candidate, CandidateStock
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import Change, Verdict, What, rejected
from backoffice.channels.model import ImportedRecord
from backoffice.inventory import ledger
from backoffice.inventory import queries as stock
from backoffice.inventory.model import Bucket, MoveKind, Product, StockSource
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_P = rows.table_of(Product).c
_S = rows.table_of(StockSource).c


def name_of(found: Candidate) -> str:
    """What a count is called in a preview."""
    assert isinstance(found, CandidateStock)
    return f"{found.sku or found.name} {found.location}".strip()


def classify(session: Session, channel: str, counts: Sequence[CandidateStock]) -> list[Verdict]:
    """Changed where the file's number is another than last time; rejected where nobody knows the product."""
    ids = queries.ids_by_sku(session, [count.sku for count in counts if count.sku])
    named = queries.matches(session, channel, [count.external_id for count in counts if count.external_id])
    verdicts = []
    for count in counts:
        product_id = ids.get(count.sku) or named.get(count.external_id)
        if product_id is None:
            verdicts.append(rejected(count, "product-unknown", sku=count.sku or count.name))
        elif count.quantity is None or count.quantity < 0:
            verdicts.append(_no_number(count, product_id))
        else:
            verdicts.append(_verdict(session, channel, count, product_id))
    return verdicts


def apply(work: UnitOfWork, taking: Taking, verdicts: Sequence[Verdict]) -> None:
    """Adjusts the stock of each changed count and notes what the file said."""
    for verdict in verdicts:
        count = verdict.found
        if verdict.what not in (What.NEW, What.CHANGED) or not isinstance(count, CandidateStock):
            continue
        assert verdict.known is not None and count.quantity is not None
        last = queries.last_count(work.session, taking.channel, verdict.known, count.location)
        _adjust(work, taking, verdict.known, count, last)
        _note(work, taking, verdict.known, count, last)
        _fill(work, verdict.known, count)


def _no_number(count: CandidateStock, product_id: int) -> Verdict:
    if count.quantity is None:
        return Verdict(What.UNCHANGED, count, product_id)
    return rejected(count, "stock-negative", sku=count.sku, quantity=count.quantity)


def _verdict(session: Session, channel: str, count: CandidateStock, product_id: int) -> Verdict:
    last = queries.last_count(session, channel, product_id, count.location)
    if last == count.quantity:
        return Verdict(What.UNCHANGED, count, product_id)
    product = stock.product_row(session, product_id)
    now = product.available if count.counts == "available" else product.on_hand
    what = What.NEW if last is None else What.CHANGED
    return Verdict(what, count, product_id, (Change("stock", now if last is None else last, count.quantity),))


def _adjust(work: UnitOfWork, taking: Taking, product_id: int, count: CandidateStock, last: int | None) -> None:
    """The first count of a place sets it beside the others; a later one moves the stock by the difference.

    Stock never goes below zero here: what is missing is shown by the sums, not invented.
    """
    assert count.quantity is not None
    product = stock.product_row(work.session, product_id)
    if last is not None:
        by = count.quantity - last
    elif queries.counted_elsewhere(work.session, taking.channel, product_id):
        by = count.quantity
    else:
        by = count.quantity - (product.available if count.counts == "available" else product.on_hand)
    by = max(by, -product.sellable)
    if not by:
        return
    source, target = (Bucket.ADJUSTMENT, Bucket.SELLABLE) if by > 0 else (Bucket.SELLABLE, Bucket.ADJUSTMENT)
    ledger.move(
        work,
        product_id,
        abs(by),
        source=source,
        target=target,
        kind=MoveKind.ADJUST,
        reason=taking.file_name,
        reference=count.location,
        batch_id=taking.batch_id,
    )


def _note(work: UnitOfWork, taking: Taking, product_id: int, count: CandidateStock, last: int | None) -> None:
    before = {"channel": taking.channel, "location": count.location, "quantity": last}
    record = {"kind": "stock", "record_id": product_id, "made": last is None, "before": before}
    rows.insert(work, ImportedRecord, batch_id=taking.batch_id, **record)
    this = sa.and_(_S.channel == taking.channel, _S.product_id == product_id, _S.location == count.location)
    values = {"quantity": count.quantity, "at": work.now}
    if not rows.change(work, StockSource, sa.update(StockSource).where(this).values(**values)):
        rows.insert(work, StockSource, channel=taking.channel, product_id=product_id, location=count.location, **values)


def _fill(work: UnitOfWork, product_id: int, count: CandidateStock) -> None:
    """Bin, tariff number and origin are taken where the shop has none yet."""
    for name in ("bin", "hs_code", "origin"):
        said = getattr(count, name)
        if said:
            statement = sa.update(Product).where(_P.id == product_id, _P[name] == "").values({name: said})
            rows.change(work, Product, statement)
