"""What a bounce does: dead addresses, full boxes, and a domain nobody trusts."""

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.card import queries as card
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.model import EmailState
from backoffice.mail.model import ConversationState, MailKind
from tests.builders import an_open_shop
from tests.customers.people import rows_of
from tests.mail.letters import SHOP, a_bounce, a_mail, a_mailbox, comes_in, the_conversation

ASKED, ANSWERED = "<asked@example.com>", "<answered@casalumbre.example>"


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


@pytest.fixture
def ana(shop):
    with shop.work() as work:
        return customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",)))


def state_of(shop, customer):
    return shop.ask(card.emails, customer)[0].state


def test_no_such_address_is_dead_and_somebody_is_told(shop, ana):
    one, _ = comes_in(
        shop,
        a_mail(rfc_id=ASKED),
        a_mail("Tomorrow.", sender=SHOP, to="ana@example.com", answers=ASKED, rfc_id=ANSWERED),
    )
    (bounced,) = comes_in(shop, a_bounce("Ana@example.com", original=ANSWERED))
    found = the_conversation(shop, one)
    assert bounced == one
    assert found.messages[-1].kind == MailKind.BOUNCE
    assert (state_of(shop, ana), found.state) == (EmailState.DEAD, ConversationState.OPEN)
    assert [(task.kind, task.facts["address"]) for task in found.tasks] == [("dead-address", "ana@example.com")]


def test_the_same_dead_address_twice_is_one_task(shop, ana):
    comes_in(shop, a_bounce("ana@example.com"), a_bounce("ana@example.com"))
    assert len(rows_of(shop, "mail_task")) == 1


def test_a_full_box_is_kept_and_nothing_more(shop, ana):
    comes_in(shop, a_bounce("ana@example.com", "5.2.2"))
    assert (state_of(shop, ana), rows_of(shop, "mail_task")) == (EmailState.ACTIVE, [])
    assert [(row["address"], row["status"], row["hard"]) for row in rows_of(shop, "bounced")] == [
        ("ana@example.com", "5.2.2", 0)
    ]


def test_a_late_mail_is_no_dead_one(shop, ana):
    comes_in(shop, a_bounce("ana@example.com", "4.4.1", action="delayed"))
    assert (state_of(shop, ana), rows_of(shop, "mail_task")) == (EmailState.ACTIVE, [])


def test_a_domain_nobody_trusts_is_told(shop, ana):
    comes_in(shop, a_bounce("ana@example.com", "5.7.1"))
    assert [row["kind"] for row in rows_of(shop, "mail_task")] == ["sending-domain"]
    assert state_of(shop, ana) == EmailState.ACTIVE
