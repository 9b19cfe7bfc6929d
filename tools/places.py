"""Where things lie in the project, and the one error every tool ends with."""

import os
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
