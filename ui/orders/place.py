"""An address as lines with a link that opens its fields: most orders go where the last one went."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

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
        self._app = app
        self._lines = Label("", wrap=True)
        self._lacking = Label("", "small", tone="warn", wrap=True)
        self._open = Link(app.words("Change"), self.open)
        self._open.setAccessibleName(app.words("Change: {field}").format(field=title))
        self.field = AddressField("address", title, app.language, home=home)
        for box in self.field.findChildren(QComboBox):  # the longest country's name is no measure for a narrow column
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.set_value(start)
        self.field.changed.connect(self._typed)
        self._folded = held(column(row(Label(title, "strong"), SPRING, self._open), self._lines, gap=theme.S))
        self.setLayout(column(self._folded, self.field, self._lacking, gap=theme.XS))
        self.fold()

    @property
    def value(self) -> PostalAddress:
        return self.field.read()

    def set(self, address: PostalAddress) -> None:
        """Shows this address, unless somebody is typing one."""
        self.field.set_value(address)
        self._write()

    def open(self) -> None:
        """Shows the fields."""
        self._folded.hide()
        self.field.show()
        self.field.setFocus()

    def fold(self) -> None:
        """Shows the lines again."""
        self.field.hide()
        self._folded.show()
        self._write()

    @property
    def is_open(self) -> bool:
        return not self.field.isHidden()

    def _typed(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        """An address may lack something; then the label could not be printed, and one is told so in time."""
        words, address = self._app.words, self.value
        empty = self.field.is_empty()
        self._lines.setText(words("No address yet") if empty else calm("\n".join(address.lines())))
        self._open.setText(words("Add") if empty else words("Change"))
        lacking = not empty and bool(address.missing()) and not self.is_open
        self._lacking.setText(words("Something is missing in this address.") if lacking else "")
        self._lacking.setVisible(lacking)
