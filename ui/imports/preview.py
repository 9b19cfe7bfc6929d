"""One file's preview: what it is, its counts, what is rejected and why, what differs."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QFrame

from backoffice.channels import telling
from backoffice.channels import words as channel_words
from backoffice.channels.importing.verdicts import ERASED, Change, Tally
from backoffice.sentences import sentence
from backoffice.settings import queries as settings
from ui.imports.worker import Looked
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.context import AppContext
from ui.kit.table import Column, lines
from ui.kit.text import Chip, ChipLabel, CutLabel, Label

_MOST = 200


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    line: str
    text: str


def preview_of(app: AppContext, found: Looked) -> QFrame:
    """A card for one file."""
    words = app.words
    title = CutLabel(found.file.name, "strong")
    if found.outcome is None:
        told = Label(app.sentence(found.error) if found.error else "", "problem", wrap=True)
        return framed(column(title, told, gap=theme.S, margins=theme.L), card=True)
    tally = found.outcome.tally
    known = channel_words.READERS.get(found.outcome.detected, found.outcome.detected)
    read = app.plural("{n} line read", "{n} lines read", tally.rows)
    head = row(title, Label(f"{words(known)} · {read}", "muted"))
    head.setStretch(0, 1)
    parts: list[Any] = [head, row(*_chips(app, tally), SPRING)]
    if tally.rejections:
        told = words("These rows cannot go in yet; they are kept aside and can be mended:")
        parts += [Label(told, "muted"), _rejected(app, tally)]
    for erased, told in (
        (True, words("These need a look:")),
        (False, words("These are different from what the shop has:")),
    ):
        shown = [one for one in _changes(tally) if (one[1].field == ERASED) is erased]
        if shown:
            parts += [Label(told, "muted"), _changed(app, shown)]
    return framed(column(*parts, gap=theme.S, margins=theme.L), card=True)


def _chips(app: AppContext, tally: Tally) -> list[ChipLabel]:
    number = app.format.number
    chips = [
        Chip(app.words("{n} new").format(n=number(tally.new)), "good" if tally.new else "muted"),
        Chip(app.words("{n} changed").format(n=number(tally.changed)), "note" if tally.changed else "muted"),
        Chip(app.words("{n} unchanged").format(n=number(tally.unchanged)), "muted"),
        Chip(app.words("{n} rejected").format(n=number(tally.rejected)), "warn" if tally.rejected else "muted"),
    ]
    return [ChipLabel(chip) for chip in chips]


def _rejected(app: AppContext, tally: Tally) -> Any:
    rows = [
        _Row(at, app.format.number(one.line), sentence(one.code, one.facts, app.language))
        for at, one in enumerate(tally.rejections[:_MOST])
    ]
    columns = [Column("line", app.words("Line"), width=70), Column("text", app.words("Reason"), stretch=True)]
    return lines(columns, rows, app.format, name=app.words("Rejected rows"), most=6)


def _changes(tally: Tally) -> list[tuple[str, Change]]:
    return [(name, one) for name, some in tally.changes[:_MOST] for one in some if one.field != "evidence"]


def _changed(app: AppContext, shown: list[tuple[str, Change]]) -> Any:
    rows = []
    currency = app.ask(settings.profile).currency
    for name, change in shown:
        rows.append(_Row(len(rows), name, telling.difference(change, app.language, currency=currency)))
    columns = [Column("line", app.words("Record"), width=180), Column("text", app.words("Difference"), stretch=True)]
    return lines(columns, rows, app.format, name=app.words("Changed records"), most=6)
