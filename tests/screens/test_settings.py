"""The settings: each page saves what is typed and says at the field what is wrong."""

from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from backoffice.settings import queries
from tests.builders import a_customer
from tests.kit.accessible import nameless
from tests.orders.hands import words_of
from ui.kit.form import Form
from ui.kit.pictures import settle
from ui.settings import typed
from ui.settings.screen import SettingsScreen


def fields_of(screen):
    form = screen.page.findChild(Form)
    return {key: form.field(key) for key in form.draft().__dataclass_fields__}


def press(page, text="Save"):
    next(each for each in page.findChildren(QPushButton) if each.text() == text).click()


def test_the_shops_name_and_tax_are_saved(shown, shop):
    screen = shown(SettingsScreen)
    page, fields = screen.page, fields_of(screen)
    fields["name"].editor.setText("Casa Nueva")
    fields["tax_percent"].editor.setText("21")
    press(page)
    found = shop.ask(queries.profile)
    assert (found.name, found.default_tax_rate) == ("Casa Nueva", "0.21")


def test_up_to_which_value_the_short_customs_form_goes_is_kept(shown, shop):
    screen = shown(SettingsScreen)
    screen.show_record("documents")
    for typed_in, kept in (("250.50", 25_050), ("", None)):
        fields_of(screen)["customs_small"].editor.setText(typed_in)
        press(screen.page)
        assert shop.ask(queries.profile).customs_small == kept


def test_hours_and_holidays_are_kept(shown, shop):
    screen = shown(SettingsScreen)
    screen.show_record("hours")
    fields = fields_of(screen)
    fields["day5"].editor.setText("10:00–13:30")
    fields["holidays"].editor.setPlainText("2026-12-25")
    press(screen.page)
    hours = shop.ask(queries.profile).hours
    assert hours.week[5] == ((time(10), time(13, 30)),)
    assert hours.holidays == {date(2026, 12, 25)}


def test_hours_that_cannot_be_read_are_said_at_the_field_and_kept(shown, shop):
    screen = shown(SettingsScreen)
    screen.show_record("hours")
    fields = fields_of(screen)
    fields["day0"].editor.setText("nine to five")
    press(screen.page)
    assert "09:00" in fields["day0"].problem()
    assert fields["day0"].editor.text() == "nine to five"


@pytest.mark.parametrize("text", ["09:00", "18:00–09:00", "09:00–14:00, 13:00–19:00", "25:00–26:00"])
def test_impossible_hours_are_no_hours(text):
    with pytest.raises(ValueError):
        typed.hours_of(text)


def test_price_rules_come_back_as_they_were_typed():
    text = "ES PT; 5000; 60.00; 0.00\n; ; ; 4.90"
    assert typed.rules_text(typed.rules_of(text)).replace(" ", "") == text.replace(" ", "")


def test_every_control_of_every_page_has_a_name(shown):
    screen = shown(SettingsScreen)
    for key in screen.keys:
        screen.show_record(key)
    assert nameless(screen) == []


def test_labels_are_chosen_by_their_names_as_when_printing(shown):
    screen = shown(SettingsScreen)
    screen.show_record("documents")
    box = fields_of(screen)["label_stock"].editor
    assert box.itemText(box.findData("100x150")) == "100 × 150 mm"


def test_ctrl_enter_saves_the_page(shown, shop):
    screen = shown(SettingsScreen)
    fields_of(screen)["name"].editor.setText("Casa Nueva")
    settle()
    screen.confirm()
    assert shop.ask(queries.profile).name == "Casa Nueva"


@pytest.fixture
def peoples_data(shown, shop):
    """The page, in a shop that has not seen Ana for three years."""
    with shop.work() as work:
        a_customer(work, "Ana")
    shop.clock.advance(timedelta(days=3 * 366))
    screen = shown(SettingsScreen)
    screen.show_record("people")
    return screen


def test_a_dry_run_says_how_many_people_would_go_and_what(peoples_data, shop):
    fields_of(peoples_data)["months"].editor.setText("24")
    press(peoples_data.page, "Dry run")
    said = words_of(peoples_data.page)
    assert "1 person would go" in said and "Ana" in said and "E-mail addresses" in said
    assert shop.ask(queries.profile).purge_after_months == 0
    fields_of(peoples_data)["months"].editor.setText("60")
    press(peoples_data.page, "Dry run")
    assert "Nobody would go" in words_of(peoples_data.page)


def test_a_dry_run_needs_a_number_of_months(peoples_data):
    for text in ("", "5", "soon"):
        fields_of(peoples_data)["months"].editor.setText(text)
        press(peoples_data.page, "Dry run")
        assert "would go" not in words_of(peoples_data.page)
        assert fields_of(peoples_data)["months"].problem()


@pytest.mark.parametrize("agreed", [False, True])
def test_who_would_go_at_once_is_asked_for_before_it_is_saved(peoples_data, shop, app, agreed):
    asked = []
    app.notices.asking = lambda question: asked.append(question.title) or agreed
    fields_of(peoples_data)["months"].editor.setText("24")
    press(peoples_data.page)
    assert shop.ask(queries.profile).purge_after_months == (24 if agreed else 0)
    assert "1 person" in asked[0]


def test_nobody_is_asked_where_nobody_would_go_and_empty_ends_it(peoples_data, shop, app):
    app.notices.asking = lambda question: pytest.fail(question.title)
    for text, kept in (("60", 60), ("", 0)):
        fields_of(peoples_data)["months"].editor.setText(text)
        press(peoples_data.page)
        assert shop.ask(queries.profile).purge_after_months == kept
