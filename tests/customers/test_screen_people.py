"""The same person twice, a person handed out, a person erased: in the window."""

import json

import pytest
from PySide6.QtWidgets import QFileDialog

from backoffice.customers.card import queries as card_queries
from backoffice.orders import actions as orders
from tests.customers.people import HOME, a_customer, an_order, faults, the_card
from tests.kit.accessible import assert_all_named
from tests.orders.hands import answer, choose, press, words_of
from ui.kit.search_field import Hit


@pytest.fixture
def twins(shop, screen):
    """Two of one name and postcode, the first with an order."""
    with shop.work() as work:
        first = a_customer(work, "Ana Núñez", "ana@example.com", addresses=(HOME,))
        orders.cancel(work, an_order(work, first), reason="test")
        second = a_customer(work, "Ana Núñez", "ana@work.example", addresses=(HOME,), phones=("600",))
    screen.show_record(first)
    return first, second


def test_who_looks_like_another_is_proposed_and_merged_in_two_clicks(twins, shop, screen, app):
    first, second = twins
    assert "Same person?" in words_of(screen.pane.page)
    assert screen.pane.page.step.title == "Merge…"
    screen.confirm()
    said = words_of(screen.acts.dialog)
    assert "1 e-mail address, 1 phone number, 1 address" in said and "can be undone" in said
    assert answer(screen)
    assert len(the_card(shop, first).emails) == 2 and not the_card(shop, second).listed
    app.notices.undo_last()
    assert the_card(shop, second).listed and len(the_card(shop, first).emails) == 1
    assert not faults(shop)


def test_the_other_one_s_name_may_win(twins, shop, screen):
    first, second = twins
    screen.confirm()
    assert answer(screen, stays=False)
    assert not the_card(shop, first).listed
    assert screen.pane.record == second


def test_somebody_else_is_searched_and_what_will_happen_is_said_before(twins, shop, screen):
    with shop.work() as work:
        eva = a_customer(work, "Eva Sol", "eva@example.com")
    choose(screen, "Merge with another customer…")
    assert "Choose the customer" in words_of(screen.acts.dialog)
    assert_all_named(screen.acts.dialog)
    screen.acts.dialog.search.set_value(Hit("customers", eva, "Eva Sol"))
    screen.acts.dialog.search.typed()
    assert "From Eva Sol (eva@example.com · 0 orders) come: 1 e-mail address." in words_of(screen.acts.dialog)
    assert answer(screen)
    assert "Eva Sol, " in words_of(screen.pane.page)


def test_a_merge_of_long_ago_is_undone_on_the_page(twins, shop, screen):
    screen.confirm()
    assert answer(screen)
    press(screen.pane.page, "Undo the merge")
    assert the_card(shop, twins[1]).listed


def test_a_merged_customer_s_old_place_shows_who_they_are_now(twins, screen):
    screen.confirm()
    assert answer(screen)
    screen.show_record(twins[1])
    assert "ana@work.example" in words_of(screen.pane.page) and "ana@example.com" in words_of(screen.pane.page)


def test_a_person_is_handed_out_as_two_files(twins, shop, screen, app, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path))
    choose(screen, "Export this person…")
    name = f"person-{twins[0]}"
    person = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
    assert person["customer"]["name"] == "Ana Núñez"
    assert (tmp_path / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert app.notices.toasts == [f"{name}.json and {name}.pdf written"]
    assert shop.ask(card_queries.timeline, twins[0])[0].verb == "customer.exported"


def test_a_folder_that_cannot_be_written_is_told_with_another_try(twins, screen, app, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "file"))
    choose(screen, "Export this person…")
    assert "could not be written" in app.notices.toasts[0]


def test_erasing_says_first_what_goes_and_what_stays_and_asks_by_name(twins, shop, screen, app):
    asked = []
    app.notices.asking = lambda question: asked.append(question) or False
    choose(screen, "Erase this person…")
    said = words_of(screen.acts.dialog)
    assert "Nothing is changed yet." in said and "the tax law asks to keep them" in said
    screen.acts.dialog.press()
    assert (asked[0].title, asked[0].act) == ("Erase Ana Núñez for good?", "Erase Ana Núñez")
    assert the_card(shop, twins[0]).erased_at is None
    assert_all_named(screen.acts.dialog)


def test_an_erased_person_leaves_the_list_and_the_page_says_so(twins, shop, screen, app):
    app.notices.asking = lambda _question: True
    choose(screen, "Erase this person…")
    screen.acts.dialog.press()
    assert the_card(shop, twins[0]).erased_at is not None
    screen.show_record(twins[0])
    said = words_of(screen.pane.page)
    assert "Erased person" in said and "Ana Núñez" not in said
    assert screen.pane.page.step is None
    assert not faults(shop)


def test_a_person_whose_order_is_open_is_not_erased(shop, screen, app):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "ana@example.com")
        an_order(work, ana)
    screen.show_record(ana)
    choose(screen, "Erase this person…")
    assert screen.acts.dialog is None
    assert "still need this person's address" in app.notices.toasts[0]
