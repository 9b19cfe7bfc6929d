"""What the pages of the settings share: a title, a form, and its one filled button."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from backoffice.core.language import mark
from ui.kit import theme
from ui.kit.boxes import SPRING, column, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.form import Form, take_up
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

    def go_on(self, record: str) -> None:
        """Opens again the form of a record that was half-written; a page's own form is there already."""

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

    def saved_form(self, form: Form, save: Callable[[Any], Any], keep: str) -> list[QWidget]:
        """The form with its button; `save(draft)` answers whether it was done; `keep` is the page's key."""
        what = Unsaved(f"settings/{keep}", mark("Something you typed in the settings is not saved yet."))

        def press() -> None:
            if form.right() and save(form.draft()):
                form.saved()
                self.app.drawer.drop(what.key)
                line.hide()

        line = take_up(self.app, form, what)
        foot = QWidget()
        foot.setLayout(row(form.foot, SPRING, button(self.words("Save"), press, primary=True)))
        return [line, form, foot]
