"""What the program tells while one works: toasts that go, banners that stay, questions that name the act."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from backoffice.core.language import Language
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, row
from ui.kit.buttons import button, icon_button
from ui.kit.text import Label

Run = Callable[[], object] | None
Also = tuple[str, Callable[[], object]] | None

SHOWN_FOR = 6_000  # milliseconds
MOST_TOASTS = 3
WIDEST = 460
_NARROWEST = 120  # pixels a sentence keeps beside its buttons


@dataclass(frozen=True)
class Question:
    """Asked only before what cannot be undone. `act` is the button: "Send 42 mails"."""

    title: str
    act: str
    detail: str = ""
    danger: bool = False


class Toast(QFrame):
    """A sentence at the bottom left, with one thing that can be done about it."""

    left = Signal(object)

    def __init__(
        self, host: QWidget, text: str, *, tone: str, act: str, run: Run, also: Also, close: str, stays: bool
    ) -> None:
        super().__init__(host)
        self.text = text
        self.run = run
        self._stays = stays
        self.setProperty("toast", True)
        self.setAccessibleName(text)
        label = Label(text, tone=tone, wrap=True)
        parts: list[QWidget] = [label]
        if also is not None:
            parts.append(button(also[0], lambda: self._do(also[1]), quiet=True))
        if run is not None:
            parts.append(button(act, self.act, quiet=True))
        parts.append(icon_button("close", close, self.leave))
        beside = sum(each.sizeHint().width() + theme.S for each in parts[1:]) + 3 * theme.L
        label.setMinimumWidth(min(label.fontMetrics().horizontalAdvance(text) + 8, max(_NARROWEST, WIDEST - beside)))
        line = row(*parts, gap=theme.S, margins=(theme.L, theme.S, theme.S, theme.S))
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setMaximumWidth(WIDEST)
        self._clock = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._clock.timeout.connect(self.leave)
        self._wait()

    def _wait(self) -> None:
        if not self._stays:
            self._clock.start()

    def enterEvent(self, event: QEvent) -> None:
        self._clock.stop()  # who reads it, keeps it
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def act(self) -> None:
        """Does what the toast offers; a second press finds it gone."""
        run, self.run = self.run, None
        self._do(run)

    def _do(self, run: Run) -> None:
        self.leave()
        if run is not None:
            run()

    def fit(self, widest: int) -> None:
        """Takes its full size at once, before the event loop has dressed and laid out what is in it."""
        self.setMaximumWidth(widest)
        for each in (self, *self.findChildren(QWidget)):
            each.ensurePolished()
        inside = self.layout()
        inside.invalidate()
        width = min(widest, inside.sizeHint().width())
        self.resize(
            width, inside.totalHeightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        )

    def leave(self) -> None:
        self._clock.stop()
        self.hide()
        self.left.emit(self)
        self.deleteLater()


class Notices(QObject):
    """Toasts and banners over the host widget that the window names; questions in front of it."""

    def __init__(self, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language = language
        self.asking: Callable[[Question], bool] = self._dialog  # tests put their own answer here
        self._host: QWidget | None = None
        self._bar: QWidget | None = None
        self._toasts: list[Toast] = []
        self._banners: dict[str, QFrame] = {}

    def attach(self, host: QWidget, bar: QWidget) -> None:
        """`host` is what toasts lie upon; `bar` has the vertical layout that banners go into."""
        self._host, self._bar = host, bar
        host.installEventFilter(self)

    def window(self) -> QWidget | None:
        """The window that dialogs belong to."""
        return self._host.window() if self._host else None

    @property
    def toasts(self) -> list[str]:
        """The sentences of the toasts now shown, oldest first."""
        return [toast.text for toast in self._toasts]

    def say(self, text: str, undo: Run = None, *, also: Also = None) -> None:
        """It is done; `undo` takes it back; `also` is the word of a second button and what it does."""
        self._toast(text, act=self.language.words("Undo"), run=undo, also=also)

    def refuse(self, text: str) -> None:
        """A rule said no, and why."""
        self._toast(text, tone="bad")

    def fail(self, text: str, again: Run = None) -> None:
        """The world failed; stays until it is closed or tried again."""
        self._toast(text, tone="bad", act=self.language.words("Try again"), run=again, stays=True)

    def undo_last(self) -> bool:
        """Presses the newest toast's button, for the keyboard; False where there is none."""
        for toast in reversed(self._toasts):
            if toast.run is not None:
                toast.act()
                return True
        return False

    def banner(self, key: str, text: str, *, tone: str = "warn", act: str = "", run: Run = None) -> None:
        """A line above the screens that stays until `unbanner(key)`; a second one of the same key replaces it."""
        self.unbanner(key)
        if self._bar is None:
            return
        line = row(Label(text, wrap=True), margins=(theme.M, theme.S, theme.S, theme.S))
        line.setStretch(0, 1)
        if run is not None:
            line.addWidget(button(act, run))
        made = framed(line, tone=tone)
        made.setAccessibleName(text)
        self._banners[key] = made
        self._bar.layout().addWidget(made)
        self._bar.show()

    def unbanner(self, key: str) -> None:
        """Takes a banner away; nothing where it is not shown."""
        found = self._banners.pop(key, None)
        if found is not None:
            self._bar.layout().removeWidget(found)
            found.hide()
            found.deleteLater()
            self._bar.setVisible(bool(self._banners))

    @property
    def banners(self) -> list[str]:
        return [banner.accessibleName() for banner in self._banners.values()]

    def ask(self, title: str, act: str, *, detail: str = "", danger: bool = False) -> bool:
        """Asks before what cannot be undone; True if the button `act` was pressed."""
        return self.asking(Question(title, act, detail, danger))

    def leave(self) -> None:
        """Takes everything away: another shop, or another language, brings its own."""
        self.clear()
        for key in list(self._banners):
            self.unbanner(key)

    def clear(self) -> None:
        """Takes every toast away, as when another screen or shop is shown."""
        for toast in list(self._toasts):
            toast.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return False

    def _toast(
        self, text: str, *, tone: str = "", act: str = "", run: Run = None, also: Also = None, stays: bool = False
    ) -> None:
        if self._host is None:
            return
        while len(self._toasts) >= MOST_TOASTS:
            self._toasts[0].leave()
        close = self.language.words("Close")
        toast = Toast(self._host, text, tone=tone, act=act, run=run, also=also, close=close, stays=stays)
        toast.left.connect(self._forget)
        self._toasts.append(toast)
        toast.show()
        self._place()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, text))

    def _forget(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        self._place()

    def _place(self) -> None:
        if self._host is None:
            return
        bottom = self._host.height() - theme.L
        for toast in reversed(self._toasts):
            toast.fit(min(WIDEST, self._host.width() - 2 * theme.L))
            bottom -= toast.height()
            toast.move(theme.L, bottom)
            toast.raise_()
            bottom -= theme.S

    def _dialog(self, question: Question) -> bool:
        dialog = QDialog(self.window())
        dialog.setWindowTitle(question.title)
        parts = [Label(question.title, "title", wrap=True)]
        if question.detail:
            parts.append(Label(question.detail, wrap=True))
        act = button(question.act, dialog.accept, primary=not question.danger, danger=question.danger)
        cancel = button(self.language.words("Cancel"), dialog.reject)
        dialog.setLayout(column(*parts, row(SPRING, cancel, act), gap=theme.L, margins=theme.XL))
        dialog.setMinimumWidth(380)
        act.setDefault(not question.danger)
        (cancel if question.danger else act).setFocus(Qt.FocusReason.TabFocusReason)
        return dialog.exec() == QDialog.DialogCode.Accepted
