"""A person's mails: erased, merged and handed out with everything else of theirs."""

from email.message import EmailMessage

import pytest

from backoffice.customers import actions as customers
from backoffice.customers import merging
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.person import erasing, queries
from tests.builders import an_open_shop, faults
from tests.customers.people import everything_written, rows_of
from tests.mail.letters import a_bounce, a_mail, a_mailbox, comes_in, the_conversation

SECRETS = ("Núñez", "ana@example.com", "ana@home.example", "jarrón", "My parcel", "secret.png", "PNGPNG", "allergic")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        yield shop


@pytest.fixture
def ana(shop):
    with shop.work() as work:
        return customers.create(work, CustomerDraft(name="Ana Núñez", emails=("ana@example.com", "ana@home.example")))


def a_mail_with_a_file() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Ana Núñez <ana@home.example>", "jarrón"
    mail.set_content("I am allergic to this?")
    mail.add_attachment(b"PNGPNG", maintype="image", subtype="png", filename="secret.png")
    return bytes(mail)


def test_no_word_of_an_erased_persons_mails_is_left(shop, ana):
    comes_in(shop, a_mail("El jarrón?"), a_mail_with_a_file(), a_bounce("ana@example.com"))
    before = everything_written(shop)
    assert [secret for secret in SECRETS if secret not in before] == []
    with shop.work() as work:
        erased = erasing.erase(work, ana).erased
    after = everything_written(shop)
    assert [secret for secret in SECRETS if secret in after] == []
    assert {row["packed"] for row in rows_of(shop, "raw_mail")} == {b""}
    assert (erased["message"], erased["attachment"], erased["conversation"]) == (3, 1, 2)
    assert faults(shop) == []


def test_an_erased_mail_that_comes_again_brings_nothing_back(shop, ana):
    mail = a_mail("El jarrón?")
    comes_in(shop, mail)
    with shop.work() as work:
        erasing.erase(work, ana)
    comes_in(shop, mail)
    assert "jarr" not in everything_written(shop)


def test_others_keep_every_word(shop, ana):
    kept, _ = comes_in(shop, a_mail("El plato?", sender="eve@example.com"), a_mail())
    before = the_conversation(shop, kept)
    with shop.work() as work:
        erasing.erase(work, ana)
    assert the_conversation(shop, kept) == before


def test_merged_customers_have_all_conversations(shop, ana):
    with shop.work() as work:
        eve = customers.create(work, CustomerDraft(name="Eve", emails=("eve@example.com",)))
    (one,) = comes_in(shop, a_mail(sender="eve@example.com"))
    with shop.work() as work:
        merge = merging.merge(work, kept_id=ana, gone_id=eve)
    assert the_conversation(shop, one).customer_id == ana
    with shop.work() as work:
        merging.undo(work, merge)
    assert the_conversation(shop, one).customer_id == eve


def test_everything_of_a_person_holds_their_mails(shop, ana):
    comes_in(shop, a_mail_with_a_file())
    (one,) = shop.ask(queries.everything, ana)["conversations"]
    (said,) = one["messages"]
    assert (said["from_address"], said["files"], said["text"].strip()) == (
        *("ana@home.example", ["secret.png"], "I am allergic to this?"),
    )
