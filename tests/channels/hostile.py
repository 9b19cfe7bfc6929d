"""Files that a real shop's folder holds sooner or later, each with what must come out of it."""

import codecs
import gzip
import io
import sqlite3
import zipfile
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.channels.files import HEADER, an_item, an_order, bytes_of, text_of


class Expect(NamedTuple):
    """The order numbers taken, and (line, code) of each rejection."""

    orders: tuple[str, ...] = ()
    rejected: tuple[tuple[int, str], ...] = ()
    check: Callable[[list[Any]], bool] = lambda _: True
    """Looks at the orders taken."""


class Refusal(NamedTuple):
    """The whole file refused: its code, and the line where it says so."""

    code: str
    line: int = 0


A, B, C = an_order("#1"), an_order("#2", Shipping_City="Cádiz"), an_order("#3")
ALL = ("#1", "#2", "#3")
PLAIN = text_of([A, B, C])
LINES = PLAIN.splitlines(keepends=True)


def _city(city: str) -> Callable[[list[Any]], bool]:
    return lambda orders: orders[1].ship_to.city == city


def _with(line: int, text: str) -> str:
    """The plain file with one physical line written otherwise."""
    return "".join([*LINES[: line - 1], text, *LINES[line:]])


ENCODINGS: dict[str, tuple[bytes, Expect | Refusal]] = {
    "utf-8": (PLAIN.encode(), Expect(ALL, check=_city("Cádiz"))),
    "utf-8 with its mark": (codecs.BOM_UTF8 + PLAIN.encode(), Expect(ALL, check=_city("Cádiz"))),
    "utf-16 little": (codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"), Expect(ALL, check=_city("Cádiz"))),
    "utf-16 big": (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), Expect(ALL, check=_city("Cádiz"))),
    "utf-16 without mark": (PLAIN.encode("utf-16-le"), Expect(ALL, check=_city("Cádiz"))),
    "utf-32": (PLAIN.encode("utf-32"), Expect(ALL, check=_city("Cádiz"))),
    "utf-16 cut in a letter": (
        codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le")[:-1],
        Refusal("channels.bad-encoding", 5),
    ),
    "cp1252": (PLAIN.replace("Cádiz", "Cádiz €").encode("cp1252"), Expect(ALL, check=_city("Cádiz €"))),
    "latin-1 with a control byte": (PLAIN.replace("Cádiz", "Cá\x81diz").encode("latin-1"), Expect(ALL)),
    "shift-jis": (
        PLAIN.replace("Núñez", "ア").replace("Cádiz", "カイシャの").encode("cp932"),
        Expect(ALL, check=_city("カイシャの")),
    ),
    "mac roman": (PLAIN.replace("Núñez", "José").encode("mac_roman"), Expect(ALL, check=_city("Cádiz"))),
    "cp1252 after a long ascii head": (
        bytes_of(*[an_order(f"#{n}", Shipping_Name="Ana") for n in range(9000)], B, encoding="cp1252"),
        Expect((*(f"#{n}" for n in range(9000) if n != 2), "#2"), ((4, "order-replaced"),)),
    ),
    "utf-8 with one damaged row": (
        PLAIN.encode().replace("Cádiz".encode(), b"C\xe1diz"),
        Expect(("#1", "#3"), ((3, "row-unreadable"),)),
    ),
    "utf-8 cut in a letter": (
        (PLAIN + ",".join(an_order("#4", Shipping_Name="Añ"))).encode().partition("Añ".encode())[0] + b"A\xc3",
        Expect(ALL, ((5, "row-cut-off"),)),
    ),
}

LAYOUTS: dict[str, tuple[bytes | str, Expect | Refusal]] = {
    "semicolons and decimal commas": (
        text_of(
            [[cell.replace(".00", ",00").replace(".90", ",90") for cell in row] for row in (A, B, C)], delimiter=";"
        ),
        Expect(ALL, check=lambda orders: orders[0].total == 2490),
    ),
    "tabs": (text_of([A, B, C], delimiter="\t"), Expect(ALL)),
    "bars": (text_of([A, B, C], delimiter="|"), Expect(ALL)),
    "sep line": ("sep=;\r\n" + text_of([A, B, C], delimiter=";"), Expect(ALL)),
    "quoted sep line": ('"sep=,"\n' + PLAIN, Expect(ALL)),
    "preamble": ("Orders of Casa Lumbre\n\nFrom,2026-09-01\n" + PLAIN, Expect(ALL)),
    "preamble filled up by a spreadsheet": ("Orders" + "," * (len(HEADER) - 1) + "\n" + PLAIN, Expect(ALL)),
    "preamble with a stray quote": ('The "best orders\n' + PLAIN, Expect(ALL)),
    "blank lines first": ("\n\n  \n" + PLAIN, Expect(ALL)),
    "blank rows between": ("".join(line + "\n" + "," * (len(HEADER) - 1) + "\n" for line in LINES), Expect(ALL)),
    "footer": (PLAIN + "\n3 record(s) downloaded\nSeller ID: lumbre\n", Expect(ALL)),
    "a sum as footer": (PLAIN + "Total,74.70\n", Expect(ALL)),
    "two files one after the other": (PLAIN + text_of([an_order("#4")]), Expect((*ALL, "#4"))),
    "two files, the second with its mark": (PLAIN + "\ufeff" + text_of([an_order("#4")]), Expect((*ALL, "#4"))),
    "a column twice": (
        text_of([[*A, "9.99"]], header=[*HEADER, "Total"]),
        Expect(("#1",), check=lambda o: o[0].total == 2490),
    ),
    "capitals and blanks in the header": (PLAIN.replace("Lineitem name", " LINEITEM\xa0 NAME "), Expect(ALL)),
    "a header of two lines": (PLAIN.replace("Shipping City", '"Shipping\nCity"'), Expect(ALL, check=_city("Cádiz"))),
    "columns without a name at the end": ("".join(line.rstrip("\r\n") + ",,\n" for line in LINES), Expect(ALL)),
    "new columns": (text_of([[*A, "x"], [*B, "y"]], header=[*HEADER, "Robot score"]), Expect(("#1", "#2"))),
    "a header and nothing else": (LINES[0], Expect()),
    "no header": ("".join(LINES[1:]), Refusal("channels.no-header")),
    "one column": ("Order\n1\n2\n", Refusal("channels.no-header")),
    "old Mac's line ends": (PLAIN.replace("\r\n", "\r"), Expect(ALL)),
    "mixed line ends": (
        LINES[0] + LINES[1].replace("\r\n", "\n") + LINES[2].replace("\r\n", "\r") + LINES[3],
        Expect(ALL),
    ),
    "no end of the last line": (PLAIN.rstrip("\r\n"), Expect(ALL)),
}

ROWS: dict[str, tuple[bytes | str, Expect | Refusal]] = {
    "a row too short": (_with(3, "#2,ana@example.com\n"), Expect(("#1", "#3"), ((3, "row-too-short"),))),
    "trailing cells left out": (_with(3, LINES[2].rstrip(",\r\n") + "\n"), Expect(ALL)),
    "a comma without quotes": (
        _with(3, LINES[2].replace("Calle Mayor 1", "Calle Mayor 1, 2")),
        Expect(("#1", "#3"), ((3, "row-too-long"),)),
    ),
    "empty cells too many in every row": (
        LINES[0] + "".join(line.rstrip("\r\n") + ",,,\n" for line in LINES[1:]),
        Expect(ALL),
    ),
    "an empty cell too many in one row": (
        _with(3, LINES[2].rstrip("\r\n") + ",\n"),
        Expect(("#1", "#3"), ((3, "row-too-long"),)),
    ),
    "cut off in a row": (PLAIN + "#4,ana@example.com,paid,EUR,20.0", Expect(ALL, ((5, "row-cut-off"),))),
    "an item cut off": (
        PLAIN + "#3,,,,,,,,2026-09-22 09:12:44 -0700,1,Re",
        Expect(("#1", "#2"), ((5, "row-cut-off"),)),
    ),
    "a faulty item spoils its order": (
        PLAIN + ",".join(an_item("#3")) + ",x\n",
        Expect(("#1", "#2"), ((5, "row-too-long"),)),
    ),
    "unclosed quote": (_with(3, LINES[2].replace("Calle", '"Calle')), Refusal("channels.unclosed-quote", 3)),
    "unclosed quote closed by a later one": (
        _with(3, LINES[2].replace("Calle", '"Calle')) + ",".join(an_order("#4", Shipping_Street='"Calle"')) + "\n",
        Refusal("channels.unclosed-quote", 3),
    ),
    "unclosed quote closed by inches": (
        _with(3, LINES[2].replace("Calle", '"Calle')) + ",".join(an_order("#4", Lineitem_name='Plate 7"')) + "\n",
        Refusal("channels.unclosed-quote", 3),
    ),
    "unclosed quote in the second line of a row": (
        _with(3, LINES[2].replace("Blue cup", '"Blue\ncup"').replace("Calle", '"Calle')),
        Refusal("channels.unclosed-quote", 4),
    ),
    "unclosed quote at the end": (
        PLAIN + ",".join(an_order("#4", Notes='"ring twice')),
        Refusal("channels.unclosed-quote", 5),
    ),
    "unclosed quote in a million letters": (
        LINES[0] + LINES[1].replace("Calle", '"Calle') + "".join(LINES[2:]) * 8000,
        Refusal("channels.unclosed-quote", 2),
    ),
    "a quote inside a cell": (
        _with(3, LINES[2].replace("Blue cup", '"Plate "7"')),
        Expect(("#1", "#3"), ((3, "stray-quote"),)),
    ),
    "quotes inside many cells": (
        LINES[0] + "".join(LINES[1].replace("#1", f"#{n}").replace("Blue cup", '"Plate "7"') for n in range(300)),
        Expect((), tuple((n + 2, "stray-quote") for n in range(300))),
    ),
    "inches without quotes": (
        _with(3, LINES[2].replace("Blue cup", 'Plate 7"')),
        Expect(ALL, check=lambda o: o[1].lines[0].name == 'Plate 7"'),
    ),
    "cells of several lines": (
        text_of([an_order("#1", Notes="Ring twice,\nthen wait.\n\nThanks"), B]),
        Expect(("#1", "#2"), check=lambda o: o[0].notes == "Ring twice,\nthen wait.\nThanks" and o[1].line == 6),
    ),
    "NUL bytes": (PLAIN.replace("Cádiz", "Cá\0diz\0"), Expect(ALL, check=_city("Cádiz"))),
    "NUL bytes in the number": (PLAIN.replace("#2", "#\0002"), Expect(ALL)),
    "a cell of 200 KB": (
        text_of([an_order("#1", Notes="x" * 200_000)]),
        Expect(("#1",), check=lambda o: len(o[0].notes) == 200_000),
    ),
    "a cell above 1 MB": (text_of([A, an_order("#2", Notes="x" * 1_100_000)]), Refusal("channels.cell-too-long", 3)),
    "a line without end": (PLAIN.encode() + b"x" * 17_000_000, Refusal("channels.line-too-long", 5)),
    "a return inside a cell": (
        _with(3, LINES[2].replace("Blue cup", "Blue\rcup")),
        Expect(("#1", "#3"), ((3, "price-missing"), (4, "date-missing"))),
    ),
}


def _workbook() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return stream.getvalue()


def _archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("orders.csv", PLAIN)
    return stream.getvalue()


def _database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a)")
    content = connection.serialize()
    connection.close()
    return content


NO_CSV: dict[str, tuple[bytes, Refusal]] = {
    "empty": (b"", Refusal("channels.file-empty")),
    "blank": (b" \r\n\r\n\t\n", Refusal("channels.file-empty")),
    "a mark and nothing": (codecs.BOM_UTF8, Refusal("channels.file-empty")),
    "a workbook": (_workbook(), Refusal("channels.is-excel")),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Refusal("channels.is-old-excel")),
    "an archive": (_archive(), Refusal("channels.is-archive")),
    "a packed file": (gzip.compress(PLAIN.encode()), Refusal("channels.is-archive")),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Refusal("channels.is-pdf")),
    "a sign-in page": (
        b"\n<!DOCTYPE html>\n<html><body>Sign in, please</body></html>",
        Refusal("channels.is-web-page"),
    ),
    "a table of a web page": (b"<table><tr><td>Name</td><td>Total</td></tr></table>", Refusal("channels.is-web-page")),
    "XML": (b'<?xml version="1.0"?><orders><order/></orders>', Refusal("channels.is-xml")),
    "JSON": (b'{"orders": [{"id": 1, "total": 2}]}', Refusal("channels.is-json")),
    "a database": (_database(), Refusal("channels.is-database")),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(300), Refusal("channels.is-picture")),
    "a text document": (b"{\\rtf1\\ansi Name, Total}", Refusal("channels.is-document")),
    "any bytes": (bytes((n * 73 + n // 7) % 256 for n in range(5000)), Refusal("channels.is-binary")),
    "zeros": (bytes(20_000), Refusal("channels.is-binary")),
}
