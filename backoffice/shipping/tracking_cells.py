"""Reads a carrier's CSV: which column names the parcel, which its tracking number, in four languages."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backoffice.core.errors import Outage, Refused
from backoffice.core.text import fold_letters, one_line

LARGEST = 20_000_000
"""Bytes: a carrier's file of a day is a thousandth of it."""
_LOOKED_AT = 20
"""Lines in which the header may stand, after a carrier's own title and date."""

_TRACKING = (
    "tracking number, tracking, tracking no, tracking id, tracking code, tracking reference, tracking numbers,"
    " consignment number, waybill, waybill number, awb, shipment tracking number,"
    " número de seguimiento, seguimiento, código de seguimiento, nº de seguimiento, nº seguimiento, localizador,"
    " número de envío, código de envío, nº envío, nº de envío, expedición, número de expedición,"
    " sendungsnummer, trackingnummer, tracking nummer, sendungsverfolgungsnummer, paketnummer, paketscheinnummer,"
    " identcode, sendungsverfolgung,"
    " numéro de suivi, suivi, n° de suivi, nº de suivi, numéro de colis, numéro d'envoi, numéro d’expédition"
)
_REFERENCE = (
    "order reference, reference, customer reference, your reference, shipment reference, shipment number, shipment,"
    " parcel, parcel number, parcel reference, channel reference, reference number, ref,"
    " order number, order no, order, order id, order name, orderid,"
    " referencia, referencia cliente, referencia del cliente, su referencia, referencia envío, bulto,"
    " número de pedido, pedido, nº pedido, nº de pedido, núm. pedido, id pedido,"
    " referenz, kundenreferenz, ihre referenz, sendungsreferenz, referenznummer, bestellnummer, auftragsnummer,"
    " bestellung, auftrag, bestell-nr, auftrags-nr,"
    " référence, référence client, votre référence, référence colis, numéro de commande, commande, n° de commande,"
    " nº de commande, n° commande"
)


@dataclass(frozen=True, slots=True)
class Cells:
    """One line of the file, counted from 1 as an editor does."""

    line: int
    reference: str
    tracking: str


@dataclass(frozen=True, slots=True)
class TrackingFile:
    """What was read, and from which columns."""

    reference_column: str
    tracking_column: str
    rows: tuple[Cells, ...]


def read(file: Path) -> TrackingFile:
    """The file's lines that name a parcel or a tracking number.

    Refuses `shipping.tracking-file-too-large`, `shipping.tracking-file-no-text`, `shipping.tracking-file-columns` where
    no line names both columns, `shipping.tracking-file-broken` with its line. Outage("shipping.file-not-read").
    """
    text = _text(file)
    lines = list(io.StringIO(text, newline=""))  # str.splitlines would part cells at signs that end no line
    for place, line in enumerate(lines[:_LOOKED_AT]):
        for separator in ",;\t|":
            header = [one_line(cell) for cell in next(csv.reader([line], delimiter=separator), [])]
            columns = _columns(header)
            if columns is not None:
                rows = tuple(_rows(lines[place + 1 :], separator, columns, place + 1, file))
                return TrackingFile(header[columns[0]], header[columns[1]], rows)
    raise Refused("shipping.tracking-file-columns", file=file.name)


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > LARGEST:
            raise Refused("shipping.tracking-file-too-large", file=file.name, most=LARGEST // 1_000_000)
        raw = file.read_bytes()
    except OSError as fault:
        raise Outage("shipping.file-not-read", file=str(file), reason=fault.strerror or "") from fault
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("shipping.tracking-file-no-text", file=file.name)


def _encodings(raw: bytes) -> tuple[str, ...]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    return ("utf-8-sig", "cp1252")


def _names(text: str) -> dict[str, int]:
    return {fold_letters(name): rank for rank, name in enumerate(text.split(","))}


_TRACKING_NAMES, _REFERENCE_NAMES = _names(_TRACKING), _names(_REFERENCE)


def _columns(header: list[str]) -> tuple[int, int] | None:
    """The places of the parcel's name and of the tracking number; a parcel's own reference before an order's."""
    folded = [fold_letters(name) for name in header]
    tracking = [place for place, name in enumerate(folded) if name in _TRACKING_NAMES]
    named = [place for place, name in enumerate(folded) if name in _REFERENCE_NAMES and place not in tracking[:1]]
    if not tracking or not named:
        return None
    return min(named, key=lambda place: _REFERENCE_NAMES[folded[place]]), tracking[0]


def _rows(lines: list[str], separator: str, columns: tuple[int, int], before: int, file: Path) -> Iterator[Cells]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    begins = before + 1
    try:
        for row in reader:
            # A spreadsheet's apostrophe before "00001" or a formula's sign is none of the number.
            cells = [one_line(cell).lstrip("'") for cell in row] + [""] * (max(columns) + 1 - len(row))
            found = Cells(begins, cells[columns[0]], cells[columns[1]])
            if found.reference or found.tracking:
                yield found
            begins = before + reader.line_num + 1
    except csv.Error as fault:
        raise Refused("shipping.tracking-file-broken", file=file.name, line=begins) from fault
