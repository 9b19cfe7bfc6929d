"""Where the pages lie that are only looked at and printed: readable by this user only, gone when the program ends."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from backoffice.core.paths import safe_file_name


@cache
def _folder() -> Path:
    made = Path(tempfile.mkdtemp(prefix="backoffice-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


def place(title: str) -> Path:
    """A PDF file of this title that nobody has yet."""
    return Path(tempfile.mkdtemp(dir=_folder())) / safe_file_name(f"{title}.pdf")
