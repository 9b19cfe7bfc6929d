"""A mail that came in is read and joins its conversation."""

from datetime import timedelta

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.mail.conversations.queries import lists
from backoffice.mail.conversations.queries.lists import Narrowed
from backoffice.mail.model import ConversationState, MailKind, MessageState, ThreadReason
from tests.builders import MONDAY, an_open_shop
from tests.customers.people import an_order, rows_of
from tests.mail.letters import SHOP, a_mail, a_mailbox, comes_in, the_conversation


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def test_a_mail_becomes_a_conversation_somebody_has_to_answer(shop):
    (one,) = comes_in(shop, a_mail())
    seen = shop.ask(lists.page, Narrowed(MONDAY)).rows
    assert [(row.id, row.sender, row.subject, row.preview) for row in seen] == [
        (one, "Ana Núñez", "My parcel", "Where is my parcel?")
    ]
    assert seen[0].state == ConversationState.OPEN
    assert seen[0].due_at == MONDAY + timedelta(hours=4)


def test_it_is_its_customers_by_any_of_their_addresses(shop):
    with shop.work() as work:
        ana = customers.create(work, CustomerDraft(name="Ana", emails=("ana@home.example", "ana@example.com")))
    (one,) = comes_in(shop, a_mail())
    assert the_conversation(shop, one).customer_id == ana


def test_a_reply_joins_by_the_id_it_answers(shop):
    first, second = comes_in(
        shop, a_mail(rfc_id="<q1@x.example>"), a_mail("And the blue one?", answers="<q1@x.example>")
    )
    assert first == second
    messages = the_conversation(shop, first).messages
    assert [one.reason for one in messages] == [ThreadReason.NEW, ThreadReason.KNOWN_ID]


def test_the_tag_of_a_subject_counts_for_its_own_customer_only(shop):
    with shop.work() as work:
        customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com", "ana@home.example")))
    (first,) = comes_in(shop, a_mail())
    mine, others = comes_in(
        shop,
        a_mail(sender="ana@home.example", subject=f"Parcel [#{first}]"),
        a_mail(sender="eve@example.com", subject=f"Parcel [#{first}]"),
    )
    assert mine == first != others
    assert the_conversation(shop, first).messages[1].reason == ThreadReason.SUBJECT_TAG


def test_an_order_is_attached_if_it_belongs_to_the_sender(shop):
    with shop.work() as work:
        ana = customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))
        order = an_order(work, ana)
    number = rows_of(shop, "orders")[0]["number"]
    mine, others = comes_in(
        shop, a_mail(f"Where is order {number}?"), a_mail(f"Where is order {number}?", sender="eve@example.com")
    )
    assert the_conversation(shop, mine).order_id == order
    assert the_conversation(shop, others).order_id is None


def test_a_mail_that_cannot_be_read_is_still_seen_and_blocks_no_other(shop):
    bad, good = comes_in(shop, a_mail(X_Broken="yes"), a_mail())
    assert the_conversation(shop, bad).messages[0].state == MessageState.UNREADABLE
    assert [row.id for row in shop.ask(lists.page, Narrowed(MONDAY), view="unreadable").rows] == [bad]
    assert the_conversation(shop, good).messages[0].state == MessageState.THREADED


def test_the_same_mail_by_two_ways_is_seen_once(shop):
    mail = a_mail(rfc_id="<q1@x.example>")
    first, second = comes_in(shop, mail, b"Received: by another\n" + mail)
    assert first == second
    assert len(the_conversation(shop, first).messages) == 1
    assert [row["state"] for row in rows_of(shop, "message")] == ["threaded", "duplicate"]


def test_the_same_id_with_other_words_is_kept_twice(shop):
    first, second = comes_in(shop, a_mail("One?", rfc_id="<q@x>"), a_mail("Two?", rfc_id="<q@x>", sender="b@b.example"))
    assert first != second


def test_a_mail_of_the_shop_itself_answers(shop):
    first, _ = comes_in(
        shop,
        a_mail(rfc_id="<q1@x.example>"),
        a_mail("It left today.", sender=f"Casa <{SHOP}>", to="ana@example.com", answers="<q1@x.example>"),
    )
    found = the_conversation(shop, first)
    assert (found.state, found.due_at, found.first_answer_at) == (ConversationState.WAITING, None, MONDAY)
    assert found.messages[1].kind == MailKind.OWN


def test_a_contact_form_is_its_senders_mail(shop):
    (one,) = comes_in(shop, a_mail(sender=SHOP, Reply_To="ana@example.com"))
    found = the_conversation(shop, one)
    assert (found.messages[0].from_address, found.state) == ("ana@example.com", ConversationState.OPEN)
