"""The first run: it speaks the language chosen there, proposes the country's own zone, and loses nothing typed."""

import pytest
from PySide6.QtCore import QTimeZone

from backoffice.core.postal import is_country
from tests.kit.accessible import assert_all_named
from ui.first_run import screen
from ui.first_run.screen import FirstRun
from ui.first_run.zones import zones_of
from ui.kit.text import Label


@pytest.fixture
def page(program):
    program.new_shop()
    return lambda: program.window.stack.currentWidget()


def choose(shown: FirstRun, field: str, value: str) -> None:
    editor = shown.form.field(field).editor
    editor.setCurrentIndex(editor.findData(value))


def chosen(shown: FirstRun, field: str) -> str:
    return shown.form.field(field).value()


def test_the_page_speaks_the_language_chosen_on_it_and_keeps_what_was_typed(page, qtbot):
    shown = page()
    shown.form.field("name").editor.setText("Casa Ñandú")
    choose(shown, "country", "PT")
    choose(shown, "language", "es")
    qtbot.waitUntil(lambda: page() is not shown)
    assert "Te damos la bienvenida a Backoffice" in [each.text() for each in page().findChildren(Label)]
    kept = {field: chosen(page(), field) for field in ("name", "country", "currency", "zone", "language")}
    assert kept == {
        "name": "Casa Ñandú",
        "country": "PT",
        "currency": "EUR",
        "zone": "Europe/Lisbon",
        "language": "es",
    }
    assert_all_named(page())


def test_a_country_brings_its_main_zone_unless_the_one_chosen_is_in_it(page):
    choose(page(), "zone", "Etc/UTC")
    choose(page(), "country", "ES")
    assert chosen(page(), "zone") == "Europe/Madrid"
    choose(page(), "zone", "Atlantic/Canary")
    choose(page(), "country", "US")
    assert chosen(page(), "zone") == "America/New_York"
    choose(page(), "zone", "America/Chicago")
    choose(page(), "country", "US")
    assert chosen(page(), "zone") == "America/Chicago"


def test_a_computer_without_a_zone_of_its_own_gets_the_countrys(monkeypatch):
    monkeypatch.setattr(screen.QTimeZone, "systemTimeZoneId", lambda: QTimeZone(b"Etc/UTC").id())
    guess = screen._guess("es")
    assert guess.zone == zones_of(guess.country)[0]


def test_the_cursor_stands_in_the_name(page):
    assert page().form.field("name").editor.hasFocus() or page().focusWidget() is page().form.field("name").editor


def test_a_country_without_a_zone_of_its_own_leaves_the_zone(page):
    assert zones_of("XX") == ()


def test_only_countries_can_be_chosen(page):
    box = page().form.field("country").editor
    codes = [code for at in range(box.count()) if (code := box.itemData(at))]
    assert len(codes) > 240 and not [code for code in codes if not is_country(code)]
