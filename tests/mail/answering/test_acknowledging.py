"""Confirmations: with a promise that can be kept, where they are wanted, and never a storm."""

from datetime import datetime, timedelta

import pytest

from backoffice.core.calendar import BusinessCalendar, local_day
from backoffice.mail.answering import acknowledging, desk, queries
from backoffice.mail.answering.acknowledging import acknowledge_waiting
from backoffice.mail.conversations.noting import note
from backoffice.mail.model import ConversationState
from backoffice.settings import actions as settings
from tests.builders import MONDAY, a_shop_like, an_open_shop, refused
from tests.builders import _template as a_new_shop
from tests.customers.people import rows_of
from tests.mail.answering.desk import ana_bought, asks, number_of, outgoing, sends, writes
from tests.mail.letters import a_mail, a_mailbox, comes_in, the_conversation


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
            desk.change(work, acknowledge=True)
        yield shop


def test_a_new_mail_is_confirmed_with_a_promise(shop):
    _, order = ana_bought(shop)
    number = number_of(shop, order)
    one = asks(shop, f"¿Dónde está mi pedido {number}? Gracias por todo, un saludo.", rfc_id="<q@example.com>")
    assert acknowledge_waiting(shop).sent == 1
    (mail,) = outgoing(shop)
    text = mail.get_content()
    assert text.startswith("Hola, Ana:")
    assert "antes de las 14:00 del lunes, 2 de marzo de 2026" in text
    assert number in text and number in mail["Subject"]
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["In-Reply-To"] == "<q@example.com>"
    assert the_conversation(shop, one).promised_at == MONDAY + timedelta(hours=4)


def test_a_confirmation_is_no_answer(shop):
    one = asks(shop)
    due = the_conversation(shop, one).due_at
    acknowledge_waiting(shop)
    now = the_conversation(shop, one)
    assert (now.state, now.first_answer_at, now.due_at) == (ConversationState.OPEN, None, due)


def test_nothing_is_confirmed_until_the_owner_switches_it_on(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        asks(shop)
        assert acknowledge_waiting(shop).sent == 0
        shop.clock.advance(timedelta(hours=2))
        with shop.work() as work:
            desk.change(work, acknowledge=True)
        assert acknowledge_waiting(shop).sent == 0, "what came in long before is not confirmed late"


def test_one_conversation_and_one_sender_get_one(shop):
    asks(shop, rfc_id="<q1@example.com>")
    acknowledge_waiting(shop)
    comes_in(shop, a_mail("And the blue one?", answers="<q1@example.com>"), a_mail("Something else", subject="Other"))
    assert acknowledge_waiting(shop).sent == 0
    shop.clock.advance(timedelta(hours=25))
    comes_in(shop, a_mail("Once more", subject="Third"))
    assert acknowledge_waiting(shop).sent == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"X_Auto_Response_Suppress": "All"},
        {"List_Id": "<news.example.com>"},
        {"List_Unsubscribe": "<mailto:off@example.com>"},
        {"X_Autoreply": "yes"},
        {"X_Loop": "yes"},
        {"Return_Path": "<>"},
        {"sender": "no-reply@example.com"},
        {"sender": "MAILER-DAEMON@example.com"},
        {"sender": "shop@casalumbre.example"},
    ],
)
def test_no_machine_gets_one(shop, headers):
    asks(shop, "I am out of the office.", **headers)
    assert acknowledge_waiting(shop).sent == 0
    assert outgoing(shop) == []


def test_what_the_reader_forbids_is_not_confirmed_however_human_it_looks(shop):
    asks(shop)
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE message SET acknowledge = 0")
    assert acknowledge_waiting(shop).sent == 0


def test_thanks_history_and_what_was_answered_get_none(shop):
    asks(shop, "ok, thanks")
    comes_in(shop, a_mail(sender="b@example.com"), history=True)
    three = asks(shop, sender="c@example.com")
    writes(shop, three, to="c@example.com")
    sends(shop, three)
    four = asks(shop, sender="d@example.com")
    with shop.work() as work:
        note(work, four, "She called")
    assert acknowledge_waiting(shop).sent == 1


def test_a_storm_ends_at_the_breaker(shop):
    comes_in(shop, *(a_mail(f"I want {n}", sender=f"c{n}@example.com", subject=f"Question {n}") for n in range(100)))
    assert acknowledge_waiting(shop) == acknowledging.Confirmed(30, True)
    assert acknowledge_waiting(shop) == acknowledging.Confirmed(0, True)
    assert [row["kind"] for row in rows_of(shop, "mail_task")] == ["breaker"]
    shop.clock.advance(timedelta(hours=3))
    asks(shop, sender="late@example.com")
    assert acknowledge_waiting(shop).sent == 0, "until a person switches them on again"
    with shop.work() as work:
        desk.change(work, acknowledge=True)
    assert acknowledge_waiting(shop).sent == 1


def test_a_thousand_auto_replies_get_nothing(shop):
    storm = (
        a_mail("Out of office", sender=f"c{n}@example.com", subject=f"Absent {n}", Auto_Submitted="auto-replied")
        for n in range(1000)
    )
    comes_in(shop, *storm)
    assert acknowledge_waiting(shop) == acknowledging.Confirmed(0, False)


def test_a_thousand_machines_that_do_not_say_so_end_at_the_breaker(shop):
    sent = 0
    for round_ in range(20):
        comes_in(
            shop, *(a_mail("Hi", sender=f"m{round_}-{n}@example.com", subject=f"S{round_}-{n}") for n in range(50))
        )
        sent += acknowledge_waiting(shop).sent
        shop.clock.advance(timedelta(seconds=60))
    assert sent == 30


def test_a_hundred_and_twenty_an_hour_are_the_most(shop):
    sent = 0
    for round_ in range(8):
        names = (f"h{round_}-{n}@example.com" for n in range(29))
        comes_in(shop, *(a_mail("Hi", sender=name, subject=name) for name in names))
        sent += acknowledge_waiting(shop).sent
        shop.clock.advance(timedelta(minutes=11))
    assert sent == 120


def test_two_of_our_own_shops_writing_to_each_other_stop(tmp_path):
    shops = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        shop = a_shop_like(a_new_shop(), tmp_path / name)
        shops.append(shop)
        with shop.work() as work:
            a_mailbox(work, f"{name}@example.com")
            desk.change(work, acknowledge=True)
    one, two = shops
    comes_in(two, a_mail("Do you sell cups?", sender="one@example.com", to="two@example.com"))
    acknowledge_waiting(two)
    exchanged = 0
    for _ in range(5):
        for here, there in ((two, one), (one, two)):
            for mail in outgoing(here)[exchanged // 2 :]:
                comes_in(there, bytes(mail))
                exchanged += 1
            acknowledge_waiting(there)
    assert [len(outgoing(shop)) for shop in shops] == [0, 1]
    for shop in shops:
        shop.close(backup=False)


def test_the_promise_counts_opening_hours_holidays_and_who_waits():
    hours = BusinessCalendar.office_hours("Europe/Madrid")
    four = timedelta(hours=4)
    friday = MONDAY + timedelta(days=4, hours=5, minutes=10)  # 15:10 in Madrid; open until 17:00
    assert acknowledging.promise(hours, friday, standard=four, waiting=0) == friday.replace(day=9, hour=10, minute=30)
    closed = BusinessCalendar(hours.zone, hours.week, frozenset({local_day(MONDAY + timedelta(days=7), hours.zone)}))
    assert acknowledging.promise(closed, friday, standard=four, waiting=0).day == 10
    assert acknowledging.promise(hours, MONDAY, standard=four, waiting=11) == MONDAY + timedelta(hours=5, minutes=30)
    assert acknowledging.promise(hours, MONDAY, standard=four, waiting=0) == MONDAY + four


def test_the_promise_is_told_in_the_customers_own_time(shop):
    noon = datetime.fromisoformat("2026-03-02T13:00:00+00:00")
    told = acknowledging._told(noon, "Europe/Lisbon", "Europe/Madrid", "en")
    assert told == {"answer.day": "Monday, March 2, 2026", "answer.time": "1:00\xa0PM (Lisbon)"}
    assert acknowledging.zone_of("JP", "Europe/Madrid") == "Asia/Tokyo"
    assert acknowledging.zone_of("ES", "Europe/Madrid") == "Europe/Madrid"
    assert acknowledging.zone_of("US", "Europe/Madrid") == "Europe/Madrid"
    assert acknowledging.zone_of("", "Europe/Madrid") == "Europe/Madrid"


def test_a_queue_makes_the_promise_later(shop):
    comes_in(shop, *(a_mail("Hi", sender=f"q{n}@example.com", subject=f"Q{n}") for n in range(20)))
    acknowledge_waiting(shop)
    promised = {row["promised_at"][:16] for row in rows_of(shop, "conversation")}
    assert promised == {"2026-03-02 15:00"}


def test_settings_nobody_could_mean_are_refused(shop):
    for change in ({"answer_minutes": 0}, {"undo_seconds": 1000}):
        with refused("mail.bad-standard"), shop.work() as work:
            desk.change(work, **change)
    with refused("mail.unknown-notice"), shop.work() as work:
        desk.change(work, notices=["birthday"])
    with shop.work() as work:
        desk.change(work, notices=["delivered", "received"], answer_minutes=60)
        settings.change_profile(work, name="Casa Luz")
    setup = shop.ask(queries.setup)
    assert (setup.notices, setup.answer_minutes, setup.acknowledge) == (("received", "delivered"), 60, True)
