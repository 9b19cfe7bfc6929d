"""Commands that take files in and undo that: import, undo-import."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from backoffice.channels import telling
from backoffice.channels.candidates import Rejected
from backoffice.channels.importing import run as importing
from backoffice.channels.importing.undo import undo
from backoffice.channels.importing.verdicts import Change
from backoffice.channels.interface import Kind
from backoffice.channels.reading import open_table
from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.sentences import sentence, sentence_for
from backoffice.settings import queries as settings
from backoffice.shop import Shop

Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="CSV files.", show_default=False)]
LARGE = 20_000_000
"""Bytes of a file before which the shop is backed up."""


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("import")(import_files)
    app.command("undo-import")(undo_import)


def import_files(
    shop: ShopFile,
    files: Files,
    *,
    reader: Annotated[str, typer.Option("--as", help="The reader to use, for example shopify-orders.")] = "",
    mapping: Annotated[str, typer.Option("--map", help="A remembered column mapping, or a mapping's .json file.")] = "",
    kind: Annotated[
        Kind | None, typer.Option("--kind", help="What a file holds whose columns speak for themselves.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    json: Json = False,
) -> None:
    """Take files of orders, products or stock in."""
    how = {"reader": reader, "mapping": mapping, "kind": kind.value if kind else ""}

    def task() -> int:
        with answers.opened(shop) as opened:
            if dry_run and len(files) > 1:
                found = _rehearse(opened, files, how)
            else:
                found = [_one(opened, file, how, dry_run=dry_run) for file in files]
        if json:
            answers.say_json({"files": [answer for answer, _code in found]})
        else:
            for answer, _code in found:
                if answer["detected"]:  # why a file was refused is said already
                    _tell(answer)
        return max(code for _answer, code in found)

    answers.run(task)


def undo_import(
    shop: ShopFile,
    batch: Annotated[
        int, typer.Argument(metavar="BATCH", min=1, max=answers.MOST, help="The import's number.", show_default=False)
    ],
    json: Json = False,
) -> None:
    """Take an import back. What nobody has touched since goes away again."""

    def task() -> int:
        with answers.opened(shop) as opened:
            undone, language = undo(opened.store, batch), answers.language_of(opened)
        if json:
            kept = [
                {"name": name, "reason": why.code, "message": telling.staying(name, why, language)}
                for name, why in undone.stays
            ]
            told = {"batch": batch, "gone": undone.gone, "put_back": undone.put_back}
            answers.say_json(told | {"kept": undone.kept, "kept_because": kept})
        else:
            answers.say(f"{undone.gone} records gone, {undone.put_back} put back, {len(undone.kept)} kept.")
            for name, why in undone.stays[:20]:
                answers.say(f"  kept: {telling.staying(name, why, language)}")
        return answers.DONE

    answers.run(task)


def _rehearse(shop: Shop, files: list[Path], how: dict[str, str]) -> list[tuple[dict[str, Any], int]]:
    """What taking the files in one after the other would do, tried on a copy: a file of counts needs the products."""
    with TemporaryDirectory(prefix="backoffice-dry-run-") as folder:
        copy = Shop.open(shop.back_up(Path(folder) / "copy.backoffice"))
        try:
            found = [_one(copy, file, how, dry_run=False) for file in files]
        finally:
            copy.close(backup=False)
    return [({**answer, "batch": None}, code) for answer, code in found]


def _one(shop: Shop, file: Path, how: dict[str, str], *, dry_run: bool) -> tuple[dict[str, Any], int]:
    """One file's answer and code; a refused file does not hold up the others."""
    language = answers.language_of(shop)
    try:
        found = shop.ask(importing.detect, file, **how)
        if dry_run:
            outcome = shop.ask(importing.preview, found)
        else:
            if file.stat().st_size > LARGE:
                shop.back_up(reason="import")
            outcome = importing.apply(shop.store, found, progress=answers.progress_line(file.name))
    except (Refused, Outage) as error:
        told = sentence_for(error, language)
        refused = {"line": error.facts.get("line"), "reason": error.code, "message": told}
        answers.complain(f"{file.name}: {told}")
        code = answers.REFUSED if isinstance(error, Refused) else answers.FAILED
        left = _lines_of(file)
        none_of_it = {"rows": left, "lines": left, "rejected_count": left, "refused": True}
        return _answer(file, None, [refused]) | none_of_it, code
    rejections = [_rejection(one, language) for one in outcome.tally.rejections]
    currency = shop.ask(settings.profile).currency
    changes = [_changed(name, some, language, currency) for name, some in outcome.tally.changes]
    return _answer(file, outcome, rejections) | {
        "changes": changes
    }, answers.REFUSED if outcome.tally.rejected else answers.DONE


def _lines_of(file: Path) -> int:
    """How many lines of a refused file did not go in, as far as they can be counted."""
    try:
        table = open_table(file)
    except (Refused, Outage):
        return 0
    return max(table.lines - table.data_line + 1, 0)


def _answer(file: Path, outcome: importing.Outcome | None, rejections: list[dict[str, Any]]) -> dict[str, Any]:
    tally = outcome.tally if outcome else None
    return {
        "file": file,
        "detected": outcome.detected if outcome else None,
        "channel": outcome.channel if outcome else None,
        "rows": tally.records if tally else 0,
        "lines": tally.rows if tally else 0,
        "new": tally.new if tally else 0,
        "changed": tally.changed if tally else 0,
        "unchanged": tally.unchanged if tally else 0,
        "rejected": rejections,
        "rejected_count": tally.rejected if tally else len(rejections),
        "batch": outcome.batch_id if outcome else None,
    }


def _rejection(found: Rejected, language: Language) -> dict[str, Any]:
    return {"line": found.line, "reason": found.code, "message": sentence(found.code, found.facts, language)}


def _changed(name: str, changes: Sequence[Change], language: Language, currency: str) -> dict[str, Any]:
    """One changed record with what the file has otherwise; `kept`: the shop's own stays."""
    return {
        "name": name,
        "differences": [
            {
                "field": one.field,
                "subject": one.subject,
                "old": _plain(one.old, one.field, currency),
                "new": _plain(one.new, one.field, currency),
                "kept": one.kept,
                "message": telling.difference(one, language, currency=currency),
            }
            for one in changes
            if one.field != "evidence"
        ],
    }


def _plain(value: object, field: str, currency: str) -> object:
    return asdict(value) if isinstance(value, PostalAddress) else telling.priced(value, field, currency)


def _tell(answer: dict[str, Any]) -> None:
    answers.say(
        f"{Path(answer['file']).name}: {answer['detected']}, {answer['rows']} rows: {answer['new']} new,"
        f" {answer['changed']} changed, {answer['unchanged']} unchanged, {answer['rejected_count']} rejected"
        + (f" (import {answer['batch']})" if answer["batch"] else "")
    )
    for rejection in answer["rejected"][:50]:
        answers.say(f"  line {rejection['line']}: {rejection['message']}")
    for changed in answer.get("changes", [])[:50]:
        for one in changed["differences"]:
            answers.say(f"  {changed['name']}: {one['message']}")
