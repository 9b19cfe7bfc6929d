"""Brings an order's lines to what a file says now, stock and all, and back again when the import is undone."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from backoffice.channels.candidates import CandidateLine, CandidateOrder
from backoffice.channels.importing import queries
from backoffice.channels.importing.amounts import OrderSums
from backoffice.channels.importing.differences import Pair, pairs
from backoffice.channels.importing.queries import KnownLine
from backoffice.channels.importing.taking import Taking
from backoffice.core.text import one_line
from backoffice.orders import stock
from backoffice.orders.events import OrderEdited
from backoffice.orders.model import Order, OrderLine
from backoffice.store import rows
from backoffice.store.prepared import Prepared
from backoffice.store.unit_of_work import UnitOfWork

SUMS = ("prices_include_tax", "total", "tax", "tax_rounding", "discount", "shipping", "shipping_tax")
_KEPT = ("ordered", "unit_price", "discount", "order_discount", "gross", "tax", "taxes", "requires_shipping")
_O = rows.table_of(Order).c
_L = rows.table_of(OrderLine).c
_TOUCHED = Prepared(sa.update(Order).where(_O.id == sa.bindparam("order")).values(version=_O.version + 1))
_NOTHING = {"ordered": 0, "discount": 0, "order_discount": 0, "gross": 0, "tax": 0, "taxes": []}


def bring_up_to_date(
    work: UnitOfWork, taking: Taking, order_id: int, order: CandidateOrder, sums: OrderSums
) -> list[dict[str, Any]]:
    """Changes, adds and empties lines and sets the order's sums; its lines as they were, to be put back.

    Nothing of the order may be packed. A line that is no longer in the file stays with nothing in it, as one that was
    taken away by hand: parcels' histories may name it.
    """
    known = queries.lines(work.session, order_id)
    paired = pairs(known, order.lines)
    taking.finder.find(work, [order.lines[pair.place] for pair in paired if pair.place is not None and not pair.known])
    for pair in paired:
        if pair.known is not None:
            _change(work, pair.known, _values(order, sums, pair))
    last = max((line.position for line in known), default=0)
    for position, pair in enumerate([pair for pair in paired if pair.known is None], start=last + 1):
        assert pair.place is not None
        values = _values(order, sums, pair)
        _add(work, taking, order.lines[pair.place], {"order_id": order_id, "position": position, **values})
    _settle(work, order_id, _head(sums))
    return [{name: getattr(line, name) for name in ("id", *_KEPT)} for line in known]


def put_back(work: UnitOfWork, order_id: int, before: Sequence[dict[str, Any]], head: dict[str, Any]) -> None:
    """The lines as `bring_up_to_date` found them; those it added go. `head` has the order's sums."""
    then = {line["id"]: line for line in before}
    for line in queries.lines(work.session, order_id):
        if line.id in then:
            _change(work, line, {name: then[line.id][name] for name in _KEPT})
        elif queries.in_parcels(work.session, line.id):
            _change(work, line, _NOTHING)
        else:
            _release(work, line, line.allocated)
            rows.change(work, OrderLine, sa.delete(OrderLine).where(_L.id == line.id))
    _settle(work, order_id, head)


def _values(order: CandidateOrder, sums: OrderSums, pair: Pair) -> dict[str, Any]:
    if pair.place is None:
        return _NOTHING
    told, own = order.lines[pair.place], sums.lines[pair.place]
    return {
        "ordered": told.quantity,
        "unit_price": told.unit_price,
        "discount": told.discount,
        "order_discount": own.order_discount,
        "gross": own.gross,
        "tax": own.tax,
        "taxes": json.loads(own.taxes),
        "requires_shipping": told.requires_shipping,
    }


def _change(work: UnitOfWork, line: KnownLine, values: dict[str, Any]) -> None:
    other = {name: value for name, value in values.items() if value != getattr(line, name)}
    if other:
        _release(work, line, line.allocated - values["ordered"])
        rows.set_values(work, OrderLine, line.id, **other)


def _release(work: UnitOfWork, line: KnownLine, units: int) -> None:
    if units > 0 and line.product_id is not None:
        stock.release_units(work, line.id, line.product_id, units)


def _add(work: UnitOfWork, taking: Taking, told: CandidateLine, values: dict[str, Any]) -> None:
    named = {"sku": told.sku, "name": one_line(told.name) or told.sku, "options": told.options}
    product_id = taking.finder.product_of(told)
    rows.insert(work, OrderLine, product_id=product_id, external_id=told.external_id, **named, **values)


def _head(sums: OrderSums) -> dict[str, Any]:
    """What a file names is rounded already: no line of the shop's own is among it."""
    told = {name: getattr(sums, name) for name in SUMS if name not in ("prices_include_tax", "tax_rounding")}
    return {"prices_include_tax": sums.included, "tax_rounding": 0, **told}


def _settle(work: UnitOfWork, order_id: int, head: dict[str, Any]) -> None:
    """Sums, stock for what is wanted now, and parcels that were being picked given up."""
    rows.set_values(work, Order, order_id, **head)
    rows.change(work, Order, _TOUCHED, order=order_id)
    stock.allocate(work, order_id)
    work.happened(OrderEdited(order_id))
