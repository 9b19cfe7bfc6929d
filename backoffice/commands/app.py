"""The command line: which commands there are, and how any of them ends."""

import sys

import typer
from typer.exceptions import TyperException

from backoffice.commands import carriers, demo, imports, orders, parcels, people, printing, shops, stock
from backoffice.commands.answers import FAILED, complain
from backoffice.core.version import VERSION

USAGE = 2

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
    try:
        result = app(arguments, prog_name="backoffice", standalone_mode=False)
    except TyperException as wrong:
        complain(str(getattr(wrong, "message", wrong)))
        return USAGE
    except (typer.Abort, KeyboardInterrupt):
        complain("Stopped. What was finished before is kept.")
        return FAILED
    except OSError as error:
        complain(f"The system refused: {error.strerror or error}. Nothing was lost; check the file and try again.")
        return FAILED
    return result if isinstance(result, int) else 0
