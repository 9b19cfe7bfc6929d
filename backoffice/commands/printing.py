"""The command that prints: pick lists, slips, labels, manifests as one PDF, with what a scanner reads on them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.inventory.queries import id_of_sku
from backoffice.orders.queries import facts as order_facts
from backoffice.sentences import sentence_for
from backoffice.shipping.customs_forms import print_customs_forms
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.printing import runs
from backoffice.shipping.printing.goods import print_bin_labels, print_calibration, print_product_labels
from backoffice.shipping.printing.labels import print_labels
from backoffice.shipping.printing.manifests import print_manifest
from backoffice.shipping.printing.pick_lists import print_pick_list
from backoffice.shipping.printing.problems import PrintedRun, Problem, problems_in
from backoffice.shipping.printing.queries import goods
from backoffice.shipping.printing.queries.parcels import parcels_for
from backoffice.shipping.printing.slips import print_slips
from backoffice.shipping.queries import parcels
from backoffice.shop import Shop


class Kind(StrEnum):
    """What can be printed."""

    PICK_LIST = "pick-list"
    PACKING_SLIP = "packing-slip"
    LABEL = "label"
    PRODUCT_LABEL = "product-label"
    BIN_LABEL = "bin-label"
    CUSTOMS = "customs"
    MANIFEST = "manifest"
    CALIBRATION = "calibration"


_OF_ORDERS = (Kind.PICK_LIST, Kind.PACKING_SLIP, Kind.LABEL, Kind.CUSTOMS, Kind.MANIFEST)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command was given."""

    numbers: list[str]
    file: Path
    stock: str
    printer: str
    start: int | None
    skip: bool
    batch: str
    again: bool
    progress: Callable[[int, int], None]

    @property
    def shared(self) -> dict[str, Any]:
        """What every document takes."""
        return {"file": self.file, "progress": self.progress}

    def run(self, kind: Kind, ids: Sequence[int]) -> str:
        """The batch's name: printing the same papers of parcels and orders is the same batch, unless `again`."""
        if self.batch or self.again or kind not in _OF_ORDERS:
            return self.batch
        return runs.name_of(kind.value, ids, self.stock)

    @property
    def place(self) -> dict[str, Any]:
        """What every label takes besides."""
        return {"stock": self.stock, "printer": self.printer, "start_cell": self.start}


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command("print")(print_documents)


def print_documents(
    shop: ShopFile,
    kind: Annotated[Kind, typer.Argument(metavar="KIND", help=" | ".join(Kind), show_default=False)],
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ORDER…",
            help="Order or parcel numbers; for product-label also SKUs, for bin-label bins.",
            show_default=False,
        ),
    ] = None,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.pdf", help="Where the PDF goes.")],
    stock: Annotated[str, typer.Option(help="Label stock such as 100x150 or L7163; else the shop's usual one.")] = "",
    from_cell: Annotated[int, typer.Option(min=0, help="The first free label; else where it was left.")] = 0,
    printer: Annotated[str, typer.Option(help="The printer whose sheet and offset are meant.")] = "",
    skip: Annotated[bool, typer.Option("--skip-problems", help="Print what can be printed.")] = False,
    batch: Annotated[str, typer.Option(help="A name for the batch; else the same papers are the same batch.")] = "",
    again: Annotated[bool, typer.Option("--again", help="A finished batch once more: it counts as printed again.")] = (
        False
    ),
    json: Json = False,
) -> None:
    """Print documents of orders as one PDF."""

    def task() -> int:
        start = from_cell - 1 if from_cell else None
        progress = answers.progress_line(output.name)
        wanted = Wanted(numbers or [], output, stock, printer, start, skip, batch, again, progress)
        with answers.opened(shop) as opened:
            language = answers.language_of(opened)
            try:
                printed, before = _print(opened, kind, wanted)
            except Refused as refused:
                return _refuse(refused, language, json=json)
        left_out = printed.left_out if isinstance(printed, PrintedRun) else ()
        _tell(printed, left_out, language, counted=before is None, json=json)
        if before is not None and not json:
            answers.say(language.words("Printed before, so this counts as the same printing; --again counts it anew."))
        return answers.REFUSED if left_out else answers.DONE

    answers.run(task)


def _print(shop: Shop, kind: Kind, wanted: Wanted) -> tuple[Printed, datetime | None]:
    """What was printed, and when the same batch was printed before; None where this is the first time."""
    ids: list[int] = []
    if kind is Kind.PICK_LIST:
        ids = _orders(shop, wanted.numbers)
    elif kind in _OF_ORDERS:
        ids = _parcels(shop, wanted.numbers)
    run = wanted.run(kind, ids)
    before = shop.ask(runs.done_before, run)
    return _write(shop, kind, ids, wanted, run=run), before


def _write(shop: Shop, kind: Kind, ids: list[int], wanted: Wanted, *, run: str) -> Printed:
    store, shared = shop.store, wanted.shared | {"run": run}
    if kind is Kind.CALIBRATION:
        return print_calibration(store, file=wanted.file, stock=wanted.stock, printer=wanted.printer)
    if kind is Kind.BIN_LABEL:
        return print_bin_labels(store, wanted.numbers, **shared, **wanted.place)
    if kind is Kind.PRODUCT_LABEL:
        return print_product_labels(store, _copies(shop, wanted.numbers), **shared, **wanted.place)
    if kind is Kind.PICK_LIST:
        return print_pick_list(store, ids, **shared)
    if kind is Kind.LABEL:
        return print_labels(store, ids, skip_problems=wanted.skip, **shared, **wanted.place)
    if kind is Kind.CUSTOMS:
        return print_customs_forms(store, ids, skip_problems=wanted.skip, **shared, **wanted.place)
    if kind is Kind.PACKING_SLIP:
        return print_slips(store, ids, skip_problems=wanted.skip, **shared)
    return print_manifest(store, ids, **shared)


def _orders(shop: Shop, numbers: Sequence[str]) -> list[int]:
    if not numbers:
        raise Refused("shipping.nothing-to-print")
    return [shop.ask(order_facts.id_of, number) for number in numbers]


def _parcels(shop: Shop, numbers: Sequence[str]) -> list[int]:
    """A parcel's own number names it; an order's means its parcels in the house, else the newest."""
    found: list[int] = []
    for number in numbers:
        own = shop.ask(parcels.id_of, number)
        found += [own] if own is not None else shop.ask(parcels_for, _orders(shop, [number]))
    return found


def _copies(shop: Shop, numbers: Sequence[str]) -> dict[int, int]:
    """A SKU means one label, an order's number one for each unit in it."""
    copies: dict[int, int] = {}
    for number in numbers:
        product_id = shop.ask(id_of_sku, number)
        units = {product_id: 1} if product_id is not None else shop.ask(goods.ordered, _orders(shop, [number]))
        for each, count in units.items():
            copies[each] = copies.get(each, 0) + count
    return copies


def _refuse(refused: Refused, language: Language, *, json: bool) -> int:
    """Says all that must be mended, one sentence each."""
    found = problems_in(refused) or (Problem(str(refused.facts.get("number", "")), refused),)
    if json:
        answers.say_json({"file": None, "pages": 0, "documents": [], "problems": _problems(found, language)})
    answers.complain(sentence_for(refused, language))
    if len(found) > 1:
        for problem in found:
            answers.complain("  " + sentence_for(problem.reason, language))
    return answers.REFUSED


def _problems(found: Sequence[Problem], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "number": problem.number,
            "orders": problem.orders,
            "field": problem.field or None,
            "code": problem.reason.code,
            "message": sentence_for(problem.reason, language),
        }
        for problem in found
    ]


def _tell(printed: Printed, left_out: Sequence[Problem], language: Language, *, counted: bool, json: bool) -> None:
    if json:
        documents = [
            {
                "kind": document.kind,
                "number": document.number,
                "page": document.page,
                "barcodes": [{"symbology": symbology, "text": text} for symbology, text in document.barcodes],
            }
            for document in printed.documents
        ]
        problems = _problems(left_out, language)
        told = {"file": printed.file, "pages": printed.pages, "documents": documents, "problems": problems}
        answers.say_json(told | {"counted": counted})
    else:
        answers.say(f"{printed.file}: " + language.plural("{n} page", "{n} pages", printed.pages))
    for problem in left_out:
        answers.complain(sentence_for(problem.reason, language))
