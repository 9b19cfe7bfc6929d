"""A mail that came in is read and joins its conversation."""

from datetime import timedelta
from email.message import EmailMessage

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.mail.conversations import courtesy, joining
from backoffice.mail.conversations.queries import lists, whole
from backoffice.mail.conversations.queries.lists import Narrowed
from backoffice.mail.model import ConversationState, MailKind, MessageState, ThreadReason
from backoffice.mail.reading.read import read
from tests.builders import MONDAY, an_open_shop
from tests.customers.people import an_order, rows_of
from tests.mail.letters import SHOP, a_hopeless_mail, a_mail, a_mailbox, comes_in, the_conversation


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
    bad, good = comes_in(shop, a_hopeless_mail(), a_mail())
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


def test_what_could_not_be_read_is_tried_again(shop, monkeypatch):
    (bad,) = comes_in(shop, a_hopeless_mail())
    message = the_conversation(shop, bad).messages[0]
    assert message.fault
    with shop.work() as work:
        joining.retry(work, message.id)
    mended = read(a_mail("Mended?"))
    monkeypatch.setattr(joining, "read", lambda raw, own: mended)
    joining.read_waiting(shop)
    found = the_conversation(shop, bad)
    assert (found.messages[0].state, found.messages[0].fault, found.subject) == (MessageState.THREADED, "", "My parcel")


def test_what_could_not_be_read_joins_where_it_belongs_once_it_can(shop, monkeypatch):
    one, bad = comes_in(shop, a_mail(rfc_id="<q1@x.example>"), a_hopeless_mail())
    with shop.work() as work:
        joining.retry(work, the_conversation(shop, bad).messages[0].id)
    mended = read(a_mail("Mended?", answers="<q1@x.example>"))
    monkeypatch.setattr(joining, "read", lambda raw, own: mended)
    joining.read_waiting(shop)
    assert [len(the_conversation(shop, each).messages) for each in (one, bad)] == [2, 0]
    assert bad not in [row.id for row in shop.ask(lists.page, Narrowed(MONDAY), view="all").rows]


def test_a_file_that_came_is_kept_once_and_given_back(shop):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ana@example.com", "Photo"
    mail.set_content("See the photo?")
    for name in ("cup.png", "again.png"):
        mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename=name)
    (one,) = comes_in(shop, bytes(mail))
    files = the_conversation(shop, one).messages[0].files
    assert [(file.name, file.size) for file in files] == [("cup.png", 4), ("again.png", 4)]
    assert shop.ask(whole.file, files[1].id).content == b"\x89PNG"
    with shop.work() as work:
        assert work.session.connection().exec_driver_sql("SELECT count(*) FROM file_content").scalar() == 1


def test_a_newsletter_and_an_out_of_office_wait_for_nobody(shop):
    one, two = comes_in(shop, a_mail(List_Id="<news.example>"), a_mail(Auto_Submitted="auto-replied"))
    assert {the_conversation(shop, each).due_at for each in (one, two)} == {None}
    assert {the_conversation(shop, each).state for each in (one, two)} == {ConversationState.CLOSED}


def test_mails_are_found_by_their_new_words(shop):
    one, two = comes_in(shop, a_mail("El jarrón azul llegó roto"), a_mail("Thanks for nothing?"))
    found = shop.ask(lists.page, Narrowed(MONDAY, text="jarron roto"), view="all").rows
    assert [row.id for row in found] == [one]
    assert [row.id for row in shop.ask(lists.page, Narrowed(MONDAY, text="ana@example.com"), view="all").rows] == [
        two,
        one,
    ]


def test_a_fault_of_ours_in_one_mail_blocks_no_other(shop, monkeypatch):
    real = courtesy.thanks_only

    def stumble(text, **more):
        if "stumble" in text:
            raise ZeroDivisionError
        return real(text, **more)

    monkeypatch.setattr(courtesy, "thanks_only", stumble)
    found = comes_in(shop, a_mail("One?"), a_mail("stumble"), a_mail("Two?"))
    states = [the_conversation(shop, each).messages[0].state for each in found]
    assert states == [MessageState.THREADED, MessageState.UNREADABLE, MessageState.THREADED]
