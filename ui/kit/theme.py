"""The look: tokens of resources/style as colours, sizes, palette and style sheet, light or dark.

The first paint waits for this module: it does without the namespace Qt (14 ms to make) and core.paths (15 ms).
"""

import json
import os
import re
import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

LIGHT, DARK = "light", "dark"
STYLE = "fusion"  # named before the QApplication is made, it is made once
TONES = ("good", "warn", "bad", "note", "muted", "accent")
SPACE = (4, 8, 12, 16, 24, 32)
XS, S, M, L, XL, XXL = SPACE

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "window",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "line",
    QPalette.ColorRole.Mid: "control",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "line",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on-accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
}
_FADED = ("WindowText", "Text", "ButtonText")


FOLDER = Path(getattr(sys, "_MEIPASS", Path(__file__).parents[2])) / "resources" / "style"


@cache
def tokens() -> dict:
    """What resources/style/tokens.json says, as it stands there."""
    return json.loads((FOLDER / "tokens.json").read_text(encoding="utf-8"))


@cache
def palette_of(scheme: str) -> dict[str, str]:
    """Every colour of a scheme by name as "#RRGGBB", the mixed ones (share in percent) worked out."""
    colours = dict(tokens()[scheme])
    for name, (over, under, share) in colours.pop("mixes").items():
        colours[name] = _mixed(colours[over], colours[under], share)
    return colours


def _mixed(over: str, under: str, share: int) -> str:
    pairs = ((int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{(a * share + b * (100 - share) + 50) // 100:02X}" for a, b in pairs)


def size(name: str) -> int:
    """A length in pixels by its token's name: "row", "sidebar", "font-small" …"""
    return tokens()["sizes"][name]


def style_sheet(scheme: str) -> str:
    """The QSS template with the scheme's colours, the sizes and the folder of its pictures put in."""
    names = dict(palette_of(scheme))
    names.update({name: str(value) for name, value in tokens()["sizes"].items()})
    names.update(scheme=scheme, folder=FOLDER.as_posix())
    longest_first = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    template = (FOLDER / "window.qss").read_text(encoding="utf-8")
    return re.sub(f"@({longest_first})", lambda found: names[found[1]], template)


class Theme(QObject):
    """The scheme now shown; follows the system's unless one is forced."""

    changed = Signal()

    def __init__(self, app: QApplication, forced: str = "") -> None:
        super().__init__(app)
        self.forced = forced if forced in (LIGHT, DARK) else ""
        self.scheme = ""
        self._system = DARK if app.palette().window().color().lightness() < 128 else LIGHT
        self._colours: dict[str, QColor] = {}
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.show()

    def force(self, scheme: str) -> None:
        """Shows "light" or "dark" whatever the system says; "" follows the system again."""
        self.forced = scheme
        self.show()

    def show(self) -> None:
        """Puts palette and style sheet in place if the wanted scheme is not the one shown."""
        wanted = self.forced or self._system
        if wanted == self.scheme:
            return
        self.scheme = wanted
        self._colours = {name: QColor(value) for name, value in palette_of(wanted).items()}
        app = QApplication.instance()
        app.setPalette(self._palette())
        app.setStyleSheet(style_sheet(wanted))
        self.changed.emit()

    def colour(self, name: str) -> QColor:
        return self._colours[name]

    def _follow(self, scheme: object) -> None:
        self._system = DARK if scheme == type(scheme).Dark else LIGHT
        self.show()

    def _palette(self) -> QPalette:
        made = QPalette()
        for role, name in _ROLES.items():
            made.setColor(role, self._colours[name])
        for role in _FADED:
            made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[role], self._colours["muted"])
        return made


@cache
def worn() -> Theme:
    """The application's theme; the first call dresses it."""
    app = QApplication.instance()
    if app.style().name() != STYLE:
        app.setStyle(STYLE)
    app.setFont(_font())
    return Theme(app, os.environ.get("BACKOFFICE_SCHEME", ""))


def dress(scheme: str = "") -> Theme:
    """Gives the application style, font and colours; `scheme`, else the environment's BACKOFFICE_SCHEME, forces one."""
    theme = worn()
    theme.force(scheme or os.environ.get("BACKOFFICE_SCHEME", ""))
    return theme


def _font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(size("font"))
    font.setFeature(QFont.Tag("tnum"), 1)  # figures under one another line up
    return font


def colour(name: str) -> QColor:
    """A token of the scheme now shown, to paint with. Ask when painting, never keep it."""
    return worn().colour(name)
