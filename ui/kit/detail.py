"""A record's page: its name and state, the one next step, what is known of it; and the pane beside a list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from ui.kit import theme
from ui.kit.boxes import SPRING, column, held, row, rule, scrolled
from ui.kit.buttons import Action, button, more_button
from ui.kit.card import Empty
from ui.kit.flow import Flow
from ui.kit.form import Form
from ui.kit.text import Chip, ChipLabel, CutLabel, Label

_CHIPS_BESIDE = 190  # pixels: more of them would cut a number to "000…" and go under it


class Detail(QWidget):
    """Title, chips, buttons, then the parts under one another in a scroll area.

    `step` is the one next step, the page's only filled button; `actions` stand beside it, `more` under three dots.
    """

    def __init__(
        self,
        title: str,
        *parts: QWidget,
        subtitle: str = "",
        chips: Sequence[Chip] = (),
        step: Action | None = None,
        actions: Sequence[Action] = (),
        more: Sequence[Action | None] = (),
        more_name: str = "",
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.step = step
        states = [ChipLabel(chip) for chip in chips]
        below = sum(each.width() + theme.S for each in states) > _CHIPS_BESIDE
        top = row(CutLabel(title, "title"), *([] if below else states))
        top.setStretch(0, 1)
        lines: list[QLayout] = [top]
        if subtitle:
            lines.append(row(Label(subtitle, "muted", wrap=True)))
            lines[-1].setStretch(0, 1)
        if more:  # never beside the buttons, which are as wide as a language wants them
            lines[-1].addWidget(more_button(more_name or title, more), 0, Qt.AlignmentFlag.AlignTop)
        if below:
            lines.append(_flowing(states, theme.XS))
        buttons: list[QWidget] = []
        if step:
            buttons.append(button(step.title, step.run, icon=step.icon, primary=True))
        buttons += [button(each.title, each.run, icon=each.icon, danger=each.danger) for each in actions]
        if buttons:
            lines.append(_flowing(buttons, theme.S))
        head = held(column(*lines, gap=theme.S, margins=(theme.XL, theme.L, theme.XL, theme.M)))
        body = QWidget()
        self.scroll = scrolled(body, name=title)
        whole = column(head, rule(), self.scroll, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        # Filled last, in its place: to move a full page costs 5 ms of style lookups each time.
        body.setLayout(column(*parts, SPRING, gap=theme.XL, margins=(theme.XL, theme.L, theme.XL, theme.XL)))

    def typing(self) -> bool:
        """Whether something typed here is not kept yet, so that nobody may replace this page now."""
        return (
            any(form.dirty for form in self.findChildren(Form))
            or any(field.isModified() and field.text() for field in self.findChildren(QLineEdit))
            or any(field.document().isModified() for field in self.findChildren(QPlainTextEdit))
        )


def _flowing(parts: Sequence[QWidget], gap: int) -> Flow:
    flow = Flow(gap)
    for each in parts:
        flow.addWidget(each)
    return flow


class Pane(QFrame):
    """The place beside a list where a record's page is shown; keeps the scroll place when the same one comes again."""

    def __init__(self, nothing: str) -> None:
        super().__init__()
        self.setProperty("pane", True)
        self.setMinimumWidth(280)
        self._stack = QStackedLayout(self)
        self._nothing = Empty(nothing, icon="info")
        self._stack.addWidget(self._nothing)
        self._shown: Detail | None = None
        self.record: object = None

    @property
    def page(self) -> Detail | None:
        return self._shown

    def typing(self) -> bool:
        return self._shown is not None and self._shown.typing()

    def show_page(self, record: object, page: Detail | None) -> None:
        """Shows the page of this record; None shows that nothing is chosen."""
        old, place, had = self._shown, 0, ""
        if old is not None and record == self.record:
            place = old.scroll.verticalScrollBar().value()
            had = _name_of_focus(old)
        self._shown, self.record = page, record
        if page is None:
            self._stack.setCurrentWidget(self._nothing)
        else:
            self._stack.addWidget(page)
            self._stack.setCurrentWidget(page)
            _scroll_back(page.scroll, place)
            _focus_again(page, had)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()


def _name_of_focus(page: Detail) -> str:
    """What the button of this page that the keys are at is called; "" where they are elsewhere."""
    had = page.focusWidget()
    there = isinstance(had, QAbstractButton) and page.window().focusWidget() is had
    return had.accessibleName() if there else ""


def _focus_again(page: Detail, name: str) -> None:
    """The page was made anew: the keys go back to the button of that name, where it still is."""
    found = [each for each in page.findChildren(QAbstractButton) if name and each.accessibleName() == name]
    if found:
        found[0].setFocus()


def _scroll_back(area: QScrollArea, place: int) -> None:
    if not place:
        return
    bar = area.verticalScrollBar()

    def once(_least: int, most: int) -> None:
        if most >= place:
            bar.rangeChanged.disconnect(once)
            bar.setValue(place)

    bar.rangeChanged.connect(once, Qt.ConnectionType.DirectConnection)
