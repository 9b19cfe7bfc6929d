"""The outbox on the command line."""

import pytest

from tests.builders import a_shop
from tests.mail.outbox.letters import an_account, queued


@pytest.fixture
def two_letters(tmp_path):
    """A closed shop with two letters for a folder."""
    (tmp_path / "shop").mkdir()
    with a_shop(tmp_path / "shop") as shop:
        with shop.work() as work:
            account = an_account(work, folder=tmp_path / "out")
            queued(work, account, 1), queued(work, account, 2)
        return shop.path


def test_what_is_due_is_sent_once(run, two_letters, tmp_path):
    first, second = run("mail", two_letters, "send", "--json"), run("mail", two_letters, "send", "--json")
    nothing = {"later": 0, "failed": 0, "uncertain": 0, "found": 0, "copied": 0, "accounts": []}
    assert (first.code, first.answer) == (0, {"sent": 2, **nothing})
    assert (second.code, second.answer["sent"]) == (0, 0)
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_status_counts_and_lists_what_waits(run, two_letters):
    before = run("mail", two_letters, "status", "--json").answer
    assert before["outbox"] == {"due": 2, "uncertain": 0, "failed": 0, "sent": 0, "cancelled": 0}
    assert [row["to"] for row in before["rows"]] == ["ana1@x.example", "ana2@x.example"]
    run("mail", two_letters, "send")
    assert run("mail", two_letters, "status", "--json").answer["outbox"]["sent"] == 2
    assert "sent" in run("mail", two_letters, "status").out


def test_an_account_that_cannot_send_says_why(run, tmp_path):
    (tmp_path / "shop").mkdir()
    with a_shop(tmp_path / "shop") as shop, shop.work() as work:
        queued(work, an_account(work, port=9))
    said = run("mail", shop.path, "send", "--json")
    assert said.code == 3
    [trouble] = said.answer["accounts"]
    assert trouble["reason"] == "mail.no-secret" and "password" in trouble["message"]
    [row] = run("mail", shop.path, "status", "--json").answer["rows"]
    assert (row["state"], row["reason"]) == ("queued", "mail.no-secret")


def test_another_word_is_wrong_usage(run, two_letters):
    assert run("mail", two_letters, "burn").code == 2
