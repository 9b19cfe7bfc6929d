"""Guards around threading: other topics, strangers, what was closed long ago, and mere thanks."""

from datetime import timedelta

import pytest

from backoffice.mail.conversations import courtesy, states, subjects, tongue
from backoffice.mail.model import ConversationState
from tests.builders import MONDAY, an_open_shop
from tests.mail.letters import a_mail, a_mailbox, comes_in, the_conversation

ASKED = "<asked@example.com>"


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


def test_another_subject_stays_and_is_flagged(shop):
    one, two = comes_in(shop, a_mail(rfc_id=ASKED), a_mail("Do you sell lamps?", subject="Lamps", answers=ASKED))
    assert one == two
    assert the_conversation(shop, one).flagged == "other-topic"


def test_a_reply_under_the_same_subject_is_not_flagged(shop):
    one, _ = comes_in(shop, a_mail(rfc_id=ASKED), a_mail(subject="RE: RV: My Parcel", answers=ASKED))
    assert the_conversation(shop, one).flagged == ""


def test_a_stranger_is_shown_as_one(shop):
    one, two = comes_in(shop, a_mail(rfc_id=ASKED), a_mail("I am her lawyer.", sender="x@law.example", answers=ASKED))
    found = the_conversation(shop, one)
    assert one == two
    assert (found.flagged, [message.third_party for message in found.messages]) == ("third-party", [False, True])


def test_what_was_closed_long_ago_goes_on_in_a_new_one(shop):
    (one,) = comes_in(shop, a_mail(rfc_id=ASKED))
    with shop.work() as work:
        states.close(work, one)
    shop.clock.advance(timedelta(days=14))
    (same,) = comes_in(shop, a_mail("It broke.", answers=ASKED))
    assert same == one
    with shop.work() as work:
        states.close(work, one)
    shop.clock.advance(timedelta(days=14, seconds=1))
    (new,) = comes_in(shop, a_mail("It broke again.", answers=ASKED))
    assert new != one
    assert the_conversation(shop, new).continues == one


def test_thanks_neither_reopen_nor_start_a_clock(shop):
    (one,) = comes_in(shop, a_mail(rfc_id=ASKED))
    with shop.work() as work:
        states.close(work, one)
    comes_in(shop, a_mail("Ok, thanks!", answers=ASKED))
    found = the_conversation(shop, one)
    assert (found.state, found.due_at, found.messages[1].thanks_only) == (ConversationState.CLOSED, None, True)
    comes_in(shop, a_mail("Thanks, but where is it?", answers=ASKED))
    found = the_conversation(shop, one)
    assert (found.state, found.due_at) == (ConversationState.OPEN, MONDAY + timedelta(hours=4))


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!", "ok, thanks", "Thank you very much.\n\nAna", "Muchas gracias, un saludo", "Vale, gracias, María",
        "Perfecto, gracias.\n\nEnviado desde mi iPhone", "Great, received it, thank you!", "Gracias por la respuesta",
    ],
)  # fmt: skip
def test_this_is_mere_thanks(text):
    assert courtesy.thanks_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks. The cup is broken.", "Gracias, pero aún no ha llegado", "Thanks, where is it", "ok?", "", "Hello",
        "Gracias, sigo esperando", "Thanks, please send 3 more", "Thanks, I want a refund", "Ok, cancel it", "¿Gracias",
        "Thank you so much for your kind help with all of this and that and those and these",
        "Gracias, mi dirección es Calle Mayor 5",
    ],
)  # fmt: skip
def test_this_is_more_than_thanks(text):
    assert not courtesy.thanks_only(text)


def test_thanks_with_a_file_are_more_than_thanks():
    assert not courtesy.thanks_only("Thanks!", files=1)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: RV: Fwd: AW: My parcel", "My parcel"), ("RE[2]: My parcel", "My parcel"),
        ("Re: [#12] My parcel", "My parcel"),
        ("[EXTERNAL] Re: My parcel", "My parcel"), ("Residue: none", "Residue: none"), ("", ""),
    ],
)  # fmt: skip
def test_a_subject_without_what_programs_add(subject, bare):
    assert subjects.bare(subject) == bare


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, where is my order?", "en"), ("Hola, ¿dónde está mi pedido?", "es"), ("12345", ""), ("", ""),
        ("Buenos días, no ha llegado el paquete", "es"), ("Guten Tag", ""),
    ],
)  # fmt: skip
def test_the_language_of_a_few_words(text, language):
    assert tongue.guess(text) == language
