"""Notes and tags in place: typed on the order's page, kept when one goes on to something else."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import MultiLine
from ui.kit.form import Form, take_up
from ui.kit.tag_field import TagField


@dataclass(frozen=True)
class Kept:
    """What a person writes on an order."""

    notes: str
    tags: tuple[str, ...]


Keep = Callable[[Kept, Kept], object]


class KeptForm(QWidget):
    """The two fields. `keep(before, after)` is called when the cursor leaves them and something is new."""

    def __init__(self, app: AppContext, start: Kept, keep: Keep, what: Unsaved) -> None:
        super().__init__()
        self._start, self._keep, self._app, self._what = start, keep, app, what
        words = app.words
        self.form = Form(start, app.language)
        self.form.add(MultiLine("notes", words("Notes"), lines=3))
        self.form.add(TagField("tags", words("Tags")))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.form)
        box.addWidget(take_up(app, self.form, what))
        for key in ("notes", "tags"):
            editor = self.form.field(key).editor
            (editor.focusProxy() or editor).installEventFilter(self)

    def keep(self) -> None:
        """Keeps what is typed, if it is new."""
        if not self.form.dirty:
            return
        before, after = self._start, self.form.draft()
        self._start = after
        self._app.drawer.drop(self._what.key)
        self.form.saved()
        editor = self.form.field("notes").editor
        assert isinstance(editor, QPlainTextEdit)
        editor.document().setModified(False)
        self._keep(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)
