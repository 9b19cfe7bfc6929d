"""How far a printer is off on a label stock: print the page, measure, type the millimetres."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from backoffice.shipping import label_sheets
from backoffice.shipping.documents.calibration import write_calibration
from backoffice.shipping.documents.content import Printed
from backoffice.shipping.documents.stock import stock_of
from backoffice.shipping.queries import sheets
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.fields import NumberField
from ui.kit.form import Form, FormDialog
from ui.kit.preview import Preview
from ui.kit.text import Label
from ui.shared import papers


@dataclass(frozen=True, slots=True)
class Push:
    """Millimetres to the right and down."""

    right: Decimal | None
    down: Decimal | None


class Calibration(FormDialog):
    """The offset of one stock in one printer. `page` is the preview of the calibration page, for tests."""

    def __init__(self, app: AppContext, stock: str, printer: str) -> None:
        self._stock, self._printer = stock, printer
        self.page: QDialog | None = None
        words, lies = app.words, app.ask(sheets.sheet, stock, printer)
        form = Form(Push(_millimetres(lies.offset_x_um), _millimetres(lies.offset_y_um)), app.language)
        steps = words(
            "Print the page on plain paper at 100 %, hold it with a label sheet against the light, and measure how far"
            " the frames are off. Frames too far left: type how much to push them right; too high: down."
        )
        form.put(Label(steps, wrap=True))
        form.put(button(words("Print the calibration page"), lambda: self._print(app), icon="print"))
        mm = {"places": 1, "least": -20, "most": 20}
        right = NumberField("right", words("To the right (mm)"), hint=words("Below zero: to the left"), **mm)
        form.add(right, NumberField("down", words("Down (mm)"), hint=words("Below zero: up"), **mm))
        title = words("Calibrate {stock}").format(stock=stock_of(stock).name)
        super().__init__(app, title, form, words("Keep"), lambda push: self._keep_push(app, push))

    def _print(self, app: AppContext) -> None:
        """Outage shipping.file-not-written is told."""
        offset = label_sheets.offset_of(app.ask(sheets.sheet, self._stock, self._printer))
        file: Path = papers.place(app.words("Calibration"))

        def task(*_hands: Any) -> Printed:
            stock, today = stock_of(self._stock), app.format.today
            return write_calibration(file, stock, language=app.language, made_on=today, offset=offset)

        def done(printed: Printed) -> None:
            self.page = Preview(app, app.words("Calibration"), printed.file, kind="label")
            self.page.open()

        app.run(task, done, label=app.words("Calibration"))

    def _keep_push(self, app: AppContext, push: Push) -> Any:
        right, down = (round((each or Decimal(0)) * 1000) for each in (push.right, push.down))
        said = app.words("The printer's offset is kept.")
        return app.do(
            label_sheets.set_offset,
            self._stock,
            printer=self._printer,
            right=right,
            down=down,
            said=said,
            form=self.form,
        )


def _millimetres(micrometres: int) -> Decimal:
    return Decimal(micrometres) / 1000
