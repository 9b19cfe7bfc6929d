"""The window: sidebar, stack of screens, keys, and THE list of screens; the only file that knows them all.

What it imports is all that the first paint waits for: no language, no shop, no screen.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ui.kit import theme
from ui.kit.memory import Memory
from ui.kit.sidebar import Sidebar


def mark(text: str) -> str:
    """As backoffice.core.language.mark, which would load Babel before the first paint."""
    return text


class Place(NamedTuple):
    """A screen of the sidebar: `made_by` is "module:Class", called with the AppContext when it is first shown.

    `new` names an entry of the New menu, "" for none; `count` is "module:function" from the AppContext to how many need
    attention there, called after each change: it must take no longer than a millisecond. `first` is "module:function"
    from the Shop, called in a job: it asks what the screen will ask, whose first time takes 100 ms; the screen is then
    made and filled ahead, too.
    """

    key: str
    title: str
    icon: str
    made_by: str
    new: str = ""
    count: str = ""
    first: str = ""


SCREENS = (
    Place("today", mark("Today"), "today", "ui.today.screen:TodayScreen", first="ui.today.first_look:ask"),
    Place("inbox", mark("Inbox"), "inbox", "ui.inbox.screen:InboxScreen", count="ui.shared.attention:inbox"),
    Place(
        "orders",
        mark("Orders"),
        "orders",
        "ui.orders.screen:OrdersScreen",
        new=mark("Order"),
        count="ui.shared.attention:orders",
        first="ui.orders.first_look:ask",
    ),
    Place(
        "dispatch",
        mark("Dispatch"),
        "dispatch",
        "ui.dispatch.screen:DispatchScreen",
        count="ui.shared.attention:dispatch",
        first="ui.dispatch.first_look:ask",
    ),
    Place(
        "products",
        mark("Products"),
        "products",
        "ui.products.screen:ProductsScreen",
        new=mark("Product"),
        count="ui.shared.attention:products",
    ),
    Place(
        "customers",
        mark("Customers"),
        "customers",
        "ui.customers.screen:CustomersScreen",
        new=mark("Customer"),
        count="ui.shared.attention:customers",
    ),
    Place("settings", mark("Settings"), "settings", "ui.settings.screen:SettingsScreen"),
)
BELOW = frozenset({"settings"})
NARROW = 1000  # pixels of window width under which the sidebar shows icons only
SMALLEST = (600, 340)  # 1280 × 720 at 200 %, less the frame
_FRAME = (16, 40)  # what a system draws around a window, known only when it is shown
_BAR = 52
_DROP_SIGN = "ui.kit.drop_sign:DropSign"
_KEPT_BACK = 50


class Window(QMainWindow):
    """The frame. `painted` comes once, after the first paint; `furnish` brings it to life when a shop is open."""

    painted = Signal()
    pressed = Signal(str)  # the act of a key in ui.kit.shortcuts that is not the window's own
    dropped = Signal(list)  # paths of files

    def __init__(self, memory: Memory, places: Sequence[Place] = SCREENS) -> None:
        super().__init__()
        self.places = {place.key: place for place in places}
        self._memory = memory
        self._app: Any = None
        self._screens: dict[str, QWidget] = {}
        self._here: tuple[str, Any] | None = None
        self._trail: list[tuple[str, Any]] = []
        self._sign: QWidget | None = None  # there while a file is held over the window
        self._other: QWidget | None = None  # shown instead of a screen
        self._is_painted = False
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("Backoffice")
        self.setAcceptDrops(True)
        self.setMinimumSize(*SMALLEST)
        self.sidebar = Sidebar(places, memory.read("titles", {}), below=BELOW)
        self.sidebar.chosen.connect(self.go)
        self.bar = self._place_of_bar()
        self.banners = _banners()
        self.stack = _Screens()
        self.stack.addWidget(QWidget())
        self._room = _scrolled(self.stack)
        self.content = _stacked(self.bar, self.banners, self._room)
        for title in memory.read("menus", ("File", "Help")):
            self.menuBar().addMenu(title)  # filled later; here so that nothing moves then
        self.setCentralWidget(_beside(self.sidebar, self.content))
        self.resize(1280, 720)
        self.restoreGeometry(memory.state("window"))

    def fit(self, available: QSize) -> None:
        """Becomes as small as the screen wants it, `available` being the screen without the system's own bars."""
        room = QSize(available.width() - _FRAME[0], available.height() - _FRAME[1])
        if not self.isMaximized():
            self.resize(self.size().boundedTo(room).expandedTo(QSize(*SMALLEST)))

    def _place_of_bar(self) -> QFrame:
        """An empty top bar of the right height, so that nothing moves when the real one comes."""
        bar = QFrame()
        bar.setProperty("bar", "top")
        bar.setFixedHeight(_BAR)
        return bar

    # life

    def furnish(self, app: Any, bar: QWidget, titles: Mapping[str, str]) -> None:
        """Puts in the real top bar and the screens' titles; from now on screens can be shown."""
        self.clear()
        self._app = app
        self.sidebar.open()
        self._room.setFocusPolicy(self.stack.focusPolicy())  # none; before the first paint it would load all Qt's names
        bar.setFixedHeight(_BAR)
        self.content.layout().replaceWidget(self.bar, bar)
        self.bar.hide()
        self.bar.deleteLater()
        self.bar = bar
        for key, title in titles.items():
            self.sidebar.places[key].name(title)
        self._memory.keep("titles", dict(titles))
        app.opening.connect(self.go)
        app.beginning.connect(self.begin)
        app.leaving.connect(self.back)

    def listen_to_keys(self, keys: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Each (act, key sequences) tells `pressed`, but for Back, the window's own; Ctrl+1…9 go to the screens."""
        for act, sequences in keys:
            for sequence in sequences:
                run = self.back if act == "back" else lambda act=act: self.pressed.emit(act)
                QShortcut(QKeySequence(sequence), self, run)
        for number, key in enumerate(list(self.places)[:9], 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda key=key: self.go(key))

    def go(self, key: str, record_id: Any = None) -> None:
        """Shows a screen, made when first wanted, on a record if one is named."""
        if self._app is None or key not in self.places:
            return
        if self._here is not None and self._here != (key, record_id):
            self._trail = [*self._trail[-_KEPT_BACK:], self._whereabouts()]
        self._show(key, record_id)

    def begin(self, key: str) -> None:
        """Shows a screen and its form for something new."""
        self.go(key)
        if self.screen_shown is not None and self._here[0] == key:
            self.screen_shown.new()

    def back(self) -> None:
        """Returns to where one came from; nothing at the beginning."""
        if self._trail:
            self._show(*self._trail.pop())

    @property
    def can_go_back(self) -> bool:
        return bool(self._trail)

    @property
    def screen_shown(self) -> Any:
        """The screen on top; None before the first one."""
        return None if self._here is None else self._screens[self._here[0]]

    def show_instead(self, widget: QWidget, *, soon: bool = False) -> None:
        """Shows something that is no screen: first run, a shop that cannot be opened; `soon` if only for a moment."""
        self.clear()
        if not soon:
            self.sidebar.grey()
        self._other = widget
        self.stack.addWidget(widget)
        self.stack.setCurrentWidget(widget)

    def clear(self) -> None:
        """Forgets every screen and where one was; the shop is about to be closed."""
        self.sidebar.shut()
        for widget in (*self._screens.values(), *([self._other] if self._other else [])):
            self.stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._screens.clear()
        self._app = self._other = self._here = None
        self._trail = []

    def _whereabouts(self) -> tuple[str, Any]:
        """Where one is now: the record in the screen's pane, if it has one, not the one it was opened on."""
        key, record_id = self._here
        pane = getattr(self._screens[key], "pane", None)
        return key, record_id if pane is None else pane.record

    def make(self, key: str) -> Any:
        """The screen, made if it is not there yet; to be shown later."""
        if key not in self._screens:
            self._screens[key] = _made(self.places[key].made_by)(self._app)
            self.stack.addWidget(self._screens[key])
        return self._screens[key]

    def _show(self, key: str, record_id: Any) -> None:
        self.make(key)
        screen = self._screens[key]
        self._here = (key, record_id)
        never_there = screen.focusWidget() is None
        self.stack.setCurrentWidget(screen)
        if never_there and self.stack.focusWidget() is not None:
            screen.setFocus()  # Qt would choose its first button, which then looks as if somebody had gone there
        self.sidebar.stand_at(key)
        self._app.notices.clear()
        if record_id is not None:
            screen.show_record(record_id)
        back = getattr(self.bar, "back", None)
        if back is not None:
            back.setEnabled(self.can_go_back)

    # Qt's side

    def focusNextPrevChild(self, forward: bool) -> bool:
        """What goes away hands the keys on within the screen; Qt would hand them to the first place of the sidebar."""
        return self._hold_focus() or super().focusNextPrevChild(forward)

    def _hold_focus(self) -> bool:
        """Gives the keys to the screen where what had them is gone; False where it still stands."""
        had, top = self.focusWidget(), self.stack.currentWidget()
        if top is None or (had is not None and had.isVisible()):
            return False
        top.setFocus()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # when this paint is on the screen

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.narrow(self.width() < NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._memory.keep_state("window", self.saveGeometry())
        if self.may_close():
            super().closeEvent(event)
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.sidebar.update()
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._hold_focus()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _files(event):
            event.acceptProposedAction()
            self._show_sign()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hide_sign()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hide_sign()
        event.acceptProposedAction()
        self.dropped.emit(_files(event))

    def _show_sign(self) -> None:
        """Says what letting go would do, where there is a shop to import into."""
        self._hide_sign()
        if self._app is not None:
            self._sign = _made(_DROP_SIGN)(self.content, self._app.words("Drop to import"))

    def _hide_sign(self) -> None:
        if self._sign is not None:
            self._sign.hide()
            self._sign.deleteLater()
            self._sign = None


def _made(by: str) -> Callable[[Any], QWidget]:
    module, _, name = by.partition(":")
    return getattr(import_module(module), name)


def _files(event: QDropEvent) -> list[str]:
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]


class _Screens(QStackedWidget):
    """As wide and high as the screen on top needs; the others' needs are theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        top = self.currentWidget()
        return QSize() if top is None else top.minimumSizeHint().expandedTo(top.minimumSize())


def _scrolled(stack: QStackedWidget) -> QScrollArea:
    """Bars come only where a screen has no room: a small display, or letters of twice the size."""
    area = QScrollArea()
    area.setProperty("bare", True)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setAccessibleName("Backoffice")
    area.setWidget(stack)
    stack.setAutoFillBackground(False)  # the style clears the viewport: to ask for it here would load all Qt's names
    return area


def _stacked(*parts: QWidget) -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for part in parts:
        box.addWidget(part)
    box.setStretch(len(parts) - 1, 1)
    return holder


def _beside(*parts: QWidget) -> QWidget:
    holder = QWidget()
    box = QHBoxLayout(holder)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    for part in parts:
        box.addWidget(part)
    box.setStretch(len(parts) - 1, 1)
    return holder


def _banners() -> QWidget:
    holder = QWidget()
    box = QVBoxLayout(holder)
    box.setContentsMargins(theme.XL, theme.M, theme.XL, 0)
    box.setSpacing(theme.S)
    holder.hide()
    return holder
