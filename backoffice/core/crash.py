"""Named places where a test may kill the program, to prove that nothing is lost there."""

import os
import signal

_passes: dict[str, int] = {}


def crash(point: str) -> None:
    """Do nothing, unless the environment asks to die here.

    BACKOFFICE_CRASH_AT="point:n" kills this process (SIGKILL, no clean-up) at the n-th pass, from 1.
    BACKOFFICE_CRASH_LOG=FILE appends the point's name as one line a pass, so that passes can be counted.
    """
    log, aim = os.environ.get("BACKOFFICE_CRASH_LOG"), os.environ.get("BACKOFFICE_CRASH_AT")
    if log is None and aim is None:
        return
    _passes[point] = _passes.get(point, 0) + 1
    if log:
        with open(log, "a", encoding="utf-8") as book:
            book.write(point + "\n")
    if aim == f"{point}:{_passes[point]}":
        _die()


def _die() -> None:
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(137)  # Windows has no SIGKILL; this too runs no clean-up
