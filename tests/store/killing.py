"""Runs an action in a process of its own and kills it at a named point, as a power cut would."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from backoffice.core import crash

can_kill = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process, which this system has not")


def killed(action: Callable[[], object], at: str) -> None:
    """Runs `action` in a fork that dies at `at` ("backup:3"); fails where it lives on or ends otherwise."""
    assert ended(action, BACKOFFICE_CRASH_AT=at) == -signal.SIGKILL, at


def passes(action: Callable[[], object], point: str, log: Path) -> int:
    """How often an undisturbed run of `action` passes the point."""
    assert ended(action, BACKOFFICE_CRASH_LOG=str(log)) == 0
    return log.read_text(encoding="utf-8").split().count(point)


def ended(action: Callable[[], object], **environment: str) -> int:
    """Runs `action` in a fork; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        _run_and_leave(action, environment)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _run_and_leave(action: Callable[[], object], environment: dict[str, str]) -> None:
    """Never returns: what pytest would do at its end is not for the fork."""
    code = 1
    try:
        os.environ.update(environment)
        crash._passes.clear()
        action()
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)
