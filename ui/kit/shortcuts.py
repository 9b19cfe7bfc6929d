"""The table of keys: what the window listens to, and the list of them under Ctrl+/."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from backoffice.core.language import Language, mark
from ui.kit import theme
from ui.kit.boxes import SPRING, column, row, scrolled
from ui.kit.buttons import button
from ui.kit.text import Label


@dataclass(frozen=True, slots=True)
class Key:
    """One shortcut: the name of what it does in the window, the keys, and the sentence for the list."""

    act: str
    keys: tuple[str, ...]
    sentence: str


KEYS = (
    Key("search", ("Ctrl+K",), mark("Search everything")),
    Key("new", ("Ctrl+N",), mark("New")),
    Key("filter", ("Ctrl+F",), mark("Filter this list")),
    Key("confirm", ("Ctrl+Return", "Ctrl+Enter"), mark("Send or confirm")),
    Key("print", ("Ctrl+P",), mark("Print")),
    Key("refresh", ("F5",), mark("Read again")),
    Key("back", ("Alt+Left",), mark("Back to where I came from")),
    Key("escape", ("Esc",), mark("Leave, clear the selection or the filters")),
    Key("undo", ("Ctrl+Shift+Z",), mark("Undo what the notice at the bottom offers")),
    Key("help", ("F1",), mark("Help for this screen")),
    Key("keys", ("Ctrl+/",), mark("This list")),
)
MORE = (
    ("Ctrl+1 … Ctrl+9", mark("Go to a screen")),
    ("↑ ↓", mark("Move in a table")),
    ("Enter", mark("Open the record")),
    ("Shift+↑ ↓, Ctrl+A", mark("Select several rows")),
)


def list_of_keys(language: Language, screens: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Every shortcut as (keys as this computer writes them, sentence)."""
    shown = [(native(key.keys[0]), language.words(key.sentence)) for key in KEYS]
    shown += [(keys, language.words(sentence)) for keys, sentence in MORE]
    return shown + [(native(f"Ctrl+{at}"), title) for at, title in enumerate(screens, 1)]


def native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


class KeysDialog(QDialog):
    """The list of shortcuts."""

    def __init__(self, parent: QWidget, language: Language, screens: Sequence[str] = ()) -> None:
        super().__init__(parent)
        title = language.words("Keys")
        self.setWindowTitle(title)
        inner = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.XL)
        grid.setVerticalSpacing(theme.S)
        for at, (keys, sentence) in enumerate(list_of_keys(language, screens)):
            grid.addWidget(Label(keys, "strong"), at, 0)
            grid.addWidget(Label(sentence), at, 1)
        inner.setLayout(column(grid, SPRING))
        close = button(language.words("Close"), self.accept)
        self.setLayout(
            column(
                Label(title, "title"), scrolled(inner, name=title), row(SPRING, close), gap=theme.L, margins=theme.XL
            )
        )
        self.resize(520, 520)


class HelpDialog(QDialog):
    """What a screen says about itself."""

    def __init__(self, parent: QWidget, language: Language, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        inner = QWidget()
        paragraphs = [Label(part.strip(), wrap=True) for part in text.split("\n\n") if part.strip()]
        inner.setLayout(column(*paragraphs, SPRING, gap=theme.M))
        close = button(language.words("Close"), self.accept)
        self.setLayout(
            column(
                Label(title, "title"), scrolled(inner, name=title), row(SPRING, close), gap=theme.L, margins=theme.XL
            )
        )
        self.resize(520, 420)
