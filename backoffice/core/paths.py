"""Where things lie: the data folder, the bundled resources, private files, names safe for any disk."""

import os
import re
import sys
import tempfile
from pathlib import Path, PurePosixPath

import platformdirs

from backoffice.core.text import normal, one_line

_LONGEST_NAME = 120  # letters; and twice as many bytes: Linux takes 255 bytes, Windows 260 letters of a path
_LONGEST_ENDING = 12
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SEPARATOR = re.compile(r"[/\\]")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)


def data_folder() -> Path:
    """The folder of this user's shops, made private (0700) when absent.

    The environment's BACKOFFICE_HOME wins over the place the system has for such things. OSError if it
    cannot be made.
    """
    wished = os.environ.get("BACKOFFICE_HOME")
    if wished:
        return private_folder(Path(wished))
    folder = private_folder(platformdirs.user_data_path("Backoffice", appauthor=False))
    folder.chmod(0o700)
    return folder


def resource(name: str) -> Path:
    """Where a bundled file lies: resource("icons/order.svg"), in the source tree and in the built program."""
    part = PurePosixPath(name)
    if part.is_absolute() or ".." in part.parts:
        raise ValueError(f"no resource: {name!r}")
    bundle = getattr(sys, "_MEIPASS", None)  # set by PyInstaller in the built program
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root / "resources" / part


def private_folder(path: Path) -> Path:
    """Make the folder, readable by its owner only (0700); a folder that exists is left as it is."""
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    return path


def private_file(path: Path) -> Path:
    """Make an empty file, readable by its owner only (0600), or make the existing one so; never empties it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
    return path


def write_private(path: Path, content: bytes) -> Path:
    """Put content at path (0600) whole or not at all: a temporary name, fsync, rename. OSError as the disk says."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=path.parent)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def safe_file_name(text: str) -> str:
    """A single file name, good on every system, from foreign text; "unnamed" if nothing is left.

    Path parts are joined, control characters and direction overrides go, Windows' reserved names and signs
    are defused, the ending survives the cut to 120 letters.
    """
    parts = [one_line(part).strip(". ") for part in _SEPARATOR.split(text)]
    name = normal("_".join(part for part in parts if part))
    name = _FORBIDDEN.sub("_", name).lstrip("-~. ")
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > _LONGEST_ENDING or " " in ending:
        stem, dot, ending = name, "", ""
    ending = dot + ending
    room = _LONGEST_NAME - len(ending)
    stem = _within(stem[:room], 2 * _LONGEST_NAME - len(ending.encode())).strip(". ")
    name = stem + ending
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "unnamed"


def _within(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
