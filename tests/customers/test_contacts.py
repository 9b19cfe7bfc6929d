"""Calls, chats, letters and notes are kept; who waits for a call is called."""

from datetime import timedelta

import pytest

from backoffice.core.errors import Refused
from backoffice.customers import contacts, queries
from backoffice.customers.card import queries as card
from backoffice.customers.model import ContactKind
from tests.builders import MONDAY, a_shop
from tests.customers.people import a_customer, the_card

HOUR = timedelta(hours=1)


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


@pytest.mark.parametrize("kind", list(ContactKind))
def test_what_was_said_stands_in_the_timeline(shop, kind):
    with shop.work() as work:
        ana = a_customer(work)
        contacts.note(work, ana, kind, "Asks for a blue cup.\n\nBy Friday.")
    newest = shop.ask(card.timeline, ana)[0]
    assert newest.verb == f"customer.noted-{kind}"
    assert newest.facts["text"] == "Asks for a blue cup.\n\nBy Friday."


def test_the_journal_itself_holds_no_word_of_it(shop):
    with shop.work() as work:
        contacts.note(work, a_customer(work), ContactKind.CALL, "Secret")
    facts = shop.ask(lambda session: session.connection().exec_driver_sql("SELECT facts FROM journal").scalars().all())
    assert "Secret" not in "".join(facts)


@pytest.mark.parametrize(("text", "code"), [("  ", "no-text"), ("x" * 20_001, "too-long")])
def test_a_note_says_something_and_not_a_novel(shop, text, code):
    with shop.work() as work:
        ana = a_customer(work)
        with pytest.raises(Refused, match=f"customers.{code}"):
            contacts.note(work, ana, ContactKind.NOTE, text)


def test_call_backs_wait_in_the_order_of_their_time(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva")
        late = contacts.promise_call_back(work, ana, MONDAY + 5 * HOUR, phone="600 11")
        soon = contacts.promise_call_back(work, eva, MONDAY + HOUR, phone="700", text="About the invoice")
    assert [call.contact_id for call in shop.ask(queries.call_backs)] == [soon, late]
    assert [call.customer for call in shop.ask(queries.call_backs, until=MONDAY + 2 * HOUR)] == ["Eva"]
    assert shop.ask(queries.count_call_backs) == 2
    assert shop.ask(queries.count_call_backs, until=MONDAY + 2 * HOUR) == 1
    assert [row.name for row in shop.ask(queries.page, view="call_back").rows] == ["Ana", "Eva"]


def test_a_call_back_is_done_once_and_can_be_opened_again(shop):
    with shop.work() as work:
        ana = a_customer(work)
        call = contacts.promise_call_back(work, ana, MONDAY + HOUR, phone="600")
        contacts.call_back_done(work, call)
        with pytest.raises(Refused, match=r"customers\.call-back-done"):
            contacts.call_back_done(work, call)
    assert shop.ask(queries.call_backs) == []
    with shop.work() as work:
        contacts.reopen_call_back(work, call)
        with pytest.raises(Refused, match=r"customers\.call-back-open"):
            contacts.reopen_call_back(work, call)
    assert [row.id for row in the_card(shop, ana).call_backs] == [call]


def test_a_call_back_is_put_off_and_back(shop):
    with shop.work() as work:
        call = contacts.promise_call_back(work, a_customer(work), MONDAY + HOUR, phone="600")
        before = contacts.move_call_back(work, call, MONDAY + 3 * HOUR)
        assert before == MONDAY + HOUR
        contacts.move_call_back(work, call, before)
    assert shop.ask(queries.call_backs)[0].due_at == MONDAY + HOUR


def test_nobody_is_called_back_in_the_past(shop):
    with shop.work() as work:
        ana = a_customer(work)
        with pytest.raises(Refused, match=r"customers\.past-time"):
            contacts.promise_call_back(work, ana, MONDAY - HOUR, phone="600")


def test_a_note_is_no_call_back(shop):
    with shop.work() as work:
        note = contacts.note(work, a_customer(work), ContactKind.NOTE, "Hello")
        with pytest.raises(Refused, match=r"customers\.call-back-unknown"):
            contacts.call_back_done(work, note)


def test_a_note_on_the_wrong_page_is_taken_back_with_its_words(shop):
    with shop.work() as work:
        ana = a_customer(work)
        contact = contacts.note(work, ana, ContactKind.CALL, "About Eva's order")
        contacts.withdraw(work, contact)
    assert the_card(shop, ana).call_backs == ()
    told = shop.ask(card.timeline, ana)
    assert [line.verb for line in told[:2]] == ["customer.contact-withdrawn", "customer.noted-call"]
    assert told[1].facts["text"] == ""
    with shop.work() as work, pytest.raises(Refused, match="contact-unknown"):
        contacts.withdraw(work, contact)
