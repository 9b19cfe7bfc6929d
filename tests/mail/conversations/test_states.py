"""What is done with a conversation, and its inverse."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.mail.conversations import clocks, merging, noting, states
from backoffice.mail.conversations.queries import lists
from backoffice.mail.conversations.queries.lists import Narrowed
from backoffice.mail.model import ConversationState, Direction, Medium, RawMail
from backoffice.mail.outbox.model import OutboxState, OutgoingMail, Purpose
from backoffice.store import rows
from tests.builders import MONDAY, an_open_shop, refused
from tests.customers.people import an_order
from tests.mail.letters import SHOP, a_mail, a_mailbox, comes_in, the_conversation

ASKED = "<asked@example.com>"
DUE = MONDAY + timedelta(hours=4)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def views_of(shop, conversation_id):
    by = Narrowed(shop.clock.now(), who="Eva")
    return [
        view for view in lists.VIEWS if conversation_id in [row.id for row in shop.ask(lists.page, by, view=view).rows]
    ]


def test_a_conversation_is_seen_answered_and_closed(shop):
    (one,) = comes_in(shop, a_mail(rfc_id=ASKED))
    assert views_of(shop, one) == ["answer", "open", "all"]
    comes_in(shop, a_mail("Tomorrow.", sender=SHOP, to="ana@example.com", answers=ASKED))
    assert views_of(shop, one) == ["waiting", "all"]
    with shop.work() as work:
        states.close(work, one)
    assert views_of(shop, one) == ["closed", "all"]
    with shop.work() as work:
        states.reopen(work, one)
    assert views_of(shop, one) == ["waiting", "all"]


def test_reopened_it_has_waited_all_along(shop):
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        states.close(work, one)
    assert the_conversation(shop, one).due_at is None
    with shop.work() as work:
        states.reopen(work, one)
    assert the_conversation(shop, one).due_at == DUE


def test_snoozed_it_is_hidden_and_its_clock_goes_on(shop):
    (one,) = comes_in(shop, a_mail(rfc_id=ASKED))
    with shop.work() as work:
        states.snooze(work, one, MONDAY + timedelta(days=1))
    assert (views_of(shop, one), the_conversation(shop, one).due_at) == (["snoozed", "all"], DUE)
    shop.clock.advance(timedelta(days=1))
    assert views_of(shop, one) == ["answer", "open", "all"]


def test_a_reply_wakes_it(shop):
    (one,) = comes_in(shop, a_mail(rfc_id=ASKED))
    with shop.work() as work:
        states.snooze(work, one, None)
    comes_in(shop, a_mail("Still nothing?", answers=ASKED))
    assert "answer" in views_of(shop, one)


def test_something_of_its_order_wakes_it(shop):
    with shop.work() as work:
        ana = customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))
        order = an_order(work, ana)
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        states.attach_order(work, one, order)
        states.snooze(work, one, None)
        states.wake_for_order(work, order)
    assert "answer" in views_of(shop, one)


def test_it_is_somebodys(shop):
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        states.assign(work, one, "Eva")
    assert "mine" in views_of(shop, one)
    with shop.work() as work:
        states.assign(work, one, "")
    assert "mine" not in views_of(shop, one)


def test_tags_come_and_go(shop):
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        states.tag(work, one, " urgent ")
        states.tag(work, one, "urgent")
    assert the_conversation(shop, one).tags == ["urgent"]
    with shop.work() as work:
        states.untag(work, one, "urgent")
    assert the_conversation(shop, one).tags == []


def test_an_order_of_somebody_else_is_not_attached(shop):
    with shop.work() as work:
        customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))
        order = an_order(work, customers.create(work, CustomerDraft(name="Eve", emails=("eve@example.com",))))
    (one,) = comes_in(shop, a_mail())
    with refused("mail.other-customer"), shop.work() as work:
        states.attach_order(work, one, order)


def test_spam_is_set_aside_and_comes_back(shop):
    (one,) = comes_in(shop, a_mail())
    message = the_conversation(shop, one).messages[0].id
    with shop.work() as work:
        states.spam(work, message)
    assert views_of(shop, one) == []
    with shop.work() as work:
        states.not_spam(work, message)
    assert views_of(shop, one) == ["answer", "open", "all"]


def test_merged_everything_is_said_in_one(shop):
    one, two = comes_in(shop, a_mail("One?"), a_mail("Two?"))
    before = the_conversation(shop, one), the_conversation(shop, two)
    with shop.work() as work:
        merging.merge(work, one, two)
    assert [message.text.strip() for message in the_conversation(shop, one).messages] == ["One?", "Two?"]
    assert views_of(shop, two) == []
    with shop.work() as work:
        merging.unmerge(work, two)
    after = the_conversation(shop, one), the_conversation(shop, two)
    assert [replace(each, version=1) for each in after] == [replace(each, version=1) for each in before]


def test_a_reply_to_what_was_merged_joins_the_other(shop):
    one, two = comes_in(shop, a_mail("One?"), a_mail("Two?", rfc_id=ASKED))
    with shop.work() as work:
        merging.merge(work, one, two)
    assert comes_in(shop, a_mail("And?", answers=ASKED)) == [one]


def test_two_customers_conversations_stay_two(shop):
    with shop.work() as work:
        customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))
        customers.create(work, CustomerDraft(name="Eve", emails=("eve@example.com",)))
    one, two = comes_in(shop, a_mail(), a_mail(sender="eve@example.com"))
    with refused("mail.merge-customers"), shop.work() as work:
        merging.merge(work, one, two)


def test_another_topic_is_split_off_and_put_back(shop):
    one, _ = comes_in(shop, a_mail(rfc_id=ASKED), a_mail("Do you sell lamps?", subject="Lamps", answers=ASKED))
    before = the_conversation(shop, one)
    with shop.work() as work:
        new = merging.split(work, before.messages[1].id)
    assert [len(the_conversation(shop, each).messages) for each in (one, new)] == [1, 1]
    assert (the_conversation(shop, one).flagged, the_conversation(shop, new).subject) == ("", "Lamps")
    with shop.work() as work:
        merging.unsplit(work, new)
    after = the_conversation(shop, one)
    assert replace(after, version=1) == replace(before, version=1)


def test_a_note_is_seen_by_us_only_and_moves_no_clock(shop):
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        note = noting.note(work, one, "She called before.")
    found = the_conversation(shop, one)
    assert (
        found.messages[1].direction,
        [row.messages for row in shop.ask(lists.page, Narrowed(MONDAY)).rows],
        found.due_at,
    ) == (Direction.NOTE, [1], DUE)
    with shop.work() as work:
        noting.take_note_back(work, note)
    assert len(the_conversation(shop, one).messages) == 1


def test_a_call_is_a_conversation_too(shop):
    with shop.work() as work:
        ana = customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))
        one = noting.begin(work, Medium.PHONE, customer_id=ana, subject="Broken cup", text="Wants another one.")
    found = the_conversation(shop, one)
    assert (found.state, found.due_at, found.customer) == (ConversationState.OPEN, DUE, "Ana")
    with shop.work() as work:
        noting.say(work, one, Medium.PHONE, "Promised one for Friday.", inbound=False)
    assert the_conversation(shop, one).state == ConversationState.WAITING


def test_a_merged_one_is_changed_no_more(shop):
    one, two = comes_in(shop, a_mail("One?"), a_mail("Two?"))
    with shop.work() as work:
        merging.merge(work, one, two)
    with refused("mail.merged"), shop.work() as work:
        states.close(work, two)


def test_an_answer_that_could_not_be_sent_leaves_the_customer_waiting(shop):
    (one,) = comes_in(shop, a_mail())
    with shop.work() as work:
        answer = noting.say(work, one, Medium.MAIL, "Tomorrow.", inbound=False)
        raw = rows.insert(work, RawMail, sha256="ab", size=1, packed=b"x")
        known = {"account_id": 1, "conversation_id": one, "raw_id": raw, "created_at": MONDAY, "due_at": MONDAY}
        state = {"purpose": Purpose.ANSWER, "state": OutboxState.FAILED}
        rows.insert(
            work, OutgoingMail, key="a", message_id=answer, rfc_id="<a@x>", to_address="a@b.c", **known, **state
        )
        clocks.reckon(work, one)
    found = the_conversation(shop, one)
    assert (found.state, found.due_at, found.first_answer_at) == (ConversationState.OPEN, DUE, None)
