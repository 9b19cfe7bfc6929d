"""The demo: the shop's main job on invented files in a new folder, then pictures and the window."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from backoffice.commands import answers
from backoffice.core.display import display_answers
from backoffice.core.language import Language
from backoffice.demo import steps

SECONDS_FOR_PICTURES = 90


def register(app: typer.Typer) -> None:
    """Adds this command."""
    app.command()(demo)


def demo(
    out: Annotated[Path | None, typer.Option(help="A new folder for the demo shop and its PDFs.")] = None,
    no_window: Annotated[bool, typer.Option("--no-window", help="End without opening the window.")] = False,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    json: answers.Json = False,
) -> None:
    """Try the whole job on a demo shop. Import, pick, pack, print, dispatch, prove."""

    def task() -> int:
        folder = out or Path(tempfile.mkdtemp(prefix="backoffice-demo-"))
        words = Language(language)
        done = []
        for turn, step in enumerate(steps.run(folder, language=words), start=1):
            done.append(step)
            if not json:
                answers.say(f"{turn:2d}  {step.title}: {step.result}" + (f"  [{step.file}]" if step.file else ""))
        shop = folder / "demo.backoffice"
        pictures = _pictures(shop, folder / "pictures", language)
        if json:
            told = [{"title": step.title, "result": step.result, "file": step.file} for step in done]
            answers.say_json({"shop": shop, "steps": told, "pictures": pictures})
        else:
            where = str(folder / "pictures") if pictures else words.words("none could be taken here")
            answers.say(words.words("Pictures of the screens: {where}").format(where=where))
        return _window(shop, words, json=json, wanted=not no_window)

    answers.run(task)


def _ourselves(*arguments: object) -> list[str]:
    """The command line that starts this program again: a built app is its own interpreter."""
    program = [] if getattr(sys, "frozen", False) else [str(Path(sys.argv[0]).resolve())]
    return [sys.executable, *program, *map(str, arguments)]


def _pictures(shop: Path, folder: Path, language: str) -> list[Path]:
    """Pictures of every screen, taken by a second process: this one never loads the window's library."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    command = _ourselves("pictures", shop, folder, language)
    try:
        subprocess.run(command, env=environment, timeout=SECONDS_FOR_PICTURES, check=True, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return []
    return sorted(folder.glob("*.png"))


def _window(shop: Path, words: Language, *, json: bool, wanted: bool) -> int:
    if not wanted:
        return answers.DONE
    if not display_answers():
        if not json:
            answers.say(
                words.words("There is no display here, so no window opens. The demo shop is {file}.").format(file=shop)
            )
        return answers.DONE
    return subprocess.run(_ourselves("open", shop), check=False).returncode
