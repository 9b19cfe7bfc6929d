"""Macros: one step forth, one step back."""

import pytest

from backoffice.mail.answering import macros, queries
from backoffice.mail.conversations import states
from backoffice.mail.conversations.queries import facts
from backoffice.mail.model import ConversationState
from tests.builders import an_open_shop, refused
from tests.mail.answering.desk import ana_bought, asks, writes
from tests.mail.letters import a_mailbox

EVERY = (
    {"do": "tag", "tag": "broken"},
    {"do": "assign", "to": "Luis"},
    {"do": "snooze", "days": 3},
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def a_macro(shop, *actions, name="Broken"):
    with shop.work() as work:
        return macros.save(work, name=name, template="thanks", actions=actions)


def applies(shop, macro, conversation):
    with shop.work() as work:
        return macros.apply(work, macro, conversation)


def state_of(shop, conversation):
    head = shop.ask(facts.head, conversation)
    return head.state, head.tags, head.assigned_to, head.snoozed_until


def test_a_macro_writes_the_draft_and_does_its_actions_and_all_of_it_is_undone(shop):
    ana_bought(shop)
    one = asks(shop, "Gracias por todo, un saludo. ¿Abrís el domingo?")
    with shop.work() as work:
        states.tag(work, one, "before")
    before = state_of(shop, one)
    done = applies(shop, a_macro(shop, *EVERY), one)
    draft = shop.ask(queries.current, one, "Eva")
    assert (draft.to, draft.subject, draft.template) == ("ana@example.com", "Gracias", "thanks")
    assert draft.text.startswith("Hola, Ana:")
    _, tags, assigned, until = state_of(shop, one)
    assert (tags, assigned, until is not None) == (["before", "broken"], "Luis", True)
    with shop.work() as work:
        macros.undo(work, done)
    assert state_of(shop, one) == before
    assert shop.ask(queries.current, one, "Eva") is None


def test_closing_is_undone_and_what_was_written_before_is_back(shop):
    one = asks(shop)
    writes(shop, one, "My own words")
    done = applies(shop, a_macro(shop, {"do": "close"}), one)
    assert state_of(shop, one)[0] == ConversationState.CLOSED
    with shop.work() as work:
        macros.undo(work, done)
    assert state_of(shop, one)[0] == ConversationState.OPEN
    assert shop.ask(queries.current, one, "Eva").text == "My own words"


@pytest.mark.parametrize(
    "action",
    [
        {"do": "delete"},
        {"do": "close", "all": True},
        {"do": "snooze", "days": 0},
        {"do": "snooze", "days": "3"},
        {"do": "tag", "tag": " "},
        {"do": "tag"},
        {},
    ],
)
def test_an_action_that_cannot_be_done_is_refused(shop, action):
    with refused("mail.bad-macro"):
        a_macro(shop, action)


def test_a_macro_needs_a_name_of_its_own_and_a_template_that_is_there(shop):
    first = a_macro(shop)
    with refused("mail.macro-known", name="Broken"):
        a_macro(shop)
    with refused("mail.bad-macro"):
        a_macro(shop, name=" ")
    with refused("mail.unknown"), shop.work() as work:
        macros.save(work, name="Other", template="nothing", actions=())
    with shop.work() as work:
        macros.save(work, name="Broken", template="damaged", actions=(), macro_id=first)
        macros.put_away(work, first)
    assert [(each.template, each.archived) for each in shop.ask(queries.macros)] == [("damaged", True)]
