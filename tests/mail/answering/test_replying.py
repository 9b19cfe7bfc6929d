"""A draft becomes an answer, or stays a draft."""

from datetime import timedelta

import pytest

from backoffice.mail.answering import drafts, queries, replying
from backoffice.mail.model import ConversationState
from backoffice.mail.writing import ids
from tests.builders import MONDAY, an_open_shop, refused
from tests.customers.people import rows_of
from tests.mail.answering.desk import ana_bought, asks, number_of, outgoing, sends, writes
from tests.mail.letters import a_mail, a_mailbox, comes_in, the_conversation


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def draft_of(shop, conversation, who="Eva"):
    return shop.ask(queries.current, conversation, who)


def test_a_draft_is_kept_until_it_is_sent_or_dropped(shop):
    one = asks(shop)
    writes(shop, one, "Hel")
    writes(shop, one, "Hello")
    assert draft_of(shop, one).text == "Hello"
    assert draft_of(shop, one, "Luis") is None
    with shop.work() as work:
        drafts.drop(work, one)
    assert draft_of(shop, one) is None


def test_an_answer_goes_to_the_outbox_in_its_thread_with_what_it_answers_below(shop):
    one = asks(shop, "Where is my parcel?\nIt is late.", rfc_id="<q1@example.com>")
    writes(shop, one, "On its way.\n\n")
    sends(shop, one)
    (mail,) = outgoing(shop)
    assert mail["To"] == "ana@example.com"
    assert mail["In-Reply-To"] == mail["References"] == "<q1@example.com>"
    text = mail.get_content().replace("\r\n", "\n")
    assert text.startswith("On its way.\n\nOn March 2, 2026, Ana Núñez wrote:\n> Where is my parcel?\n> It is late.\n")
    ((row,), (settings,)) = rows_of(shop, "outgoing_mail"), rows_of(shop, "mail_settings")
    assert row["due_at"].startswith("2026-03-02 09:00:15")
    assert ids.recognise(mail["Message-ID"], key=settings["thread_key"]).conversation_id == one
    assert mail["Auto-Submitted"] is None


def test_after_an_answer_the_customer_has_the_next_word(shop):
    one = asks(shop)
    writes(shop, one)
    sends(shop, one)
    now = the_conversation(shop, one)
    assert (now.state, now.due_at, now.first_answer_at) == (ConversationState.WAITING, None, MONDAY)
    answer = now.messages[-1]
    assert answer.text[: answer.new_length] == "Hello Ana\n"
    assert draft_of(shop, one) is None


def test_an_answer_taken_back_is_a_draft_again_and_the_clock_runs_on(shop):
    one = asks(shop)
    with shop.work() as work:
        file = drafts.attach(work, "bill.pdf", "application/pdf", b"%PDF-")
    writes(shop, one, cc="luis@example.com", attachments=[file])
    sent = sends(shop, one)
    with shop.work() as work:
        replying.take_back(work, sent)
    back = draft_of(shop, one)
    assert (back.to, back.cc, back.text) == ("ana@example.com", "luis@example.com", "Hello Ana")
    assert back.attachments == [file]
    now = the_conversation(shop, one)
    assert (now.state, now.first_answer_at) == (ConversationState.OPEN, None)
    assert now.due_at == MONDAY + timedelta(hours=4)
    sends(shop, one)


def test_what_came_in_meanwhile_stops_the_answer_until_it_was_seen(shop):
    one = asks(shop, rfc_id="<q1@example.com>")
    writes(shop, one)
    comes_in(shop, a_mail("Forget it, it is here!", answers="<q1@example.com>"))
    with refused("mail.collision"):
        sends(shop, one)
    writes(shop, one, "Hello, Ana")
    with refused("mail.collision"):
        sends(shop, one)
    with shop.work() as work:
        drafts.look_again(work, one)
    sends(shop, one)


def test_an_answer_somebody_else_sent_meanwhile_stops_it_too(shop):
    one = asks(shop)
    writes(shop, one)
    with shop.work() as work:
        work.who = "Luis"
        drafts.keep(work, one, to="ana@example.com", subject="Re", text="I did it")
        replying.send(work, one)
    with refused("mail.collision"):
        sends(shop, one)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "Dear {{customer.first_name}}"}, "mail.gate-unresolved"),
        ({"text": " \n"}, "mail.gate-no-text"),
        ({"subject": ""}, "mail.gate-no-subject"),
        ({"to": ""}, "mail.no-receiver"),
        ({"to": "", "cc": "ana@example.com"}, "mail.no-receiver"),
        ({"to": "ana@"}, "mail.bad-address"),
    ],
)
def test_what_is_not_fit_to_be_sent_stays_a_draft(shop, change, code):
    one = asks(shop)
    writes(shop, one, **change)
    assert code in [fault.code for fault in shop.ask(replying.faults, one, "Eva")]
    with refused("mail.gate"):
        sends(shop, one)
    assert draft_of(shop, one) is not None and outgoing(shop) == []


def test_an_hour_can_be_chosen(shop):
    one = asks(shop)
    writes(shop, one)
    with refused("mail.past-time"):
        sends(shop, one, at=MONDAY)
    sends(shop, one, at=MONDAY + timedelta(hours=2))
    (row,) = rows_of(shop, "outgoing_mail")
    assert row["due_at"].startswith("2026-03-02 11:00") and row["send_later"] == 1


def test_without_a_mailbox_or_a_draft_nothing_is_sent(shop):
    one = asks(shop)
    with refused("mail.no-draft"):
        sends(shop, one)


def test_what_one_person_wrote_is_not_quoted_to_another(shop):
    one = asks(shop, "My secret")
    writes(shop, one, to="Luis <luis@example.com>")
    sends(shop, one)
    assert "secret" not in outgoing(shop)[0].get_content()


def test_the_same_words_twice_and_words_for_anybody_are_warned_of(shop):
    _, order = ana_bought(shop)
    number = number_of(shop, order)
    one = asks(shop, f"Where is order {number}?", subject=f"Order {number}")
    writes(shop, one, "We look into it.")
    warned = [each.code for each in shop.ask(replying.warnings, one, "Eva", now=MONDAY)]
    assert warned == ["mail.warn-robotic"]
    sends(shop, one)
    writes(shop, one, "We look INTO it")
    warned = [each.code for each in shop.ask(replying.warnings, one, "Eva", now=MONDAY)]
    assert warned == ["mail.warn-same", "mail.warn-robotic"]
    writes(shop, one, "Ana, we look into it.")
    assert shop.ask(replying.warnings, one, "Eva", now=MONDAY) == []


def test_receivers_are_parted_at_commas_outside_of_quotes():
    assert replying.mailboxes('"Núñez, Ana" <ana@x.example>, b@x.example;\n c@x.example, ') == (
        '"Núñez, Ana" <ana@x.example>',
        "b@x.example",
        "c@x.example",
    )


def test_a_file_too_large_for_a_mail_is_refused(shop, monkeypatch):
    monkeypatch.setattr(drafts, "LARGEST_FILES", 3)
    with refused("mail.files-too-large"), shop.work() as work:
        drafts.attach(work, "x", "text/plain", b"1234")


def test_what_was_to_be_sent_later_is_a_draft_again_when_the_customer_writes_first(shop):
    one = asks(shop, rfc_id="<q1@example.com>")
    writes(shop, one, "It leaves on Friday.")
    sends(shop, one, at=MONDAY + timedelta(days=2))
    comes_in(shop, a_mail("Forget it, please", answers="<q1@example.com>"))
    (row,) = rows_of(shop, "outgoing_mail")
    assert row["state"] == "cancelled"
    assert draft_of(shop, one).text == "It leaves on Friday."
    assert the_conversation(shop, one).state == ConversationState.OPEN
    with refused("mail.collision"):
        sends(shop, one)
