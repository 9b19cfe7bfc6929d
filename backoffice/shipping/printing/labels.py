"""Address labels of parcels: read together, drawn outside any transaction, recorded together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.settings.queries import Profile, profile
from backoffice.shipping.documents.content import LabelContent, Letterhead
from backoffice.shipping.documents.label import label_faults, write_labels
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.stock import stock_of
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing import runs, stationery
from backoffice.shipping.printing.problems import PrintedRun, Problem, refusal, write_whole
from backoffice.shipping.printing.queries.parcels import Parcel, parcels, siblings
from backoffice.shipping.printing.records import Document
from backoffice.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Labels:
    """What goes on the labels of some parcels, and which parcels have none to print."""

    shop: Profile
    letterhead: Letterhead
    contents: tuple[LabelContent, ...]
    documents: dict[str, Document]
    """By the parcel's number."""
    made_on: date
    problems: tuple[Problem, ...]

    @property
    def language(self) -> Language:
        """A label speaks the shop's language: the carrier reads it, and the post its country's."""
        return Language(self.shop.language)


def labels(session: Session, shipment_ids: Sequence[int]) -> Labels:
    """The labels of these parcels. Refuses `shipping.unknown`, `shipping.nothing-to-print` for no parcel at all."""
    if not shipment_ids:
        raise Refused("shipping.nothing-to-print")
    shop = profile(session)
    found = parcels(session, shipment_ids)
    shared = siblings(session, list({order.id for parcel in found for order in parcel.orders}))
    problems = [problem for parcel in found if (problem := _problem(parcel))]
    bad = {problem.number for problem in problems}
    good = [parcel for parcel in found if parcel.number not in bad]
    return Labels(
        shop=shop,
        letterhead=stationery.letterhead(shop),
        contents=tuple(_content(parcel, shared) for parcel in good),
        documents={parcel.number: document_of(parcel) for parcel in good},
        made_on=stationery.day_of((parcel.created_at for parcel in found), shop),
        problems=tuple(problems),
    )


def print_labels(
    store: Store,
    shipment_ids: Sequence[int],
    *,
    file: Path,
    stock: str = "",
    printer: str = "",
    start_cell: int | None = None,
    skip_problems: bool = False,
    run: str = "",
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> PrintedRun:
    """The labels of these parcels as one PDF, in the order named, on `stock` ("" is the shop's usual one).

    `start_cell` counts from 0; None goes on where the sheet in this printer was left. Equal parcels give equal bytes.
    Printing again counts, and makes no second record; with `run` (any name) the same run asked for again counts once.
    Refused, and nothing printed: `shipping.cannot-print` with all problems (`skip_problems` prints the rest),
    `shipping.no-address`, `shipping.taken-back`, what `write_labels` refuses, `shipping.stock-unknown`.
    """
    wanted = store.ask(labels, shipment_ids)
    if wanted.problems and not (skip_problems and wanted.contents):
        raise refusal([*wanted.problems, *_faults(wanted, stock)])
    code = stock or wanted.shop.label_stock
    subjects = tuple(document.subject for document in wanted.documents.values())
    request = runs.Request("label", subjects, runs.file_of(file), stock_of(code).code, printer, start_cell)

    def write(place: runs.Place) -> tuple[PrintedRun, list[Document]]:
        printed = write_whole(
            wanted.contents,
            lambda contents: write_labels(
                file,
                contents,
                stock=stock_of(code),
                letterhead=wanted.letterhead,
                language=wanted.language,
                made_on=wanted.made_on,
                start=place.start,
                offset=place.offset,
                progress=progress,
                cancelled=cancelled,
            ),
            lambda _contents: _faults(wanted, code),
            number=lambda content: content.number,
            skip=skip_problems,
        )
        return printed.with_problems(wanted.problems), [wanted.documents[each.number] for each in printed.documents]

    return runs.carry_out(store, request, write, run=run)


def label_problems(session: Session, shipment_ids: Sequence[int], *, stock: str = "") -> list[Problem]:
    """What keeps labels of these parcels from being printed on this stock, parcel by parcel; [] means that all can."""
    wanted = labels(session, shipment_ids)
    return [*wanted.problems, *_faults(wanted, stock)]


def document_of(parcel: Parcel) -> Document:
    """A parcel's own document, told in the history of each order in it."""
    orders = tuple(order.id for order in parcel.orders)
    return Document(f"shipment:{parcel.id}", parcel.number, orders, parcel.customer_id, parcel.id)


def _faults(wanted: Labels, stock: str) -> list[Problem]:
    code = stock or wanted.shop.label_stock
    found = label_faults(wanted.contents, stock=stock_of(code), letterhead=wanted.letterhead, language=wanted.language)
    orders = {content.number: content.order_numbers for content in wanted.contents}
    return [Problem(number, reason, orders.get(number, ())) for number, reason in found]


def _problem(parcel: Parcel) -> Problem | None:
    if parcel.state is ShipmentState.VOID:
        return Problem(parcel.number, Refused("shipping.taken-back", number=parcel.number), parcel.order_numbers)
    to = parcel.ship_to
    if not (to.name.strip() or to.company.strip()) or not (to.street.strip() or to.city.strip()):
        return Problem(parcel.number, Refused("shipping.no-address", number=parcel.number), parcel.order_numbers)
    return None


def _content(parcel: Parcel, shared: dict[int, list[int]]) -> LabelContent:
    """One label; which parcel of how many is told by those of its first order."""
    together = shared.get(parcel.orders[0].id, []) if parcel.orders else []
    place = together.index(parcel.id) + 1 if parcel.id in together else 1
    return LabelContent(
        number=parcel.number,
        recipient=parcel.ship_to,
        order_numbers=parcel.order_numbers,
        delivery=parcel.service,
        carrier=parcel.carrier,
        tracking=parcel.tracking,
        parcel=place,
        parcels=max(len(together), 1),
    )
