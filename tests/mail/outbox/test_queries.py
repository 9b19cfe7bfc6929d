"""The outbox's lists."""

from datetime import timedelta

import pytest

from backoffice.core.errors import Refused
from backoffice.mail.outbox import queries
from backoffice.mail.outbox.model import OutboxState, OutgoingMail
from backoffice.store import rows
from tests.builders import MONDAY
from tests.mail.outbox.letters import an_account, queued

STATES = list(OutboxState)


@pytest.fixture
def mails(shop):
    """Three mails of each state, an hour apart."""
    with shop.work() as work:
        account = an_account(work)
        found = {queued(work, account, n): STATES[n % len(STATES)] for n in range(3 * len(STATES))}
        for n, (mail, state) in enumerate(found.items()):
            rows.set_values(work, OutgoingMail, mail, state=state, due_at=MONDAY + timedelta(hours=n))
    return found


@pytest.mark.parametrize("view", queries.VIEWS)
def test_a_view_has_its_states_whole_and_page_by_page(shop, mails, view):
    wanted = [mail for mail, state in mails.items() if state in queries.STATES_OF_VIEW[view]]
    seen, after = [], None
    while True:
        page = shop.ask(queries.page, view=view, after=after, limit=2)
        seen += [row.id for row in page.rows]
        if (after := page.next) is None:
            break
    assert seen == (wanted if view == "due" else wanted[::-1])
    assert shop.ask(queries.count, view=view) == len(wanted)
    assert len(shop.ask(queries.marks, view=view, every=2)) == len(wanted) // 2


def test_an_unknown_view_or_mail_is_refused(shop):
    for asked in (queries.page, queries.count):
        with pytest.raises(Refused, match=r"mail\.no-such-list"):
            shop.ask(asked, view="x")
    with pytest.raises(Refused, match=r"mail\.unknown"):
        shop.ask(queries.row_of, 99)


def test_what_is_due_is_found_by_its_index(shop):
    plan = (
        "EXPLAIN QUERY PLAN SELECT id FROM outgoing_mail WHERE (state = 'queued' OR state = 'retry') AND due_at <= 'x'"
    )
    with shop.work() as work:
        told = [row[-1] for row in work.session.connection().exec_driver_sql(plan)]
    assert any("ix_outgoing_due" in line for line in told) and not any(line.startswith("SCAN") for line in told)
