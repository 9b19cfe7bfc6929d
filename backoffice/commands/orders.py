"""Commands about orders: the list, and one order whole."""

from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import After, Json, Limit, ShopFile
from backoffice.core.calendar import local_day
from backoffice.core.language import Language, mark
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders.queries import facts, lists, whole
from backoffice.orders.writing import ADDRESS_FIELDS
from backoffice.sentences import happening
from backoffice.settings import queries as settings
from backoffice.shipping.queries import parcels
from backoffice.shop import Shop
from backoffice.store import journal

_HEADS = (
    mark("number"),
    mark("placed"),
    mark("customer"),
    mark("total"),
    mark("status"),
    mark("payment"),
    mark("dispatch"),
    mark("promised"),
)


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(orders)


def orders(
    shop: ShopFile,
    view: Annotated[str, typer.Option(help="One of: " + ", ".join(lists.VIEWS))] = "all",
    number: Annotated[str, typer.Option(help="One order whole, by the shop's or the channel's number.")] = "",
    limit: Limit = 100,
    after: After = "",
    json: Json = False,
) -> None:
    """List orders, or show one whole."""

    def task() -> int:
        with answers.opened(shop, to_read=True) as opened:
            if number:
                _one(opened, number, json=json)
            else:
                _list(opened, view, limit, after, json=json)
        return answers.DONE

    answers.run(task)


def row_answer(row: lists.OrderRow) -> dict[str, Any]:
    """One order of a list as the command line answers it."""
    return {
        "number": row.number,
        "channel": row.channel,
        "external_number": row.external_number,
        "placed_at": row.placed_at,
        "customer": row.customer,
        "country": row.country,
        "currency": row.currency,
        "total": Money(row.total, row.currency),
        "status": row.status,
        "payment": row.payment,
        "dispatch": row.dispatch,
        "returns": row.returns,
        "promised_dispatch": row.promised_dispatch,
    }


def _list(shop: Shop, view: str, limit: int, after: str, *, json: bool) -> None:
    zone = shop.ask(settings.profile).zone
    today = local_day(shop.clock.now(), zone)
    page = shop.ask(lists.page, today=today, view=view, limit=limit, after=answers.behind(after))
    if json:
        answers.say_page(page, total=shop.ask(lists.count, view=view, today=today), row=row_answer)
        return
    language = answers.language_of(shop)
    answers.table(
        [language.words(head) for head in _HEADS],
        [
            [
                row.number,
                local_day(row.placed_at, zone),
                row.customer,
                language.money(Money(row.total, row.currency)),
                row.status,
                row.payment,
                row.dispatch,
                row.promised_dispatch or "",
            ]
            for row in page.rows
        ],
    )


def _one(shop: Shop, number: str, *, json: bool) -> None:
    order_id = shop.ask(facts.id_of, number)
    order = shop.ask(whole.order, order_id)
    answer = (
        row_answer(order.row)
        | _head_answer(order, shop)
        | {
            "lines": [_line_answer(line) for line in order.lines],
            "payments": [
                {"at": row.at, "kind": row.kind, "amount": row.amount, "method": row.method, "reference": row.reference}
                for row in order.payments
            ],
            "shipments": [parcel_answer(parcel) for parcel in shop.ask(parcels.of_order, order_id)],
            "holds": [
                {"reason": hold.reason, "since": hold.since, "until": hold.until, "released_at": hold.released_at}
                for hold in order.holds
            ],
            "timeline": _timeline(shop, order_id),
        }
    )
    if json:
        answers.say_json(answer)
    else:
        _tell(answer, order.row.currency, answers.language_of(shop))


def _head_answer(order: whole.WholeOrder, shop: Shop) -> dict[str, Any]:
    home = shop.ask(settings.profile).country
    buyer = order.buyer
    return {
        "external_id": order.external_id,
        "tax": order.tax,
        "tax_rounding": order.tax_rounding,
        "rounding": order.rounding,
        "shipping": order.shipping,
        "discount": order.discount,
        "paid": order.paid,
        "refunded": order.refunded,
        "imported_total": order.imported_total,
        "difference": order.difference,
        "prices_include_tax": order.prices_include_tax,
        "customer": {
            "id": buyer.id if buyer else None,
            "name": buyer.name if buyer else order.row.customer,
            "emails": buyer.emails if buyer else [order.email] if order.email else [],
            "language": buyer.language if buyer else "",
            "orders_before": buyer.orders_before if buyer else 0,
        },
        "ship_to": _address_answer(order.ship_to, home),
        "bill_to": _address_answer(order.bill_to, home),
        "delivery": order.delivery_name,
        "promised_delivery": order.promised_delivery,
        "notes": order.notes,
        "gift_message": order.gift_message,
        "tags": order.tags,
    }


def _address_answer(address: PostalAddress, home: str) -> dict[str, Any]:
    fields = {name: getattr(address, name) for name in ADDRESS_FIELDS}
    return fields | {"formatted": address.lines(sender_country=home)}


def _line_answer(line: whole.WholeLine) -> dict[str, Any]:
    return {
        "sku": line.sku,
        "name": line.name,
        "quantity": line.ordered,
        "unit_price": line.unit_price,
        "gross": line.gross,
        "tax": line.tax,
        "tax_rates": [tax["rate"] for tax in line.taxes],
        "allocated": line.allocated,
        "packed": line.packed,
        "shipped": line.shipped,
        "cancelled": line.cancelled,
        "returned": line.returned,
    }


def parcel_answer(parcel: parcels.ParcelRow) -> dict[str, Any]:
    """A shipment as the command line answers it."""
    return {
        "number": parcel.number,
        "state": parcel.state,
        "carrier": parcel.carrier,
        "tracking": parcel.tracking,
        "lines": [{"sku": line.sku, "name": line.name, "quantity": line.quantity} for line in parcel.lines],
    }


def _timeline(shop: Shop, order_id: int) -> list[dict[str, Any]]:
    lines = shop.ask(journal.timeline, subject="order_id", record_id=order_id)
    return [{"at": line.at, "who": line.who, "verb": line.verb, "facts": line.facts} for line in lines]


def _tell(answer: dict[str, Any], currency: str, language: Language) -> None:
    def money(amount: str) -> str:
        return language.money(Money.parse(amount, currency))

    shown = answers.plain(answer)
    assert isinstance(shown, dict)
    answers.say(f"{shown['number']}  {shown['status']}  {shown['payment']}  {shown['dispatch']}")
    answers.say("\n".join(shown["ship_to"]["formatted"]))
    for line in shown["lines"]:
        answers.say(f"  {line['quantity']} × {line['sku']}  {line['name']}  {money(line['gross'])}")
    sums = language.words("total {total}, paid {paid}, refunded {refunded}")
    answers.say(sums.format(**{name: money(shown[name]) for name in ("total", "paid", "refunded")}))
    for parcel in shown["shipments"]:
        answers.say(f"parcel {parcel['number']}  {parcel['state']}  {parcel['carrier']} {parcel['tracking']}".rstrip())
    for line in answer["timeline"]:
        answers.say(f"  {answers.plain(line['at'])}  {line['who']}  {happening(line['verb'], line['facts'], language)}")
