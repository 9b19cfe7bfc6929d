"""Commands for a shop file as a whole: new, backup, restore, check."""

from pathlib import Path
from typing import Annotated

import typer

from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.sentences import sentence
from backoffice.shop import Shop


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for command in (new, backup, restore, check):
        app.command()(command)


def new(
    shop: ShopFile,
    *,
    name: Annotated[str, typer.Option(help="The shop's name.")],
    currency: Annotated[str, typer.Option(help="Currency code, for example EUR.")],
    country: Annotated[str, typer.Option(help="Country code, for example ES.")],
    timezone: Annotated[str, typer.Option(help="Time zone, for example Europe/Madrid.")],
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    json: Json = False,
) -> None:
    """Make a new, empty shop."""

    def task() -> int:
        made = Shop.create(shop, name=name, currency=currency, country=country, zone=timezone, language=language)
        made.close()
        if json:
            answers.say_json(
                {"shop": shop, "name": name.strip(), "currency": currency.upper(), "country": country.upper()}
            )
        else:
            answers.say(f"{shop}: {name.strip()} is made.")
        return answers.DONE

    answers.run(task)


def backup(
    shop: ShopFile,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to put the copy.")] = None,
    json: Json = False,
) -> None:
    """Make a proven copy of the shop."""

    def task() -> int:
        with answers.opened(shop, to_read=output is not None) as opened:
            file = opened.back_up(output)
            second = opened.health().second_failure if output is None else ""
            if second:
                language = answers.language_of(opened)
                told = language.words("The copy in the second folder was not made.")
                answers.complain(f"{told} {sentence(second, {'file': file.name}, language)}")
        answers.say_json({"file": file}) if json else answers.say(f"Backup written and proven: {file}")
        return answers.FAILED if second else answers.DONE

    answers.run(task)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    shop: ShopFile,
    *,
    from_shop: Annotated[bool, typer.Option("--from-shop", help="FILE may be a shop that is worked with.")] = False,
    json: Json = False,
) -> None:
    """Put a backup in the place of a shop. The shop as it was is kept as a backup of its own."""

    def task() -> int:
        kept = Shop.restore(file, shop, from_shop=from_shop)
        if json:
            answers.say_json({"shop": shop, "restored": file, "kept": kept})
        else:
            answers.say(f"{shop} is as it was in {file}." + (f" What was there before: {kept}" if kept else ""))
        return answers.DONE

    answers.run(task)


def check(shop: ShopFile, json: Json = False) -> None:
    """Prove the shop's numbers from their ledgers."""

    def task() -> int:
        with answers.opened(shop, to_read=True) as opened:
            found = opened.check()
        whole = all(not one.faults for one in found)
        if json:
            checks = [
                {"name": one.name, "ok": not one.faults, "looked_at": one.looked_at, "faults": one.faults}
                for one in found
            ]
            answers.say_json({"ok": whole, "checks": checks})
        else:
            for one in found:
                answers.say(f"{'ok' if not one.faults else '!!'}  {one.title} ({one.looked_at})")
                for fault in one.faults:
                    answers.say(f"       {fault}")
        return answers.DONE if whole else answers.REFUSED

    answers.run(task)
