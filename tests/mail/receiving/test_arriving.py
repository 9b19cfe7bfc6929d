"""Bytes first: a mail is kept before anybody reads it."""

import pytest

from backoffice.mail import queries
from backoffice.mail.model import MailAccount, MailFolder
from backoffice.mail.receiving import arriving
from backoffice.mail.receiving.arriving import Place
from tests.builders import MONDAY, an_open_shop
from tests.customers.people import rows_of

MAIL = b"From: Ana <ana@example.com>\r\nSubject: Hello\r\n\r\nHello\r\n"


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def test_a_mail_is_kept_byte_for_byte(shop):
    with shop.work() as work:
        taken = arriving.take_in(work, MAIL)
    ((message, raw),) = shop.ask(queries.to_read)
    assert (message, taken.new) == (taken.message_id, True)
    assert shop.ask(queries.raw_bytes, raw) == MAIL


def test_the_same_bytes_twice_are_one_mail(shop):
    with shop.work() as work:
        first, second = arriving.take_in(work, MAIL), arriving.take_in(work, MAIL)
    assert (second.message_id, second.new) == (first.message_id, False)
    assert len(rows_of(shop, "message")) == len(rows_of(shop, "raw_mail")) == 1


def test_a_servers_mail_moves_the_watermark_and_is_fetched_once(shop):
    with shop.work() as work:
        account = work.add(MailAccount(address="shop@example.com", user="shop", connected_at=MONDAY))
        folder = work.add(MailFolder(account_id=account.id or 0, uidvalidity=7))
        for uid in (3, 9, 9, 5):
            arriving.take_in(work, MAIL + b"%d" % uid, account_id=account.id, place=Place(folder.id or 0, 7, uid))
    assert [row["uid"] for row in rows_of(shop, "mail_arrival")] == [3, 9, 5]
    assert rows_of(shop, "mail_folder")[0]["last_uid"] == 9


def test_a_mail_too_large_is_listed_and_passed(shop):
    with shop.work() as work:
        account = work.add(MailAccount(address="shop@example.com", user="shop", connected_at=MONDAY))
        folder = work.add(MailFolder(account_id=account.id or 0, uidvalidity=7))
        arriving.reached(
            work, Place(folder.id or 0, 7, 4), size=30_000_000, message_id=None, subject="Video", sender="a@b.example"
        )
    assert rows_of(shop, "mail_arrival")[0]["message_id"] is None
    assert rows_of(shop, "mail_folder")[0]["last_uid"] == 4
