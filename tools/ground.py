"""Makes the project's virtual environment out of a lock file, once, and mends it when it is not whole.

A stamp inside `.venv` says from which lock and by which Python it was filled, and which packages came. It is
taken away before anything changes and written when all is done: no stamp, no trust.
"""

import hashlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tools import system
from tools.places import DEV_LOCK, LOCK, PYTHON, ROOT, VENV, Stop, say

STAMP = VENV / "backoffice-stamp.json"
GUARD = ROOT / ".setup.lock"


def ready(*, dev: bool) -> None:
    """Sees to it that the environment holds the runtime lock, or with `dev` the developers' lock.

    Returns at once when the stamp says so. Raises Stop where Python, the disk or the network fails.
    """
    if _holds(_stamp(), dev=dev):
        return
    with _alone():
        stamp = _stamp()
        if _holds(stamp, dev=dev):  # another call made it while this one waited
            return
        lock = DEV_LOCK if dev or (stamp and stamp["lock"] == DEV_LOCK.name) else LOCK
        STAMP.unlink(missing_ok=True)
        if stamp is None:
            _make_anew()
        _fill(lock)
        _write_stamp(lock)


def child_environment() -> dict[str, str]:
    """The environment for programs of `.venv`: nothing in it points at another Python's packages."""
    foreign = {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in foreign}


def _stamp() -> dict[str, str] | None:
    """What the stamp says, or None where it is missing or no longer true of what lies there."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        whole = stamp["python"] == _interpreter() and set(stamp["packages"]) <= set(_packages())
        return stamp if whole else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _holds(stamp: dict[str, str] | None, *, dev: bool) -> bool:
    if stamp is None:
        return False
    wanted = (DEV_LOCK,) if dev else (DEV_LOCK, LOCK)
    return any(stamp["lock"] == lock.name and stamp["hash"] == _hash(lock) for lock in wanted)


def _write_stamp(lock: Path) -> None:
    stamp = {"lock": lock.name, "hash": _hash(lock), "python": _interpreter(), "packages": _packages()}
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    fresh.replace(STAMP)


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _interpreter() -> str:
    """The Python behind `.venv` and the version it had: an upgrade below our feet changes one or the other."""
    facts = dict(
        line.split(" = ", 1) for line in (VENV / "pyvenv.cfg").read_text("utf-8").splitlines() if " = " in line
    )
    return f"{PYTHON.resolve(strict=True)} {facts['home']} {facts['version']}"


def _packages() -> list[str]:
    """The installed distributions, by their folders' names."""
    found = [*VENV.glob("lib/python*/site-packages/*.dist-info"), *VENV.glob("Lib/site-packages/*.dist-info")]
    return sorted({folder.name for folder in found})


def _make_anew() -> None:
    base = getattr(sys, "_base_executable", None) or sys.executable  # never a Python inside what is cleared
    if not _venv_is_there():
        _bring_venv(base)
    say("Making .venv.")
    if _run([base, "-m", "venv", "--clear", str(VENV)]):
        raise Stop(f"The virtual environment {VENV} could not be made; the lines above say why.")


def _venv_is_there(_name: str = "") -> bool:
    """Whether this Python brings all that makes an environment; Debian's and Ubuntu's own one may not."""
    importlib.invalidate_caches()
    try:
        return bool(importlib.import_module("venv") and importlib.import_module("ensurepip").version())
    except (ImportError, AttributeError):
        return False


def _bring_venv(base: str) -> None:
    if not system.is_the_systems(base):
        raise Stop(f"The Python at {base} cannot make virtual environments: use one that has venv and ensurepip.")
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    system.provide({"Python's venv": package}, present=_venv_is_there)


def _fill(lock: Path) -> None:
    say(f"Installing what {lock.name} lists. This is done once and takes a minute or two.")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
    if _run([*pip, "install", "--no-deps", "--require-hashes", "-r", str(lock)]):
        raise Stop(
            f"What {lock.name} lists could not be installed; the lines above say why. "
            "Look at the network, then call again: the next call begins where it must."
        )


def _run(command: list[str]) -> int:
    try:
        return subprocess.call(command, cwd=ROOT, env=child_environment() | {"PIP_USER": "0"})
    except OSError as error:
        raise Stop(f"{command[0]} could not be started: {error.strerror}.") from error


@contextmanager
def _alone() -> Iterator[None]:
    """Lets one call at a time set things up; a second one waits, a dead one lets go by itself."""
    try:
        guard = GUARD.open("a")
    except OSError as error:
        raise Stop(f"Nothing can be written in {ROOT}: {error.strerror}. Use a folder that is yours.") from error
    with guard:
        if sys.platform == "win32":
            import msvcrt

            while True:
                with suppress(OSError):  # it gives up after ten seconds
                    msvcrt.locking(guard.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX)
        yield
