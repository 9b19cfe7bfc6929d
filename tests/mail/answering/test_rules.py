"""Keyword rules: the right topic with its reasons, and nothing where it is denied."""

import time
from dataclasses import replace

import pytest

from backoffice.mail.answering import phrases, rules
from backoffice.mail.answering.phrases import Weighted
from backoffice.mail.answering.rules import Rule
from backoffice.mail.answering.topics import TOPICS
from backoffice.mail.answering.words import TEMPLATES
from backoffice.mail.answering.words import TOPICS as NAMES
from tests.builders import an_open_shop, refused
from tests.mail.answering.desk import asks
from tests.mail.letters import a_mail, a_mailbox, comes_in


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def built_in():
    return [
        Rule(topic, language, said, each.template)
        for topic, each in TOPICS.items()
        for language, said in each.phrases.items()
    ]


def topic_of(text, subject=""):
    found = rules.judge(built_in(), subject, text)
    return found[0].topic if found else ""


def weights(text, *said):
    return [each.phrase for each in phrases.met(phrases.read(text), [Weighted(one, 1) for one in said])]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Hi, where is my order #1001? It should be here.", "where-is-my-order"),
        ("My order still hasn't arrived.", "where-is-my-order"),
        ("Hola, ¿DONDE ESTA mi pedido?", "where-is-my-order"),
        ("Buenos días, todavía no me ha llegado nada.", "where-is-my-order"),
        ("No he recibido mi pedido todavía", "where-is-my-order"),
        ("I would like to return the blue cup.", "return"),
        ("Quisiera devolver la taza azul.", "return"),
        ("I am still waiting for my refund", "refund"),
        ("¿Cuándo me vais a devolver el dinero?", "refund"),
        ("The cup arrived broken :(", "damaged"),
        ("La taza ha llegado rota", "damaged"),
        ("You sent me the wrong cup", "wrong-item"),
        ("Esto no es lo que pedí", "wrong-item"),
        ("When will it be back in stock?", "out-of-stock"),
        ("¿Me puede enviar una copia de la factura?", "invoice"),
        ("Could you send me the invoice, please?", "invoice"),
        ("Ya ha llegado y me encanta, ¡muchas gracias!", "thanks"),
        ("It has arrived and I love it.", "thanks"),
        ("Do you open on Sunday?", ""),
        ("", ""),
    ],
)
def test_what_customers_usually_ask_is_understood(text, topic):
    assert topic_of(text) == topic


def test_a_denied_phrase_says_nothing_unless_it_denies_itself():
    assert weights("No ha llegado", "ha llegado", "no ha llegado") == ["no ha llegado"]
    assert weights("Ya ha llegado", "ha llegado", "no ha llegado") == ["ha llegado"]
    assert weights("It is not yet here, it hasn't really arrived", "arrived") == []
    assert weights("No, gracias. Ha llegado.", "ha llegado") == ["ha llegado"]
    assert weights("it isn’t broken", "broken") == []


def test_words_may_stand_between_but_not_a_sentence():
    assert weights("where is then my new order", "where is my order") == ["where is my order"]
    assert weights("Where is? My order is fine", "where is my order") == []
    assert weights("where one two three is", "where is") == []


def test_the_evidence_says_where_it_stands():
    text = "¡Hola! ¿Dónde está, por favor, mi pedido?"
    (found,) = phrases.met(phrases.read(text), [Weighted("dónde está mi pedido", 6)])
    assert text[found.start : found.end] == "Dónde está, por favor, mi pedido"


def test_of_overlapping_phrases_the_stronger_counts_and_each_once():
    said = [Weighted("refund", 3), Weighted("where is my refund", 6)]
    found = phrases.met(phrases.read("Where is my refund? refund! refund!"), said)
    assert [(each.phrase, each.weight) for each in found] == [("where is my refund", 6), ("refund", 3)]


def test_a_subject_counts_too():
    (first, *_) = rules.judge(built_in(), "Where is my order?", "It is number 1001.")
    assert (first.topic, first.evidence[0][:2]) == ("where-is-my-order", (0, 0))


def test_only_the_new_part_of_a_mail_is_looked_at(shop):
    one = asks(
        shop, "Thank you.\n\nOn Mon, 2 Mar 2026 at 09:00, Shop wrote:\n> Where is my order?\n", subject="Re: Cup"
    )
    assert shop.ask(rules.suggestions, one) == []


def test_suggestions_come_with_their_template(shop):
    one = asks(shop, "Where is my order? I need a copy of the invoice as well.", subject="Cup")
    found = shop.ask(rules.suggestions, one)
    assert {(each.topic, each.template) for each in found} == {
        ("where-is-my-order", "where-is-my-order"),
        ("invoice", "invoice-copy"),
    }
    assert not any(each.automatic for each in found), "nothing answers by itself until the owner says so"


def test_every_topic_has_a_name_and_a_template():
    assert set(TOPICS) == set(NAMES)
    assert {each.template for each in TOPICS.values()} <= set(TEMPLATES)


def test_whoever_complains_is_answered_by_a_person():
    assert rules.complains("", "This is UNACCEPTABLE, where is my order?")
    assert rules.complains("Reclamacion", "Hola")
    assert not rules.complains("My order", "Where is my order?")


def test_the_shops_own_phrases_take_the_place_of_the_programs(shop):
    mine = Rule("thanks", "en", (Weighted("cheers mate", 9),), "thanks", automatic=True)
    with shop.work() as work:
        rules.save(work, mine)
        rules.save(work, replace(mine, bar=9))
    one = asks(shop, "Cheers, mate! Will you have more of these?", subject="Cup")
    (found, *_) = shop.ask(rules.suggestions, one)
    assert (found.topic, found.score, found.automatic) == ("thanks", 9, True)
    with shop.work() as work:
        rules.restore(work, "thanks", "en")
    assert shop.ask(rules.suggestions, one) == []


@pytest.mark.parametrize(
    "change",
    [
        {"phrases": ()},
        {"phrases": (Weighted("x", 0),)},
        {"phrases": (Weighted("x" * 101, 1),)},
        {"phrases": tuple(Weighted(f"w{n}", 1) for n in range(201))},
        {"language": "xx"},
        {"topic": " "},
        {"bar": 0},
        {"automatic": True, "template": ""},
    ],
)
def test_a_rule_nobody_could_mean_is_refused(shop, change):
    good = Rule("thanks", "en", (Weighted("cheers", 3),), "thanks")
    with refused("mail.bad-rule"), shop.work() as work:
        rules.save(work, replace(good, **change))


def test_a_rule_is_tried_on_the_mails_of_before(shop):
    comes_in(
        shop,
        a_mail("Cheers mate, when do you open?", sender="a@example.com", subject="1"),
        a_mail("Cheers mate, unacceptable!", sender="b@example.com", subject="2"),
        a_mail("What time is it?", sender="c@example.com", subject="3"),
    )
    told = shop.ask(rules.simulate, Rule("thanks", "en", (Weighted("cheers mate", 9),), "thanks", automatic=True))
    assert told.looked_at == 3
    assert [(hit.subject, hit.automatic) for hit in told.hits] == [("2", False), ("1", True)]
    assert shop.ask(rules.simulate, Rule("thanks", "en", (Weighted("cheers", 3),), "thanks"), last=1).looked_at == 1


@pytest.mark.parametrize(
    "text", ["no " * 100_000, "where " * 100_000, "a" * 500_000, "'" * 500_000, "where is my " * 50_000]
)
def test_the_longest_mails_are_judged_quickly(text):
    began = time.process_time()
    rules.judge(built_in(), text[:5000], text)
    assert time.process_time() - began < 2
