"""The program dies while it sends: the next one loses nothing, doubles nothing, and says what it does not know."""

import os
import random
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from backoffice.core.calendar import FixedClock
from backoffice.mail.outbox.model import OutboxState
from backoffice.mail.outbox.sending import send_due
from backoffice.shop import Shop
from tests.builders import MONDAY, a_shop
from tests.mail.outbox.letters import an_account, connecting, frozen, queued, row
from tests.mail.outbox.scripted import Script, a_server
from tests.store.killing import can_kill, ended, killed

MAILS = 3
pytestmark = can_kill


def a_full_outbox(folder: Path, *, port: int = 0, out: Path | None = None) -> tuple[Path, list[int]]:
    """A closed shop with some mails due."""
    (folder / "shop").mkdir()
    with a_shop(folder / "shop") as shop:
        with shop.work() as work:
            account = an_account(work, port=port, folder=out)
            mails = [queued(work, account, n) for n in range(MAILS)]
        return shop.path, mails


def send(path: Path) -> None:
    shop = Shop.open(path, clock=FixedClock(MONDAY + timedelta(minutes=5)))
    send_due(shop, connect=connecting())
    shop.close(backup=False)


def outcome(path: Path, script: Script, mails: list[int]) -> list[tuple[str, int]]:
    """Of each mail its state and how often it arrived."""
    copies = script.copies()
    with Shop.open(path, clock=FixedClock(MONDAY + timedelta(days=1))) as shop:
        send_due(shop, connect=connecting())
        return [(row(shop, mail).state, copies[frozen(shop, mail)]) for mail in mails]


@pytest.mark.parametrize(
    ("point", "nth"),
    [("mail.sending", 1), ("mail.sending", 2)]  # with a batch, and with nothing more to do
    + [(point, nth) for point in ("mail.dot", "mail.answered", "mail.sent") for nth in (1, 2, 3)],
)
def test_killed_at_each_point_of_sending(tmp_path, point, nth):
    with a_server(script := Script()) as port:
        path, mails = a_full_outbox(tmp_path, port=port)
        killed(lambda: send(path), f"{point}:{nth}")
        send(path)
        found = outcome(path, script, mails)
    uncertain = [arrived for state, arrived in found if state is OutboxState.UNCERTAIN]
    assert all(state in (OutboxState.SENT, OutboxState.UNCERTAIN) for state, _ in found)
    assert all(arrived == 1 for state, arrived in found if state is OutboxState.SENT)
    assert uncertain == {"mail.dot": [0], "mail.answered": [1]}.get(point, [])


@pytest.mark.parametrize("point", ["mail.sending", "mail.written", "mail.answered", "mail.sent"])
@pytest.mark.parametrize("nth", [1, 2])
def test_killed_while_writing_into_a_folder(tmp_path, point, nth):
    path, mails = a_full_outbox(tmp_path, out=tmp_path / "out")
    killed(lambda: send(path), f"{point}:{nth}")
    send(path)
    with Shop.open(path, clock=FixedClock(MONDAY)) as shop:
        assert {row(shop, mail).state for mail in mails} == {OutboxState.SENT}
        wanted = sorted(frozen(shop, mail) for mail in mails)
    assert sorted(file.read_bytes() for file in (tmp_path / "out").iterdir()) == wanted


def test_killed_while_queueing_there_is_all_of_it_or_nothing(tmp_path):
    path, _ = a_full_outbox(tmp_path, out=tmp_path / "out")

    def queue_one() -> None:
        with Shop.open(path, clock=FixedClock(MONDAY)) as shop, shop.work() as work:
            queued(work, 1, 99)

    killed(queue_one, "mail.queued:1")
    with Shop.open(path, clock=FixedClock(MONDAY)) as shop, shop.work() as work:
        left = work.session.connection().exec_driver_sql(
            "SELECT (SELECT count(*) FROM outgoing_mail), (SELECT count(*) FROM raw_mail)"
        )
        assert tuple(left.one()) == (MAILS, MAILS)
    assert ended(queue_one) == 0


@pytest.mark.parametrize("seed", range(12))
def test_killed_at_any_moment(tmp_path, seed):
    """A clock of no point's: the parent kills after some milliseconds, three times over."""
    chance = random.Random(seed)
    with a_server(script := Script()) as port:
        path, mails = a_full_outbox(tmp_path, port=port)
        for _ in range(3):
            child = os.fork()
            if child == 0:
                try:
                    send(path)
                finally:
                    os._exit(0)
            time.sleep(chance.uniform(0.03, 0.25))  # the very thing tested
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        send(path)
        found = outcome(path, script, mails)
    assert all(arrived <= 1 for _, arrived in found)
    assert all(
        state is OutboxState.UNCERTAIN or (state is OutboxState.SENT and arrived == 1) for state, arrived in found
    )
