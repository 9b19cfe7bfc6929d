"""Everything a mailbox holds comes in once, whatever its server does; the server is never changed."""

from datetime import timedelta

import pytest

from backoffice.core.errors import Outage
from backoffice.core.secrets import SecretStore
from backoffice.mail.receiving import accounts, arriving, fetching, imap, queries
from tests.builders import an_open_shop
from tests.customers.people import rows_of
from tests.mail.receiving.mailboxes import CONNECT, a_mail, an_account, fetch, fetch_one, kept
from tests.mail.receiving.scripted import Box, serving


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def box():
    return Box(mails={number: a_mail(number) for number in (2, 3, 5, 8)})


@pytest.fixture
def secrets(shop, box):
    """Of the one account, whose server runs as long as the test."""
    with serving(box) as port:
        yield an_account(shop, port)[1]


def tasks(shop):
    return [row["kind"] for row in rows_of(shop, "mail_task")]


def the_health(shop):
    return shop.ask(queries.health)[0]


def test_new_mails_come_in_once(shop, box, secrets):
    assert fetch_one(shop, secrets) == (4, 0, "")
    assert fetch_one(shop, secrets) == (0, 0, "")
    box.mails |= {9: a_mail(9), 12: a_mail(12)}
    assert fetch_one(shop, secrets) == (2, 0, "")
    assert kept(shop) == (6, 6, {2, 3, 5, 8, 9, 12})
    assert the_health(shop).agree and the_health(shop).on_server == 6


def test_nothing_is_written_on_the_server(shop, box, secrets):
    fetch_one(shop, secrets)
    spoken = b" ".join(box.commands)
    assert b"EXAMINE" in spoken
    assert not any(word in spoken for word in (b"STORE", b"SELECT", b"EXPUNGE", b"APPEND", b" BODY[", b"DELETE"))


def test_of_what_lay_there_before_only_a_month_comes_in_and_as_history(shop, box, secrets):
    box.recent = frozenset({5, 8})
    assert fetch_one(shop, secrets) == (2, 0, "")
    box.mails[9] = a_mail(9)
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert [row["history"] for row in rows_of(shop, "message")] == [1, 1, 0]
    assert fetch_one(shop, secrets) == (0, 0, "") and the_health(shop).agree


def test_a_mail_came_in_when_its_server_got_it(shop, box, secrets):
    fetch_one(shop, secrets)
    assert {row["at"] for row in rows_of(shop, "message")} == {"2026-03-01 10:00:00.000000"}
    assert len(rows_of(shop, "message")) == 4


def test_a_mail_too_large_stays_on_the_server_and_is_listed(shop, box, secrets):
    box.told_size[3] = arriving.LARGEST + 1
    assert fetch_one(shop, secrets) == (3, 1, "")
    (left,) = [row for row in rows_of(shop, "mail_arrival") if row["message_id"] is None]
    assert (left["uid"], left["subject"], left["sender"]) == (3, "Mail 3", "ana@example.com")
    assert tasks(shop) == ["left-on-server"]
    assert (the_health(shop).left, the_health(shop).agree) == (1, True)
    assert not any(b"BODY.PEEK[]" in one and b"3" in one.split(b" ")[2].split(b",") for one in box.commands)


def test_one_mail_the_server_stumbles_over_blocks_no_other(shop, box, secrets):
    box.refuses = frozenset({3})
    assert fetch_one(shop, secrets) == (3, 0, "")
    assert kept(shop)[2] == {2, 5, 8}
    assert (the_health(shop).missing, the_health(shop).agree) == (1, False)
    box.refuses = frozenset()
    shop.clock.advance(timedelta(hours=2))
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop)[2] == {2, 3, 5, 8} and the_health(shop).agree


def test_a_mail_withheld_comes_in_when_the_server_hands_it_over(shop, box, secrets):
    box.withholds = frozenset({8})
    assert fetch_one(shop, secrets) == (3, 0, "")
    assert the_health(shop).missing == 1
    box.withholds = frozenset()
    shop.clock.advance(timedelta(hours=2))
    assert fetch_one(shop, secrets) == (1, 0, "") and the_health(shop).agree


def test_even_many_bad_mails_in_a_row_block_no_other_for_ever(shop, box, secrets):
    box.mails = {number: a_mail(number) for number in range(1, 41)}
    box.refuses = frozenset(range(3, 30))
    rounds = [fetch_one(shop, secrets) for _ in range(4)]
    assert [error for _, _, error in rounds[:2]] == ["mail.cut", "mail.cut"]
    assert kept(shop)[2] == {1, 2, *range(30, 41)}
    assert the_health(shop).missing == 27


def test_a_number_that_turns_up_late_is_fetched_though_the_watermark_passed_it(shop, box, secrets):
    fetch_one(shop, secrets)
    box.mails[4] = a_mail(4)
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop)[2] == {2, 3, 4, 5, 8}


def test_what_the_owner_deletes_on_the_server_stays_in_the_shop(shop, box, secrets):
    fetch_one(shop, secrets)
    del box.mails[3]
    assert fetch_one(shop, secrets) == (0, 0, "")
    assert kept(shop)[0] == 4 and the_health(shop).agree


def test_a_list_without_the_newest_mail_moves_no_watermark(shop, box, secrets, monkeypatch):
    fetch_one(shop, secrets)
    box.mails[9] = a_mail(9)
    with monkeypatch.context() as patch:
        patch.setattr(imap.Connection, "uids", lambda *_args, **_more: [])
        assert fetch_one(shop, secrets) == (0, 0, "mail.garbled")
    assert fetch_one(shop, secrets) == (1, 0, "")


@pytest.mark.parametrize("count", [0, 1, 10**6])
def test_a_server_that_lies_about_its_count_costs_nothing(shop, box, secrets, count):
    box.exists = count
    assert fetch_one(shop, secrets) == (4, 0, "")
    box.mails[9] = a_mail(9)
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop) == (5, 5, {2, 3, 5, 8, 9})


def test_a_server_that_numbers_anew_loses_nothing_and_doubles_nothing(shop, box, secrets):
    fetch_one(shop, secrets)
    box.uidvalidity, box.mails = 8, {at: box.mails[old] for at, old in enumerate(box.mails, 100)}
    box.mails[104] = a_mail(104)
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop) == (5, 5, {100, 101, 102, 103, 104})
    assert fetch_one(shop, secrets) == (0, 0, "")
    assert tasks(shop) == ["renumbered"] and the_health(shop).agree


def test_after_a_renumbering_mails_that_were_read_are_not_fetched_again(shop, box, secrets):
    fetch_one(shop, secrets)
    as_read(shop)
    box.uidvalidity, box.mails = 8, {at: box.mails[old] for at, old in enumerate(box.mails, 100)}
    box.commands.clear()
    assert fetch_one(shop, secrets) == (0, 0, "")
    assert kept(shop) == (4, 4, {100, 101, 102, 103})
    assert not any(b"BODY.PEEK[]" in one for one in box.commands)


def test_a_mail_with_the_same_head_and_another_text_is_kept_beside_the_first(shop, box, secrets):
    fetch_one(shop, secrets)
    as_read(shop)
    twin = box.mails[3].replace(b"Where", b"Whore")
    box.uidvalidity, box.mails = 8, {10: box.mails[3], 11: twin}
    assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop)[:2] == (5, 5)


def test_the_same_bytes_at_two_numbers_are_one_message(shop, box, secrets):
    box.mails[9] = box.mails[8]
    assert fetch_one(shop, secrets) == (4, 0, "")
    assert kept(shop) == (4, 4, {2, 3, 5, 8, 9})


def test_another_server_behind_the_account_is_looked_through_anew(shop, box, secrets):
    """Both number alike: 7, and from 2 on."""
    fetch_one(shop, secrets)
    other = Box(mails={2: a_mail("other-2"), 3: a_mail(3)})
    with serving(other) as port:
        (account,) = shop.ask(queries.accounts)
        draft = accounts.draft_of(account)
        with shop.work() as work:
            values = {name: getattr(draft, name) for name in draft.__slots__}
            moved = accounts.AccountDraft(**(values | {"imap_port": port, "user": "other"}))
            accounts.change(work, account.id, moved, version=account.version)
        assert fetch_one(shop, secrets) == (1, 0, "")
    assert kept(shop)[:2] == (5, 5)
    assert tasks(shop) == []


@pytest.mark.parametrize("moment", ["greeting", "login", "look", "search", "sizes"])
def test_a_server_that_breaks_off_is_told_and_asked_again(shop, box, secrets, moment):
    box.cut, box.cuts = moment, 1
    assert fetch_one(shop, secrets) == (0, 0, "mail.cut")
    assert (the_health(shop).error, the_health(shop).agree) == ("mail.cut", False)
    assert fetch_one(shop, secrets) == (4, 0, "")
    assert the_health(shop).agree and the_health(shop).failures == 0


@pytest.mark.parametrize("cuts", [1, 2, 3, 5])
def test_a_line_that_breaks_within_a_mail_loses_nothing(shop, box, secrets, cuts):
    box.cut, box.cuts = "literal", cuts
    fetch_one(shop, secrets)
    shop.clock.advance(timedelta(hours=2))
    fetch_one(shop, secrets)
    assert kept(shop) == (4, 4, {2, 3, 5, 8})


def test_a_mail_over_which_the_line_broke_once_is_tried_again_at_once(shop, box, secrets):
    box.cut, box.cuts = "literal", 2
    assert fetch_one(shop, secrets) == (4, 0, "")


def test_garbage_is_told_and_stops_no_other_account(shop, box, secrets):
    box.garbage = "UID SEARCH"
    with serving(Box(mails={1: a_mail("elsewhere")})) as port:
        other, more = an_account(shop, port, address="second@example.com")
        accounts.keep_secret(secrets, other, "right")
        first, second = fetch(shop, secrets)
    assert (first.error, second.new) == ("mail.garbled", 1)
    box.garbage = ""
    assert fetch(shop, secrets)[0].new == 4
    assert more is not secrets


def test_pauses_grow_to_a_quarter_of_an_hour_and_end_with_success(shop, box, secrets):
    box.cut = "login"
    pauses = []
    for _ in range(7):
        fetch(shop, secrets)
        minutes = 0
        while not fetching.is_due(shop.ask(queries.folders, 1)[0], shop.clock.now()):
            assert fetch(shop, secrets, at_once=False)[0].paused
            shop.clock.advance(timedelta(minutes=1))
            minutes += 1
        pauses.append(minutes)
    assert pauses == [1, 2, 4, 8, 15, 15, 15]
    box.cut = ""
    assert fetch(shop, secrets, at_once=False)[0].new == 4
    assert not fetch(shop, secrets, at_once=False)[0].paused


def test_without_a_password_the_account_says_so(shop, box, secrets):
    assert fetch_one(shop, SecretStore("empty")) == (0, 0, "mail.no-secret")
    assert box.commands == []


def test_a_wrong_password_is_told(shop, box, secrets):
    box.password = "other"
    assert fetch_one(shop, secrets) == (0, 0, "mail.sign-in")


def test_fetching_stops_between_batches_and_goes_on_later(shop, box, secrets):
    box.mails = {number: a_mail(number) for number in range(1, 351)}
    asked = iter(range(100))
    fetch_one(shop, secrets, cancelled=lambda: next(asked) > 3)
    first = len(kept(shop)[2])
    assert 0 < first < 350
    assert fetch_one(shop, secrets) == (350 - first, 0, "")
    assert kept(shop) == (350, 350, set(range(1, 351)))


def test_progress_is_told(shop, box, secrets):
    told = []
    fetch(shop, secrets, progress=lambda done, whole: told.append((done, whole)))
    assert told == [(0, 4), (4, 4)]


def test_an_account_switched_off_is_left_alone(shop, box, secrets):
    with shop.work() as work:
        accounts.deactivate(work, 1)
    assert fetch(shop, secrets) == () and box.commands == []


def test_a_full_disk_is_no_fault_of_the_server(shop, box, secrets, monkeypatch):
    def full(*_args, **_more):
        raise Outage("store.disk-full", file="x")

    with monkeypatch.context() as patch:
        patch.setattr(fetching, "take_in", full)
        with pytest.raises(Outage, match=r"store\.disk-full"):
            fetch(shop, secrets)
    assert kept(shop)[2] == set() and not the_health(shop).error
    assert fetch_one(shop, secrets) == (4, 0, "")


def test_the_mailbox_of_a_hundred_and_fifty_thousand_is_read_where_it_is_new(shop):
    box = Box(numbers=range(1, 150_001), recent=frozenset({150_000}), mails={150_000: a_mail(1)})
    with serving(box) as port:
        _, secrets = an_account(shop, port)
        assert fetch_one(shop, secrets, connect=CONNECT) == (1, 0, "")
        box.mails[150_001] = a_mail(2)
        box.commands.clear()
        assert fetch_one(shop, secrets) == (1, 0, "")
    assert len(box.commands) < 10 and box.longest < 600_000


def as_read(shop):
    """What reading finds in each mail's head, written as joining writes it."""
    with shop.work() as work:
        for row in rows_of(shop, "message"):
            at = "2026-03-02 09:00:00.000000"
            number = [2, 3, 5, 8][row["id"] - 1]
            work.session.connection().exec_driver_sql(
                "UPDATE message SET rfc_id = ?, dated = ? WHERE id = ?", (f"<{number}@example.com>", at, row["id"])
            )
