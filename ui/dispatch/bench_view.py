"""The packing table as it looks: the parcel, the large message, the field, the lines that count down, where it goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from backoffice.shipping.queries.parcels import ParcelRow
from ui.dispatch.bench_parts import Lines, Message, progress
from ui.dispatch.reading import ParcelPage
from ui.kit import theme
from ui.kit.boxes import SPRING, column, emptied, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.scan import TAKES_SCANS
from ui.kit.text import Label
from ui.shared.foreign import calm_line
from ui.shared.long_text import LongText

_SIDE = 300


class BenchView(QWidget):
    """`page` is the parcel being packed, `done` the one packed last. Signals tell what buttons and the field want."""

    left = Signal()
    entered = Signal(str)  # what was typed or scanned into the field, "" for Enter alone
    short_wanted = Signal()
    void_wanted = Signal()
    label_wanted = Signal()

    def __init__(self, app: AppContext) -> None:
        super().__init__()
        self.app, self.words = app, app.words
        self.page: ParcelPage | None = None
        self.done: ParcelRow | None = None
        self.title, self.under = Label("", "page"), Label("", "muted")
        self.counted, self.bar = Label("", "strong"), progress(app)
        self.message = Message()
        self.field = self._field()
        self.lines = Lines(app)
        self._side = column(gap=theme.L)
        self.setLayout(column(self._head(), rule(), self._middle(), rule(), self._foot(), gap=0))
        self.layout().setStretch(2, 1)

    @property
    def remaining(self) -> int:
        """Units still to be scanned."""
        return 0 if self.page is None else sum(line.quantity - line.scanned for line in self.page.parcel.lines)

    @property
    def scanned(self) -> int:
        """Units that were scanned."""
        return 0 if self.page is None else sum(line.scanned for line in self.page.parcel.lines)

    # its parts

    def _head(self) -> QWidget:
        back = button(self.words("Back to the list"), self.left.emit, icon="back", quiet=True)
        names = column(self.title, self.under, gap=0)
        return held(
            row(names, SPRING, self.counted, self.bar, back, gap=theme.L, margins=(theme.XL, theme.L, theme.L, theme.M))
        )

    def _field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty(TAKES_SCANS, True)
        field.setAccessibleName(self.words("Scan or type a code"))
        field.setPlaceholderText(self.words("Scan, or type a barcode or SKU; 12* before it counts twelve"))
        field.setFixedHeight(40)
        field.returnPressed.connect(self._told)
        return field

    def _told(self) -> None:
        text = self.field.text().strip()
        self.field.clear()
        self.entered.emit(text)

    def _middle(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(column(self.lines))
        self._goods = scrolled(inner, name=self.words("What belongs in this parcel"))
        work = column(self.message, self.field, self._goods, gap=theme.M, margins=(theme.XL, theme.L, theme.L, 0))
        work.setStretch(2, 1)
        side = QWidget()
        side.setLayout(column(self._side, SPRING, margins=(theme.L, theme.L, theme.XL, theme.L)))
        beside = scrolled(side, name=self.words("Where it goes"))
        beside.setFixedWidth(_SIDE)
        line = row(held(work), beside, gap=0)
        line.setStretch(0, 1)
        return held(line)

    def _foot(self) -> QWidget:
        words = self.words
        self._void = button(words("Unpack"), self.void_wanted.emit, icon="undo")
        self._short = button(words("Pack what is scanned"), self.short_wanted.emit)
        self._label = button(words("Print label"), self.label_wanted.emit, icon="label")
        self.act = button(words("Pack"), lambda: self.entered.emit(""), icon="pack", primary=True)
        return framed(
            row(SPRING, self._void, self._label, self._short, self.act, margins=(theme.XL, theme.M, theme.XL, theme.L))
        )

    # showing

    def show_all(self) -> None:
        """Everything but the message, which tells what happened last."""
        page, words, number = self.page, self.words, self.app.format.number
        emptied(self._side)
        for part in (self.bar, self.counted, self._void):
            part.setVisible(page is not None)
        whole = self.scanned + self.remaining
        self.bar.setRange(0, max(1, whole))
        self.bar.setValue(self.scanned)
        self.counted.setText(words("{n} of {all} scanned").format(n=number(self.scanned), all=number(whole)))
        self._short.setVisible(0 < self.scanned < whole)
        self._label.setVisible(page is not None or self.done is not None)
        self.act.setText(words("Pack (Enter)") if page is not None else words("Next order (Enter)"))
        self.act.setAccessibleName(self.act.text())
        self.title.setText(words("Packing table"))
        self.under.setText("")
        if page is None:
            self.lines.show_lines([], {})
        else:
            self._show_parcel(page)

    def _show_parcel(self, page: ParcelPage) -> None:
        words, parcel = self.words, page.parcel
        self.title.setText(words("Parcel {number}").format(number=parcel.number))
        orders = words("order {number}").format(number=page.row.orders)
        self.under.setText(calm_line(f"{orders} · {page.row.customer}", most=120))
        self.lines.show_lines(parcel.lines, page.places)
        written = "\n".join(calm_line(line, most=120) for line in parcel.ship_to.lines(sender_country=page.home))
        self._side.addWidget(section(words("To"), Label(written or words("No address"), wrap=True, copy=True)))
        travels = " · ".join(filter(None, (calm_line(parcel.carrier, most=60), calm_line(parcel.service, most=60))))
        if travels:
            self._side.addWidget(section(words("Goes with"), Label(travels, wrap=True)))
        for title, texts in ((words("Gift message"), page.gifts), (words("Notes"), page.notes)):
            if texts:
                self._side.addWidget(section(title, *[LongText(self.app, text) for text in texts]))
