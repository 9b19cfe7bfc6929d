"""A crash point is inert until the environment asks for it."""

import os
import signal
import subprocess
import sys

import pytest

from backoffice.core.crash import crash

LOOP = """
from backoffice.core.crash import crash
for n in range(5):
    print(n, flush=True)
    crash("import.row")
"""


def run(**env):
    return subprocess.run(
        [sys.executable, "-c", LOOP], env=os.environ | env, capture_output=True, text=True, timeout=60
    )


def test_without_a_wish_nothing_happens():
    assert run().stdout.split() == ["0", "1", "2", "3", "4"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_the_third_pass_kills_at_once():
    dead = run(BACKOFFICE_CRASH_AT="import.row:3")
    assert dead.returncode == -signal.SIGKILL
    assert dead.stdout.split() == ["0", "1", "2"]


def test_another_point_lives_on():
    assert run(BACKOFFICE_CRASH_AT="send.dot:1").returncode == 0


def test_the_passes_are_counted_in_a_file(tmp_path, monkeypatch):
    log = tmp_path / "passes"
    monkeypatch.setenv("BACKOFFICE_CRASH_LOG", str(log))
    crash("backup.copy")
    crash("backup.prove")
    assert log.read_text().split() == ["backup.copy", "backup.prove"]
