"""Says which column means what: a field a line, a choice of columns, and what stands in them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from backoffice.channels.fields import FIELDS, lacking
from backoffice.channels.mapping import Mapping
from ui.imports.worker import Looked
from ui.kit import theme
from ui.kit.boxes import column, row
from ui.kit.context import AppContext
from ui.kit.text import CutLabel, Label


class MappingPage(QWidget):
    """The proposal to look over. `chosen` tells the mapping when all that is needed has a column."""

    chosen = Signal(object)

    def __init__(self, app: AppContext, found: Looked) -> None:
        super().__init__()
        self.app, self.words, self.found = app, app.words, found
        self._start = Mapping.from_facts(found.mapping)
        self._choices: dict[str, QComboBox] = {}
        self.name = QLineEdit(self._start.name or found.file.stem)
        self.name.setAccessibleName(self.words("Name of this mapping"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.words("What the file holds"))
        titles = {"orders": self.words("Orders"), "products": self.words("Products"), "stock": self.words("Stock")}
        for key, title in titles.items():
            self.kind.addItem(title, key)
        self.kind.setCurrentIndex(self.kind.findData(found.kind))
        self.kind.currentIndexChanged.connect(lambda _at: self._lay_out())
        self.wrong = Label("", "problem", wrap=True)
        self.wrong.hide()
        self._grid = QWidget()
        top = row(
            Label(self.words("What the file holds"), "label"),
            self.kind,
            Label(self.words("Name of this mapping"), "label"),
            self.name,
            gap=theme.M,
        )
        self._layout = column(top, self.wrong, self._grid, gap=theme.M)
        self.setLayout(self._layout)
        self._lay_out()

    def _lay_out(self) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        self._choices = {}
        kind = self.kind.currentData()
        found = self._start.columns if kind == self._start.kind else {}
        for at, field in enumerate(sorted(FIELDS[kind], key=lambda field: field.key not in found)):
            title = self.words(field.label)
            choice = QComboBox()
            choice.setAccessibleName(title)
            choice.addItem("–", "")
            for name in self.found.header:
                choice.addItem(name or "–", name)
            proposed = found.get(field.key, "")
            choice.setCurrentIndex(max(0, choice.findData(proposed)))
            sample = CutLabel("", "small")
            choice.currentIndexChanged.connect(lambda _at, c=choice, s=sample: s.setText(self._sample(c.currentData())))
            sample.setText(self._sample(proposed))
            grid.addWidget(Label(title, "label"), at, 0)
            grid.addWidget(choice, at, 1)
            grid.addWidget(sample, at, 2)
            self._choices[field.key] = choice
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        self._layout.replaceWidget(self._grid, fresh)
        self._grid.hide()
        self._grid.deleteLater()
        self._grid = fresh

    def _sample(self, column_name: str) -> str:
        if not column_name:
            return ""
        at = self.found.header.index(column_name)
        return " · ".join(cells[at] for cells in self.found.sample if len(cells) > at and cells[at])

    def press(self) -> None:
        """Goes on with what is chosen, or says what is still needed."""
        kind = self.kind.currentData()
        columns = {key: choice.currentData() for key, choice in self._choices.items() if choice.currentData()}
        wanted = [self.words(label) for label in lacking(kind, columns)]
        if wanted or not self.name.text().strip():
            named = ", ".join(wanted) or self.words("Name of this mapping")
            self.wrong.setText(self.words("Still needed: {fields}").format(fields=named))
            self.wrong.show()
            return
        facts = (self.found.mapping or {}) | {"name": self.name.text().strip(), "kind": kind, "columns": columns}
        self.chosen.emit(Mapping.from_facts(facts))
