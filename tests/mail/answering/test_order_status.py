""" "Where is my order?" answered by itself: truly, once, and never where a person should."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backoffice.mail.answering import acknowledging, desk, rules
from backoffice.mail.answering.acknowledging import acknowledge_waiting
from backoffice.mail.answering.order_status import answer_waiting
from backoffice.mail.model import ConversationState
from backoffice.orders import actions as orders
from backoffice.shipping import actions as shipping
from backoffice.shipping import packing
from tests.builders import an_open_shop
from tests.customers.people import rows_of
from tests.mail.answering.desk import ana_bought, asks, number_of, outgoing
from tests.mail.letters import a_mailbox, the_conversation


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
            desk.change(work, acknowledge=True)
        yield shop


@pytest.fixture
def order(shop):
    switch_on(shop)
    return ana_bought(shop)[1]


def switch_on(shop):
    with shop.work() as work:
        for rule in rules.rules(work.session):
            if rule.topic == "where-is-my-order":
                rules.save(work, replace(rule, automatic=True))


def wonders(shop, order, text="¿Dónde está mi pedido {number}?", **more):
    return asks(shop, text.format(number=number_of(shop, order)), subject="Una pregunta", **more)


def test_it_is_answered_from_the_true_state_and_not_confirmed_besides(shop, order):
    with shop.work() as work:
        shipping.ship(work, packing.pack(work, order), tracking="PQ1")
    one = wonders(shop, order)
    assert (answer_waiting(shop), acknowledge_waiting(shop).sent) == (1, 0)
    (mail,) = outgoing(shop)
    text = mail.get_content()
    assert text.startswith("Hola, Ana:") and "va de camino" in text and "PQ1" in text
    assert mail["Auto-Submitted"] == "auto-replied"
    now = the_conversation(shop, one)
    assert (now.state, now.due_at, now.first_answer_at) == (ConversationState.WAITING, None, None)


def test_nothing_is_answered_by_itself_until_the_owner_says_so(shop):
    wonders(shop, ana_bought(shop)[1])
    assert answer_waiting(shop) == 0


def test_a_late_order_is_a_persons_matter(shop, order):
    shop.clock.advance(timedelta(days=20))
    one = wonders(shop, order)
    assert [answer_waiting(shop) for _ in range(2)] == [0, 0]
    (task,) = rows_of(shop, "mail_task")
    assert (task["kind"], task["order_id"], task["conversation_id"]) == ("late-order", order, one)
    assert outgoing(shop) == []


@pytest.mark.parametrize(
    "text",
    [
        "¿Dónde está mi pedido {number}? ¡Es una vergüenza!",
        "¿Dónde está mi pedido {number}? La otra taza ha llegado rota.",
        "¿Dónde está mi pedido {number}? Quiero cancelar.",
        "Pedido {number}: ¿abrís el domingo?",
    ],
)
def test_complaints_and_other_questions_are_a_persons_matter(shop, order, text):
    wonders(shop, order, text)
    assert answer_waiting(shop) == 0


def test_nobody_is_told_of_somebody_elses_order(shop, order):
    wonders(shop, order, sender="Eve <eve@example.com>")
    assert answer_waiting(shop) == 0


def test_a_machine_is_not_answered(shop, order):
    wonders(shop, order, Auto_Submitted="auto-replied")
    assert answer_waiting(shop) == 0


def test_a_topic_is_answered_once(shop, order):
    one = wonders(shop, order)
    answer_waiting(shop)
    for _ in range(3):
        again = wonders(shop, order, answers=outgoing(shop)[0]["Message-ID"])
        assert again == one
        assert answer_waiting(shop) == 0
    assert the_conversation(shop, one).state == ConversationState.OPEN, "now a person answers"


def test_an_order_delivered_or_cancelled_is_a_persons_matter(shop, order):
    with shop.work() as work:
        orders.cancel(work, order, reason="changed her mind")
    wonders(shop, order)
    assert answer_waiting(shop) == 0


def test_the_breaker_stops_answers_too(shop, order):
    with shop.work() as work:
        acknowledging.stop(work)
    wonders(shop, order)
    assert answer_waiting(shop) == 0
