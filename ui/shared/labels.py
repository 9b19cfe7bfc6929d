"""Address labels of parcels: on which stock, where the sheet begins, how they will look, then printed or saved."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QScrollArea, QWidget

from backoffice.core.errors import Outage, Refused
from backoffice.settings.queries import profile
from backoffice.shipping.documents.stock import STOCKS, Stock, stock_of
from backoffice.shipping.printing.drafts import draft_labels
from backoffice.shipping.printing.labels import print_labels
from backoffice.shipping.printing.problems import PrintedRun, Problem, problems_in
from backoffice.shipping.queries import sheets
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row, rule
from ui.kit.buttons import button
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.paper import PrinterRefused, printer_named, printers, put_on_paper
from ui.kit.preview import Pages
from ui.kit.text import Label, Link
from ui.shared import papers
from ui.shared.calibration import Calibration
from ui.shared.foreign import calm
from ui.shared.sheet_grid import SheetGrid

_USUAL = ("100x150", "4x6in", "A6", "62mm", "L7163", "L7165", "5163")
_SIDE = 272
_TOLD = 3  # problems told in the dialog, the others are counted
LeftOut = Callable[[Sequence[Problem]], object]


class LabelsDialog(QDialog):
    """Shows the labels of these parcels as they will be printed. Nothing is recorded until they are printed or saved.

    `left_out` hears which labels could not be printed. `calibration` is the dialog now open, for tests.
    """

    def __init__(self, app: AppContext, shipment_ids: Sequence[int], left_out: LeftOut) -> None:
        super().__init__(app.notices.window())
        self._app, self._ids, self._left_out = app, list(shipment_ids), left_out
        self._names = printers()
        self._turn = 0
        self.draft: PrintedRun | None = None
        self.calibration: QDialog | None = None
        title = app.plural("{n} label", "{n} labels", len(self._ids))
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setAccessibleName(app.words("How the labels will look"))
        head = row(Label(title, "title"), SPRING, margins=(theme.XL, theme.L, theme.XL, theme.M))
        side = framed(self._side())
        side.setFixedWidth(_SIDE)
        middle = row(side, self._area, gap=0)
        middle.setStretch(1, 1)
        self.setLayout(column(framed(head), rule(), middle, rule(), framed(self._foot()), gap=0))
        self.layout().setStretch(2, 1)
        room = self.screen().availableSize()
        self.resize(min(980, room.width() - 60), min(660, room.height() - 60))
        self._choose_stock()

    # its parts

    def _side(self) -> Any:
        words = self._app.words
        self.stocks = QComboBox()
        self.stocks.setAccessibleName(words("Labels"))
        for stock in _offered():
            cells = self._app.plural("{n} a sheet", "{n} a sheet", stock.per_page)
            self.stocks.addItem(stock.name if stock.per_page == 1 else f"{stock.name}, {cells}", stock.code)
        self.stocks.setCurrentIndex(max(0, self.stocks.findData(self._remembered())))
        self.stocks.currentIndexChanged.connect(lambda _at: self._choose_stock())
        self.printer = QComboBox()
        self.printer.setAccessibleName(words("Printer"))
        self.printer.addItems(self._names)
        self.printer.setCurrentText(self._app.memory.read("printer/label", ""))
        self.printer.currentIndexChanged.connect(lambda _at: self._choose_stock())
        self.grid = SheetGrid(self._app.language)
        self.grid.chosen.connect(lambda _cell: self._make())
        self._sheet = held(
            column(
                Label(words("Click the first label that is still on the sheet"), "label", wrap=True),
                row(self.grid, SPRING),
                gap=theme.S,
            )
        )
        self._told = Label("", tone="warn", wrap=True)
        measure = Link(words("Calibrate…"), self._calibrate)
        side = column(
            Label(words("Labels"), "label"),
            self.stocks,
            *self._printers(),
            self._sheet,
            row(measure, SPRING),
            self._told,
            SPRING,
            gap=theme.S,
            margins=(theme.XL, theme.L, theme.L, theme.L),
        )
        return side

    def _printers(self) -> list[QWidget]:
        words = self._app.words
        if self._names:
            return [Label(words("Printer"), "label"), self.printer]
        self.printer.hide()
        none = Label(words("No printer is set up on this computer. Save the labels as PDF."), "muted", wrap=True)
        return [none]

    def _foot(self) -> Any:
        words, named = self._app.words, bool(self._names)
        self._pages = Label("", "muted")
        self.save_button = button(words("Save as PDF…"), self.save, icon="save", primary=not named)
        self.print_button = button(words("Print"), self.print, icon="print", primary=True, shortcut="Ctrl+P")
        self.print_button.setVisible(named)
        close = button(words("Cancel"), self.reject)
        margins = (theme.XL, theme.M, theme.XL, theme.M)
        return row(self._pages, SPRING, close, self.save_button, self.print_button, margins=margins)

    # what is chosen

    @property
    def stock(self) -> Stock:
        return stock_of(self.stocks.currentData())

    @property
    def printer_name(self) -> str:
        return self.printer.currentText()

    def _remembered(self) -> str:
        """What was chosen last on this computer, else the shop's usual stock."""
        usual = self._app.ask(profile).label_stock
        chosen = self._app.memory.read("labels/stock", usual)
        return chosen if chosen in STOCKS else usual

    def _choose_stock(self) -> None:
        lies = self._app.ask(sheets.sheet, self.stock.code, self.printer_name)
        self._sheet.setVisible(self.stock.per_page > 1)
        self.grid.show_sheet(self.stock, lies.next_cell if self.stock.per_page > 1 else 0, len(self._ids))
        self._make()

    def _calibrate(self) -> None:
        self.calibration = Calibration(self._app, self.stock.code, self.printer_name)
        self.calibration.accepted.connect(self._make)
        self.calibration.open()

    # how it will look

    def _make(self) -> None:
        """Draws the labels anew, away from the window; only the newest drawing is shown."""
        self._turn += 1
        turn, wanted = self._turn, self._wanted()
        file = papers.place(self._app.words("Address labels"))
        self._offer(None)
        store = self._app.shop.store
        self._app.run(
            lambda progress, cancelled: draft_labels(
                store, self._ids, file=file, **wanted, progress=progress, cancelled=cancelled
            ),
            lambda made: self._show(turn, made),
            failed=lambda error: self._refuse(turn, error),
            label="",
            quiet=True,
        )

    def _wanted(self) -> dict[str, Any]:
        return {"stock": self.stock.code, "printer": self.printer_name, "start_cell": self.grid.first}

    def _show(self, turn: int, made: PrintedRun) -> None:
        if turn != self._turn:
            return
        pages = Pages(made.file)
        pages.setAccessibleName(self._app.words("How the labels will look"))
        pages.zoom(self._fitting(pages))
        self._area.setWidget(pages)
        self._tell(made.left_out)
        self._pages.setText(self._app.plural("{n} page", "{n} pages", made.pages))
        self._offer(made)

    def _refuse(self, turn: int, error: BaseException) -> None:
        if not isinstance(error, Refused | Outage):
            raise error
        if turn != self._turn:
            return
        problems = problems_in(error) if isinstance(error, Refused) else ()
        self._area.setWidget(Empty(calm(self._app.sentence(error)), icon="warning"))
        self._pages.setText("")
        self._tell(problems)

    def _tell(self, problems: Sequence[Problem]) -> None:
        """The labels that will not be printed, and why; the others will."""
        told = [self._app.sentence(problem.reason) for problem in problems[:_TOLD]]
        more = len(problems) - _TOLD
        if more > 0:
            told.append(self._app.plural("And {n} more.", "And {n} more.", more))
        self._told.setText(calm("\n".join(told)))

    def _offer(self, made: PrintedRun | None) -> None:
        self.draft = made
        for act in (self.print_button, self.save_button):
            act.setEnabled(made is not None)

    def _fitting(self, pages: Pages) -> int:
        """The largest step up to 100 % at which a page is as wide as the place."""
        widest = max((width for width, _height in pages.sizes), default=100) * 96 / 25.4
        room = self.width() - _SIDE - 2 * theme.XL - theme.L
        return max((zoom for zoom in (50, 75, 100) if widest * zoom <= 100 * room), default=50)

    # what is done

    def print(self) -> None:
        """Sends the pages to the printer, then records that they were printed, in one job."""
        if self.draft is None:
            return
        app, draft, name = self._app, self.draft, self.printer_name
        printer, record = printer_named(name), self._record(papers.place(app.words("Address labels")))
        app.memory.keep("printer/label", name)

        def task(progress: Any, cancelled: Any) -> PrintedRun:
            put_on_paper(draft.file, printer, progress, cancelled)
            return record(progress, cancelled)

        def failed(error: BaseException) -> None:
            if isinstance(error, PrinterRefused):
                sentence = app.words("The printer {printer} does not take the pages. Is it switched on and free?")
                app.notices.fail(sentence.format(printer=name))
            elif isinstance(error, Refused | Outage):
                app.tell(error)
            else:
                raise error

        told = lambda n: app.plural("{n} label printed", "{n} labels printed", n)  # noqa: E731
        app.run(task, lambda made: self._done(made, told), failed=failed, label=app.words("Printing"))
        self.accept()

    def save(self) -> None:
        """Asks where to, and saves them there; that counts as printed."""
        app = self._app
        name = app.words("Address labels") + ".pdf"
        path, _kind = QFileDialog.getSaveFileName(self, app.words("Save as PDF…"), name, "PDF (*.pdf)")
        if not path or self.draft is None:
            return
        said = app.words("Saved as {file}").format(file=Path(path).name)
        app.run(self._record(Path(path)), lambda made: self._done(made, lambda _n: said), label=app.words("Printing"))
        self.accept()

    def _record(self, file: Path) -> Callable[[Any, Any], PrintedRun]:
        """Makes the labels for good: counted, told in the history, the sheet's next free label moved on."""
        store, ids, wanted = self._app.shop.store, self._ids, self._wanted()
        if self.stock.per_page == 1:
            wanted["start_cell"] = None
        self._app.memory.keep("labels/stock", self.stock.code)
        return lambda progress, cancelled: print_labels(
            store, ids, file=file, skip_problems=True, progress=progress, cancelled=cancelled, **wanted
        )

    def _done(self, made: PrintedRun, said: Callable[[int], str]) -> None:
        self._left_out(made.left_out)
        self._app.notices.say(said(len(made.documents)))


def _offered() -> list[Stock]:
    """The usual ones first, then all others that an address label has room on."""
    rest = [stock for stock in STOCKS.values() if stock.for_addresses and stock.code not in _USUAL]
    return [*(STOCKS[code] for code in _USUAL), *rest]
