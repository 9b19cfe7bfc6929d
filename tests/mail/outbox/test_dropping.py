"""A server that drops the line: no mail is lost, none arrives twice, none is called sent that was not."""

import pytest
import yagmail

from backoffice.mail.outbox import queries
from backoffice.mail.outbox.connection import tls_context
from backoffice.mail.outbox.model import OutboxState
from tests.mail.outbox.letters import an_account, connecting, frozen, queued, row, until_settled
from tests.mail.outbox.scripted import AUTHORITY, BEFORE_THE_DOT, POINTS, Script, a_server

MAILS = 20


@pytest.mark.parametrize("point", POINTS)
def test_twenty_drops_lose_nothing_and_double_nothing(shop, point):
    script = Script(drop_at=point, drops=20)
    with a_server(script) as port:
        with shop.work() as work:
            account = an_account(work, port=port)
            mails = [queued(work, account, n) for n in range(MAILS)]
        until_settled(shop, connecting())
    copies = script.copies()
    states = {mail: row(shop, mail).state for mail in mails}
    assert script.drops == 0
    assert set(states.values()) <= {OutboxState.SENT, OutboxState.UNCERTAIN}
    for mail, state in states.items():
        arrived = copies[frozen(shop, mail)]
        assert arrived <= 1
        assert state is OutboxState.UNCERTAIN or (arrived == 1 and row(shop, mail).answer == "250 2.0.0 taken")
    uncertain = list(states.values()).count(OutboxState.UNCERTAIN)
    if point in BEFORE_THE_DOT or point == "answered":
        assert uncertain == 0
    if point in ("dot-taken", "dot-thrown-away"):
        assert uncertain == MAILS
    assert shop.ask(queries.counts)["due"] == 0


def test_the_librarys_own_sending_delivers_three_copies(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    script = Script(drop_at="dot-taken", drops=3)
    with a_server(script) as port:
        naive = yagmail.SMTP(
            "hola@casa.example", "right", host="localhost", port=port, context=tls_context(str(AUTHORITY)), timeout=5
        )
        naive.set_logging(None)
        assert naive.send("ana@x.example", "Your order", "It left today.") is False
    assert len(script.got) == 3
