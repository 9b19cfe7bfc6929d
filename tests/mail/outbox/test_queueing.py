"""A letter is frozen when it is queued, and can be taken back until the first word to a server."""

from datetime import timedelta

import pytest

from backoffice.core.errors import Refused
from backoffice.mail.answering.model import MailSettings
from backoffice.mail.model import Conversation, Direction, Message
from backoffice.mail.outbox import keys, marking, queries, queueing
from backoffice.mail.outbox.model import OutboxState, Purpose
from backoffice.mail.outbox.sending import send_due
from backoffice.mail.writing import ids
from backoffice.mail.writing.composing import OutFile
from backoffice.store import rows
from tests.builders import MONDAY, a_shop
from tests.mail.outbox.letters import a_letter, an_account, frozen, queued, row


def a_conversation(work) -> int:
    return rows.insert(work, Conversation, number="1", opened_at=work.now, last_at=work.now)


def an_answer(work, n: int = 1, **named) -> int:
    account = queries.known(work.session, "") or an_account(
        work, address=f"a{n}@casa.example", folder=named.pop("into", None)
    )
    letter = a_letter(work, n, **named.pop("letter", {}))
    return queueing.queue(work, letter, key=f"answer:{n}", account_id=account, purpose=Purpose.ANSWER, **named)


def test_a_letter_is_queued_once_by_its_key(shop):
    with shop.work() as work:
        account = an_account(work)
        first = queued(work, account, 7)
        assert queued(work, account, 7, subject="something else") == first
    assert b"Subject: Your order 7\r\n" in frozen(shop, first)
    assert shop.ask(queries.counts)["due"] == 1


def test_the_frozen_bytes_name_their_own_id_which_proves_itself(shop):
    with shop.work() as work:
        conversation = a_conversation(work)
        mail = an_answer(work, conversation_id=conversation)
        key = keys.thread_key(work)
        message = work.session.get_one(Message, 1)
    raw = frozen(shop, mail)
    assert f"Message-ID: {message.rfc_id}\r\n".encode() in raw
    assert ids.recognise(message.rfc_id, key=key) == ("answer", conversation, message.id)
    assert (message.direction, message.conversation_id, message.state) == (Direction.OUTBOUND, conversation, "threaded")


def test_an_answer_waits_to_be_taken_back_and_a_notice_does_not(shop):
    with shop.work() as work:
        account = an_account(work)
        notice = queued(work, account)
        answer = queueing.queue(work, a_letter(work, 2), key="a", account_id=account, purpose=Purpose.ANSWER)
    assert row(shop, notice).due_at == MONDAY
    assert row(shop, answer).due_at == MONDAY + timedelta(seconds=15)


def test_what_was_taken_back_is_never_sent(shop, tmp_path):
    with shop.work() as work:
        mail = an_answer(work, into=tmp_path / "out")
        queueing.take_back(work, mail)
    shop.clock.advance(timedelta(days=1))
    assert send_due(shop, connect=None).sent == 0
    assert row(shop, mail).state == OutboxState.CANCELLED


@pytest.mark.parametrize("state", [OutboxState.SENDING, OutboxState.DOT, OutboxState.SENT, OutboxState.UNCERTAIN])
def test_nothing_is_taken_back_once_it_is_being_sent(shop, state):
    with shop.work() as work:
        mail = an_answer(work, conversation_id=a_conversation(work), later=True)
        rows.set_values(work, marking.OutgoingMail, mail, state=state)
    with pytest.raises(Refused, match=r"mail\.too-late"), shop.work() as work:
        queueing.take_back(work, mail)
    with shop.work() as work:
        assert queueing.cancel_later_ones(work, 1) == 0
    assert row(shop, mail).state == state


def test_what_was_to_be_sent_later_is_called_off_when_the_customer_writes_first(shop):
    with shop.work() as work:
        conversation = a_conversation(work)
        later = an_answer(work, 1, conversation_id=conversation, later=True, not_before=MONDAY + timedelta(days=2))
        soon = an_answer(work, 2, conversation_id=conversation)
        assert queueing.cancel_later_ones(work, conversation) == 1
    assert row(shop, later).state == OutboxState.CANCELLED
    assert row(shop, soon).state == OutboxState.QUEUED


def test_a_letter_that_cannot_be_written_leaves_nothing_behind(shop):
    for wrong in ({"to": ("ana",)}, {"subject": "a\nb"}, {"to": ()}):
        with pytest.raises(Refused), shop.work() as work:
            an_answer(work, letter=wrong)
    assert shop.ask(queries.counts)["due"] == 0


def test_files_stand_in_the_message_once_under_safe_names(shop):
    same = (OutFile("../a.pdf", "application/pdf", b"%PDF"), OutFile("b.pdf", "application/pdf", b"%PDF"))
    with shop.work() as work:
        an_answer(work, conversation_id=a_conversation(work), letter={"files": same})
        names = work.session.connection().exec_driver_sql("SELECT name FROM attachment ORDER BY id").scalars().all()
        contents = work.session.connection().exec_driver_sql("SELECT count(*) FROM file_content").scalar_one()
    assert names == ["_a.pdf", "b.pdf"] or (names[1] == "b.pdf" and "/" not in names[0])
    assert contents == 1


def test_the_settings_written_here_are_the_models_own(shop):
    with shop.work() as work:
        key = keys.thread_key(work)
        assert keys.thread_key(work) == key and len(bytes.fromhex(key)) == 32
        made = work.session.get_one(MailSettings, 1).model_dump()
    assert made == {**MailSettings().model_dump(), "thread_key": key}


def test_the_queue_survives_the_end_of_the_program(tmp_path):
    (tmp_path / "s").mkdir()
    with a_shop(tmp_path / "s") as shop:
        with shop.work() as work:
            mail = an_answer(work, into=tmp_path / "out")
        path, clock = shop.path, shop.clock
    clock.advance(timedelta(minutes=1))
    for _ in range(2):
        with type(shop).open(path, clock=clock) as again:
            send_due(again, connect=None)
            assert row(again, mail).state == OutboxState.SENT
    assert len(list((tmp_path / "out").iterdir())) == 1
