"""Makes the two lock files anew from pyproject.toml: every version with its hashes, for all systems, no hosts."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.places import DEV_LOCK, LOCK, ROOT, Stop

COMPILE = [
    *("uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--quiet"),
    *("--generate-hashes", "--no-emit-index-url", "--no-annotate", "--no-header"),
]
LOCKS = {LOCK: [], DEV_LOCK: ["--group", "dev"]}
_HOST = re.compile(r"://|--(extra-)?index-url|--find-links|\bfile:|@ ")


def hosts(text: str) -> list[str]:
    """The lines of a lock file that say where something is fetched from; there should be none."""
    return [line.strip() for line in text.splitlines() if _HOST.search(line)]


def write(lock: Path, extra: list[str]) -> None:
    """Compiles one lock; versions already in it stay unless `extra` says otherwise. Raises Stop on failure."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / lock.name
        if lock.exists():
            fresh.write_bytes(lock.read_bytes())
        command = [sys.executable, "-m", *COMPILE, *extra, "--output-file", str(fresh)]
        if subprocess.call(command, cwd=ROOT, stdout=subprocess.DEVNULL):
            raise Stop(f"{lock.name} stays as it was: the lines above say why.")
        named = hosts(fresh.read_text("utf-8"))
        if named:
            raise Stop(f"{lock.name} stays as it was: the new one names a host: {named[0]}")
        lock.write_text(fresh.read_text("utf-8"), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Both locks, the developers' one after the runtime one; what is in `arguments` goes to uv."""
    try:
        for lock, extra in LOCKS.items():
            write(lock, [*extra, *arguments])
    except Stop as stop:
        print(stop.sentence, file=sys.stderr)
        return stop.code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
