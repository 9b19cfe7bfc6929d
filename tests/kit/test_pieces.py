"""The small pieces: chips, timeline, facts, search box, keys, memory, sidebar."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QLabel

from backoffice.core.language import Language
from tests.kit.accessible import assert_all_named
from ui.kit import shortcuts
from ui.kit.buttons import button
from ui.kit.card import card, facts, figure
from ui.kit.memory import Memory
from ui.kit.pictures import grab
from ui.kit.search_field import Hit
from ui.kit.sidebar import NARROW, Sidebar
from ui.kit.text import Chip, ChipLabel, CutLabel, Link, tip
from ui.kit.timeline import AT_FIRST, Timeline
from ui.kit.top_bar import TopBar
from ui.window import SCREENS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising a list over the window, offscreen


@dataclass(frozen=True)
class Happening:
    at: datetime
    who: str
    verb: str


def happenings(count):
    start = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    return [Happening(start - timedelta(hours=n), "Lucía", f"Step {n}") for n in range(count)]


def shown(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()]


def test_the_timeline_shows_the_newest_first_and_the_rest_on_demand(app, qtbot):
    made = Timeline(app, happenings(40), lambda line: line.verb)
    qtbot.addWidget(made)
    assert shown(made)[:2] == ["Step 0", "Nov 22, 2026, 10:00\xa0AM · Lucía"]
    assert len(shown(made)) == 2 * AT_FIRST
    made._more.click()
    assert len(shown(made)) == 80


def test_facts_that_are_not_there_take_no_room(qtbot):
    made = facts([("E-mail", "a@x.test"), ("Phone", ""), ("Note", None), ("State", Chip("Open", "good"))])
    qtbot.addWidget(made)
    assert shown(made) == ["E-mail", "a@x.test", "State"]
    assert made.findChild(ChipLabel).accessibleName() == "Open"


def test_a_figure_says_what_it_counts(qtbot):
    opened = []
    made = figure("12", "Open cases", "3 more than last week", tone="bad", run=lambda: opened.append(1))
    qtbot.addWidget(made)
    made.findChild(Link).click()
    assert opened == [1]
    assert made.accessibleName() == "Open cases: 12"
    qtbot.addWidget(card("Customer", made))


def test_a_long_name_is_cut_and_its_tip_has_it_whole_as_plain_text(qtbot):
    made = CutLabel("<i>María José</i> Rodríguez de la Fuente y Álvarez de Toledo")
    qtbot.addWidget(made)
    made.resize(120, 20)
    made.show()
    assert made.text().endswith("…")
    assert made.toolTip().startswith("&lt;i&gt;María")


def test_a_tip_never_reads_markup(qtbot):
    made = QLabel()
    qtbot.addWidget(made)
    tip(made, "<img src='file:///x'>\nline")
    assert made.toolTip() == "&lt;img src=&#x27;file:///x&#x27;&gt;<br>line"


def a_bar(app, qtbot, hits=()):
    bar = TopBar(app, find=lambda text: list(hits), news=[], back_up=lambda: None)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_the_search_opens_what_is_chosen(app, qtbot):
    opened = []
    app.opening.connect(lambda *told: opened.append(told))
    bar = a_bar(app, qtbot, [Hit("orders", 7, "B-1007", group="Orders"), Hit("products", 3, "Cup", group="Products")])
    bar.focus_search()
    qtbot.keyClicks(bar.search, "cup")
    bar.search.propose()
    assert [hit.title for hit in bar.search.hits] == ["B-1007", "Cup"]
    qtbot.keyClick(bar.search, Qt.Key.Key_Down)
    qtbot.keyClick(bar.search, Qt.Key.Key_Return)
    assert opened == [("products", 3)]
    assert bar.search.text() == ""


def test_escape_empties_the_search_first(app, qtbot):
    bar = a_bar(app, qtbot)
    qtbot.keyClicks(bar.search, "cup")
    qtbot.keyClick(bar.search, Qt.Key.Key_Escape)
    assert bar.search.text() == ""


@pytest.mark.parametrize(
    ("hits", "opened"),
    [
        ([Hit("orders", 1, "B-10010"), Hit("orders", 2, "B-1001", exact=True)], [("orders", 2)]),
        ([Hit("orders", 1, "B-10010")], [("orders", 1)]),
        ([Hit("orders", 1, "B-10010"), Hit("orders", 2, "B-10011")], []),
        ([], []),
    ],
)
def test_a_scan_opens_the_one_record_it_names(app, qtbot, hits, opened):
    told = []
    app.opening.connect(lambda *where: told.append(where))
    bar = a_bar(app, qtbot, hits)
    bar.find_scanned("B-1001")
    assert told == opened
    assert bool(app.notices.toasts) == (not hits)
    assert bar.search.text() == ("B-1001" if len(hits) == 2 and not opened else "")


def test_the_backup_s_health_is_said_and_not_only_coloured(app, qtbot):
    bar = a_bar(app, qtbot)
    bar.show_backup("The backup failed: the disk is full.", well=False)
    assert bar.backup.accessibleName() == "The backup failed: the disk is full."
    assert_all_named(bar)


def test_a_long_place_leaves_its_count_room(qtbot):
    bar = Sidebar(SCREENS, {"inbox": "Bandeja de entrada de toda la casa"}, below=frozenset())
    qtbot.addWidget(bar)
    bar.resize(208, 600)
    bar.show()
    place = bar.places["inbox"]
    assert place.text() == place.title
    bar.show_counts({"inbox": "184"})
    assert (place.text()[:7], place.text()[-1], place.toolTip()) == ("Bandeja", "…", place.title)
    assert place.accessibleName() == f"{place.title} 184"


def test_the_sidebar_says_places_and_counts_also_when_it_is_narrow(qtbot):
    bar = Sidebar(SCREENS, {"today": "Hoy"}, below=frozenset({"settings"}))
    qtbot.addWidget(bar)
    bar.show_counts({"today": "12"})
    bar.narrow(True)
    assert bar.width() == NARROW
    assert bar.places["today"].text() == ""
    assert bar.places["today"].toolTip() == "Hoy"
    assert bar.places["today"].accessibleName() == "Hoy 12"
    bar.narrow(False)
    assert bar.places["today"].text() == "Hoy"
    assert_all_named(bar)


def test_every_key_is_listed_once_with_a_sentence(qtbot):
    listed = shortcuts.list_of_keys(Language("en"), ["Today"])
    keys = [keys for keys, _sentence in listed]
    assert len(keys) == len(set(keys))
    assert ("Ctrl+1", "Today") in listed
    assert all(sentence for _keys, sentence in listed)


def test_the_dialogs_of_keys_and_help_have_names(qtbot):
    for dialog in (
        shortcuts.KeysDialog(None, Language("en"), ["Today"]),
        shortcuts.HelpDialog(None, Language("en"), "Orders", "One.\n\nTwo."),
    ):
        qtbot.addWidget(dialog)
        assert_all_named(dialog)


def test_memory_keeps_kinds_and_forgives_a_spoilt_file(own_data_folder):
    memory = Memory()
    memory.keep("filters", {"text": "ana", "n": 3, "on": True, "none": None})
    memory.keep_state("window", QByteArray(b"\x00\x01"))
    memory._settings.setValue("kept/spoilt", "{")
    memory._settings.sync()
    again = Memory()
    assert again.read("filters") == {"text": "ana", "n": 3, "on": True, "none": None}
    assert again.state("window") == QByteArray(b"\x00\x01")
    assert again.read("spoilt", 5) == 5
    assert again.read("nothing") is None
    assert (own_data_folder / "window.ini").exists()


def test_a_picture_of_a_widget_is_a_png(qtbot, tmp_path):
    made = QLabel("Orders")
    qtbot.addWidget(made)
    assert grab(made, tmp_path / "new" / "orders.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_presses_the_button_the_cursor_is_on_as_space_does(qtbot, key):
    pressed = []
    made = button("Import 38 records", lambda: pressed.append(1), primary=True)
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, key)
    assert pressed == [1]
