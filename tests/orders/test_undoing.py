"""An edit is taken back without a trace, while nothing of the order was packed or changed otherwise."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.orders import actions, editing
from backoffice.orders.drafts import LineDraft
from backoffice.orders.editing import ChangeSet, LineChange
from backoffice.orders.queries import facts
from backoffice.settings import actions as shop_settings
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import (
    a_product,
    allocated,
    an_open_shop,
    an_order,
    faults,
    history,
    refused,
    stock_of,
    the_order,
)

LISBON = PostalAddress(name="Ana Núñez", street="Rua Augusta 1", city="Lisboa", postcode="1100-053", country="PT")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def edit(shop, order, **change):
    with shop.work() as work:
        return editing.apply(work, order, ChangeSet(**change), version=facts.head(work.session, order).version)


def undo(shop, change):
    with shop.work() as work:
        editing.undo(work, change)


def set_quantity(shop, order, position, quantity, **more):
    line = shop.ask(facts.lines, order)[position - 1].id
    return edit(shop, order, lines=(LineChange(line, quantity=quantity, **more),))


def everything(shop, order, *products):
    found = the_order(shop, order)
    amounts = found.total, found.tax, found.shipping, found.discount, found.to_pay
    texts = found.ship_to, found.bill_to, found.notes, found.row.payment, found.row.dispatch
    return amounts, texts, found.lines, [stock_of(shop, product) for product in products]


def test_an_edit_is_undone_once_the_newest_first(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, price=1000, on_hand=3), 1))
    first, second = set_quantity(shop, order, 1, 2), set_quantity(shop, order, 1, 3)
    with refused("orders.not-newest", number="00001"):
        undo(shop, first)
    undo(shop, second)
    with refused("orders.undone-already"):
        undo(shop, second)
    undo(shop, first)
    assert str(the_order(shop, order).total) == "10.00"
    assert [verb for verb, _ in history(shop, order)][-2:] == ["order.edit-undone"] * 2


def test_an_undo_keeps_notes_written_since(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    change = edit(shop, order, notes="from the edit", discount=0)
    with shop.work() as work:
        actions.note(work, order, "written since")
    undo(shop, change)
    assert the_order(shop, order).notes == "written since"


def test_an_undo_is_refused_where_the_order_was_changed_otherwise(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    change = set_quantity(shop, order, 1, 2)
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE orders SET ship_name = '', ship_street = ''")
    with refused("orders.not-newest"):
        undo(shop, change)


@pytest.mark.parametrize("shipped", [False, True])
def test_an_undo_is_refused_once_something_is_packed_or_gone(shop, shipped):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 1))
    change = set_quantity(shop, order, 1, 2)
    with shop.work() as work:
        parcel = packing.pack(work, order)
        if shipped:
            parcels.ship(work, parcel)
    with refused("orders.shipped" if shipped else "orders.packed"):
        undo(shop, change)


@pytest.mark.parametrize("parcel", ["none", "being packed", "taken back"])
def test_an_added_line_goes_away_with_the_undo_whatever_parcel_it_was_in(shop, parcel):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=5), a_product(work, on_hand=5)
        order = an_order(work, (cup, 1))
    before = everything(shop, order, cup, jug)
    change = edit(shop, order, add=(LineDraft(quantity=2, product_id=jug),))
    with shop.work() as work:
        if parcel == "being packed":
            packing.start(work, [order])
        elif parcel == "taken back":
            parcels.void(work, packing.pack(work, order))
    undo(shop, change)
    assert everything(shop, order, cup, jug) == before
    assert faults(shop) == []


def test_an_edit_of_a_held_order_is_undone_with_its_stock(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 4))
        actions.hold(work, order, reason="wait")
    change = set_quantity(shop, order, 1, 1)
    assert allocated(shop, order) == [1]
    undo(shop, change)
    assert allocated(shop, order) == [4]


wished = st.tuples(st.integers(0, 12), st.none() | st.integers(0, 5000), st.none() | st.integers(0, 900))
added = st.builds(
    lambda at, n, price: (at, n, price), st.integers(0, 2), st.integers(1, 5), st.none() | st.integers(0, 5000)
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    bought=st.lists(st.integers(1, 9), min_size=1, max_size=3),
    wishes=st.lists(wished, max_size=3),
    add=st.lists(added, max_size=2),
    shipping=st.none() | st.integers(0, 999),
    discount=st.none() | st.integers(0, 9999),
    included=st.booleans(),
    per_document=st.booleans(),
)
def test_an_edit_undone_leaves_order_and_stock_as_they_were(
    shop, *, bought, wishes, add, shipping, discount, included, per_document
):
    with shop.work() as work:
        scope = "document" if per_document else "line"
        shop_settings.change_profile(work, default_tax_rate="0.21", rounding_scope=scope)
        cups = [a_product(work, on_hand=6, price=1234 + at, backorder=at == 2) for at in range(3)]
        lines = zip(cups, bought, strict=False)
        order = an_order(work, *lines, shipping=777, discount=333, prices_include_tax=included)
    before = everything(shop, order, *cups)
    ids = [line.id for line in shop.ask(facts.lines, order)]
    changes = tuple(LineChange(line, *wish) for line, wish in zip(ids, wishes, strict=False))
    drafts = tuple(LineDraft(quantity=n, product_id=cups[at], unit_price=price) for at, n, price in add)
    try:
        change = edit(shop, order, lines=changes, add=drafts, shipping=shipping, discount=discount)
    except Refused as error:
        assert error.code == "orders.no-lines"
    else:
        found = the_order(shop, order)
        assert sum((line.gross for line in found.lines), found.shipping) + found.rounding == found.total
        undo(shop, change)
    assert everything(shop, order, *cups) == before


def test_two_edits_that_added_lines_are_undone_one_after_the_other(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=9), a_product(work, on_hand=9)
        order = an_order(work, (cup, 1))
    before = everything(shop, order, cup, jug)
    changes = [edit(shop, order, add=(LineDraft(quantity=n, product_id=jug),)) for n in (1, 2)]
    for change in reversed(changes):
        undo(shop, change)
    assert everything(shop, order, cup, jug) == before
