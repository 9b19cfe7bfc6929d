"""The table of orders: a full repaint beside Qt's own table and model, and jumps by its scroll bar."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView

from backoffice.core.calendar import FixedClock
from backoffice.core.language import Language
from backoffice.sentences import sentence_for
from backoffice.shop import Shop
from benchmarks.floor import Measure, compare, within
from benchmarks.many_orders import NOW
from ui.kit import theme
from ui.kit.context import AppContext
from ui.kit.jobs import Jobs
from ui.kit.paging import Listing
from ui.orders.screen import OrdersScreen

ROWS = 40
COLUMNS = 10
FRAME = 0.0167
JUMPS = 20
REPAINTS = 200
_WIDE = 1400


def of(shop: Path) -> Iterator[Measure]:
    """The rows on this shop, which nobody has open."""

    application = QApplication.instance() or QApplication(["Backoffice"])
    QApplication.setStyle(theme.STYLE)
    theme.dress("light")
    opened = Shop.open(shop, clock=FixedClock(NOW))
    ours = _ours(opened)
    ours.show()
    plain = _plain(ours)
    plain.show()
    application.processEvents()
    yield from _repaint(ours, plain)
    yield _jump(ours)
    ours.close()
    plain.close()
    opened.close(backup=False)


def _ours(shop: Any) -> Any:
    """The list of orders as its screen makes it, all orders, ten columns."""

    zone, jobs = "Europe/Madrid", Jobs(inline=True)
    app = AppContext(shop, Language("en"), zone=zone, sentence=sentence_for, jobs=jobs)
    screen = OrdersScreen(app)
    view = screen.table
    view.setParent(None)
    view.screen = screen  # keeps it
    for at in range(len(view.model().columns)):
        view.setColumnHidden(at, at >= COLUMNS)
    view.model().show(Listing("all", "placed", True))
    _as_large_as(view, view.verticalHeader().defaultSectionSize())
    return view


def _plain(ours: Any) -> Any:
    """Qt's own table with the same words in Qt's own model."""

    model = QStandardItemModel(ROWS, COLUMNS)
    words = ours.model()
    for row in range(ROWS):
        for column in range(COLUMNS):
            model.setItem(row, column, QStandardItem(words.data(words.index(row, column)) or ""))
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    for column in range(COLUMNS):
        view.setColumnWidth(column, ours.columnWidth(column))
    _as_large_as(view, ours.verticalHeader().defaultSectionSize())
    return view


def _as_large_as(view: Any, row: int) -> None:
    view.resize(_WIDE, ROWS * row + view.horizontalHeader().sizeHint().height())


def _repaint(ours: Any, plain: Any) -> Iterator[Measure]:
    yield compare(
        "full repaint of 40 x 10 cells",
        ours=ours.viewport().repaint,
        floor=plain.viewport().repaint,
        goal=1.1,
        repeat=50,
        clock=time.process_time,
    )
    times = sorted(_once(ours.viewport().repaint) for _ in range(REPAINTS))
    yield within("full repaint, p95", ours=times[REPAINTS * 95 // 100], goal=FRAME)


def _jump(ours: Any) -> Measure:
    """The pages in memory are forgotten before each: both read what they paint."""
    dice, bar, model = random.Random(1), ours.verticalScrollBar(), ours.model()

    def at(place: int) -> None:
        model._windows.clear()
        bar.setValue(place)
        ours.viewport().repaint()

    return compare(
        "jump by the scroll bar",
        ours=lambda: at(dice.randrange(bar.maximum())),
        floor=lambda: at(0),
        goal=2.0,
        repeat=JUMPS,
        clock=time.process_time,
    )


def _once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began
