"""The running program behind the window: opens and closes shops, does what menus, keys and the top bar ask for."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QFileDialog

from backoffice.core.calendar import SystemClock
from backoffice.core.errors import Outage, Refused
from backoffice.core.language import SOURCE, Language, languages
from backoffice.core.version import VERSION
from backoffice.sentences import sentence_for
from backoffice.settings import actions as settings
from backoffice.settings import queries as settings_queries
from backoffice.shop import Shop
from backoffice.store import places
from ui.kit import ahead, closed, menus, shortcuts
from ui.kit.arrival import SOON, Arrival
from ui.kit.buttons import Action
from ui.kit.context import AppContext
from ui.kit.crash import Crashes
from ui.kit.drawer import Drawer
from ui.kit.format import Format
from ui.kit.global_search import finder
from ui.kit.going_on import offer_unsaved
from ui.kit.icons import Picture
from ui.kit.jobs import Jobs
from ui.kit.memory import Memory
from ui.kit.notices import Notices
from ui.kit.only_read import tell_only_read
from ui.kit.qt_words import QtWords
from ui.kit.safekeeping import Safekeeping
from ui.kit.scan import Scanner
from ui.kit.screen import Screen
from ui.kit.single import Door, knock
from ui.kit.top_bar import TopBar
from ui.kit.when_used import hook

FIRST_RUN = "ui.first_run.screen:FirstRun"  # called with the Program: a widget that ends with program.open_shop(path)
IMPORTS = "ui.imports.screen:take_files"  # called with the AppContext and the files' paths


class Program(QObject):
    """One window, and at most one open shop. `window` is ui.window.Window."""

    def __init__(self, window: Any, memory: Memory, crashes: Crashes) -> None:
        super().__init__(window)
        self.window, self.memory, self._crashes = window, memory, crashes
        self.jobs = Jobs(self)
        self.shop: Shop | None = None
        self.app: AppContext | None = None
        self.keeping: Safekeeping | None = None
        self._door = Door(self._come_forward, self)
        self._restored = ""  # what is to be told when the shop is open again
        self._translator, self._qt_words = QTranslator(self), QtWords(self)
        self.speak(Language(memory.read("language") or _system_language()))
        crashes.known = self._tell_known
        window.sidebar.put_icons(Picture)
        window.listen_to_keys([(key.act, key.keys) for key in shortcuts.KEYS])
        window.pressed.connect(self.press)
        window.dropped.connect(self.take_files)
        window.may_close = self.may_close
        self._scanner = Scanner(self._scanned, self)
        self._scanner.watch(window.windowHandle())

    def start(self, path: Path | None) -> None:
        """Opens this shop, else the last one, else begins a first run."""
        last = self.memory.read("shop")
        path = path or (Path(last) if last else None)
        if path is None:
            self.new_shop()
        else:
            self.open_shop(path)

    # opening and closing

    def open_shop(self, path: Path) -> None:
        """Closes the open shop, then opens this one in a job; why it did not open is shown instead of it.

        Where somebody else has it open, that window comes to the front and this one goes; or, where nobody answers
        because it is another computer's or another user's, this one only looks.
        """
        self._open(path, Shop.open)

    def _open(self, path: Path, door: Callable[[Path], Shop]) -> None:
        self._leave_shop()
        self._show_page(closed.opening_page(self.language), soon=True)

        def open_it(_progress: Any, _cancelled: Any) -> tuple[Shop, Any]:
            shop = door(path)
            shop.begin_day()
            profile = shop.ask(settings_queries.profile)  # the first query takes 50 ms: not in the main thread
            ahead.ask_first(next(iter(self.window.places.values())), shop)
            return shop, profile

        self.jobs.run(
            open_it,
            lambda opened: self._furnish(*opened),
            lambda error: self._not_opened(path, error),
            label=self.language.words("Opening the shop…"),
        )

    def _furnish(self, shop: Shop, profile: Any) -> None:
        """Everything that belongs to an open shop; once more when its language changes."""
        self.shop = shop
        self.speak(Language(profile.language))
        self.memory.keep("shop", str(shop.path))
        notices = Notices(self.language, self)
        notices.attach(self.window.content, self.window.banners)
        self.app = AppContext(
            shop,
            self.language,
            zone=profile.zone,
            sentence=sentence_for,
            jobs=self.jobs,
            notices=notices,
            memory=self.memory,
            drawer=Drawer(None if shop.only_read else places.typed_of(shop.path), self),
            parent=self,
        )
        self.app.choose_files = self.choose_files
        self.bar = TopBar(self.app, find=finder(self.app), news=self._news(), back_up=self.back_up)
        words = self.language.words
        titles = {key: words(place.title) for key, place in self.window.places.items()}
        self.window.setWindowTitle(f"{profile.name} – Backoffice")
        self.window.furnish(self.app, self.bar, titles)
        menus.fill_menu_bar(self.window.menuBar(), self, open_shop=True)
        self.app.changed.connect(lambda _changes: self._count())
        if shop.only_read:
            tell_only_read(self.app, lambda: self.open_shop(shop.path))
        else:
            self._door.open(shop.path)
        self.keeping = Safekeeping(self.app, self, show_backup=self.bar.show_backup, fault=self._crashes.take)
        QTimer.singleShot(SOON, self.app, self._arrive)

    def _arrive(self) -> None:
        self._arrival = Arrival(
            self.window, self.app, (lambda: offer_unsaved(self.app, self._shown), self._count, self._tell_restored)
        )

    def _tell_restored(self) -> None:
        """Says once what was restored, when the first screen stands."""
        told, self._restored = self._restored, ""
        if told and self.app is not None:
            self.app.notices.say(told)

    def _shown(self, feature: str) -> Any:
        """Goes to a screen; the screen."""
        self.window.go(feature)
        return self.window.screen_shown

    def _not_opened(self, path: Path, error: BaseException) -> None:
        if not isinstance(error, Refused | Outage):
            self._crashes.take(error)
            error = Outage("store.cannot-open", file=path.name)
        if error.code == "shop.in-use":
            if knock(path):
                self.window.close()
            else:
                self._open(path, Shop.read)
            return
        sentence = sentence_for(error, self.language)
        self._show_page(closed.NotOpened(self, path, sentence, Shop.backups_of(path)))

    def _show_page(self, page: Any, *, soon: bool = False) -> None:
        """A page instead of the screens, and only those menus that need no shop."""
        menus.fill_menu_bar(self.window.menuBar(), self, open_shop=False)
        self.window.show_instead(page, soon=soon)

    def _leave_shop(self) -> None:
        """Closes the shop, after a backup if something was written; tells it where that failed."""
        if self.shop is None:
            return
        self._door.close()
        self._clear_screens()
        self._leave_context()
        shop, self.shop = self.shop, None
        outage = shop.close()
        if outage is not None:
            self._notices.fail(sentence_for(outage, self.language))

    def _clear_screens(self) -> None:
        """Puts away what is half-written, then forgets every screen."""
        if self.app is not None:
            self.app.drawer.flush()
        self.window.clear()

    def _leave_context(self) -> None:
        if self.app is not None:
            self._notices = self.app.notices
            self._notices.leave()
            self.app.close()
            self.app.deleteLater()
            self.app = self.keeping = None

    def may_close(self) -> bool:
        """Whether the window may go now. A large shop is backed up first, in a job; then the window goes by itself."""
        shop, words = self.shop, self.language.words
        if shop is not None and shop.is_large and shop.store.writes:
            shop.store.writes = 0  # asked once
            self._show_page(closed.opening_page(self.language, words("Backing up before closing…")), soon=True)
            self.jobs.run(
                lambda progress, stop: shop.back_up(reason="closing", progress=progress, cancelled=stop),
                lambda _file: self._close_soon(),
                lambda _error: self._close_soon(),
                label=words("Backing up"),
            )
            return False
        self.jobs.close()
        self._leave_shop()
        return True

    def _close_soon(self) -> None:
        QTimer.singleShot(0, self.window, self.window.close)

    # what the menus ask for

    def choose_shop(self) -> None:
        last, words = self.memory.read("shop"), self.language.words
        folder = Path(last).parent if last else Path.home()
        path, _kind = QFileDialog.getOpenFileName(self.window, words("Open a shop…"), str(folder))
        if path:
            self.open_shop(Path(path))

    def new_shop(self) -> None:
        """The first run: the demo shop or a new one."""
        self._leave_shop()
        make = hook(FIRST_RUN)
        self._show_page(make(self) if make else closed.welcome_page(self.language, self.choose_shop))

    def choose_files(self) -> None:
        words = self.language.words
        paths, _kind = QFileDialog.getOpenFileNames(self.window, words("Import files…"), str(Path.home()))
        self.take_files(paths)

    def take_files(self, paths: Sequence[str]) -> None:
        """Files dropped on the window or chosen in the menu."""
        take = hook(IMPORTS)
        if self.app is not None and paths and take and self.app.may_write():
            take(self.app, [Path(path) for path in paths])

    def back_up(self) -> None:
        if self.keeping is not None:
            self.keeping.back_up()

    def choose_backup(self) -> None:
        if self.keeping is not None and self.shop is not None:
            path = self.shop.path
            self.keeping.choose_backup(lambda file: self.restore(file, path))

    def restore(self, file: Path, path: Path) -> None:
        """Puts the backup in the shop's place, opens it and says so."""
        words = self.language.words
        told = words("Restored: the shop is as it was {when}. What it was until now is kept as a backup.")
        made = {backup.file: backup.at for backup in Shop.backups_of(path)}

        def restored(_saved: Any) -> None:
            self._restored = told.format(when=zoned.moment(made.get(file))) if file in made else ""
            self.open_shop(path)

        zoned = self.app.format if self.app is not None else self.format
        self._leave_shop()
        self._show_page(closed.opening_page(self.language, words("Restoring the backup…")), soon=True)
        self.jobs.run(
            lambda progress, stop: Shop.restore(file, path, progress=progress, cancelled=stop),
            restored,
            lambda error: self._not_opened(path, error),
            label=words("Restoring the backup…"),
        )

    def check(self) -> None:
        if self.keeping is not None:
            self.keeping.check()

    def set_language(self, code: str) -> None:
        """The window speaks this language from now on; with a shop open it is the shop's."""
        if self.shop is None or self.app is None:
            self.speak(Language(code))
            self.new_shop()
        elif self.app.do(settings.change_profile, language=code):
            profile = self.shop.ask(settings_queries.profile)
            self._clear_screens()
            self._leave_context()
            self._furnish(self.shop, profile)

    def about(self) -> None:
        words = self.language.words
        said = words("Version {version}. The back office of a small shop: one window, one file on this computer.")
        shortcuts.HelpDialog(self.window, self.language, "Backoffice", said.format(version=VERSION)).exec()

    def quit(self) -> None:
        self.window.close()

    # keys and scanner

    def press(self, act: str) -> None:
        """A key of ui.kit.shortcuts was pressed."""
        screen = self.window.screen_shown
        if self.app is None or screen is None:
            return
        kind = type(screen)
        acts: dict[str, Callable[[], object]] = {
            "search": self.bar.focus_search,
            "new": screen.new if kind.new is not Screen.new else self.bar.open_news,
            "filter": screen.focus_filter if kind.focus_filter is not Screen.focus_filter else self.bar.focus_search,
            "confirm": screen.confirm,
            "print": screen.print,
            "refresh": screen.refresh,
            "undo": self.app.notices.undo_last,
            "escape": lambda: screen.escape() or self.window.back(),
            "help": self._help,
            "keys": self._keys,
        }
        acts[act]()

    def _help(self) -> None:
        screen, places = self.window.screen_shown, self.window.sidebar.places
        title = places[screen.feature].title if screen.feature in places else "Backoffice"
        text = screen.help() or self.language.words("Press Ctrl+/ for the list of keys.")
        shortcuts.HelpDialog(self.window, self.language, title, text).exec()

    def _keys(self) -> None:
        titles = [place.title for place in self.window.sidebar.places.values()]
        shortcuts.KeysDialog(self.window, self.language, titles).exec()

    def _scanned(self, code: str) -> None:
        screen = self.window.screen_shown
        if self.app is None or screen is None or QApplication.activeModalWidget() is not None:
            return
        if not screen.scanned(code):
            self.bar.find_scanned(code)

    # what goes on by itself

    def _count(self) -> None:
        """Writes the counts of the sidebar."""
        if self.app is None:
            return
        found = {}
        for key, place in self.window.places.items():
            query = hook(place.count) if place.count else None
            n = query(self.app) if query else 0
            found[key] = self.app.format.number(n) if n else ""
        self.window.sidebar.show_counts(found)

    def _news(self) -> list[Action]:
        words, window = self.language.words, self.window

        return [
            Action(words(place.new), lambda key=key: window.begin(key), icon=place.icon)
            for key, place in window.places.items()
            if place.new
        ]

    def speak(self, language: Language) -> None:
        """Language of the window, of Qt's own buttons, and of the next start's first paint."""
        self.language = language
        self.format = Format(language, "UTC", SystemClock())
        self._crashes.language = language
        self.memory.keep("language", language.code)
        self.memory.keep("menus", [language.words("File"), language.words("Help")])
        locale = QLocale(language.code)
        QLocale.setDefault(locale)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for each in (self._translator, self._qt_words):
            QApplication.removeTranslator(each)
        self._qt_words.language = language
        QApplication.installTranslator(self._qt_words)
        if self._translator.load(locale, "qtbase", "_", folder):
            QApplication.installTranslator(self._translator)

    def _tell_known(self, error: BaseException) -> bool:
        """Refusals and outages that nobody caught are told, not called crashes."""
        if isinstance(error, Refused | Outage) and self.app is not None:
            self.app.tell(error)
            return True
        return False

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()


def _system_language() -> str:
    wanted = QLocale.system().name().split("_")[0]
    return wanted if wanted in languages() else SOURCE
