"""The command about stock: the list, or one product with its moves."""

from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import After, Json, Limit, ShopFile
from backoffice.core.errors import Refused
from backoffice.core.language import mark
from backoffice.inventory import queries
from backoffice.shop import Shop

_HEADS = (
    mark("sku"),
    mark("name"),
    mark("bin"),
    mark("on hand"),
    mark("committed"),
    mark("available"),
    mark("incoming"),
)


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(stock)


def stock(
    shop: ShopFile,
    sku: Annotated[str, typer.Option(help="One product, with its moves and promises.")] = "",
    view: Annotated[str, typer.Option(help="One of: " + ", ".join(queries.VIEWS))] = "all",
    limit: Limit = 100,
    after: After = "",
    json: Json = False,
) -> None:
    """Show what is on hand, committed, available and incoming."""

    def task() -> int:
        with answers.opened(shop, to_read=True) as opened:
            if sku:
                _one(opened, sku, json=json)
            else:
                _list(opened, view, limit, after, json=json)
        return answers.DONE

    answers.run(task)


def _answer(row: queries.ProductRow) -> dict[str, Any]:
    return {
        "sku": row.sku,
        "name": row.full_name,
        "barcode": row.barcode,
        "bin": row.bin,
        "on_hand": row.on_hand,
        "committed": row.committed,
        "available": row.available,
        "incoming": row.incoming,
        "buckets": {"sellable": row.sellable, "quarantine": row.quarantine, "damaged": row.damaged},
    }


def _list(shop: Shop, view: str, limit: int, after: str, *, json: bool) -> None:
    page = shop.ask(queries.page, view=view, sort="sku", limit=limit, after=answers.behind(after))
    if json:
        answers.say_page(page, total=shop.ask(queries.exact_count, view=view), row=_answer)
        return
    language = answers.language_of(shop)
    answers.table(
        [language.words(head) for head in _HEADS],
        [
            [row.sku, row.full_name, row.bin, row.on_hand, row.committed, row.available, row.incoming]
            for row in page.rows
        ],
    )


def _one(shop: Shop, sku: str, *, json: bool) -> None:
    product_id = shop.ask(queries.id_of_sku, sku)
    if product_id is None:
        raise Refused("inventory.unknown-sku", sku=sku)
    row, why = shop.ask(queries.product_row, product_id), shop.ask(queries.why_available, product_id)
    answer = _answer(row) | {
        "moves": [
            {
                "at": move.at,
                "kind": move.kind,
                "quantity": move.quantity,
                "from": move.bucket_from,
                "to": move.bucket_to,
                "reason": move.reason,
                "reference": move.reference,
            }
            for move in why.moves
        ],
        "allocations": [{"order": row.reference, "quantity": row.quantity, "at": row.at} for row in why.allocations],
    }
    if json:
        answers.say_json(answer)
        return
    answers.say(f"{row.sku}  {row.full_name}: on hand {row.on_hand}, available {row.available}")
    answers.say(f"  {why.sellable} sellable - {why.committed} committed - {why.safety_stock} safety = {why.available}")
    for move in answer["moves"]:
        answers.say(
            f"  {answers.plain(move['at'])}  {move['kind']}  {move['quantity']}  {move['reference']} {move['reason']}"
        )
