"""A document before it is printed: its pages, a printer, and the file where there is no printer."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QScrollArea, QWidget

from backoffice.core.errors import Outage
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row, rule
from ui.kit.buttons import button, icon_button
from ui.kit.context import AppContext
from ui.kit.paper import INCH, PrinterRefused, picture, printer_named, printers, put_on_paper, sheets
from ui.kit.text import Label

_SCREEN = 96  # device-independent pixels an inch
_ZOOMS = (50, 75, 100, 150, 200, 300)  # percent
_GAP = theme.L


class Pages(QWidget):
    """The pages under one another; only those on the screen are drawn."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.sizes = sheets(path)
        self._zoom = 100
        self._drawn: dict[int, QImage] = {}
        self.zoom(100)

    def zoom(self, percent: int) -> None:
        """Shows the pages at so many percent of their true size."""
        self._zoom = percent
        self._drawn.clear()
        sizes = [self._size(n) for n in range(len(self.sizes))]
        width = max((size.width() for size in sizes), default=0) + 2 * _GAP
        self.setFixedHeight(sum(size.height() + _GAP for size in sizes) + _GAP)
        self.setMinimumWidth(width)
        self.update()

    @property
    def percent(self) -> int:
        return self._zoom

    def _size(self, number: int) -> QSize:
        width, height = self.sizes[number]
        scale = _SCREEN * self._zoom / (100 * INCH)
        return QSize(round(width * scale), round(height * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top, seen = _GAP, set()
        for number in range(len(self.sizes)):
            size = self._size(number)
            box = QRect(QPoint((self.width() - size.width()) // 2, top), size)
            if box.intersects(event.rect()):
                painter.drawImage(box, self._image(number))
                painter.setPen(theme.colour("line"))
                painter.drawRect(box.adjusted(-1, -1, 0, 0))
                seen.add(number)
            top += size.height() + _GAP
        painter.end()
        if len(self._drawn) > 12:
            self._drawn = {number: image for number, image in self._drawn.items() if number in seen}

    def _image(self, number: int) -> QImage:
        if number not in self._drawn:
            dots = _SCREEN * self._zoom * self.devicePixelRatioF() / 100
            self._drawn[number] = picture(self._path, number, dots)
        return self._drawn[number]


class Preview(QDialog):
    """Shows the PDF at `path`. `kind` ("label", "slip" …) is what the chosen printer is remembered for.

    `kept()` is called once the pages went to the printer or were saved, also away from the window.
    """

    def __init__(
        self, app: AppContext, title: str, path: Path, *, kind: str, kept: Callable[[], object] | None = None
    ) -> None:
        super().__init__(app.notices.window())
        self._app, self._path, self._kind, self._kept = app, path, kind, kept
        self.setWindowTitle(title)
        self.pages = Pages(path)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(title)
        area.setWidget(self.pages)
        self.setLayout(column(framed(self._head(title)), rule(), area, rule(), framed(self._foot()), gap=0))
        room = QApplication.primaryScreen().availableSize()
        self.resize(min(820, room.width() - 80), min(860, room.height() - 80))
        self.pages.zoom(self._fitting())
        self._tell_zoom()
        self._first.setFocus()

    def _head(self, title: str):
        words, count = self._app.words, len(self.pages.sizes)
        self._percent = Label("", "muted")
        out = icon_button("zoom-out", words("Smaller"), lambda: self._step(-1))
        closer = icon_button("zoom-in", words("Larger"), lambda: self._step(1))
        pages = Label(self._app.plural("{n} page", "{n} pages", count), "muted")
        return row(
            Label(title, "title"),
            pages,
            SPRING,
            out,
            self._percent,
            closer,
            margins=(theme.L, theme.S, theme.L, theme.S),
        )

    def _foot(self):
        words, names = self._app.words, printers()
        save = button(words("Save as PDF…"), self.save, icon="save", primary=not names)
        close = button(words("Close"), self.reject)
        margins = (theme.L, theme.M, theme.L, theme.M)
        self._first = save
        if not names:
            none = Label(words("No printer is set up on this computer."), "muted")
            return row(column(none, *self._when_counted(), gap=0), SPRING, close, save, margins=margins)
        self._printers = QComboBox()
        self._printers.setAccessibleName(words("Printer"))
        self._printers.addItems(names)
        self._printers.setCurrentText(self._app.memory.read(f"printer/{self._kind}", names[0]))
        act = button(words("Print"), self.print, icon="print", primary=True, shortcut="Ctrl+P")
        self._first = act
        chosen = row(Label(words("Printer"), "label"), self._printers, SPRING)
        return row(column(chosen, *self._when_counted()), SPRING, close, save, act, margins=margins)

    def _when_counted(self) -> list[Label]:
        told = self._app.words("Counts as printed once you print or save it.")
        return [] if self._kept is None else [Label(told, "small")]

    def _print(self, printer: Any, *hands: Any) -> int:
        pages = put_on_paper(self._path, printer, *hands)
        if self._kept is not None:
            self._kept()
        return pages

    def print(self) -> None:
        """Sends the pages to the chosen printer, in a job."""
        name, app = self._printers.currentText(), self._app
        app.memory.keep(f"printer/{self._kind}", name)
        printer = printer_named(name)

        def done(pages: int) -> None:
            app.notices.say(app.plural("{n} page sent to the printer", "{n} pages sent to the printer", pages))

        app.run(
            lambda *hands: self._print(printer, *hands),
            done,
            failed=lambda error: _tell(app, error, name),
            label=app.words("Printing"),
        )
        self.accept()

    def save(self) -> None:
        """Asks where to, and copies the file there."""
        words, notices = self._app.words, self._app.notices
        path, _kind = QFileDialog.getSaveFileName(self, words("Save as PDF…"), self._path.name, "PDF (*.pdf)")
        if not path:
            return
        try:
            shutil.copyfile(self._path, path)
        except OSError:
            notices.fail(words("{file} could not be written there.").format(file=Path(path).name), self.save)
            return
        if self._kept is not None:
            self._kept()
        notices.say(words("Saved as {file}").format(file=Path(path).name))
        self.accept()

    def _fitting(self) -> int:
        """The largest zoom up to 100 % at which the widest page fits the dialog."""
        widest = max((width for width, _height in self.pages.sizes), default=INCH) * _SCREEN / INCH
        return max(
            (zoom for zoom in _ZOOMS if zoom <= 100 and widest * zoom <= 100 * (self.width() - 60)), default=_ZOOMS[0]
        )

    def _step(self, by: int) -> None:
        at = _ZOOMS.index(self.pages.percent) + by
        if 0 <= at < len(_ZOOMS):
            self.pages.zoom(_ZOOMS[at])
            self._tell_zoom()

    def _tell_zoom(self) -> None:
        self._percent.setText(f"{self.pages.percent} %")


def _tell(app: AppContext, error: BaseException, printer: str) -> None:
    if isinstance(error, PrinterRefused):
        sentence = app.words("The printer {printer} does not take the pages. Is it switched on and free?")
        app.notices.fail(sentence.format(printer=printer))
    elif isinstance(error, Outage):
        app.tell(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
