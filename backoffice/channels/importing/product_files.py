"""A file of products: new ones with their opening stock, changed ones but for what the owner edited by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from backoffice.channels import queries
from backoffice.channels.candidates import Candidate, CandidateProduct
from backoffice.channels.importing.taking import Taking
from backoffice.channels.importing.verdicts import Change, Verdict, What, rejected
from backoffice.channels.model import ImportedRecord, ProductMatch
from backoffice.core.text import lines_of, one_line
from backoffice.inventory import actions as inventory
from backoffice.inventory import queries as stock
from backoffice.inventory.drafts import ProductDraft
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

_M = rows.table_of(ProductMatch).c
_FIELDS = tuple(ProductDraft.__slots__)


def name_of(found: Candidate) -> str:
    """What a product is called in a preview."""
    assert isinstance(found, CandidateProduct)
    return f"{sku_of(found)} {one_line(found.name)}".strip()


def sku_of(found: CandidateProduct) -> str:
    """The file's SKU; where it has none, the channel's own id serves."""
    return found.sku or found.external_id


def key_of(found: CandidateProduct) -> str:
    """What the match is remembered by."""
    return found.external_id or found.sku


def classify(session: Session, channel: str, products: Sequence[CandidateProduct]) -> list[Verdict]:
    """New, changed, unchanged, or rejected where a draft of the product has a fault."""
    known = queries.known_products(session, channel, [key_of(product) for product in products])
    by_sku = queries.ids_by_sku(session, [sku_of(product) for product in products])
    claimed: set[str] = set()
    verdicts = []
    for product in products:
        verdict = _verdict(session, product, known.get(key_of(product)), by_sku.get(sku_of(product)))
        if sku_of(product) in claimed and verdict.what is not What.REJECTED:
            verdict = rejected(product, "sku-taken-here", sku=sku_of(product))
        claimed.add(sku_of(product))
        verdicts.append(verdict)
    return verdicts


def apply(work: UnitOfWork, taking: Taking, verdicts: Sequence[Verdict]) -> None:
    """Writes new products with their opening stock and changes the others."""
    for verdict in verdicts:
        if verdict.what not in (What.NEW, What.CHANGED):
            continue
        found = verdict.found
        assert isinstance(found, CandidateProduct)
        if verdict.what is What.NEW:
            product_id = _create(work, taking, found)
        else:
            assert verdict.known is not None
            product_id = verdict.known
            _change(work, taking, found, product_id, verdict)
        _remember(work, taking, found, product_id)


def values_of(found: CandidateProduct) -> dict[str, Any]:
    """The fields that the file names, as a draft has them; what it does not say is absent."""
    price = found.sale_price if found.sale_price is not None else found.price
    said: dict[str, Any] = {
        "sku": sku_of(found),
        "name": one_line(found.name) or sku_of(found),
        "options": dict(found.options) or None,
        "parent": found.parent or None,
        "barcode": None if found.barcode_doubtful else found.barcode or None,
        "price": price,
        "backorder": found.backorder,
        "active": found.active,
        "tags": list(found.tags) or None,
        "description": "\n".join(lines_of(found.description)) or None,
        "picture": found.picture.rsplit("/", 1)[-1].split("?")[0][:200] or None,
    }
    same = ("cost", "tax_class", "weight_g", "length_mm", "width_mm", "height_mm", "hs_code", "origin", "supplier")
    more = ("bin", "reorder_point", "reorder_quantity", "safety_stock", "notes")
    said |= {name: getattr(found, name) for name in (*same, *more)}
    return {name: value for name, value in said.items() if value not in (None, "")}


def _verdict(
    session: Session, product: CandidateProduct, known: queries.KnownProduct | None, by_sku: int | None
) -> Verdict:
    product_id = known.product_id if known else by_sku
    values = values_of(product)
    draft = _draft({}, values) if product_id is None else _draft(stock.details(session, product_id), values)
    faults = [fault for fault in draft.faults() if fault.name not in ("barcode", "hs_code", "origin")]
    if faults:
        return rejected(product, faults[0].code, **faults[0].facts)
    if product_id is None:
        return Verdict(What.NEW, product)
    if known is not None and known.fingerprint == product.fingerprint:
        return Verdict(What.UNCHANGED, product, product_id)
    changes = tuple(_differences(stock.details(session, product_id), values, known.imported if known else {}))
    if known is not None and known.fingerprint and not changes:
        return Verdict(What.UNCHANGED, product, product_id)
    return Verdict(What.CHANGED, product, product_id, changes)


def _differences(now: dict[str, Any], values: dict[str, Any], imported: dict[str, Any]) -> list[Change]:
    """A field that no longer holds what the last file set was edited by hand: it stays."""
    return [
        Change(name, now[name], value, kept=name in imported and imported[name] != now[name])
        for name, value in values.items()
        if now[name] != value
    ]


def _draft(now: dict[str, Any], values: dict[str, Any]) -> ProductDraft:
    known = {name: now[name] for name in _FIELDS if name in now}
    merged = known | values
    return ProductDraft(**{**merged, "tags": tuple(merged.get("tags", ()))})


def _create(work: UnitOfWork, taking: Taking, found: CandidateProduct) -> int:
    draft = _clean(_draft({}, values_of(found)))
    opening = max(found.quantity or 0, 0) if found.tracked is not False else 0
    product_id = inventory.create(work, draft, opening=opening, batch_id=taking.batch_id)
    _record(work, taking, product_id, made=True, before={})
    return product_id


def _change(work: UnitOfWork, taking: Taking, found: CandidateProduct, product_id: int, verdict: Verdict) -> None:
    now = stock.details(work.session, product_id)
    wanted = {change.field: change.new for change in verdict.changes if not change.kept}
    if wanted:
        before = {name: now[name] for name in wanted} | {"left_at": now["version"] + 1}
        _record(work, taking, product_id, made=False, before=before)
        draft = _clean(_draft(now, wanted))
        inventory.change(work, product_id, draft, version=now["version"])


def _clean(draft: ProductDraft) -> ProductDraft:
    """A doubtful barcode, tariff number or origin is left out: the product is worth more than they are."""
    wrong = {fault.name: "" for fault in draft.faults() if fault.name in ("barcode", "hs_code", "origin")}
    return replace(draft, **wrong) if wrong else draft  # type: ignore[arg-type]


def _record(work: UnitOfWork, taking: Taking, product_id: int, *, made: bool, before: dict[str, Any]) -> None:
    rows.insert(
        work, ImportedRecord, batch_id=taking.batch_id, kind="product", record_id=product_id, made=made, before=before
    )


def _remember(work: UnitOfWork, taking: Taking, found: CandidateProduct, product_id: int) -> None:
    this = sa.and_(_M.channel == taking.channel, _M.external == key_of(found))
    values = {"fingerprint": found.fingerprint, "imported": values_of(found), "product_id": product_id}
    if not rows.change(work, ProductMatch, sa.update(ProductMatch).where(this).values(**values)):
        rows.insert(
            work, ProductMatch, channel=taking.channel, external=key_of(found), batch_id=taking.batch_id, **values
        )
