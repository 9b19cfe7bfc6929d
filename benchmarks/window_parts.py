"""The processes that benchmarks.window measures: python3 -m benchmarks.window_parts PART [SHOP [FILE]].

Each part ends its process at the moment it is about, so that the process's CPU time is the answer, or prints its
figures as one line of JSON first. The program is the real one, from ui.app.main on; only its ends are held.
"""

# ruff: noqa: PLC0415 -- what a process imports, and when, is what is measured

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

IDLE = 3.0  # seconds looked at
TICK = 4  # milliseconds of the timer that the window must serve
_SETTLE = 2_500  # milliseconds until what follows an opening is over
_LOOK = 200
_STAY = 1_500  # milliseconds at a screen before the next, as somebody who looks at it


def bare() -> None:
    """The floor of the window: QMainWindow and an empty table, up to the first paint."""
    _bare(lambda: os._exit(0))


def bare_memory() -> None:
    """The floor of the memory: the same window, once it has been painted."""
    _bare(lambda: _answer(megabytes=_private_megabytes()))


def shell() -> None:
    """Our window up to its first paint; what comes after it is left out."""
    import ui.app

    ui.app._load = lambda *_: os._exit(0)
    ui.app.main([])


def usable(shop: str) -> None:
    """Our program until the first page of orders is painted, everything imported."""
    _program(shop, lambda _program: os._exit(0), by_today=False)


def gaps(shop: str) -> None:
    """How long the event loop did not come round, from the first paint on: the start, Today, Orders, an order."""
    beat = _Beat()
    _after_first_paint(beat.begin)
    _program(shop, lambda _program: _later(_STAY, lambda: _answer(**beat.told())))


def idle(shop: str) -> None:
    """CPU seconds spent while the open list of orders is left alone, and of how many seconds."""

    def rest(_program: Any) -> None:
        cpu, clock = time.process_time(), time.monotonic()
        _later(int(IDLE * 1000), lambda: _answer(cpu=time.process_time() - cpu, seconds=time.monotonic() - clock))

    _program(shop, lambda program: _settled(program, lambda: rest(program)))


def memory(shop: str) -> None:
    """Private megabytes with Today and the list of orders made and settled, the marks for the scroll bar read."""
    _program(shop, lambda program: _settled(program, lambda: _answer(megabytes=_private_megabytes())))


def importing(shop: str, file: str) -> None:
    """How the event loop came round while a file was taken in by the worker process, and once it was over."""
    from ui.imports import worker

    def take(program: Any) -> None:
        beat = _Beat()
        app = program.app

        def taken(outcome: Any) -> None:
            assert outcome.tally.new and not outcome.tally.rejected, outcome.tally
            app.changed.emit(frozenset({"orders", "customers", "channels"}))
            _later(_STAY, lambda: _answer(**beat.told()))

        beat.begin()
        found = worker.Looked(Path(file))
        app.jobs.run_process(worker.take, app.shop.path, found, done=taken, label="Importing")

    _program(shop, lambda program: _settled(program, lambda: take(program)))


class _Beat:
    """A timer of four milliseconds, and how long each beat was after the one before, in seconds.

    Noted in CPU seconds of the main thread too, which tell our own work from a machine that had other things to do.
    """

    def begin(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.gaps: list[float] = []
        self.own: list[float] = []
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer(interval=TICK, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start()

    def _note(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.gaps.append(now[0] - self._last[0])
        self.own.append(now[1] - self._last[1])
        self._last = now

    def told(self) -> dict[str, float]:
        gaps, own = sorted(self.gaps), sorted(self.own)
        return {"p99": gaps[len(gaps) * 99 // 100], "longest": gaps[-1], "own": own[-1], "beats": len(gaps)}


def _bare(painted: Callable[[], None]) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Bare(QMainWindow):
        def paintEvent(self, event: Any) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self, painted)

    application = QApplication(["Bare"])
    window = Bare()
    window.setCentralWidget(QTableView())
    window.resize(1280, 720)
    window.show()
    application.exec()


def _program(shop: str, then: Callable[[Any], None], *, by_today: bool = True) -> None:
    """Runs the program on this shop; `then(program)` when orders are painted in its list."""
    import ui.app

    begin = ui.app._begin

    def begun(*given: Any) -> None:
        _go_to_orders(then, by_today)  # after the imports: nothing is made earlier than the program makes it
        begin(*given)

    ui.app._begin = begun
    ui.app.main([shop])


def _go_to_orders(then: Callable[[Any], None], by_today: bool) -> None:
    from ui.kit.program import Program
    from ui.kit.safekeeping import Safekeeping
    from ui.kit.table_painting import Painting

    Safekeeping.back_up_if_due = lambda _self: None  # scheduled work, minutes for a million orders: not in the figures
    arrive, paint, running = Program._arrive, Painting.rows, []

    def arrived(program: Any) -> None:
        running.append(program)
        if by_today:
            arrive(program)
            _later(_STAY, lambda: program.window.go("orders"))
        else:
            program.window.go("orders")

    def painted(painting: Any, first: int, last: int) -> None:
        paint(painting, first, last)
        screen = running[0].window.screen_shown if running else None
        if screen is not None and screen.feature == "orders" and painting.view is screen.table:
            Painting.rows = paint
            _later(0, lambda: then(running[0]))

    Program._arrive, Painting.rows = arrived, painted


def _after_first_paint(begin: Callable[[], None]) -> None:
    import ui.app

    load = ui.app._load

    def loaded(*given: Any) -> None:
        begin()
        load(*given)

    ui.app._load = loaded


def _settled(program: Any, then: Callable[[], None]) -> None:
    """`then` when what follows an opening is over: counts, marks, the first order's page."""

    def look() -> None:
        if program.jobs._running:
            _later(_LOOK, look)
        else:
            _later(_LOOK, then)

    _later(_SETTLE, look)


def _later(milliseconds: int, then: Callable[[], None]) -> None:
    from PySide6.QtCore import QTimer

    QTimer.singleShot(milliseconds, then)


def _private_megabytes() -> float:
    """Memory of this process that no other shares. Linux only."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def _answer(**figures: float) -> None:
    import json

    print(json.dumps(figures), flush=True)
    os._exit(0)


PARTS = (bare, bare_memory, shell, usable, gaps, idle, memory, importing)

if __name__ == "__main__":
    {part.__name__: part for part in PARTS}[sys.argv[1]](*sys.argv[2:])
