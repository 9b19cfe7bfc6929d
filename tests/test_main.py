"""The front door: a window where there is a display, commands without Qt, one sentence where neither can be."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
# Runs the door in a fresh Python and says at the end whether Qt came in.
ASK = "import sys, main\ntry:\n    sys.exit(main.main(sys.argv[1:]))\nfinally:\n    print('PySide6' in sys.modules)"


def door(*arguments):
    blind = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        cwd=ROOT,
        env=blind,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_without_a_display_one_sentence_says_how_to_go_on():
    answer = door()
    assert answer.returncode == 3
    assert len(answer.stderr.splitlines()) == 1
    assert "python3 dev.py demo --no-window" in answer.stderr
    assert answer.stdout == "False\n", "Qt was imported, and might have aborted"


def test_the_version_is_the_projects():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert door("--version").stdout.splitlines() == [f"Backoffice {project['version']}", "False"]


def test_a_command_imports_no_qt():
    answer = door("--help")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "False"


def test_the_door_stays_small():
    assert len((ROOT / "main.py").read_text(encoding="utf-8").splitlines()) <= 40
