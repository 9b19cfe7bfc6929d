"""The customers in the window: the list, the one page for everything, what a click does to the shop."""

import csv
from datetime import timedelta

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, contacts
from backoffice.customers.card import queries as card_queries
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.model import ContactKind
from tests.builders import MONDAY
from tests.customers.people import HOME, a_customer, an_order, faults, moment, the_card
from tests.kit.accessible import assert_all_named
from tests.orders.hands import answer, choose, press, words_of
from ui.kit.text import ChipLabel
from ui.shared.customer_card import customer_card

HOSTILE = "<b>Bobby</b><img src=x onerror=alert(1)>\u202eevil\u202c" + "W" * 5000


@pytest.fixture
def ana(shop, screen):
    """Ana, who bought twice and lives in Madrid, shown on the page."""
    with shop.work() as work:
        made = a_customer(
            work, "Ana Núñez", "ana@example.com", phones=("600 11 22 33",), addresses=(HOME,), notes="Prefers mornings"
        )
        for day in (1, 2):
            an_order(work, made, price=2500, placed_at=moment(day))
    screen.show_record(made)
    return made


def cells(screen, key):
    at = [column.key for column in screen.model.columns].index(key)
    return [screen.model.cells(row)[at] for row in range(screen.model.rowCount())]


def counts(screen):
    return [screen.tabs.tabText(at).split()[-1] for at in range(screen.tabs.count())]


def told(shop, customer_id):
    return [line.verb for line in shop.ask(card_queries.timeline, customer_id)]


def test_the_page_tells_everything_in_one_place(ana, screen):
    said = words_of(screen.pane.page)
    for part in ("Ana Núñez", "€50.00", "ana@example.com", "600 11 22 33", "Prefers mornings", "28013 MADRID", "00002"):
        assert part in said
    assert "Customer added" in said and "Order 00001" in said


def test_the_list_says_who_bought_how_often(ana, screen):
    assert (cells(screen, "name"), cells(screen, "order_count")) == (["Ana Núñez"], ["2"])
    assert counts(screen) == ["1", "0", "0", "1", "0"]


def test_an_order_on_the_page_is_a_link(ana, screen, opened):
    press(screen.pane.page, "00002")
    assert opened == [("orders", 2)]


def test_a_call_is_noted_with_one_click_and_can_be_undone(ana, shop, screen, app):
    press(screen.pane.page, "Note…")
    assert answer(screen, text="Asks for a bigger cup")
    assert "Asks for a bigger cup" in words_of(screen.pane.page)
    assert told(shop, ana)[0] == "customer.noted-call"
    app.notices.undo_last()
    assert "Asks for a bigger cup" not in words_of(screen.pane.page)


def test_a_note_belongs_to_the_order_it_is_about(ana, shop, screen):
    press(screen.pane.page, "Note…")
    assert answer(screen, kind="letter", inbound=False, text="Sent the papers", order_id=1)
    (kept,) = shop.ask(card_queries.contacts, ana)
    assert (kept.kind, kept.inbound, kept.order_id) == (ContactKind.LETTER, False, 1)


def test_nothing_said_is_not_kept(ana, screen):
    press(screen.pane.page, "Note…")
    assert not answer(screen, text=" ")
    assert screen.acts.dialog.form.field("text").problem() == "This is needed."


def test_a_promised_call_is_the_page_s_step_until_it_is_done(ana, shop, screen, app):
    press(screen.pane.page, "Call back…")
    assert answer(screen, hour="15:30", text="About the vase")
    (call,) = the_card(shop, ana).call_backs
    assert (call.due_at, call.phone) == (moment(2, 14) + timedelta(minutes=30), "600 11 22 33")
    assert screen.pane.page.step.title == "Called back"
    screen.confirm()
    assert the_card(shop, ana).call_backs == ()
    app.notices.undo_last()
    assert len(the_card(shop, ana).call_backs) == 1


@pytest.mark.parametrize(
    ("typed", "minutes"), [("15.30", 930), ("3 pm", 900), ("1530", 930), ("9h05", 545), ("12 am", 0)]
)
def test_a_time_is_read_as_people_type_it(ana, screen, typed, minutes):
    press(screen.pane.page, "Call back…")
    field = screen.acts.dialog.form.field("hour")
    field.editor.setText(typed)
    assert field.value().hour * 60 + field.value().minute == minutes


@pytest.mark.parametrize("typed", ["25:00", "soon", "13 pm", "9:75"])
def test_what_is_no_time_is_told_at_the_field(ana, screen, typed):
    press(screen.pane.page, "Call back…")
    field = screen.acts.dialog.form.field("hour")
    field.editor.setText(typed)
    assert field.problem() == "This is not a time. Write it like 15:30."


def test_a_call_is_not_promised_for_the_past(ana, screen):
    press(screen.pane.page, "Call back…")
    assert not answer(screen, hour="08:00")
    assert screen.acts.dialog.form.field("hour").problem() == "This time has passed."


def test_a_call_is_put_off_and_back(ana, shop, screen, app):
    with shop.work() as work:
        contacts.promise_call_back(work, ana, MONDAY + timedelta(hours=2), phone="600")
    press(screen.pane.page, "Put off…")
    assert answer(screen, hour="18:00")
    assert the_card(shop, ana).call_backs[0].due_at == moment(2, 17)
    app.notices.undo_last()
    assert the_card(shop, ana).call_backs[0].due_at == MONDAY + timedelta(hours=2)


def test_those_who_wait_for_a_call_stand_by_its_time_and_the_late_one_is_red(shop, screen):
    with shop.work() as work:
        for hours, name in ((5, "Later"), (1, "Sooner")):
            contacts.promise_call_back(work, a_customer(work, name), MONDAY + timedelta(hours=hours), phone="600")
    shop.clock.advance(timedelta(hours=2))
    screen.tabs.choose("call_back")
    assert cells(screen, "name") == ["Sooner", "Later"]
    assert [chip.tone for chip in cells(screen, "call_back_at")] == ["bad", "note"]
    shown = [column.key for at, column in enumerate(screen.model.columns) if not screen.table.isColumnHidden(at)]
    assert shown == ["name", "call_back_at", "order_count"]
    screen.tabs.choose("all")
    assert not screen.table.isColumnHidden([column.key for column in screen.model.columns].index("email"))


def test_a_name_is_enough_for_a_new_customer(shop, screen):
    screen.new()
    assert answer(screen, name="Eva Sol")
    assert the_card(shop, screen.pane.record).name == "Eva Sol"


def test_a_form_says_what_is_wrong_with_which_address_while_it_is_typed(shop, screen):
    screen.new()
    form = screen.acts.dialog.form
    form.field("emails").editor.setPlainText("eva@example.com\nnobody")
    assert form.field("emails").problem().startswith("nobody is not an e-mail address")
    assert not answer(screen, name="Eva")
    form.field("emails").editor.setPlainText("eva@example.com")
    assert answer(screen)


def test_an_address_that_belongs_to_somebody_is_told_at_the_field(ana, screen):
    screen.new()
    screen.acts.dialog.form.field("emails").editor.setPlainText("ana@example.com")
    assert not answer(screen, name="Eva")
    assert "belongs to Ana Núñez" in screen.acts.dialog.form.field("emails").problem()


def test_all_that_is_known_of_a_customer_goes_through_the_form_unchanged(shop, screen, app):
    second = PostalAddress(name="Eva Sol", street="Rue Haute 3", city="Lyon", postcode="69001", country="FR")
    draft = CustomerDraft(
        name="Eva Sol",
        company="Sol SL",
        language="pt_BR",
        country="ES",
        notes="One\n\nTwo",
        tags=("vip",),
        emails=("eva@example.com", "sol@example.com"),
        phones=("600", "601"),
        addresses=(HOME, second),
    )
    with shop.work() as work:
        eva = actions.create(work, draft)
    screen.show_record(eva)
    press(screen.pane.page, "Edit…")
    assert answer(screen, company="Sol y Luna SL")
    kept = the_card(shop, eva).draft
    assert kept.company == "Sol y Luna SL"
    assert all(getattr(kept, name) == getattr(draft, name) for name in CustomerDraft.__slots__ if name != "company")
    app.notices.undo_last()
    assert the_card(shop, eva).draft == draft


def test_an_address_is_added_and_taken_away_in_the_form(ana, shop, screen):
    press(screen.pane.page, "Edit…")
    field = screen.acts.dialog.form.field("addresses")
    field.add()
    field._fields[1][0]._fields["city"].editor.setText("Sevilla")
    press(field, "Take this address away")
    assert answer(screen)
    assert [address.city for address in the_card(shop, ana).addresses] == ["Sevilla"]


def test_what_somebody_else_saved_meanwhile_is_shown_and_what_was_typed_stays(ana, shop, screen):
    press(screen.pane.page, "Edit…")
    with shop.work() as work:
        actions.change(work, ana, CustomerDraft(name="Ana N.", emails=("ana@example.com",)), version=1)
    assert not answer(screen, company="Núñez SL")
    form = screen.acts.dialog.form
    assert (form.field("name").value(), form.field("company").value()) == ("Ana N.", "Núñez SL")
    assert answer(screen)
    assert (the_card(shop, ana).name, the_card(shop, ana).company) == ("Ana N.", "Núñez SL")


def test_mail_that_does_not_reach_is_said_at_the_address(ana, shop, screen, app):
    choose(screen, "Does not reach")
    assert the_card(shop, ana).emails[0].state == "dead"
    app.notices.undo_last()
    assert the_card(shop, ana).emails[0].state == "active"


def test_a_consent_is_written_down_and_withdrawn(ana, shop, screen, app):
    choose(screen, "Note a consent…")
    assert answer(screen, source="A call", text="Yes, send me news")
    assert the_card(shop, ana).allowed == {"marketing": True}
    choose(screen, "Note a consent…")
    assert screen.acts.dialog.form.field("granted").value() is False
    assert answer(screen, source="A letter")
    assert the_card(shop, ana).allowed == {"marketing": False}
    app.notices.undo_last()
    assert the_card(shop, ana).allowed == {"marketing": True}
    assert len(the_card(shop, ana).consents) == 3


def test_several_customers_get_a_tag_and_undo_spares_who_had_it(shop, screen, app):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana", tags=("vip",)), a_customer(work, "Eva")
    screen.refresh()
    screen.table.selectAll()
    screen.acts.tag(screen.table.selected())
    assert answer(screen, tag="vip")
    assert the_card(shop, eva).tags == ("vip",)
    app.notices.undo_last()
    assert (the_card(shop, ana).tags, the_card(shop, eva).tags) == (("vip",), ())


def test_the_filters_offer_what_there_is(shop, screen):
    with shop.work() as work:
        a_customer(work, "Ana", tags=("vip",), country="ES", language="es")
        a_customer(work, "Eva", country="FR")
    screen.refresh()
    screen.filter_row.set_values([("country", "FR")])
    assert cells(screen, "name") == ["Eva"]
    screen.filter_row.set_values([("tag", "vip"), ("language", "es")])
    assert cells(screen, "name") == ["Ana"]


def test_the_list_goes_into_a_file_without_live_formulas(shop, screen, app, tmp_path):
    with shop.work() as work:
        a_customer(work, "=1+1", "ana@example.com", country="ES", tags=("a", "b"))
    screen.export(str(tmp_path / "customers.csv"), screen.listing)
    rows = list(csv.reader((tmp_path / "customers.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == ["'=1+1", "", "ana@example.com", "ES", "", "", "0", "", "a, b"]
    assert app.notices.toasts == ["1 customer written"]


def test_foreign_text_stays_plain_and_calm(shop, screen, app):
    with shop.work() as work:
        bad = a_customer(work, HOSTILE[:200], notes=HOSTILE, company=HOSTILE[:200])
        contacts.note(work, bad, ContactKind.CALL, HOSTILE)
    screen.show_record(bad)
    said = words_of(screen.pane.page)
    assert "\u202e" not in said and "<b>Bobby" in said
    assert screen.pane.page.scroll.widget().minimumSizeHint().width() <= 400
    card = customer_card(app, bad, nth=2)
    assert card.minimumSizeHint().width() <= 400


def test_the_card_says_who_which_order_and_what_is_open(ana, app, opened):
    card = customer_card(app, ana, nth=2)
    said = words_of(card)
    assert [chip.accessibleName() for chip in card.findChildren(ChipLabel)] == ["2nd order"]
    assert "€50.00" in said and "2 still open" in said and "Prefers mornings" in said
    press(card, "Ana Núñez")
    assert opened == [("customers", ana)]


def test_every_control_has_a_name(ana, screen):
    assert_all_named(screen)
    for act in ("Note…", "Call back…", "Edit…"):
        press(screen.pane.page, act)
        assert_all_named(screen.acts.dialog)
        screen.acts.dialog.close()
    assert screen.help()
    assert not faults(screen.app.shop)


def test_a_filter_that_finds_nobody_says_so(ana, screen):
    screen.filter_row.set_values([("text", "zzz")])
    assert "Nothing matches these filters." in words_of(screen)
