"""Editing an order is a change set: previewed, applied at once, taken back without a trace."""

import pytest

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders import actions, editing, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.editing import ChangeSet, LineChange
from backoffice.orders.queries import facts
from backoffice.settings import actions as shop_settings
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from backoffice.shipping.queries import parcels as parcel_queries
from tests.builders import (
    a_product,
    allocated,
    an_open_shop,
    an_order,
    faults,
    history,
    line_ids,
    pay,
    refused,
    stock_of,
    the_order,
)

LISBON = PostalAddress(name="Ana Núñez", street="Rua Augusta 1", city="Lisboa", postcode="1100-053", country="PT")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def version(shop, order):
    return shop.ask(facts.head, order).version


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


def test_a_preview_tells_the_consequences_and_changes_nothing(shop):
    with shop.work() as work:
        cup, jug = a_product(work, sku="CUP", price=1000, on_hand=5), a_product(work, sku="JUG", price=500, on_hand=1)
        order = an_order(work, (cup, 2))
        pay(work, order, 2000)
    before, told = everything(shop, order, cup, jug), history(shop, order)
    change = ChangeSet(
        lines=(LineChange(shop.ask(facts.lines, order)[0].id, quantity=1),),
        add=(LineDraft(quantity=3, product_id=jug),),
    )
    heard = []
    shop.listen(heard.append)
    with shop.work() as work:
        found = editing.preview(work, order, change, version=version_in(work, order))
    assert (found.total_before, found.total_after, found.to_pay) == (eur(2000), eur(2500), eur(500))
    assert found.units == {"CUP": -1, "JUG": 1}
    assert [(gap.product_id, gap.units) for gap in found.missing] == [(jug, 2)]
    assert (everything(shop, order, cup, jug), history(shop, order), heard) == (before, told, [])
    edit(shop, order, lines=change.lines, add=change.add)
    assert the_order(shop, order).total == found.total_after


def eur(cents):
    return Money(cents, "EUR")


def version_in(work, order):
    return facts.head(work.session, order).version


def test_more_units_take_stock_and_fewer_give_it_to_who_waits(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, price=1000)
        order, waiting = an_order(work, (cup, 2)), an_order(work, (cup, 4))
    assert allocated(shop, waiting) == [3]
    set_quantity(shop, order, 1, 1)
    assert (allocated(shop, order), allocated(shop, waiting)) == ([1], [4])
    set_quantity(shop, order, 1, 2)
    assert (allocated(shop, order), str(the_order(shop, order).total)) == ([1], "20.00")


def test_a_line_taken_away_is_no_longer_shown_and_costs_nothing(shop):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=5, price=1000), a_product(work, on_hand=5, price=500)
        order = an_order(work, (cup, 2), (jug, 1))
    set_quantity(shop, order, 1, 0)
    found = the_order(shop, order)
    assert ([line.product_id for line in found.lines], str(found.total)) == ([jug], "5.00")
    assert stock_of(shop, cup) == (5, 0, 5)
    with refused("orders.no-lines"):
        set_quantity(shop, order, 2, 0)


def test_price_and_own_discount_of_a_line_change_its_total(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, price=1000), 2))
    set_quantity(shop, order, 1, None, unit_price=900, discount=100)
    line = the_order(shop, order).lines[0]
    assert (str(line.unit_price), str(line.discount), str(line.gross)) == ("9.00", "1.00", "17.00")


def test_a_total_that_came_from_a_file_stays_and_grows_in_proportion(shop):
    imported = LineDraft(quantity=10, name="Cup", unit_price=1793, amount=17925, rates=(("", "0.20"),))
    with shop.work() as work:
        order = writing.create(work, OrderDraft(lines=(imported, LineDraft(quantity=1, name="Card", unit_price=100))))
    edit(shop, order, shipping=500)
    assert [str(line.gross) for line in the_order(shop, order).lines] == ["179.25", "1.00"]
    set_quantity(shop, order, 1, 9)
    line = the_order(shop, order).lines[0]
    assert (str(line.gross), str(line.tax)) == ("161.33", "26.89")


def test_taxes_that_a_file_named_without_a_rate_survive_an_edit(shop):
    with shop.work() as work:
        order = writing.create(work, OrderDraft(lines=(LineDraft(quantity=1, name="Cup", unit_price=1210),)))
        work.session.connection().exec_driver_sql(
            """UPDATE order_line SET tax = 210, taxes = '[{"name": "VAT", "rate": "0", "tax": 210}]'"""
        )
        work.session.connection().exec_driver_sql("UPDATE orders SET tax = 210")
    edit(shop, order, notes="call first")
    assert str(the_order(shop, order).tax) == "2.10"
    set_quantity(shop, order, 1, 2)
    assert (str(the_order(shop, order).total), str(the_order(shop, order).tax)) == ("24.20", "4.20")


@pytest.mark.parametrize("included", [True, False])
def test_the_order_discount_is_spread_anew_and_delivery_keeps_its_tax(shop, included):
    with shop.work() as work:
        shop_settings.change_profile(work, default_tax_rate="0.055", prices_include_tax=included)
        order = an_order(work, (a_product(work, price=1000), 1), discount=100, shipping=490)
    before = the_order(shop, order)
    edit(shop, order, add=(LineDraft(quantity=1, name="Card", unit_price=1000),))
    found = the_order(shop, order)
    assert (found.shipping, found.discount) == (before.shipping, eur(100))
    assert [line.gross for line in found.lines] == [found.lines[0].gross] * 2
    edit(shop, order, shipping=4900)
    dear = the_order(shop, order)
    assert str(dear.shipping) == ("49.00" if included else "51.70")
    assert dear.tax - found.tax == eur(255 - 26 if included else 270 - 27)


def test_a_product_added_costs_what_it_does_in_the_orders_terms(shop):
    with shop.work() as work:
        shop_settings.change_profile(work, default_tax_rate="0.21")
        cup = a_product(work, price=1210)
        order = an_order(work, (cup, 1), prices_include_tax=False)
    edit(shop, order, add=(LineDraft(quantity=1, product_id=cup),))
    assert [str(line.gross) for line in the_order(shop, order).lines] == ["12.10", "12.10"]
    assert [str(line.unit_price) for line in the_order(shop, order).lines] == ["10.00", "10.00"]


def test_addresses_and_notes_change_with_the_rest(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    edit(shop, order, ship_to=LISBON, bill_to=LISBON, notes="gate code 12")
    found = the_order(shop, order)
    assert (found.ship_to, found.bill_to, found.notes) == (LISBON, LISBON, "gate code 12")


def test_what_somebody_saved_in_between_is_not_overwritten(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    seen = version(shop, order)
    edit(shop, order, notes="first")
    for verb in (editing.apply, editing.preview):
        with refused("orders.changed", number="00001"), shop.work() as work:
            verb(work, order, ChangeSet(notes="second"), version=seen)
    assert the_order(shop, order).notes == "first"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"lines": (LineChange(99, quantity=1),)}, "orders.changed"),
        ({"lines": (LineChange(1, quantity=1), LineChange(1, quantity=2))}, "orders.changed"),
        ({"lines": (LineChange(1, quantity=-1),)}, "orders.bad-quantity"),
        ({"lines": (LineChange(1, quantity=1_000_001),)}, "orders.bad-quantity"),
        ({"lines": (LineChange(1, unit_price=-1),)}, "orders.negative-amount"),
        ({"lines": (LineChange(1, unit_price=10**12, quantity=2),)}, "orders.amount-too-large"),
        ({"shipping": -1}, "orders.negative-amount"),
        ({"discount": 10**13}, "orders.amount-too-large"),
        ({"add": (LineDraft(quantity=0, name="Cup"),)}, "orders.bad-quantity"),
        ({"add": (LineDraft(quantity=1, product_id=99),)}, "orders.unknown-product"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_is_kept(shop, change, code):
    with shop.work() as work:
        cup = a_product(work, on_hand=3, price=1000)
        order = an_order(work, (cup, 2))
    before = everything(shop, order, cup)
    with refused(code):
        edit(shop, order, notes="half done", **change)
    assert everything(shop, order, cup) == before


@pytest.mark.parametrize("end", [actions.cancel, actions.close])
def test_a_finished_order_is_not_edited_and_its_edits_stay(shop, end):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 2))
    change = set_quantity(shop, order, 1, 3)
    with shop.work() as work:
        if end is actions.close:
            parcels.ship(work, packing.pack(work, order))
            actions.close(work, order)
        else:
            actions.cancel(work, order, reason="changed her mind")
    with refused("orders.not-editable"):
        edit(shop, order, notes="late")
    with refused("orders.not-editable"):
        undo(shop, change)


def test_no_fewer_than_are_packed_can_be_ordered_and_a_packed_parcel_keeps_its_address(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 4))
        packing.pack(work, order, only={line_ids(work, order)[0]: 2})
    with refused("orders.below-packed", packed=2):
        set_quantity(shop, order, 1, 1)
    with refused("orders.packed", number="00001"):
        edit(shop, order, ship_to=LISBON)
    edit(shop, order, ship_to=the_order(shop, order).ship_to, notes="same address")
    set_quantity(shop, order, 1, 2)
    assert allocated(shop, order) == [2] and faults(shop) == []


def test_a_parcel_being_packed_is_begun_anew_after_an_edit_but_not_after_a_note(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 2))
        packing.start(work, [order])
    edit(shop, order, notes="ring twice")
    assert [parcel.state for parcel in shop.ask(parcel_queries.of_order, order)] == ["picking"]
    set_quantity(shop, order, 1, 1)
    assert shop.ask(parcel_queries.of_order, order) == []
    assert ("shipment.voided", {"number": "S-0001"}) in history(shop, order)
    with shop.work() as work:
        packing.pack(work, order)
    assert faults(shop) == []


def test_editing_again_and_again_without_a_change_changes_nothing(shop):
    with shop.work() as work:
        shop_settings.change_profile(work, default_tax_rate="0.055", rounding_scope="document")
        cup = a_product(work, price=333)
        order = an_order(work, (cup, 3), (cup, 7), (cup, 1), shipping=499, discount=77)
    before = everything(shop, order)
    for _ in range(3):
        edit(shop, order)
    assert everything(shop, order) == before


def test_of_a_long_order_only_the_lines_that_change_are_written(shop):
    with shop.work() as work:
        order = an_order(work, *[(a_product(work, on_hand=5), 1) for _ in range(30)])
        line = facts.lines(work.session, order)[3].id
        written = []
        work.session.driver.set_trace_callback(written.append)
        change = ChangeSet(lines=(LineChange(line, quantity=2),))
        editing.apply(work, order, change, version=facts.head(work.session, order).version)
        work.session.driver.set_trace_callback(None)
    lines = [each for each in written if each.startswith("UPDATE order_line")]
    assert 1 <= len(lines) <= 3
