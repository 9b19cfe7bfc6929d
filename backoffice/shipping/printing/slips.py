"""Packing slips: one for each order in each parcel, in the customer's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.settings.queries import Profile, profile
from backoffice.shipping.documents.content import Letterhead, SlipContent, SlipLine, SlipTotals
from backoffice.shipping.documents.packing_slip import slip_faults, write_slips
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing import runs, stationery
from backoffice.shipping.printing.problems import PrintedRun, Problem, refusal, write_whole
from backoffice.shipping.printing.queries import slips as queries
from backoffice.shipping.printing.queries.parcels import Parcel, parcels
from backoffice.shipping.printing.records import Document, Later
from backoffice.store.unit_of_work import Store

WELCOMED = 3
"""A customer's first orders are told apart; later ones get no such line."""


@dataclass(frozen=True, slots=True)
class Slips:
    """The slips of some parcels."""

    shop: Profile
    letterhead: Letterhead
    contents: tuple[SlipContent, ...]
    documents: tuple[Document, ...]
    """One for each slip."""
    made_on: date
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Bought:
    """All that is known of the orders in these parcels."""

    orders: dict[int, queries.SlipOrder]
    lines: dict[int, list[queries.SlipOrderLine]]
    packed: dict[int, list[tuple[int, int]]]
    which: dict[int, int]


def slips(session: Session, shipment_ids: Sequence[int], *, prices: bool | None = None) -> Slips:
    """The slips of these parcels, one for each order in each; `prices` True or False overrules the shop's setting.

    A gift's slip never shows prices. Refuses `shipping.unknown`, `shipping.nothing-to-print` for no parcel at all.
    """
    if not shipment_ids:
        raise Refused("shipping.nothing-to-print")
    shop = profile(session)
    found = parcels(session, shipment_ids)
    bad = [each for each in found if each.state is ShipmentState.VOID]
    good = [each for each in found if each.state is not ShipmentState.VOID]
    ids = list(dict.fromkeys(order.id for parcel in good for order in parcel.orders))
    bought = _Bought(
        queries.orders(session, ids),
        queries.lines(session, ids),
        queries.in_parcels(session, ids),
        queries.which_order(session, ids),
    )
    wanted = shop.slip_shows_prices if prices is None else prices
    pairs = [(parcel, bought.orders[order.id]) for parcel in good for order in parcel.orders]
    return Slips(
        shop=shop,
        letterhead=stationery.letterhead(shop),
        contents=tuple(_content(parcel, order, bought, shop, wanted) for parcel, order in pairs),
        documents=tuple(
            Document(f"shipment:{parcel.id}", parcel.number, (order.id,), parcel.customer_id, parcel.id)
            for parcel, order in pairs
        ),
        made_on=stationery.day_of((parcel.created_at for parcel in found), shop),
        problems=tuple(
            Problem(each.number, Refused("shipping.taken-back", number=each.number), each.order_numbers) for each in bad
        ),
    )


def print_slips(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    file: Path,
    prices: bool | None = None,
    skip_problems: bool = False,
    run: str = "",
    later: Later | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> PrintedRun:
    """The packing slips of these parcels as one PDF on the shop's paper; all else as in `print_labels`."""
    wanted = store.ask(slips, shipment_ids, prices=prices)
    if wanted.problems and not (skip_problems and wanted.contents):
        raise refusal([*wanted.problems, *_faults(wanted)])
    size = stationery.paper_size(wanted.shop)
    subjects = tuple(dict.fromkeys(document.subject for document in wanted.documents))
    request = runs.Request("packing-slip", subjects, runs.file_of(file))

    def write(_place: runs.Place) -> tuple[PrintedRun, list[Document]]:
        printed = write_whole(
            wanted.contents,
            lambda contents: write_slips(
                file,
                contents,
                letterhead=wanted.letterhead,
                made_on=wanted.made_on,
                size=size,
                progress=progress,
                cancelled=cancelled,
            ),
            lambda _contents: _faults(wanted),
            number=lambda content: content.order_number,
            skip=skip_problems,
        )
        out = {problem.number for problem in printed.left_out}
        pairs = zip(wanted.contents, wanted.documents, strict=True)
        documents = [document for content, document in pairs if content.order_number not in out]
        return printed.with_problems(wanted.problems), documents

    return runs.carry_out(store, request, write, run=run, later=later)


def slip_problems(session: Session, shipment_ids: Sequence[int]) -> list[Problem]:
    """What keeps slips of these parcels from being printed; [] means that all can."""
    wanted = slips(session, shipment_ids)
    return [*wanted.problems, *_faults(wanted)]


def _faults(wanted: Slips) -> list[Problem]:
    size = stationery.paper_size(wanted.shop)
    found = slip_faults(wanted.contents, letterhead=wanted.letterhead, size=size)
    return [Problem(number, reason, (number,)) for number, reason in found]


def _content(parcel: Parcel, order: queries.SlipOrder, bought: _Bought, shop: Profile, prices: bool) -> SlipContent:
    lines = bought.lines.get(order.id, [])
    shows_prices = prices and not order.gift_message.strip()
    shown = [line for line in lines if line.ordered > line.cancelled or shows_prices]
    which = bought.which.get(order.id, 0)
    return SlipContent(
        order_number=order.number,
        ordered_on=local_day(order.placed_at, shop.zone),
        recipient=parcel.ship_to,
        lines=tuple(_line(line, order, parcel.id, bought.packed.get(line.id, [])) for line in shown),
        language=stationery.language_for(order.language, parcel.ship_to.country, shop),
        shipment_number=parcel.number,
        reference=order.external_number if order.external_number != order.number else "",
        shipped_on=local_day(parcel.shipped_at, shop.zone) if parcel.shipped_at else None,
        delivery=parcel.service or order.delivery_name,
        carrier=parcel.carrier,
        tracking=parcel.tracking,
        gift_message=order.gift_message,
        which_order=which if which <= WELCOMED else 0,
        totals=_totals(order, lines),
        show_prices=shows_prices,
        thanks=shop.slip_message,
        returns=shop.return_note,
        return_code=order.number if shop.return_note.strip() else "",
    )


def _line(
    line: queries.SlipOrderLine, order: queries.SlipOrder, parcel_id: int, packed: list[tuple[int, int]]
) -> SlipLine:
    """What follows is counted as of this parcel: a slip printed again later says the same."""
    wanted = line.ordered - line.cancelled
    until_now = sum(units for parcel, units in packed if parcel <= parcel_id) + line.shipped_elsewhere
    return SlipLine(
        sku=line.sku,
        name=line.name,
        options=line.options,
        ordered=wanted,
        in_parcel=sum(units for parcel, units in packed if parcel == parcel_id),
        to_follow=max(wanted - until_now, 0) if line.requires_shipping else 0,
        unit_price=Money(line.unit_price, order.currency),
        amount=Money(_amount(line, order), order.currency),
    )


def _amount(line: queries.SlipOrderLine, order: queries.SlipOrder) -> int:
    """A line's own total in the price's terms, before its share of the order's discount."""
    return (line.gross if order.prices_include_tax else line.gross - line.tax) + line.order_discount


def _totals(order: queries.SlipOrder, lines: Sequence[queries.SlipOrderLine]) -> SlipTotals:
    """As the customer paid: goods − discount + delivery make the total, where prices come without tax with
    the tax of each line and what rounding the whole document did."""
    goods = sum(_amount(line, order) for line in lines)
    shipping = order.shipping if order.prices_include_tax else order.shipping - order.shipping_tax
    tax = order.tax if order.prices_include_tax else order.tax - order.tax_rounding

    def money(minor: int) -> Money:
        return Money(minor, order.currency)

    return SlipTotals(
        goods=money(goods) if order.discount or shipping else None,
        discount=money(-order.discount) if order.discount else None,
        shipping=money(shipping) if shipping else None,
        tax=money(tax) if tax else None,
        rounding=money(order.tax_rounding) if order.tax_rounding else None,
        tax_included=order.prices_include_tax,
        total=money(order.total),
    )
