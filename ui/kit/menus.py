"""The menu bar: File and Help."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QLocale
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from backoffice.core.language import Language, languages
from ui.kit.buttons import Action, fill_menu


class Doer(Protocol):
    """What the menus can ask for."""

    language: Language

    def choose_shop(self) -> Any: ...
    def new_shop(self) -> Any: ...
    def choose_files(self) -> Any: ...
    def back_up(self) -> Any: ...
    def choose_backup(self) -> Any: ...
    def check(self) -> Any: ...
    def set_language(self, code: str) -> Any: ...
    def quit(self) -> Any: ...
    def press(self, act: str) -> Any: ...
    def about(self) -> Any: ...


def fill_menu_bar(bar: QMenuBar, doer: Doer, *, open_shop: bool) -> None:
    """Fills the bar; what needs an open shop is there only with one."""
    words = doer.language.words
    bar.clear()
    file, about = bar.addMenu(words("File")), bar.addMenu(words("Help"))
    fill_menu(file, _file(doer, open_shop=open_shop))
    file.insertMenu(file.actions()[-2], _language_menu(file, doer))
    _entries = [
        Action(words("Help for this screen"), lambda: doer.press("help"), shortcut="F1"),
        Action(words("Keys"), lambda: doer.press("keys"), shortcut="Ctrl+/"),
    ]
    fill_menu(about, [*(_entries if open_shop else []), Action(words("About Backoffice"), doer.about)])


def _file(doer: Doer, *, open_shop: bool) -> Sequence[Action | None]:
    words = doer.language.words
    entries: list[Action | None] = [
        Action(words("Open a shop…"), doer.choose_shop),
        Action(words("New shop…"), doer.new_shop),
        None,
    ]
    if open_shop:
        entries += [
            Action(words("Import files…"), doer.choose_files),
            None,
            Action(words("Back up now"), doer.back_up),
            Action(words("Restore a backup…"), doer.choose_backup),
            Action(words("Check my data"), doer.check),
            None,
        ]
    return [*entries, None, Action(words("Quit"), doer.quit, shortcut="Ctrl+Q")]


def _language_menu(parent: QMenu, doer: Doer) -> QMenu:
    """Each language under its own name, so that whoever is lost finds the way home."""
    menu = QMenu(doer.language.words("Language"), parent)
    group = QActionGroup(menu)
    for code in languages():
        name = QLocale(code).nativeLanguageName()
        entry = QAction(name[:1].upper() + name[1:] if name else code, menu, checkable=True)
        entry.setChecked(code == doer.language.code)
        entry.triggered.connect(lambda _checked=False, code=code: doer.set_language(code))
        group.addAction(entry)
        menu.addAction(entry)
    return menu
