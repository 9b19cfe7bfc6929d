"""One printing from start to end: remembered before the file is made, so that after a power cut it goes on as planned.

A run without a name is forgotten once it is recorded: asked for again, it is a second printing. A run with a name is
recorded once, however often it is asked for.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session

from backoffice.core.crash import crash
from backoffice.core.errors import Outage
from backoffice.shipping import label_sheets
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.documents.stock import Offset
from backoffice.shipping.printing import records
from backoffice.shipping.queries import sheets
from backoffice.store import once
from backoffice.store.unit_of_work import Store, UnitOfWork

_KEYS = "print:"
Made = TypeVar("Made", bound=Printed)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be printed. `start` is the first cell, from 0; None is the next free one of the sheet."""

    kind: str
    subjects: tuple[str, ...]
    file: str
    stock: str = ""
    printer: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the first label goes."""

    start: int
    offset: Offset


@dataclass(frozen=True, slots=True)
class CutOff:
    """A run that was begun and not recorded: its name ("" has none), what was to be printed, and its first cell."""

    run: str
    request: Request
    start: int

    @property
    def shipment_ids(self) -> list[int]:
        """The parcels it was for; [] where it was for orders or products."""
        named = (subject.partition(":") for subject in self.request.subjects)
        return [int(record) for kind, _colon, record in named if kind == "shipment"]


@dataclass(frozen=True, slots=True)
class _Begun:
    key: str
    start: int
    done: bool
    offset: Offset


def carry_out(
    store: Store,
    request: Request,
    write: Callable[[Place], tuple[Made, Sequence[records.Document]]],
    *,
    run: str = "",
    later: records.Later | None = None,
) -> Made:
    """Remembers the run, has the file written outside any transaction, records what was printed.

    `write` makes the whole file and answers it with its documents. Whatever it raises undoes the run. With `later` it
    is made to be looked at first (papers without label stock only): nothing is recorded until `later.keep`.
    """
    if later is not None:
        drawn, held = write(Place(request.start or 0, Offset()))
        later.hold(request.kind, held)
        return drawn
    with store.work() as work:
        begun = _begin(work, request, run)
    crash("label-batch")
    try:
        printed, documents = write(Place(begun.start, begun.offset))
    except BaseException:
        with suppress(Outage):  # what went wrong first is what the person must hear of
            _give_up(store, request, begun)
        raise
    if not begun.done:
        with store.work() as work:
            _finish(work, request, begun, printed, documents, named=bool(run))
            crash("label-batch")
    crash("label-batch")
    return printed


def done_before(session: Session, run: str) -> datetime | None:
    """When the run of this name was recorded as printed; None where it was not."""
    known = once.known(session, _KEYS + run) if run else None
    return known.done_at if known is not None else None


def name_of(kind: str, ids: Sequence[int], stock: str = "") -> str:
    """The usual name of a run: printing the same documents on the same stock is the same run."""
    told = json.dumps([kind, *ids, stock])
    return f"{kind}-{hashlib.sha256(told.encode()).hexdigest()[:24]}"


def unfinished(session: Session) -> list[CutOff]:
    """What a power cut left unprinted, oldest first; printing the same again, under the same name, goes on with it."""
    found = []
    for key in once.unfinished(session, _KEYS):
        known = once.known(session, key)
        if known is not None and known.done_at is None:
            plan = dict(known.result["request"])
            request = Request(**(plan | {"subjects": tuple(plan["subjects"])}))
            run = "" if key == _KEYS + _digest(request) else key.removeprefix(_KEYS)
            found.append(CutOff(run, request, int(known.result["start"])))
    return found


def forget(work: UnitOfWork, cut_off: CutOff) -> None:
    """It will not be printed after all: its cells are free again, unless somebody went on after them."""
    begun = _Begun(_KEYS + (cut_off.run or _digest(cut_off.request)), cut_off.start, False, Offset())
    _settle(work, cut_off.request, begun, used=0)
    once.give_up(work, begun.key)


def file_of(file: Path) -> str:
    """How a run knows its file."""
    return str(file.expanduser().absolute())


def _begin(work: UnitOfWork, request: Request, run: str) -> _Begun:
    """The run with its first cell: a new one, or the one that was cut off."""
    key = _KEYS + (run or _digest(request))
    sheet = sheets.sheet(work.session, request.stock, request.printer)
    offset = label_sheets.offset_of(sheet)
    known = once.known(work.session, key)
    if known is not None:
        return _Begun(key, int(known.result["start"]), known.done_at is not None, offset)
    start = 0
    if request.stock:
        count = len(request.subjects)
        start = label_sheets.take(work, request.stock, count, printer=request.printer, start=request.start)
    once.once(work, key, start=start, request=asdict(request))
    return _Begun(key, start, False, offset)


def _give_up(store: Store, request: Request, begun: _Begun) -> None:
    if begun.done:
        return
    with store.work() as work:
        _settle(work, request, begun, used=0)
        once.give_up(work, begun.key)


def _finish(
    work: UnitOfWork,
    request: Request,
    begun: _Begun,
    printed: Printed,
    documents: Sequence[records.Document],
    *,
    named: bool,
) -> None:
    """Records the documents, once: whoever pressed the button twice finds that it is done."""
    known = once.known(work.session, begun.key)
    if known is None or known.done_at is not None:
        return
    records.keep(work, request.kind, documents, stock=request.stock)
    _settle(work, request, begun, used=len(printed.documents))
    if named:
        once.finish(work, begun.key, start=begun.start, pages=printed.pages, file=request.file)
    else:
        once.give_up(work, begun.key)


def _settle(work: UnitOfWork, request: Request, begun: _Begun, *, used: int) -> None:
    if request.stock:
        taken = len(request.subjects)
        label_sheets.settle(
            work, request.stock, printer=request.printer, first=begun.start, taken=taken, used=min(used, taken)
        )


def _digest(request: Request) -> str:
    told = json.dumps(asdict(request), sort_keys=True)
    return f"{request.kind}:{hashlib.sha256(told.encode()).hexdigest()[:24]}"
