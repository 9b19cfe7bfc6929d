"""The benchmarks' harness: a workload beside its floor, in CPU time, told in one line.

A workload is a module of this folder with `main(scale: int)`, the number of orders, that returns or yields
what `compare` and `within` answer.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 5
SCALES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}


@dataclass(frozen=True)
class Measure:
    """One row of the answer; times in seconds, other figures in their unit."""

    name: str
    ours: float
    goal: float
    floor: float | None = None  # None: the goal is a limit of its own and not a multiple of a floor
    plus: float = 0.0  # what the goal allows above its multiple of the floor
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        """How many times the floor; infinite beside a floor too quick to measure, None without a floor."""
        if self.floor is None:
            return None
        return self.ours / self.floor if self.floor > 0 else float("inf")

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        if self.floor is None:
            return self.ours <= self.goal
        return self.ours <= self.goal * self.floor + self.plus

    def line(self) -> str:
        """`name: ours, floor, ratio, goal, holds`."""
        if self.floor is None or self.ratio is None:
            floor, ratio, goal = "none", "none", _told(self.goal, self.unit)
        else:
            floor, ratio, goal = _told(self.floor, self.unit), f"{self.ratio:.3g}", f"{self.goal:.3g}"
            goal += f" + {_told(self.plus, self.unit)}" if self.plus else ""
        ours, holds = _told(self.ours, self.unit), "yes" if self.holds else "NO"
        return f"{self.name}: ours {ours}, floor {floor}, ratio {ratio}, goal <= {goal}, holds {holds}"


def cpu_seconds() -> float:
    """CPU time of this process and of its children that have ended (of those not on Windows)."""
    own = time.process_time()
    if sys.platform == "win32":
        return own
    gone = os.times()
    return own + gone.children_user + gone.children_system


def compare(
    name: str,
    *,
    ours: Callable[..., object],
    floor: Callable[..., object],
    goal: float,
    plus: float = 0.0,
    fresh: Callable[[], object] | None = None,
    repeat: int = 1,
    rounds: int = ROUNDS,
    clock: Callable[[], float] = cpu_seconds,
) -> Measure:
    """Runs `floor` and `ours` in alternating rounds and compares the medians of their times.

    `goal` is how many times the floor ours may take, `plus` the seconds it may take besides. `fresh` makes,
    outside the time taken, what each run gets as its argument. `repeat` runs something short that often a
    round; the times told are those of one run.
    """
    times: dict[str, list[float]] = {"floor": [], "ours": []}
    runs = [("floor", floor), ("ours", ours)]
    for _ in range(rounds):
        for side, work in runs:
            times[side].append(_time(work, fresh=fresh, repeat=repeat, clock=clock))
        runs.reverse()  # whoever comes second finds a warmer machine: take turns
    return Measure(name, ours=median(times["ours"]), floor=median(times["floor"]), goal=goal, plus=plus)


def within(name: str, *, ours: float, goal: float, unit: str = "s") -> Measure:
    """A figure with a limit of its own: a gap in the event loop, megabytes, how a cost grew."""
    return Measure(name, ours=ours, goal=goal, unit=unit)


def _time(
    work: Callable[..., object],
    *,
    fresh: Callable[[], object] | None,
    repeat: int,
    clock: Callable[[], float],
) -> float:
    arguments = [() if fresh is None else (fresh(),) for _ in range(repeat)]
    gc.collect()  # nobody pays for another's rubbish
    began = clock()
    for argument in arguments:
        work(*argument)
    return (clock() - began) / repeat


def _told(figure: float, unit: str) -> str:
    if unit != "s":
        return f"{figure:.3g} {unit}"
    if figure >= 1:
        return f"{figure:.2f} s"
    return f"{figure * 1e3:.3g} ms" if figure >= 1e-3 else f"{figure * 1e6:.3g} us"
