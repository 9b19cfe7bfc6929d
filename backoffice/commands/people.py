"""Commands about people's data: export-person, erase-person, purge-people."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from backoffice.commands import answers
from backoffice.commands.answers import Json, ShopFile
from backoffice.customers.person import erasing, export, purging, queries
from backoffice.customers.words import ERASURE, KEPT
from backoffice.sentences import happening
from backoffice.settings.actions import change_profile
from backoffice.settings.queries import profile
from backoffice.shop import Shop
from backoffice.store import typed

Person = Annotated[
    int, typer.Argument(metavar="ID", min=1, max=answers.MOST, help="The customer's id.", show_default=False)
]


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    app.command()(export_person)
    app.command()(erase_person)
    app.command()(purge_people)


def export_person(
    shop: ShopFile,
    person: Person,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder for the two files.")],
    json: Json = False,
) -> None:
    """Write everything about one person as JSON and PDF."""

    def task() -> int:
        with answers.opened(shop) as opened:
            language = answers.language_of(opened)

            def tell(verb: str, facts: dict[str, Any]) -> str:
                return happening(verb, facts, language)

            everything = opened.ask(queries.everything, person)
            own = opened.ask(profile)
            written = export.write(everything, output, shop=own, at=opened.clock.now(), language=language, tell=tell)
            with opened.work() as work:
                export.record(work, person)
        if json:
            answers.say_json({"person": person, "files": [written.json, written.pdf]})
        else:
            answers.say(f"{written.json}\n{written.pdf}")
        return answers.DONE

    answers.run(task)


def erase_person(
    shop: ShopFile,
    person: Person,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go and what stays.")] = False,
    json: Json = False,
) -> None:
    """Take one person's data away. What the law asks to keep stays under a pseudonym."""

    def task() -> int:
        with answers.opened(shop) as opened:
            language = answers.language_of(opened)
            if dry_run:
                found = opened.ask(erasing.plan, person)
            else:
                names = opened.ask(erasing.known_as, person)
                with opened.work() as work:
                    found = erasing.erase(work, person)
                with opened.work() as work:
                    erasing.sweep(work)
                typed.forget(opened.path, names)
        if json:
            answers.say_json(asdict(found))
            return answers.DONE
        for part, rows in found.erased.items():
            answers.say(f"- {language.words(ERASURE.get(part, part))}: {rows}")
        for part, rows in found.kept.items():
            answers.say(f"= {language.words(KEPT.get(part, part))}: {rows}")
        return answers.DONE

    answers.run(task)


def purge_people(
    shop: ShopFile,
    months: Annotated[int, typer.Option(min=0, max=600, help="Nothing bought, said or allowed for so many months.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say who would go.")] = False,
    daily: Annotated[bool, typer.Option("--daily", help="And do so each day from now on; --months 0 ends it.")] = False,
    json: Json = False,
) -> None:
    """Take the data of people away who are long gone. Long is so many months without dealing with them."""

    def task() -> int:
        with answers.opened(shop) as opened:
            people = _aged(opened, months, dry_run=dry_run) if months or not daily else []
            if daily and not dry_run:
                with opened.work() as work:
                    change_profile(work, purge_after_months=months)
            each_day = opened.ask(profile).purge_after_months
        if json:
            answers.say_json({"months": months, "people": people, "done": not dry_run, "daily": each_day})
            return answers.DONE
        answers.table(["id", "name", "last seen"], [list(one.values()) for one in people])
        return answers.DONE

    answers.run(task)


def _aged(shop: Shop, months: int, *, dry_run: bool) -> list[dict[str, object]]:
    """Who would go, or who went."""
    gone: list[purging.Due] = []
    if dry_run:
        gone = shop.ask(purging.due, now=shop.clock.now(), months=months)
    else:
        after = 0
        while True:
            with shop.work() as work:
                some, after = purging.purge(work, months=months, after=after)
            gone += some
            if not after:
                break
        if gone:
            with shop.work() as work:
                erasing.sweep(work)
    return [asdict(one) for one in gone]
