"""A form over a draft: checks as one types, says what is wrong at the field, keeps what was typed."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import Field
from ui.kit.text import Label, Link

log = logging.getLogger("backoffice.ui")

Check = Callable[[Any], Mapping[str, str]]


class Form(QWidget):
    """Fields over a frozen dataclass. `check(draft)` answers what is wrong with the whole: {field key: sentence}."""

    changed = Signal()

    def __init__(self, draft: Any, language: Language, *, check: Check | None = None) -> None:
        super().__init__()
        self._draft, self._language, self._check = draft, language, check
        self._fields: dict[str, Field] = {}
        self._start: dict[str, Any] = {}
        self._raw: dict[str, Any] = {}  # the same, as it stands in the editors
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.M)
        self.foot = Label("", "problem", wrap=True)
        self.foot.hide()

    def add(self, *fields: Field) -> "Form":
        """Appends fields, those named together side by side, filled from the draft."""
        for field in fields:
            field.language = self._language
            field.set_value(getattr(self._draft, field.key))
            field.changed.connect(self._changed)
            self._fields[field.key] = field
            self._start[field.key], self._raw[field.key] = field.value(), field.raw()
        line = row(*fields, gap=theme.M)
        for field in fields:
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
            line.setStretchFactor(field, 1)
        self._box.addLayout(line)
        return self

    def section(self, title: str) -> "Form":
        """A heading over the fields that follow."""
        if self._fields:
            self._box.addSpacing(theme.S)
        self._box.addWidget(Label(title, "strong"))
        return self

    def put(self, widget: QWidget) -> "Form":
        """Appends anything else."""
        self._box.addWidget(widget)
        return self

    def field(self, key: str) -> Field:
        return self._fields[key]

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what the form started with; also what cannot be read."""
        return any(map(self._is_new, self._fields))

    def _is_new(self, key: str) -> bool:
        field = self._fields[key]
        return field.value() != self._start[key] or (field.raw() != self._raw[key] and bool(field.problem()))

    def typed(self) -> dict[str, Any] | None:
        """What is new, as it stands in the editors, for `retype`; None where nothing is."""
        if not self.dirty:
            return None
        raw = {key: field.raw() for key, field in self._fields.items()}
        return {key: value for key, value in raw.items() if value is not None and value != self._raw[key]}

    def retype(self, typed: Mapping[str, Any]) -> None:
        """Puts in what `typed` told; it counts as new. Fields that are no more are passed over."""
        for key, value in typed.items():
            if key in self._fields:
                self._fields[key].retype(value)

    def begin_again(self) -> None:
        """Puts back what the form started with."""
        for key, field in self._fields.items():
            field.set_value(getattr(self._draft, key))
        self._changed()

    def draft(self) -> Any:
        """The draft with what is typed; ask only where `right()` said yes."""
        return replace(self._draft, **{key: field.value() for key, field in self._fields.items()})

    def right(self) -> bool:
        """Whether all is well; if not, says so at each field and puts the cursor into the first one."""
        for field in self._fields.values():
            field.tell("")  # the world may have changed since somebody said so: ask again
            field.ask()
        wrong = [field for field in self._fields.values() if field.problem()]
        if not wrong and self._check is not None:
            wrong = self.show_problems(self._check(self.draft()))
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def show_problems(self, problems: Mapping[str, str]) -> list[Field]:
        """Says these at their fields; those of no field stand under the form. Answers the fields."""
        rest = [sentence for key, sentence in problems.items() if key not in self._fields]
        self._foot(" ".join(rest))
        told = [self._fields[key] for key in problems if key in self._fields]
        for field in told:
            field.tell(problems[field.key])
        return told

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        """Says a refusal at the field that its fact "field" names, else under the form."""
        told = self.show_problems({str(error.facts.get("field", "")): sentence})
        if told:
            told[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def saved(self) -> None:
        """What is typed now counts as the beginning."""
        self._start = {key: field.value() for key, field in self._fields.items()}
        self._raw = {key: field.raw() for key, field in self._fields.items()}

    def take_over(self, draft: Any) -> list[Field]:
        """Shows what somebody else saved meanwhile in the fields not touched here; answers the fields that differ.

        What was typed stays; saved again, it wins.
        """
        differing = []
        for key, field in self._fields.items():
            typed, touched = field.value(), self._is_new(key)
            field.set_value(getattr(draft, key))
            if field.value() != self._start[key]:
                differing.append(field)
            self._start[key], self._raw[key] = field.value(), field.raw()
            if touched:
                field.set_value(typed)
        self._draft = draft
        return differing

    def _changed(self) -> None:
        self._foot("")
        self.changed.emit()

    def _foot(self, sentence: str) -> None:
        self.foot.setText(sentence)
        self.foot.setVisible(bool(sentence))


def take_up(app: AppContext, form: Form, what: Unsaved) -> QWidget:
    """Puts in what was typed before, and keeps what is typed from now on.

    The line that says so, with the way to begin afresh; hidden where nothing was typed before.
    """
    drawer, words = app.drawer, app.words
    before = drawer.typed(what.key)

    def afresh() -> None:
        form.begin_again()
        drawer.drop(what.key)
        line.hide()

    told = Label(words("What you typed before is here again."), "muted")
    line = held(row(told, Link(words("Begin afresh"), afresh), SPRING))
    if before is None:
        line.hide()
    else:
        try:
            form.retype(before)
        except (TypeError, ValueError, AttributeError, KeyError):
            log.warning("what was typed before cannot be read: %s", what.key.partition("/")[0])
    app.notices.unbanner(what.banner)
    drawer.watch(what, form, form.typed)
    form.changed.connect(lambda: drawer.touch(what.key))
    return line


class FormDialog(QDialog):
    """A form in front of the window, with its act as the filled button; Ctrl+Enter presses it.

    `save(draft)` does it and answers whether it was done; then the dialog closes. Leaving a form that was changed asks.
    `leave` is the other button's word where "Cancel" could be taken for the act itself. With `keep` what is typed is
    kept while one types, and stands there again if the program ended meanwhile.
    """

    def __init__(
        self,
        app: AppContext,
        title: str,
        form: Form,
        act: str,
        save: Callable[[Any], Any],
        *,
        leave: str = "",
        keep: Unsaved | None = None,
    ) -> None:
        super().__init__(app.notices.window())
        self._app, self.form, self._save, self._keep = app, form, save, keep
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        inner = QWidget()
        inner.setLayout(column(form, SPRING, margins=(theme.XL, theme.L, theme.XL, theme.L)))
        self.act = button(act, self.press, primary=True, shortcut="Ctrl+Return")
        back = button(leave or app.words("Cancel"), self.reject)
        foot = row(form.foot, SPRING, back, self.act, margins=(theme.XL, theme.M, theme.XL, theme.L))
        foot.setStretchFactor(form.foot, 1)
        heading = [Label(title, "title"), *([] if keep is None else [take_up(app, form, keep)])]
        head = column(*heading, gap=theme.XS, margins=(theme.XL, theme.XL, theme.XL, theme.S))
        self.setLayout(column(framed(head), scrolled(inner, name=title), rule(), framed(foot), gap=0))
        self.act.setDefault(True)
        self.setMinimumWidth(480)
        room = self.screen().availableSize().height() - 120
        self.resize(560, min(inner.sizeHint().height() + 150, room))

    def open(self) -> None:
        """Comes to the front; not where nothing could be saved."""
        if self._app.may_write():
            super().open()

    def press(self) -> None:
        """As the filled button: checks, saves, closes."""
        if self.form.right() and self._save(self.form.draft()):
            self.form.saved()
            self._forget()
            self.accept()

    def reject(self) -> None:
        words = self._app.words
        if not self.form.dirty or self._app.notices.ask(
            words("Leave without saving?"), words("Discard what was typed"), danger=True
        ):
            self._forget()
            super().reject()

    def _forget(self) -> None:
        """Saved or given up: nothing to go on with."""
        if self._keep is not None:
            self._app.drawer.drop(self._keep.key)
