"""A power cut at any point of fetching: afterwards every mail is there once."""

import random
import signal
from datetime import timedelta

import pytest

from backoffice.core.calendar import FixedClock
from backoffice.shop import Shop
from tests.builders import MONDAY, an_open_shop
from tests.mail.receiving.mailboxes import a_mail, an_account, fetch, fetch_one, kept
from tests.mail.receiving.scripted import Box, serving
from tests.store.killing import can_kill, ended, killed, passes

POINTS = ("mail.began", "mail.took-in", "mail.in-batch", "mail.batch", "mail.left", "mail.ended")
NUMBERS = (2, 3, 5, 8, 13, 21, 34, 55)


@pytest.fixture
def box():
    mails = {number: a_mail(number) for number in NUMBERS}
    return Box(mails=mails, told_size={5: 30_000_000}, refuses=frozenset({8}))


@pytest.fixture
def shop_file(tmp_path, box):
    """A closed shop with an account; its server runs as long as the test."""
    with serving(box) as port:
        with an_open_shop(tmp_path) as shop:
            _, secrets = an_account(shop, port)
        yield shop.path, secrets


def a_round(path, secrets):
    """What the killed process does."""
    with Shop.open(path, clock=FixedClock(MONDAY)) as shop:
        fetch(shop, secrets)
        shop.close(backup=False)


def assert_all_there_once(path, secrets, box):
    box.refuses = frozenset()
    with Shop.open(path, clock=FixedClock(MONDAY + timedelta(hours=2))) as shop:
        for _ in range(2):
            error = fetch_one(shop, secrets)[2]
            assert error == ""
        shop_has = kept(shop)
        shop.close(backup=False)
    assert shop_has == (len(box.mails) - 1, len(box.mails) - 1, set(box.mails))


@can_kill
@pytest.mark.parametrize("point", POINTS)
def test_a_cut_at_each_pass_of_a_point_loses_nothing_and_doubles_nothing(shop_file, box, tmp_path, point):
    path, secrets = shop_file
    copy = path.read_bytes()
    count = passes(lambda: a_round(path, secrets), point, tmp_path / "log")
    assert count
    for at in sorted({1, (count + 1) // 2, count}):
        path.write_bytes(copy)
        box.refuses = frozenset({8})
        killed(lambda: a_round(path, secrets), f"{point}:{at}")
        assert_all_there_once(path, secrets, box)


@can_kill
def test_a_cut_while_known_mails_are_matched_loses_nothing(shop_file, box):
    path, secrets = shop_file
    box.refuses = frozenset()
    a_round(path, secrets)
    box.uidvalidity = 99
    killed(lambda: a_round(path, secrets), "mail.began:1")
    killed(lambda: a_round(path, secrets), "mail.in-batch:3")
    assert_all_there_once(path, secrets, box)


@can_kill
def test_a_mail_below_the_watermark_is_found_though_the_servers_count_is_as_before(shop_file, box):
    """The large mail came before the small one, then the power went, and the owner deleted two others."""
    path, secrets = shop_file
    box.refuses = frozenset()
    a_round(path, secrets)
    box.mails |= {90: a_mail(90), 91: a_mail(91)}
    box.told_size[91] = 30_000_000
    killed(lambda: a_round(path, secrets), "mail.left:1")
    del box.mails[2], box.mails[3]
    with Shop.open(path, clock=FixedClock(MONDAY)) as shop:
        assert fetch_one(shop, secrets) == (1, 0, "")
        shop.close(backup=False)


@can_kill
def test_cuts_one_after_the_other_at_random_points_lose_nothing(shop_file, box):
    path, secrets = shop_file
    chance = random.Random(20260302)
    died = 0
    for number in range(100, 120):
        box.mails[number] = a_mail(number)
        aim = f"{chance.choice(POINTS)}:{chance.randint(1, 2)}"
        died += ended(lambda: a_round(path, secrets), BACKOFFICE_CRASH_AT=aim) == -signal.SIGKILL
    assert died >= 8
    assert_all_there_once(path, secrets, box)
