"""What the pages of the settings share: a title, a form, and its one filled button."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.kit import theme
from ui.kit.boxes import SPRING, column, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.form import Form
from ui.kit.text import Label

WIDEST = 640
WIDE = 940


class Page(QWidget):
    """One page; `fill()` reads everything anew and is called when the page is shown or something changed."""

    def __init__(self, app: AppContext, title: str, told: str = "", *, widest: int = WIDEST) -> None:
        super().__init__()
        self.app, self.words = app, app.words
        self.body = column(Label(title, "title"), *([Label(told, "muted", wrap=True)] if told else []), gap=theme.M)
        inner = QWidget()
        inner.setMaximumWidth(widest)
        inner.setLayout(self.body)
        held = row(inner, SPRING, margins=(theme.XL, theme.L, theme.XL, theme.L))
        held.setStretch(0, 1000)
        self.setLayout(column(held, SPRING, gap=0))
        self._made: list[QWidget] = []

    def fill(self) -> None:
        raise NotImplementedError

    def show_parts(self, *parts: QWidget) -> None:
        """Puts these under the title, in place of what stood there."""
        for old in self._made:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = list(parts)
        for part in parts:
            self.body.addWidget(part)

    def dirty(self) -> bool:
        """Whether something typed here is not saved."""
        return any(form.dirty for form in self.findChildren(Form))

    def saved_form(self, form: Form, save: Callable[[Any], Any], act: str = "") -> list[QWidget]:
        """The form with its button; `save(draft)` answers whether it was done."""

        def press() -> None:
            if form.right() and save(form.draft()):
                form.saved()

        foot = QWidget()
        foot.setLayout(row(form.foot, SPRING, button(act or self.words("Save"), press, primary=True)))
        return [form, foot]
