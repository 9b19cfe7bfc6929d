"""Commands from order to parcel: pick, pack, ship, print."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.commands.orders import parcel_answer
from backoffice.core.errors import Refused
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts as order_facts
from backoffice.sentences import sentence_for
from backoffice.shipping import actions, packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import facts, parcels, picking
from backoffice.shop import Shop
from backoffice.store.unit_of_work import UnitOfWork

Orders = Annotated[list[str], typer.Argument(metavar="ORDER…", help="Order numbers.", show_default=False)]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for command in (pick, pack, ship):
        app.command()(command)


def pick(shop: ShopFile, orders: Orders, json: Json = False) -> None:
    """Say what to take from which shelf for these orders."""

    def task() -> int:
        with answers.opened(shop) as opened:
            ids = [opened.ask(order_facts.id_of, number) for number in orders]
            rows = opened.ask(picking.to_pick, ids)
            without = dict(zip(ids, orders, strict=True)).keys() - {row.order_id for row in rows}
            refused = [_nothing(opened, order_id) for order_id in ids if order_id in without]
        if json:
            names = ("bin", "sku", "name", "options", "quantity", "order_number")
            picked = [{name: getattr(row, name) for name in names} for row in rows]
            answers.say_json({"rows": picked, "refused": refused})
        else:
            cells = [[row.bin, row.quantity, row.sku, row.name, row.order_number] for row in rows]
            answers.table(["bin", "units", "sku", "name", "order"], cells)
            for one in refused:
                answers.complain(one["reason"])
        return answers.REFUSED if refused else answers.DONE

    answers.run(task)


def _nothing(shop: Shop, order_id: int) -> dict[str, str]:
    """Why an order has nothing to pick."""
    head = shop.ask(order_facts.head, order_id)
    code = "shipping.nothing-to-pack" if head.status is OrderStatus.OPEN else "shipping.not-open"
    reason = sentence_for(Refused(code, number=head.number), answers.language_of(shop))
    return {"number": head.number, "code": code, "reason": reason}


def pack(shop: ShopFile, orders: Orders, json: Json = False) -> None:
    """Pack what is ready of each order into a parcel of its own."""
    answers.run(lambda: _each(shop, orders, _pack, json=json))


def ship(
    shop: ShopFile,
    orders: Orders,
    tracking: Annotated[str, typer.Option(help="The tracking number, for one order.")] = "",
    json: Json = False,
) -> None:
    """Dispatch the packed parcels of each order."""

    def shipped(work: UnitOfWork, order_id: int, number: str) -> list[int]:
        packed = [row.id for row in facts.shipments_of(work.session, order_id) if row.state is ShipmentState.PACKED]
        if not packed:
            raise Refused("shipping.nothing-packed", number=number)
        for shipment_id in packed:
            actions.ship(work, shipment_id, tracking=tracking)
        return packed

    def task() -> int:
        if tracking and len(orders) > 1:
            raise Refused("shipping.one-tracking")
        return _each(shop, orders, shipped, json=json)

    answers.run(task)


def _pack(work: UnitOfWork, order_id: int, _number: str) -> list[int]:
    return [packing.pack(work, order_id)]


def _each(file: ShopFile, numbers: list[str], step: Callable[[UnitOfWork, int, str], list[int]], *, json: bool) -> int:
    """Each order in a transaction of its own: one that is refused does not hold up the others."""
    with answers.opened(file) as shop:
        found = [_one(shop, number, step) for number in numbers]
    if json:
        answers.say_json({"orders": found})
    else:
        for answer in found:
            told = answer["reason"] or ", ".join(f"{p['number']} {p['state']}" for p in answer["shipments"])
            answers.say(f"{answer['number']}  {told}")
    return answers.REFUSED if any(answer["reason"] for answer in found) else answers.DONE


def _one(shop: Shop, number: str, step: Callable[[UnitOfWork, int, str], list[int]]) -> dict[str, Any]:
    try:
        order_id = shop.ask(order_facts.id_of, number)
        with shop.work() as work:
            touched = step(work, order_id, number)
    except Refused as refused:
        reason = sentence_for(refused, answers.language_of(shop))
        return {"number": number, "done": False, "code": refused.code, "reason": reason, "shipments": []}
    shipments = [parcel_answer(shop.ask(parcels.parcel, shipment_id)) for shipment_id in touched]
    return {"number": number, "done": True, "code": None, "reason": None, "shipments": shipments}
