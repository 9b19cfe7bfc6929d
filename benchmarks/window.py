"""The window: painted, usable, left alone, its memory, its table, and alive while a file is taken in.

Each process is a fresh one without a screen, its modules compiled before; see benchmarks.window_parts.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks import shopify_file, window_table
from benchmarks.floor import Measure, compare, within
from benchmarks.many_orders import a_shop_of

GAP = 0.050
LATE = 0.016
IDLE = 0.005  # CPU seconds in ten
MEGABYTES = 60.0
IMPORTED = 10_000
SMALL = 10_000
ROUNDS = 5
_PATIENCE = 180.0  # seconds until a process that hangs is ended


def main(scale: int) -> Iterator[Measure]:
    """`scale` orders in the shop; the file taken in has 10,000."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(QT_QPA_PLATFORM="offscreen", BACKOFFICE_HOME=str(folder / "home"))
        shop = a_shop_of(folder / "many", scale)
        shop.close(backup=False)
        yield from of(shop.path, folder, scale)


def of(shop: Path, folder: Path, scale: int) -> Iterator[Measure]:
    """All rows on this shop of `scale` orders, which nobody has open; files are made in the folder."""
    here = str(shop)
    for part in (("bare",), ("usable", here)):
        _run(*part)  # compiles the modules, and the window remembers its words
    yield compare("window painted", ours=lambda: _run("shell"), floor=lambda: _run("bare"), goal=1.3)
    yield compare("orders usable", ours=lambda: _run("usable", here), floor=lambda: _run("bare"), goal=3.0)
    if scale > SMALL:
        few = a_shop_of(folder / "few", SMALL)
        few.close(backup=False)
        small = str(few.path)
        usable, beside = (lambda at=at: _run("usable", at) for at in (here, small))
        yield compare("orders usable, beside 10k orders", ours=usable, floor=beside, goal=1.2)
    yield from _gaps(here)
    spent = _run("idle", here)
    yield within("idle for 10 s", ours=spent["cpu"] * 10 / spent["seconds"], goal=IDLE)
    if sys.platform == "linux":
        more = _run("memory", here)["megabytes"] - _run("bare_memory")["megabytes"]
        yield within("memory above a bare window's", ours=more, goal=MEGABYTES, unit="MB")
    else:
        print("The memory is measured on Linux only: other systems do not tell what a process has for itself.")
    yield from window_table.of(shop)
    yield from _import(here, folder)


def _gaps(shop: str) -> Iterator[Measure]:
    """The longest gap of each round, the median of them; the second line is what of it was our own work."""
    found = [_run("gaps", shop) for _ in range(ROUNDS)]
    yield within("longest gap after the first paint", ours=median(each["longest"] for each in found), goal=GAP)
    yield within("of it CPU of the main thread", ours=median(each["own"] for each in found), goal=GAP)


def _import(shop: str, folder: Path) -> Iterator[Measure]:
    file = folder / "orders.csv"
    shopify_file.write(file, IMPORTED)
    beat = _run("importing", shop, str(file))
    yield within("beat of 4 ms during an import, p99", ours=beat["p99"], goal=LATE)
    yield within("longest gap during an import", ours=beat["longest"], goal=GAP)
    yield within("of it CPU of the main thread", ours=beat["own"], goal=GAP)


def _run(*part: str) -> dict[str, float]:
    """What a part of benchmarks.window_parts prints; nothing for those whose CPU time is the answer."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    asked = [sys.executable, "-m", "benchmarks.window_parts", *part]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, timeout=_PATIENCE)
    if done.returncode:
        raise RuntimeError(f"{part[0]} broke: {done.stderr[-2000:]}")
    return json.loads(done.stdout) if done.stdout else {}
