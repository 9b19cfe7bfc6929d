"""Where things lie in the project, and how a tool speaks to the person in front of it."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"


class Stop(Exception):
    """The work cannot go on: `sentence` is for the person, `code` is what the program ends with."""

    def __init__(self, sentence: str, code: int = 3) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def say(sentence: str) -> None:
    """One line for the person who waits, on stderr: stdout belongs to the program that is started."""
    print(sentence, file=sys.stderr, flush=True)
