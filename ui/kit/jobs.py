"""Long work away from the window: a few threads, progress, stop, and one signal that brings the answer home."""

import multiprocessing
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

Progress = Callable[..., None]
Cancelled = Callable[[], bool]
Task = Callable[[Progress, Cancelled], Any]

_THREADS = 3
_LOOK_EVERY = 150  # milliseconds between two looks at the progress, only while something runs
_TELL_EVERY = 0.05  # seconds between two lines of progress from a worker process
_PATIENCE = 10.0  # seconds a worker process gets to stop by itself


class Stopped(Exception):
    """Raised by a task that ends early because it was asked to."""


@dataclass(eq=False)
class Job:
    """One piece of long work, as the jobs button shows it."""

    label: str
    quiet: bool = False
    done: int = 0
    total: int | None = None
    text: str = ""
    _stop: threading.Event = field(default_factory=threading.Event, repr=False)

    def progress(self, done: int, total: int | None = None, text: str = "") -> None:
        """Called by the task: `done` of `total` (None: nobody knows); `text` says what is being done."""
        self.done, self.total, self.text = done, total, text or self.text

    def stop(self) -> None:
        self._stop.set()

    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def percent(self) -> int | None:
        """Whole percent done, None where nobody knows."""
        return min(100, 100 * self.done // self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class _Parcel:
    job: Job
    answer: Any
    error: BaseException | None
    done: Callable[[Any], object] | None
    failed: Callable[[BaseException], object] | None


class Jobs(QObject):
    """Runs tasks `task(progress, cancelled)` off the main thread. `inline` (tests) runs them at once, here."""

    changed = Signal()
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        self._inline = inline
        self._pool: ThreadPoolExecutor | None = None
        self._running: list[Job] = []
        self._finished.connect(self._deliver)
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_EVERY)
        self._looking.timeout.connect(self.changed)

    def run(
        self,
        task: Task,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        *,
        label: str,
        quiet: bool = False,
    ) -> Job:
        """Starts `task(progress, cancelled)`; `done(result)` or `failed(error)` is called in the main thread.

        `label` is what the jobs button says; a `quiet` job is not shown there. Without `failed` an error goes to
        sys.excepthook. A task that raises Stopped after `job.stop()` calls neither.
        """
        job = Job(label, quiet)
        self._running.append(job)
        if self._inline:
            self._deliver(_work(job, task, done, failed))
            return job
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="job")
        self._pool.submit(lambda: self._finished.emit(_work(job, task, done, failed)))
        if not quiet:
            self._looking.start()
            self.changed.emit()
        return job

    def run_process(
        self,
        task: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
        label: str,
    ) -> Job:
        """As `run`, in a process of its own, so that heavy Python does not slow the window.

        `task(progress, cancelled, *arguments)` is a function at the top of a module; arguments, result and error
        are pickled.
        """
        if self._inline:
            return self.run(lambda *hands: task(*hands, *arguments), done, failed, label=label)
        return self.run(lambda *hands: _in_process(task, arguments, *hands), done, failed, label=label)

    def running(self) -> list[Job]:
        """The jobs to be shown, oldest first."""
        return [job for job in self._running if not job.quiet]

    def close(self) -> None:
        """Asks every job to stop and waits for them; called before the shop is closed."""
        for job in self._running:
            job.stop()
        self._looking.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    @Slot(object)
    def _deliver(self, parcel: _Parcel) -> None:
        self._running.remove(parcel.job)
        if not self.running():
            self._looking.stop()
        self.changed.emit()
        error = parcel.error
        if error is None:
            if parcel.done is not None:
                parcel.done(parcel.answer)
        elif isinstance(error, Stopped):
            return
        elif parcel.failed is not None:
            parcel.failed(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)


def _work(job: Job, task: Task, done: Any, failed: Any) -> _Parcel:
    try:
        return _Parcel(job, task(job.progress, job.stopped), None, done, failed)
    except Exception as error:
        return _Parcel(job, None, error, done, failed)


def _in_process(task: Callable[..., Any], arguments: tuple[Any, ...], progress: Progress, cancelled: Cancelled) -> Any:
    """Starts the process and passes its progress on until it answers; tells it to stop when asked to."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    stop = spawn.Event()
    process = spawn.Process(target=_process, args=(task, arguments, theirs, stop), daemon=True)
    process.start()
    theirs.close()
    try:
        return _answer(ours, stop, process, progress, cancelled)
    finally:
        process.join(_PATIENCE)
        if process.is_alive():
            process.terminate()
        ours.close()


def _answer(ours: Connection, stop: Any, process: Any, progress: Progress, cancelled: Cancelled) -> Any:
    waited = 0.0
    while True:
        if cancelled():
            stop.set()
            waited += 0.1
            if waited > _PATIENCE:
                raise Stopped
        if not ours.poll(0.1):
            if not process.is_alive() and not ours.poll():
                raise Stopped if cancelled() else ChildProcessError(process.exitcode)
            continue
        try:
            kind, content = ours.recv()
        except EOFError:
            raise Stopped if cancelled() else ChildProcessError(process.exitcode) from None
        if kind == "progress":
            progress(*content)
        elif kind == "error":
            raise content
        else:
            return content


def _process(task: Callable[..., Any], arguments: tuple[Any, ...], home: Connection, stop: Any) -> None:
    """What runs in the other process."""
    told = 0.0

    def tell(done: int, total: int | None = None, text: str = "") -> None:
        nonlocal told
        if monotonic() - told >= _TELL_EVERY:
            told = monotonic()
            home.send(("progress", (done, total, text)))

    try:
        home.send(("answer", task(tell, stop.is_set, *arguments)))
    except Exception as error:
        home.send(("error", error))
    finally:
        home.close()
