"""Builds the app as one folder with PyInstaller and tries out what was built."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from backoffice.core.version import VERSION
from tools import translations
from tools.places import ROOT, Stop, say

DIST = ROOT / "dist"
PATIENCE = 600  # seconds for one try of the built app, on a slow machine


def built_program(platform: str = sys.platform) -> Path:
    """The built program that can be asked from a command line."""
    if platform == "win32":
        return DIST / "Backoffice" / "Backoffice-command.exe"
    if platform == "darwin":
        return DIST / "Backoffice.app" / "Contents" / "MacOS" / "Backoffice"
    return DIST / "Backoffice" / "Backoffice"


def build() -> None:
    """Runs PyInstaller over installer.spec; raises Stop when it fails."""
    translations.compile_all()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    if subprocess.call([*command, *folders, str(ROOT / "installer.spec")], cwd=ROOT):
        raise Stop("The app was not built: the lines above say why.", 1)


def try_out(program: Path, version: str) -> list[str]:
    """Starts the built app as on a machine without Python or display; answers what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        said, fault = _start(program, ["--version"], Path(folder))
        if fault is None and version not in said:
            fault = f"--version says {said.strip()!r}, not {version}"
        faults = [fault] if fault else []
        _, fault = _start(program, ["demo", "--no-window", "--out", str(Path(folder) / "demo")], Path(folder))
        return [*faults, fault] if fault else faults


def _start(program: Path, arguments: list[str], home: Path) -> tuple[str, str | None]:
    """What the program printed, and what was wrong if it did not end with 0."""
    # Nothing of this machine's Python and no display; Windows needs its SYSTEMROOT to start anything.
    passed = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "LANG") if name in os.environ}
    alone = passed | {"PATH": os.defpath, "HOME": str(home), "BACKOFFICE_HOME": str(home / "data")}
    told = " ".join(arguments)
    try:
        ended = subprocess.run(
            [str(program), *arguments],
            cwd=home,
            env=alone,
            timeout=PATIENCE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return "", f"{told}: {error}"
    return ended.stdout, f"{told}: ended with {ended.returncode}\n{ended.stdout}" if ended.returncode else None


def main() -> int:
    """Builds, tries out, says where the app is and how large; 1 if the built app fails."""
    began = time.monotonic()
    try:
        build()
    except Stop as stop:
        say(stop.sentence)
        return stop.code
    built = time.monotonic()
    faults = try_out(built_program(), VERSION)
    size = sum(each.lstat().st_size for each in DIST.rglob("*") if each.is_file()) / 1e6
    print(f"Built in {built - began:.0f} s, tried out in {time.monotonic() - built:.0f} s, {size:.0f} MB: {DIST}")
    for fault in faults:
        say(f"The built app fails: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
