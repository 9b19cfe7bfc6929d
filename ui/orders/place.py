"""An address as lines with a link that opens its fields: most orders go where the last one went."""

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from backoffice.core.postal import PostalAddress
from ui.kit import theme
from ui.kit.address_field import AddressField
from ui.kit.boxes import SPRING, column, held, row
from ui.kit.context import AppContext
from ui.kit.text import Label, Link
from ui.shared.foreign import calm


class Place(QWidget):
    """`changed` comes with every keystroke. `value` is the address as it stands."""

    changed = Signal()

    def __init__(self, app: AppContext, title: str, start: PostalAddress, *, home: str) -> None:
        super().__init__()
        self._app, self._title, self._home, self._address = app, title, home, start
        self._named = ""  # whose address it is, as long as nobody wrote another name
        self._field: AddressField | None = None  # made when wanted: its list of countries takes longer than a page
        self._lines = Label("", wrap=True)
        self._lacking = Label("", "small", tone="warn", wrap=True)
        self._open = Link(app.words("Change"), self.open)
        self._open.setAccessibleName(app.words("Change: {field}").format(field=title))
        self._folded = held(column(row(Label(title, "strong"), SPRING, self._open), self._lines, gap=theme.S))
        self._unfolded = QVBoxLayout()
        self.setLayout(column(self._folded, self._unfolded, self._lacking, gap=theme.XS))
        self._write()

    @property
    def value(self) -> PostalAddress:
        return self._address if self._field is None else self._field.read()

    def raw(self) -> dict[str, object]:
        """What stands there, readable or not, for `retype`."""
        if self._field is None:
            return {"lines": asdict(self._address)}
        return {"lines": asdict(self._address), "typed": self._field.raw()}

    def retype(self, raw: Any) -> None:
        """Puts back what `raw` told."""
        self.set(PostalAddress(**raw["lines"]))
        if "typed" in raw:
            self._folded.hide()
            self.field.show()
            self.field.retype(raw["typed"])
        self._typed()

    @property
    def field(self) -> AddressField:
        """The fields of the address."""
        if self._field is None:
            self._field = AddressField("address", self._title, self._app.language, home=self._home)
            for box in self._field.findChildren(QComboBox):  # the longest country is no measure for a narrow column
                box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            self._field.set_value(self._address)
            self._field.changed.connect(self._typed)
            self._unfolded.addWidget(self._field)
        return self._field

    def set(self, address: PostalAddress) -> None:
        """Shows this address as lines."""
        self._address = address
        if self._field is not None:
            self._field.set_value(address)
            self._field.hide()
        self._folded.show()
        self._write()

    def open(self) -> None:
        """Shows the fields."""
        self._folded.hide()
        self.field.show()
        self.name_after(self._named)
        self.field.setFocus()

    def name_after(self, name: str) -> None:
        """An address that is being typed begins with the customer's name, until somebody writes another one."""
        address, before = self.value, self._named
        if address.name not in ("", before):
            return
        self._named = name
        if self._field is not None and not self._field.isHidden() and address.name != name:
            self._field.set_value(replace(address, name=name))

    def _typed(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        """An address may lack something; then the label could not be printed, and one is told so in time."""
        words, address = self._app.words, self.value
        empty = replace(address, name="", country="") == PostalAddress()
        self._lines.setText(words("No address yet") if empty else calm("\n".join(address.lines())))
        self._open.setText(words("Add") if empty else words("Change"))
        lacking = not empty and bool(address.missing()) and self._field is None
        self._lacking.setText(words("Something is missing in this address.") if lacking else "")
        self._lacking.setVisible(lacking)
