"""Fetching on the command line."""

import json

import pytest

from backoffice.commands import mail_fetch
from backoffice.mail.receiving import accounts
from backoffice.settings import queries as settings
from tests.builders import a_shop
from tests.mail.receiving.mailboxes import CONNECT, a_mail, an_account
from tests.mail.receiving.scripted import Box, serving

NOTHING = {"answered": 0, "confirmed": 0, "asked_after": 0, "stopped": False}
"""What a desk puts into the outbox by itself whose owner switched nothing on."""


@pytest.fixture
def box():
    return Box(mails={number: a_mail(number) for number in (1, 2)})


@pytest.fixture
def shop_file(tmp_path, box):
    """A closed shop whose account's password is known; its server runs as long as the test."""
    (tmp_path / "shop").mkdir()
    with serving(box) as port:
        with a_shop(tmp_path / "shop") as shop:
            account, _ = an_account(shop, port)
            identity = shop.ask(settings.profile).identity
        accounts.keep_secret(accounts.secret_store(identity), account, "right")
        yield shop.path


def fetched(shop_file, capsys):
    capsys.readouterr()
    code = mail_fetch.fetch(shop_file, json=True, connect=CONNECT)
    return code, json.loads(capsys.readouterr().out)


def test_what_is_new_comes_in_and_is_read(shop_file, capsys, run):
    code, answer = fetched(shop_file, capsys)
    told = {"address": "shop@example.com", "new": 2, "left": 0, "reason": None, "message": None}
    assert (code, answer) == (0, {"accounts": [told], "read": 2, "unreadable": 0, "queued": NOTHING})
    [row] = run("mail", shop_file, "accounts", "--json").answer["accounts"]
    assert (row["on_server"], row["missing"], row["agree"], row["reason"]) == (2, 0, True, None)
    assert "shop@example.com" in run("mail", shop_file, "accounts").out


def test_a_server_that_fails_is_told_in_a_sentence(shop_file, capsys, box):
    box.password = "other"
    code, answer = fetched(shop_file, capsys)
    [row] = answer["accounts"]
    assert (code, row["reason"]) == (3, "mail.sign-in")
    assert row["message"].startswith("localhost did not accept user and password.")


def test_a_shop_without_accounts_has_nothing_to_fetch(tmp_path, run):
    with a_shop(tmp_path) as shop:
        pass
    assert run("mail", shop.path, "fetch", "--json").answer == {
        "accounts": [],
        "read": 0,
        "unreadable": 0,
        "queued": NOTHING,
    }
