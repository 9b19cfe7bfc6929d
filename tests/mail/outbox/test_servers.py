"""What servers say, and what becomes of a mail by it."""

import re
from datetime import timedelta

import pytest

from backoffice.core.errors import Outage
from backoffice.mail import words
from backoffice.mail.model import Security
from backoffice.mail.outbox import marking, queries
from backoffice.mail.outbox.delivery import Trouble
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.sending import send_due, with_secrets
from backoffice.mail.writing.composing import OutFile
from tests.mail.outbox.letters import an_account, connecting, frozen, queued, row, until_settled
from tests.mail.outbox.scripted import Script, a_server


def sent_over(shop, script, *, tls=True, connect=None, receivers=("ana@x.example",), security=Security.TLS):
    """One mail, one pass; the mail."""
    with a_server(script, tls=tls) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port, security=security), to=receivers)
        send_due(shop, connect=connect or connecting())
    return mail


@pytest.mark.parametrize("security", Security)
def test_a_mail_arrives_byte_for_byte(shop, security):
    script = Script()
    mail = sent_over(shop, script, tls=security is Security.TLS, security=security)
    assert script.got == [frozen(shop, mail)]
    assert script.envelopes == [("hola@casa.example", ("ana@x.example",))]
    assert row(shop, mail).state == OutboxState.SENT and row(shop, mail).answer == "250 2.0.0 taken"


@pytest.mark.parametrize(
    ("script", "named", "code"),
    [
        (Script(), {"password": "wrong"}, Trouble.SIGN_IN),
        (Script(), {"password": "contraseña"}, Trouble.SIGN_IN),
        (Script(), {"trusting": False}, Trouble.TLS),
        (Script(features=()), {}, Trouble.SIGN_IN),
        (Script(features=("AUTH PLAIN XOAUTH2",)), {"token": "expired"}, Trouble.SIGN_IN),
    ],
)
def test_an_account_that_cannot_sign_in_loses_no_mail(shop, script, named, code):
    mail = sent_over(shop, script, connect=connecting(**named))
    assert (row(shop, mail).state, row(shop, mail).error) == (OutboxState.RETRY, code)
    assert not any(told.startswith("MAIL") for told in script.said) and script.got == []


def test_a_token_and_a_password_with_an_accent_sign_in(shop):
    sent_over(shop, script := Script(password="contraseña"), connect=connecting("contraseña"))
    assert len(script.got) == 1
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE mail_account SET active = 0, address = 'old@casa.example'")
    with a_server(token := Script(password="fresh", features=("AUTH XOAUTH2",))) as port:
        with shop.work() as work:
            queued(work, an_account(work, port=port), 2)
        send_due(shop, connect=connecting(token="fresh"))
    assert len(token.got) == 1


def test_without_encryption_nothing_is_said(shop):
    script = Script(starttls=False)
    mail = sent_over(shop, script, tls=False, security=Security.STARTTLS)
    assert row(shop, mail).error == Trouble.TLS
    assert not any(told.startswith(("AUTH", "MAIL")) for told in script.said)


def test_a_server_that_is_gone_or_silent_is_tried_again(shop):
    with a_server(Script()) as port:
        pass
    with shop.work() as work:
        mail = queued(work, an_account(work, port=port))
    report = send_due(shop, connect=connecting(timeout=0.5))
    assert [trouble.code for trouble in report.troubles] == [row(shop, mail).error]
    assert row(shop, mail).error in (Trouble.OFFLINE, Trouble.LOST)
    assert row(shop, mail).due_at == shop.clock.now() + timedelta(minutes=1)


def test_no_password_is_no_attempt(shop):
    with shop.work() as work:
        mail = queued(work, an_account(work, port=9))
    send_due(shop, connect=with_secrets(lambda _account: None))
    found = row(shop, mail)
    assert (found.state, found.error, found.attempts) == (OutboxState.QUEUED, Trouble.NO_PASSWORD, 0)


@pytest.mark.parametrize("step", ["mail", "rcpt ana@x.example", "data", "dot"])
def test_a_server_that_says_later_gets_it_later(shop, step):
    script = Script(refusals={step: "451 4.7.1 greylisted"})
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port), to=("ana@x.example",))
        send_due(shop, connect=connecting())
        assert (row(shop, mail).state, row(shop, mail).error) == (OutboxState.RETRY, Trouble.TEMPORARY)
        script.refusals.clear()
        until_settled(shop, connecting())
    assert script.got == [frozen(shop, mail)] and row(shop, mail).state == OutboxState.SENT


@pytest.mark.parametrize("step", ["mail", "rcpt ana@x.example", "data", "dot"])
def test_a_server_that_says_never_ends_it_and_the_next_mail_goes_on_the_same_line(shop, step):
    script = Script(refusals={step: "550 5.1.1 no such user"})
    with a_server(script) as port:
        with shop.work() as work:
            account = an_account(work, port=port)
            mail, second = queued(work, account, to=("ana@x.example",)), queued(work, account, 2)
        report = send_due(shop, connect=connecting())
    assert row(shop, mail).state == OutboxState.FAILED
    assert row(shop, mail).answer == "550 5.1.1 no such user"
    if step.startswith("rcpt"):
        assert row(shop, second).state == OutboxState.SENT and report.failed == 1
    assert script.connections == 1


def test_a_line_that_is_ended_by_the_server_is_begun_anew(shop):
    script = Script(refusals={"rcpt ana@x.example": "421 closing"})
    with a_server(script) as port:
        with shop.work() as work:
            account = an_account(work, port=port)
            mail, second = queued(work, account, to=("ana@x.example",)), queued(work, account, 2)
        send_due(shop, connect=connecting())
    assert (row(shop, mail).state, row(shop, second).state) == (OutboxState.RETRY, OutboxState.SENT)
    assert script.connections == 2


def test_each_receiver_has_an_outcome_of_its_own_and_nobody_gets_it_twice(shop):
    everybody = ("ana@x.example", "gone@x.example", "full@x.example")
    script = Script(refusals={"rcpt gone@x.example": "550 no", "rcpt full@x.example": "452 full"})
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port), to=everybody)
        send_due(shop, connect=connecting())
        found = {one.address: (one.accepted, one.code) for one in shop.ask(queries.receivers, mail)}
        assert found == {everybody[0]: (True, 250), everybody[1]: (False, 550), everybody[2]: (False, 452)}
        assert row(shop, mail).state == OutboxState.RETRY
        del script.refusals["rcpt full@x.example"]
        until_settled(shop, connecting())
    assert [to for _, to in script.envelopes] == [(everybody[0],), (everybody[2],)]
    assert row(shop, mail).state == OutboxState.SENT


def test_a_server_for_seven_bits_only_takes_what_we_write(shop):
    script = Script(features=("AUTH PLAIN",))
    with a_server(script) as port:
        with shop.work() as work:
            queued(work, an_account(work, port=port), subject="Tu café ☕", text="¡Hola, Ñuño! 名前\n")
        send_due(shop, connect=connecting())
    assert max(script.got[0]) < 128
    assert not any(re.search("8BITMIME|SMTPUTF8", told) for told in script.said)


def test_many_mails_go_over_one_line(shop):
    script = Script()
    with a_server(script) as port:
        with shop.work() as work:
            account = an_account(work, port=port)
            mails = [queued(work, account, n) for n in range(30)]
        assert send_due(shop, connect=connecting()).sent == 30
    assert script.connections == 1
    assert script.got == [frozen(shop, mail) for mail in mails]


def test_stopping_between_two_mails_leaves_the_rest_waiting(shop, tmp_path):
    with shop.work() as work:
        account = an_account(work, folder=tmp_path / "out")
        mails = [queued(work, account, n) for n in range(5)]
    seen = []
    send_due(shop, connect=connecting(), progress=lambda *done: seen.append(done), cancelled=lambda: len(seen) >= 2)
    assert seen == [(1, 5), (2, 5)]
    assert [row(shop, mail).state for mail in mails] == [OutboxState.SENT] * 2 + [OutboxState.QUEUED] * 3


def test_five_days_of_silence_end_it_visibly(shop):
    with shop.work() as work:
        mail = queued(work, an_account(work, port=1))
    until_settled(shop, connecting(timeout=0.5), most=600)
    assert (row(shop, mail).state, row(shop, mail).error) == (OutboxState.FAILED, "mail.given-up")


def test_each_trouble_has_a_sentence():
    codes = {*Trouble, "mail.given-up", "mail.some-refused", "mail.erased"}
    assert codes == set(words.OUTBOX_TROUBLES)


def test_a_disk_that_fails_at_the_dot_lets_no_mail_out(shop, monkeypatch):
    def full(_work, _mail):
        raise Outage("store.disk-full", file="shop.backoffice")

    script = Script()
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port))
        with monkeypatch.context() as broken, pytest.raises(Outage):
            broken.setattr(marking, "at_the_dot", full)
            send_due(shop, connect=connecting())
        assert script.got == [] and row(shop, mail).state == OutboxState.SENDING
        until_settled(shop, connecting())
    assert script.got == [frozen(shop, mail)] and row(shop, mail).state == OutboxState.SENT


def test_two_passes_at_once_are_one(shop):
    found = []
    script = Script()
    with a_server(script) as port:
        with shop.work() as work:
            account = an_account(work, port=port)
            queued(work, account, 1), queued(work, account, 2)
        send_due(
            shop,
            connect=connecting(),
            progress=lambda *_done: found.append(send_due(shop, connect=connecting())),
        )
    assert [report.busy for report in found] == [True, True]
    assert len(script.got) == 2


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("552 5.3.4 too large", OutboxState.FAILED),
        ("421 4.3.2 closing", OutboxState.RETRY),
        ("250 2.0.0 taken", OutboxState.RETRY),
    ],
)
def test_a_server_that_speaks_before_the_dot_gets_none(shop, said, state):
    script = Script(refusals={"content": said})
    large = OutFile("film.bin", "video/mp4", bytes(4_000_000))
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port), files=(large,))
        send_due(shop, connect=connecting())
    assert (row(shop, mail).state, script.got) == (state, [])
    assert row(shop, mail).answer == said


def test_an_erased_mail_is_not_sent(shop):
    script = Script()
    with a_server(script) as port:
        with shop.work() as work:
            mail = queued(work, an_account(work, port=port))
            work.session.connection().exec_driver_sql("DELETE FROM outgoing_receiver")
        send_due(shop, connect=connecting())
    assert (row(shop, mail).state, row(shop, mail).error, script.got) == (OutboxState.FAILED, "mail.erased", [])
