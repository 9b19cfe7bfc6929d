"""Who reacts to what happens in the same transaction; a reaction that refuses undoes the action."""

import pytest

from backoffice.core.errors import Refused
from backoffice.inventory import actions as products
from backoffice.orders import actions as orders
from backoffice.orders import editing
from backoffice.orders.events import OrderCancelled
from backoffice.orders.queries import facts
from backoffice.reactions import REACTIONS
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import a_product, allocated, an_open_shop, an_order, journal_of, stock_of, the_order


def test_stock_that_comes_in_is_promised_in_the_same_transaction(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work)
            order = an_order(work, (cup, 2))
        heard = []
        shop.listen(heard.append)
        with shop.work() as work:
            products.adjust(work, cup, 2, reason="delivery")
        assert (allocated(shop, order), len(heard)) == ([2], 1)
        assert {"inventory", "orders", "journal"} <= heard[0]


def test_stock_that_fell_is_taken_back_in_the_same_transaction(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=2)
            order = an_order(work, (cup, 2))
            products.adjust(work, cup, -1, reason="dropped")
        assert (allocated(shop, order), stock_of(shop, cup)) == ([1], (1, 1, 0))


def test_an_order_that_cannot_be_served_says_so_once(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            an_order(work, (a_product(work), 2))
        assert journal_of(shop, "order.short") == [{"missing": 2, "oversold": True}]


@pytest.mark.parametrize("how", ["cancelled", "edited", "made a draft again"])
def test_a_parcel_being_packed_is_given_up_when_its_order_changes(tmp_path, how):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work, on_hand=5), 2))
            parcel = packing.start(work, [order])
            if how == "cancelled":
                orders.cancel(work, order, reason="mistake")
            elif how == "made a draft again":
                orders.unconfirm(work, order)
            else:
                change = editing.LineChange(facts.lines(work.session, order)[0].id, quantity=1)
                editing.apply(work, order, editing.ChangeSet(lines=(change,)), version=1)
        with pytest.raises(Refused, match=r"shipping\.not-picking"), shop.work() as work:
            packing.finish(work, parcel)


def test_a_parcel_taken_back_stays_promised_as_far_as_the_shelf_has_it(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=3)
            order = an_order(work, (cup, 3))
            parcel = packing.pack(work, order)
            products.adjust(work, cup, -2, reason="counted without the parcel")
        assert allocated(shop, order) == [3]
        with shop.work() as work:
            parcels.void(work, parcel)
        assert allocated(shop, order) == [1]


def test_a_reaction_that_refuses_undoes_the_action(tmp_path, monkeypatch):
    def refuse(_work, _news):
        raise Refused("orders.changed", number="00001")

    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=3)
            order = an_order(work, (cup, 3))
        monkeypatch.setitem(shop.store.reactions, OrderCancelled, (refuse,))
        with pytest.raises(Refused), shop.work() as work:
            orders.cancel(work, order, reason="mistake")
        assert (the_order(shop, order).row.status, stock_of(shop, cup)) == ("open", (3, 3, 0))


def test_every_reaction_says_what_it_does():
    assert all(react.__doc__ for reacts in REACTIONS.values() for react in reacts)
