"""An order that the platform says has left already is held here, so that it is not sent twice."""

import pytest

from backoffice.channels.importing.undo import undo
from backoffice.orders import actions
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts, lists
from tests.builders import MONDAY, an_open_shop
from tests.channels.files import HEADER, an_order, saved, text_of
from tests.channels.importing import counts, faults, look, take

WITH_DISPATCH = (*HEADER, "Fulfillment Status")


def a_file(folder, fulfilment, name, **cells):
    return saved(folder, text_of([[*an_order("#1", **cells), fulfilment]], header=WITH_DISPATCH), name)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        assert counts(take(opened, a_file(tmp_path, "unfulfilled", "first.csv"))) == (1, 0, 0, 0)
        yield opened


def ship_by(shop):
    return shop.ask(lists.page, today=MONDAY.date(), view="ship-by").rows


def test_what_left_elsewhere_is_shown_held_and_not_in_the_queue(shop, tmp_path):
    later = a_file(tmp_path, "fulfilled", "later.csv")
    ((_name, changes),) = look(shop, later).tally.changes
    assert ("dispatch", "fulfilled") in [(change.field, change.new) for change in changes]
    assert len(ship_by(shop)) == 1
    take(shop, later)
    assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status is OrderStatus.ON_HOLD
    assert ship_by(shop) == []
    assert faults(shop) == []


def test_undone_it_is_open_again(shop, tmp_path):
    batch = take(shop, a_file(tmp_path, "fulfilled", "later.csv")).batch_id
    undo(shop.store, batch)
    assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status is OrderStatus.OPEN
    assert len(ship_by(shop)) == 1
    assert faults(shop) == []


def test_once_the_owner_let_it_go_a_later_file_does_not_hold_it_again(shop, tmp_path):
    take(shop, a_file(tmp_path, "fulfilled", "later.csv"))
    order = shop.ask(facts.id_of, "#1")
    with shop.work() as work:
        actions.release_hold(work, order)
    take(shop, a_file(tmp_path, "fulfilled", "last.csv", Notes="ring twice"))
    assert shop.ask(facts.head, order).status is OrderStatus.OPEN
