"""A channel's orders, few or many."""

import pytest

from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.queries import lists
from tests.builders import MONDAY


@pytest.mark.parametrize("few", [0, 1, 1000])
def test_a_channel_is_the_same_however_it_is_looked_up(shop, monkeypatch, few):
    monkeypatch.setattr(lists, "_FEW", few)
    with shop.work() as work:
        line = (LineDraft(quantity=1, name="Cup", unit_price=100),)
        made = {name: writing.create(work, OrderDraft(lines=line), channel=name) for name in ("web", "fair", "web2")}
    for channel, order in made.items():
        rows = shop.ask(lists.page, today=MONDAY.date(), view="open", channel=channel).rows
        assert [row.id for row in rows] == [order]
    assert shop.ask(lists.page, today=MONDAY.date(), view="all", channel="none").rows == []
