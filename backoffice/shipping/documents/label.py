"""Address labels: one page each, or cell by cell on sheets."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.shipping.documents.checks import address_fields, numbered, printable
from backoffice.shipping.documents.content import LabelContent, Letterhead, Printed
from backoffice.shipping.documents.label_layout import Head, Plan, Setting, head, plan
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.sheets import Sheets, on_sheets
from backoffice.shipping.documents.stock import Offset, Stock


def write_labels(
    file: Path,
    labels: Sequence[LabelContent],
    *,
    stock: Stock,
    letterhead: Letterhead,
    language: Language,
    made_on: date,
    start: int = 0,
    offset: Offset | None = None,
    with_qr: bool = True,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """The labels as one PDF, in order, from cell `start` (0 is the first) of the first sheet.

    Equal input gives equal bytes. Refused, and nothing written: "shipping.unprintable", "shipping.too-long" (field,
    number), "shipping.barcode-characters", "shipping.barcode-too-wide", "shipping.stock-too-small",
    "shipping.logo-unreadable", "shipping.logo-too-large", "shipping.nothing-to-print", "shipping.printing-stopped".
    Outage("shipping.file-not-written").
    """
    setting, top = _prepared(stock, letterhead, language, with_qr)
    title = language.words("Address labels")
    with on_sheets(file, stock, title=title, made_on=made_on, language=language, start=start, offset=offset) as sheets:
        for content in sheets.each(labels, progress, cancelled):
            _draw(sheets, _planned(content, setting, top), content, setting, top)
    return sheets.printed


def label_faults(
    labels: Sequence[LabelContent],
    *,
    stock: Stock,
    letterhead: Letterhead,
    language: Language,
    with_qr: bool = True,
) -> list[tuple[str, Refused]]:
    """The labels that cannot be printed on this stock, each number with its reason; [] means that all can."""
    setting, top = _prepared(stock, letterhead, language, with_qr)
    faults = []
    for content in labels:
        try:
            _planned(content, setting, top)
        except Refused as reason:
            faults.append((content.number, reason))
    return faults


def _prepared(stock: Stock, letterhead: Letterhead, language: Language, with_qr: bool) -> tuple[Setting, Head]:
    if not stock.for_addresses:
        raise Refused("shipping.stock-too-small", stock=stock.name)
    printable(letterhead.name, {"sender.shop": letterhead.name, **address_fields("sender", letterhead.address)})
    setting = Setting(stock.first.width, stock.first.height, letterhead, language, with_qr)
    return setting, head(setting)


def _planned(content: LabelContent, setting: Setting, top: Head) -> Plan:
    fields = address_fields("recipient", content.recipient)
    fields |= {"delivery": content.delivery, "carrier": content.carrier, "tracking": content.tracking}
    fields |= numbered("messages", content.messages) | numbered("orders", content.order_numbers)
    printable(content.number, fields)
    return plan(content, setting, top)


def _draw(sheets: Sheets, planned: Plan, content: LabelContent, setting: Setting, top: Head) -> None:
    paper, cell = sheets.paper, sheets.cell
    paper.document("label", content.number)
    paper.stamp("sender", lambda: top.draw(paper, setting), cell.left, cell.top)
    planned.draw(paper, cell.left, cell.top, setting)
