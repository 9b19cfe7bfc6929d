"""A mail of which nobody knows: proofs are looked for, a person decides, nothing goes again by itself."""

from datetime import timedelta

import pytest

from backoffice.core.errors import Outage, Refused
from backoffice.mail import raw as raw_mails
from backoffice.mail import words
from backoffice.mail.model import Message, MessageState
from backoffice.mail.outbox import queries, rounds, uncertain
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.sending import send_due
from backoffice.store import rows
from tests.mail.outbox.letters import an_account, connecting, frozen, queued, row
from tests.mail.outbox.scripted import Script, a_server


class Sent:
    """A Sent folder in memory."""

    def __init__(self, *rfc_ids: str, fails: bool = False) -> None:
        self.ids = set(rfc_ids)
        self.kept: list[bytes] = []
        self.closed = 0
        self.fails = fails

    def __call__(self, _sender):
        if self.fails:
            raise Outage("mail.offline")
        return self

    def holds(self, rfc_id: str) -> bool:
        return rfc_id in self.ids

    def keep(self, raw: bytes, _at) -> None:
        self.kept.append(raw)
        self.ids.add(id_of(raw))

    def close(self) -> None:
        self.closed += 1


def id_of(raw: bytes) -> str:
    return raw.partition(b"Message-ID: ")[2].partition(b"\r\n")[0].decode()


@pytest.fixture
def line():
    script = Script(drop_at="dot-taken", drops=1)
    with a_server(script) as port:
        yield script, port


def an_uncertain_mail(shop, port, **account) -> int:
    with shop.work() as work:
        mail = queued(work, an_account(work, port=port, imap_host="imap.example", **account))
    send_due(shop, connect=connecting())
    assert row(shop, mail).state == OutboxState.UNCERTAIN
    return mail


def a_reply(work, to: str, *, header: str = "References", address: str = "ana1@x.example") -> None:
    raw_id, _ = raw_mails.keep(work, f"From: {address}\r\n{header}: <other@x>\r\n {to}\r\n\r\nthanks\r\n".encode())
    rows.insert(work, Message, raw_id=raw_id, at=work.now, from_address=address, state=MessageState.TO_READ)


def test_it_never_goes_again_by_itself(shop, line):
    script, port = line
    mail = an_uncertain_mail(shop, port)
    for _ in range(10):
        shop.clock.advance(timedelta(hours=12))
        send_due(shop, connect=connecting())
        assert uncertain.look_up(shop, Sent()) == 0
    assert row(shop, mail).state == OutboxState.UNCERTAIN and len(script.got) == 1


def test_it_is_found_in_sent(shop, line):
    mail = an_uncertain_mail(shop, line[1])
    sent = Sent(id_of(frozen(shop, mail)))
    assert uncertain.look_up(shop, sent) == 1 and sent.closed == 1
    assert (row(shop, mail).state, row(shop, mail).answer) == (OutboxState.SENT, uncertain.IN_SENT)


@pytest.mark.parametrize("header", ["References", "In-Reply-To"])
def test_a_reply_that_names_it_proves_it(shop, line, header):
    mail = an_uncertain_mail(shop, line[1])
    rfc_id = id_of(frozen(shop, mail))
    with shop.work() as work:
        a_reply(work, "<somebody@else>")
    assert uncertain.look_up(shop) == 0
    with shop.work() as work:
        a_reply(work, rfc_id, header=header)
    assert uncertain.look_up(shop) == 1
    assert (row(shop, mail).state, row(shop, mail).answer) == (OutboxState.SENT, uncertain.ANSWERED)


def test_a_mail_coming_in_proves_it_at_once(shop, line):
    mail = an_uncertain_mail(shop, line[1])
    with shop.work() as work:
        assert uncertain.heard_of(work, ["<a@b>", id_of(frozen(shop, mail)), id_of(frozen(shop, mail))]) == 1
        assert uncertain.heard_of(work, [id_of(frozen(shop, mail))]) == 0
    assert row(shop, mail).state == OutboxState.SENT


def test_a_person_says_it_arrived(shop, line):
    mail = an_uncertain_mail(shop, line[1])
    with shop.work() as work:
        uncertain.arrived(work, mail)
    assert row(shop, mail).state == OutboxState.SENT and row(shop, mail).answer in words.OUTBOX_PROOFS
    for again in (uncertain.arrived, uncertain.send_again):
        with pytest.raises(Refused), shop.work() as work:
            again(work, mail)


def test_a_person_says_send_again_and_the_same_bytes_go(shop, line):
    script, port = line
    mail = an_uncertain_mail(shop, port)
    with shop.work() as work:
        uncertain.send_again(work, mail)
    send_due(shop, connect=connecting())
    assert script.got == [frozen(shop, mail)] * 2
    assert row(shop, mail).state == OutboxState.SENT


def test_what_failed_goes_again_only_to_those_who_have_it_not(shop):
    script = Script(refusals={"rcpt ana1@x.example": "550 no"})
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port))
        send_due(shop, connect=connecting())
        assert row(shop, mail).state == OutboxState.FAILED
        script.refusals.clear()
        with shop.work() as work:
            uncertain.send_again(work, mail)
        send_due(shop, connect=connecting())
    assert row(shop, mail).state == OutboxState.SENT and len(script.got) == 1


def test_a_server_that_fails_leaves_it_uncertain(shop, line):
    mail = an_uncertain_mail(shop, line[1])
    assert uncertain.look_up(shop, Sent(fails=True)) == 0
    assert row(shop, mail).state == OutboxState.UNCERTAIN


@pytest.mark.parametrize("keeps_sent", [False, True])
def test_a_copy_goes_to_sent_once_unless_the_provider_puts_it_there(shop, keeps_sent):
    with a_server(Script()) as port:
        with shop.work() as work:
            account = an_account(work, port=port, imap_host="imap.example", keeps_sent=keeps_sent)
            mails = [queued(work, account, n) for n in range(3)]
        send_due(shop, connect=connecting())
    sent = Sent()
    assert uncertain.copy_sent(shop, Sent(fails=True)) == 0
    copies = uncertain.copy_sent(shop, sent) + uncertain.copy_sent(shop, sent)
    assert sent.kept == ([] if keeps_sent else [frozen(shop, mail) for mail in mails])
    assert copies == len(sent.kept)


def test_a_copy_cut_off_before_it_was_written_down_is_not_made_twice(shop):
    with a_server(Script()) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port, imap_host="imap.example"))
        send_due(shop, connect=connecting())
    sent = Sent(id_of(frozen(shop, mail)))
    assert uncertain.copy_sent(shop, sent) == 0 and sent.kept == []
    assert shop.ask(queries.to_copy, shop.clock.now() - timedelta(days=1)) == []


def test_a_round_sends_finds_and_copies(shop, line):
    lost = an_uncertain_mail(shop, line[1])
    with shop.work() as work:
        new = queued(work, 1, 2)
    sent = Sent(id_of(frozen(shop, lost)))
    done = rounds.run(shop, connect=connecting(), open_sent=sent)
    assert (done.report.sent, done.proved, done.copies) == (1, 1, 1)
    assert sent.kept == [frozen(shop, new)]
