"""Commands for files around dispatch: hand-off to a carrier, its tracking numbers, write-back to the shop."""

from pathlib import Path
from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.commands.parcels import Orders
from backoffice.core.language import Language
from backoffice.orders.queries import facts as order_facts
from backoffice.sentences import sentence_for
from backoffice.shipping import hand_off, tracking_files, write_back
from backoffice.shipping.batches import Came, Outcome
from backoffice.shipping.printing.queries.parcels import parcels_for
from backoffice.shipping.tracking_files import TrackingRow, Verdict

Output = Annotated[Path, typer.Option("-o", "--output", metavar="FILE.csv", help="Where the file goes.")]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command("write-back")(write_dispatch_back)
    app.command("hand-off")(hand_parcels_off)
    app.command("tracking")(take_tracking)


def write_dispatch_back(
    shop: ShopFile,
    *,
    output: Output,
    channel: Annotated[str, typer.Option(help="Only this channel's orders.")] = "",
    like: Annotated[str, typer.Option("--as", help="plain or shopify.")] = "plain",
    columns: Annotated[str, typer.Option(help="Columns, by their codes, parted by commas.")] = "",
    again: Annotated[bool, typer.Option("--again", help="Also what was told before.")] = False,
    json: Json = False,
) -> None:
    """Write which parcels left, for the shop or marketplace. Their tracking numbers stand in it."""

    def task() -> int:
        chosen = [code.strip() for code in columns.split(",") if code.strip()]
        shape = write_back.layout(chosen, like=like)
        with answers.opened(shop) as opened:
            written = write_back.write(opened.store, output, channel=channel, shape=shape, again=again)
        if json:
            parcels = len(written.shipment_ids)
            answers.say_json({"file": written.file, "rows": written.rows, "parcels": parcels})
        else:
            rows = "1 row" if written.rows == 1 else f"{written.rows} rows"
            answers.say(f"{written.file}: {rows}" if written.file else "Nothing new has left since last time.")
        return answers.DONE

    answers.run(task)


def hand_parcels_off(
    shop: ShopFile,
    orders: Orders,
    *,
    output: Output,
    like: Annotated[str, typer.Option("--as", help="generic or royal-mail.")] = "generic",
    json: Json = False,
) -> None:
    """Write these orders' parcels for a carrier's program."""

    def task() -> int:
        with answers.opened(shop) as opened:
            ids = opened.ask(parcels_for, [opened.ask(order_facts.id_of, number) for number in orders])
            hand_off.hand_off(opened.store, ids, output, like=like)
        answers.say_json({"file": output, "parcels": len(ids)}) if json else answers.say(
            f"{output}: {len(ids)} parcels"
        )
        return answers.DONE

    answers.run(task)


def take_tracking(
    shop: ShopFile,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The carrier's CSV.", show_default=False)],
    *,
    ship: Annotated[bool, typer.Option("--ship", help="Also dispatch the packed parcels in it.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    json: Json = False,
) -> None:
    """Take tracking numbers out of a carrier's file."""

    def task() -> int:
        with answers.opened(shop) as opened:
            language = answers.language_of(opened)
            seen = opened.ask(tracking_files.preview, file)
            progress = answers.progress_line(file.name)
            done = [] if dry_run else tracking_files.apply(opened.store, seen, ship=ship, progress=progress)
        counts = {verdict.value: seen.count(verdict) for verdict in Verdict}
        rejected = [_rejection(row, language) for row in seen.rows if row.reason is not None]
        refused = [_refusal(outcome, language) for outcome in done if outcome.came is Came.REFUSED]
        if json:
            answers.say_json({"file": file, **counts, "rejected": rejected, "refused": refused})
        else:
            answers.say(f"{file.name}: " + ", ".join(f"{count} {verdict}" for verdict, count in counts.items()))
        for each in (*rejected, *refused):
            answers.complain(
                " ".join(filter(None, (f"line {each['line']}:" if "line" in each else "", each["message"])))
            )
        return answers.REFUSED if rejected or refused else answers.DONE

    answers.run(task)


def _rejection(row: TrackingRow, language: Language) -> dict[str, Any]:
    assert row.reason is not None
    return {"line": row.line, "reason": row.reason.code, "message": sentence_for(row.reason, language)}


def _refusal(outcome: Outcome, language: Language) -> dict[str, Any]:
    assert outcome.refusal is not None
    return {
        "number": outcome.number,
        "reason": outcome.refusal.code,
        "message": sentence_for(outcome.refusal, language),
    }
