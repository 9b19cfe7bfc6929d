"""The command line: which commands there are, and how any of them ends."""

import os
import re
import sys
from typing import Any

import typer
from typer.core import TyperCommand
from typer.exceptions import TyperException

from backoffice.commands import carriers, demo, imports, mail, orders, parcels, people, printing, shops, stock
from backoffice.commands.answers import FAILED, MOST, REFUSED, Told, broken_off, ready_streams
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language, mark, system_language
from backoffice.core.version import VERSION

USAGE = 2
_IN_PLAIN_WORDS = (
    (r"Value error, ", ""),
    (r"Input should be a valid integer.*", "It must be a whole number."),
    (r"Input should be greater than or equal to (\S+)", r"The least is \1."),
    (r"Input should be less than or equal to (\S+)", r"The most is \1."),
    (r"(No such command '.*'\.)$", r"\1 --help lists the commands."),
)
"""What the parser of the line says in a programmer's words, and how it is said here."""
DAMAGED = frozenset(
    {"shop.missing", "shop.empty", "shop.truncated", "shop.damaged", "shop.altered", "shop.no-permission"}
)
"""Refusals to open a shop for which nobody who typed the command is to blame: they end like an outage."""
STOPPED = mark("Stopped. What was finished before is kept.")
SYSTEM = mark("The system refused: {reason}. Nothing was lost; check the file and try again.")
UNREADABLE = mark("A name in this line holds bytes that are no text (UTF-8). Rename the file, or type it anew.")

_HELP_IN_PLAIN_WORDS = {
    "<list[Path]>": "<files>",
    "<list[str]>": "<text>",
    "<int range>": "<number>",
    "<path>": "<file>",
    "<str> ": "<text>",
}
"""What --help calls the kinds of things that are typed, and how it is said here, no longer than there."""


class PlainHelp(TyperCommand):
    """A command whose --help is for people."""

    def get_help(self, ctx: Any) -> str:
        """The help without a programmer's names; its columns stay where they are."""
        text = super().get_help(ctx)
        for theirs, ours in _HELP_IN_PLAIN_WORDS.items():
            text = text.replace(theirs, ours.ljust(len(theirs)))
        return re.sub(r"(\d+)<=x<=(\d+)", _range, text)


def _range(found: re.Match[str]) -> str:
    least, most = found.groups()
    return f"{least} or more" if int(most) == MOST else f"{least} to {most}"


app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Backoffice: orders, stock and dispatch of a small online shop, out of one local file.",
    epilog="Without a command the window opens; `open SHOP` opens it on that shop.",
)
for room in (shops, demo, imports, orders, stock, parcels, printing, carriers, people, mail):
    room.register(app)
for registered in app.registered_commands:
    registered.cls = PlainHelp


@app.callback(invoke_without_command=True)
def _root(version: bool = typer.Option(False, "--version", help="Say the version and end.")) -> None:
    if version:
        sys.stdout.write(f"Backoffice {VERSION}\n")
        raise typer.Exit(0)


def main(arguments: list[str]) -> int:
    """Runs one command. 0 done · 1 refused or partly rejected · 2 wrong usage · 3 the world failed."""
    json = "--json" in arguments
    ready_streams(json=json)
    language = Language(system_language(os.environ))
    try:
        result = app(arguments, prog_name="backoffice", standalone_mode=False)
        sys.stdout.flush()
    except TyperException as wrong:
        broken_off("usage", _plainly(wrong.format_message()), json=json)
        return USAGE
    except Told as told:
        return _told(told, json=json)
    except (Refused, Outage) as error:
        return _told(Told(error, language), json=json)
    except (typer.Abort, KeyboardInterrupt):
        broken_off("stopped", language.words(STOPPED), json=json)
        return FAILED
    except OSError as error:
        broken_off("system", language.words(SYSTEM).format(reason=error.strerror or error), json=json)
        return FAILED
    except UnicodeEncodeError:
        if _are_text(arguments):
            raise
        broken_off("usage", language.words(UNREADABLE), json=json)
        return USAGE
    return result if isinstance(result, int) else 0


def _plainly(message: str) -> str:
    """What is wrong with the line, as one sentence without a programmer's words."""
    message = " ".join(message.split())
    for theirs, ours in _IN_PLAIN_WORDS:
        message = re.sub(theirs, ours, message)
    return message


def _told(told: Told, *, json: bool) -> int:
    """Says why there is no answer; the code it ends with."""
    error = told.error
    broken_off(error.code, told.sentence, json=json)
    return REFUSED if isinstance(error, Refused) and error.code not in DAMAGED else FAILED


def _are_text(arguments: list[str]) -> bool:
    """Whether all that was typed is text: Python keeps foreign bytes as lone surrogates, which nobody can write."""
    return all(letter < "\ud800" or letter > "\udfff" for argument in arguments for letter in argument)
