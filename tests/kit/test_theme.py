"""The look comes from the tokens alone, and everybody can read it."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from ui.kit import icons, theme

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "ui"
TEXTS = ("text", "muted", "accent", "good", "warn", "bad", "note")
GROUNDS = ("surface", "window", "raised")
SCHEMES = (theme.LIGHT, theme.DARK)


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two "#RRGGBB"."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def faint(colours: dict[str, str]) -> list[str]:
    """The pairs of text and ground that are too close to each other."""
    pairs = [(text, ground) for text in TEXTS for ground in GROUNDS]
    pairs += [(tone, f"{tone}-tint") for tone in theme.TONES]
    pairs += [("text", "selected"), ("muted", "selected"), ("text", "hover"), ("on-accent", "accent")]
    pairs += [("on-accent", "accent-hover"), ("text", "accent-tint"), ("muted", "accent-tint")]
    return [f"{a} on {b}" for a, b in pairs if contrast(colours[a], colours[b]) < 4.5]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_text_stands_out_from_its_ground(scheme):
    assert faint(theme.palette_of(scheme)) == []


def test_a_faint_colour_is_found():
    assert "muted on window" in faint(theme.palette_of("light") | {"muted": "#A0A8B0"})


def test_contrast_is_measured_as_the_standard_says():
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_names_known_tokens_only(scheme):
    assert "@" not in theme.style_sheet(scheme)


def test_the_style_sheet_names_no_colour_itself():
    template = (theme.FOLDER / "window.qss").read_text(encoding="utf-8")
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", template)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_pictures_of_the_style_sheet_are_in_the_scheme_s_colours(scheme):
    found = list(theme.FOLDER.glob(f"*-{scheme}.svg"))
    assert {path.stem.removesuffix(f"-{scheme}") for path in found} == {"down", "tick", "up"}
    for path in found:
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", path.read_text(encoding="utf-8")))
        assert used <= set(theme.palette_of(scheme).values()), path.name


def test_both_schemes_have_the_same_tokens():
    assert set(theme.palette_of("light")) == set(theme.palette_of("dark"))


PAINT = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']|QColor\(\s*["'\d]|Qt\.GlobalColor\.(?!transparent)\w+""")


def breaches(pattern: re.Pattern[str], folder: Path, *, but: str = "") -> list[str]:
    files = (path for path in folder.rglob("*.py") if not but or but not in path.relative_to(folder).parts)
    return [f"{path.name}: {found[0]}" for path in files for found in pattern.finditer(path.read_text("utf-8"))]


def test_no_colour_stands_in_the_code():
    assert breaches(PAINT, UI) == []


BARE = re.compile(r"\bQLabel\(|\bQMessageBox\b|\.setToolTip\(|\bQInputDialog\.getText\(self")


def test_no_screen_makes_labels_that_could_read_markup():
    assert breaches(BARE, UI, but="kit") == []


def test_a_colour_and_a_bare_label_in_the_code_are_found(tmp_path):
    (tmp_path / "orders.py").write_text('label = QLabel(name)\npen = QColor("#123456")\nred = Qt.GlobalColor.red\n')
    assert len(breaches(PAINT, tmp_path)) == 2
    assert breaches(BARE, tmp_path) == ["orders.py: QLabel("]


def test_every_icon_is_in_the_family(qtbot):
    assert set(icons.glyphs()) == set(icons.NAMES)


def test_an_unknown_icon_fails_at_once(qtbot):
    with pytest.raises(KeyError):
        icons.icon("no such thing")


def test_a_forced_scheme_is_shown_whatever_the_system_says(qtbot, monkeypatch):
    shown = theme.dress("dark")
    assert theme.colour("surface").name().upper() == theme.palette_of("dark")["surface"]
    monkeypatch.setenv("BACKOFFICE_SCHEME", "light")
    theme.dress()
    assert shown.scheme == "light"


def test_a_change_of_the_system_s_scheme_is_followed_unless_one_is_forced(qtbot):
    shown = theme.dress()
    shown._follow(Qt.ColorScheme.Dark)
    assert shown.scheme == "dark"
    shown.force("light")
    shown._follow(Qt.ColorScheme.Dark)
    assert shown.scheme == "light"
    shown.force("")
    shown._follow(Qt.ColorScheme.Light)
    assert shown.scheme == "light"


def test_there_is_a_font_to_draw_with(qtbot):
    theme.dress()
    assert QFontInfo(QApplication.font()).family() != ""
    assert QApplication.font().pixelSize() == 13
