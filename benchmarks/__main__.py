"""Runs the workloads of this folder: python3 dev.py bench [NAME …] [--scale 10k|100k|1m] [--keep DIR] [--list]."""

import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import kept
from benchmarks.floor import SCALES, Measure

HERE = Path(__file__).resolve().parent


def workloads(folder: Path = HERE) -> list[str]:
    """The names of the modules in `folder` that are workloads: those with a `main`, but for this one."""
    found = (each for each in folder.glob("*.py") if each.stem != "__main__")
    return sorted(each.stem for each in found if re.search(r"^def main\(", each.read_text("utf-8"), re.MULTILINE))


def measure(name: str, scale: int) -> bool:
    """Runs one workload in this process and prints its lines as they come; True if every goal is reached."""
    answer = importlib.import_module(f"benchmarks.{name}").main(scale)
    all_hold = True
    for row in [answer] if isinstance(answer, Measure) else answer or ():
        print(row.line(), flush=True)
        all_hold = all_hold and row.holds
    return all_hold


def main(arguments: list[str]) -> int:
    """0 where every goal is reached, 1 where one is missed or a workload broke, 2 for a name unknown."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="workloads; all of them when none is named")
    parser.add_argument("--scale", choices=SCALES, default="100k", help="how many orders")
    parser.add_argument("--keep", metavar="DIR", help="where large shops stay for the next run")
    parser.add_argument("--list", action="store_true", help="the workloads' names")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    known = workloads()
    names = [name.replace("-", "_") for name in asked.names] or known
    unknown = sorted(set(names) - set(known))
    if unknown:
        parser.error(f"no workload {', '.join(unknown)}; there is {', '.join(known) or 'none yet'}")
    if asked.list:
        print(*known, sep="\n")
        return 0
    if asked.here:
        return 0 if all([measure(name, SCALES[asked.scale]) for name in names]) else 1
    # A process each: nobody's imports, caches or memory are in another's figures.
    alone = [sys.executable, "-m", "benchmarks", "--here", "--scale", asked.scale]
    with tempfile.TemporaryDirectory() as while_it_runs:
        environment = {**os.environ, kept.FOLDER: os.path.abspath(asked.keep or while_it_runs)}
        return max((subprocess.call([*alone, name], env=environment) != 0 for name in names), default=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
