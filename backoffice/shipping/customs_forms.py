"""Customs declarations of parcels: CN 22 for small ones, CN 23 above the threshold, from what is in them."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from sqlmodel import Session

from backoffice.core.customs_areas import needs_declaration
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money, round_fraction
from backoffice.shipping.documents.customs_form import (
    SMALLEST,
    CustomsContent,
    CustomsLine,
    labels_needed,
    write_customs_forms,
)
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.stock import stock_of
from backoffice.shipping.hand_off import Handed, handed
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing import runs, stationery
from backoffice.shipping.printing.labels import document_of
from backoffice.shipping.printing.problems import PrintedRun, Problem, refusal
from backoffice.shipping.printing.records import Document, Later
from backoffice.shipping.queries.customs import Goods
from backoffice.store.unit_of_work import Store

SMALL_VALUE = {"EUR": 30_000, "USD": 40_000, "CHF": 30_000, "GBP": 27_000}
"""Up to so much (about 300 special drawing rights, in minor units) CN 22 will do; of other currencies always CN 23."""
SMALL_WEIGHT = 2_000
"""Grams: what is heavier is no letter-post item, and goes with CN 23."""
USUAL = "A6"


def form_of(value: Money, grams: int, *, small: int | None = None) -> str:
    """ "CN22" or "CN23" for a parcel of this value and weight; `small` is another threshold, in minor units."""
    most = SMALL_VALUE.get(value.currency, -1) if small is None else small
    return "CN22" if value.minor <= most and grams <= SMALL_WEIGHT else "CN23"


def declarations(session: Session, shipment_ids: Sequence[int]) -> tuple[list[Handed], list[Problem]]:
    """The parcels that can be declared, and why the others cannot. Refuses as `hand_off.handed`."""
    found = handed(session, shipment_ids)
    problems = [problem for each in found if (problem := _problem(each))]
    bad = {problem.number for problem in problems}
    return [each for each in found if each.parcel.number not in bad], problems


def print_customs_forms(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    file: Path,
    stock: str = "",
    printer: str = "",
    start_cell: int | None = None,
    skip_problems: bool = False,
    run: str = "",
    later: Later | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> PrintedRun:
    """One declaration a parcel as one PDF on `stock`; "" is the shop's usual one where it is large enough, else A6.

    Refused, and nothing printed: `shipping.cannot-print` with all problems (`skip_problems` prints the rest),
    `shipping.no-customs`, `shipping.customs-lacking`, `shipping.taken-back`, what `write_customs_forms` refuses.
    """
    good, problems = store.ask(declarations, shipment_ids)
    if problems and not (skip_problems and good):
        raise refusal(problems)
    shop = good[0].shop
    chosen = stock_of(stock or _usual(shop.label_stock))
    documents = [document_of(each.parcel) for each in good]
    contents = [_content(each) for each in good]
    pairs = zip(contents, documents, strict=True)  # a long list takes several labels of the sheet
    subjects = tuple(one.subject for content, one in pairs for _label in range(labels_needed(content, chosen)))
    request = runs.Request("customs", subjects, runs.file_of(file), chosen.code, printer, start_cell)

    def write(place: runs.Place) -> tuple[PrintedRun, list[Document]]:
        printed = write_customs_forms(
            file,
            contents,
            stock=chosen,
            letterhead=stationery.letterhead(shop),
            language=Language(shop.language),
            made_on=stationery.day_of((each.parcel.created_at for each in good), shop),
            start=place.start,
            offset=place.offset,
            progress=progress,
            cancelled=cancelled,
        )
        return PrintedRun(printed.file, printed.pages, printed.documents, tuple(problems)), documents

    return runs.carry_out(store, request, write, run=run, later=later)


def _usual(code: str) -> str:
    first = stock_of(code).first
    return code if first.width >= SMALLEST[0] and first.height >= SMALLEST[1] else USUAL


def _problem(each: Handed) -> Problem | None:
    number, orders, to = each.parcel.number, each.parcel.order_numbers, each.parcel.ship_to
    if each.parcel.state is ShipmentState.VOID:
        return Problem(number, Refused("shipping.taken-back", number=number), orders)
    if not needs_declaration((each.shop.country, each.shop.postcode), (to.country, to.postcode)):
        return Problem(number, Refused("shipping.no-customs", number=number), orders)
    lacking = [goods.name for goods in each.contents if goods.lacks]
    if lacking:
        return Problem(number, Refused("shipping.customs-lacking", number=number, products=", ".join(lacking)), orders)
    return None


def _content(each: Handed) -> CustomsContent:
    lines = tuple(_line(goods) for goods in each.contents)
    gross = each.parcel.weight or sum(line.weight_g for line in lines)
    return CustomsContent(
        number=each.parcel.number,
        form=form_of(each.value, gross, small=each.shop.customs_small),
        recipient=each.parcel.ship_to,
        lines=lines,
        gross_g=gross,
        value=each.value,
        phone=each.phone,
        email=each.email,
        postage=each.shipping or None,
    )


def _line(goods: Goods) -> CustomsLine:
    value = round_fraction(Fraction(goods.gross * goods.quantity, goods.ordered))
    weight = goods.weight_g * goods.quantity
    return CustomsLine(
        goods.name, goods.quantity, weight, Money(value, goods.currency), goods.hs_code, goods.origin.upper()
    )
