"""The command line: which commands there are, and how any of them ends."""

import sys

import typer
from typer.exceptions import TyperException

from backoffice.commands import carriers, demo, imports, orders, parcels, people, printing, shops, stock
from backoffice.commands.answers import FAILED, REFUSED, broken_off
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from backoffice.core.version import VERSION
from backoffice.sentences import sentence_for

USAGE = 2
DAMAGED = frozenset({"shop.empty", "shop.truncated", "shop.damaged", "shop.altered", "shop.no-permission"})
"""Refusals to open a shop for which nobody who typed the command is to blame: they end like an outage."""
STOPPED = "Stopped. What was finished before is kept."
SYSTEM = "The system refused: {reason}. Nothing was lost; check the file and try again."

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Backoffice: orders, stock and dispatch of a small online shop, out of one local file.",
)
for room in (shops, demo, imports, orders, stock, parcels, printing, carriers, people):
    room.register(app)


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Say the version and end.")) -> None:
    if version:
        sys.stdout.write(f"Backoffice {VERSION}\n")
        raise typer.Exit(0)


def main(arguments: list[str]) -> int:
    """Runs one command. 0 done · 1 refused or partly rejected · 2 wrong usage · 3 the world failed."""
    json = "--json" in arguments
    try:
        result = app(arguments, prog_name="backoffice", standalone_mode=False)
    except TyperException as wrong:
        broken_off("usage", " ".join(wrong.format_message().replace("Value error, ", "").split()), json=json)
        return USAGE
    except (Refused, Outage) as error:
        broken_off(error.code, sentence_for(error, Language("en")), json=json)
        return REFUSED if isinstance(error, Refused) and error.code not in DAMAGED else FAILED
    except (typer.Abort, KeyboardInterrupt):
        broken_off("stopped", STOPPED, json=json)
        return FAILED
    except OSError as error:
        broken_off("system", SYSTEM.format(reason=error.strerror or error), json=json)
        return FAILED
    return result if isinstance(result, int) else 0
