"""Orders in the shop's words: confirm, hold, cancel and take it back, close, reorder, note, tag."""

from datetime import date, timedelta

import pytest

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers import queries as people
from backoffice.inventory import actions as products
from backoffice.inventory.drafts import ProductDraft
from backoffice.orders import actions, editing, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.queries import facts
from backoffice.shipping import actions as parcels
from backoffice.shipping import packing
from tests.builders import (
    ANA,
    a_customer,
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

WEDNESDAY = date(2026, 3, 4)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def act(shop, verb, *args, **kwargs):
    with shop.work() as work:
        return verb(work, *args, **kwargs)


def status(shop, order):
    return the_order(shop, order).row.status


def a_shipped_order(work, cup, units=1):
    order = an_order(work, (cup, units))
    parcels.ship(work, packing.pack(work, order))
    return order


def test_a_draft_is_confirmed_once_served_and_counted(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=2), a_customer(work)
        order = an_order(work, (cup, 3), customer_id=ana, as_draft=True)
    missing = act(shop, actions.confirm, order)
    assert [(gap.product_id, gap.units, gap.backorder) for gap in missing] == [(cup, 1, False)]
    assert (status(shop, order), stock_of(shop, cup)) == ("open", (2, 2, 0))
    assert shop.ask(people.page).rows[0].order_count == 1
    with refused("orders.not-draft", number="00001"):
        act(shop, actions.confirm, order)


def test_a_draft_confirmed_late_promises_days_that_can_still_be_kept(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2), 1), as_draft=True)
    shop.clock.advance(timedelta(days=28))
    act(shop, actions.confirm, order)
    found = the_order(shop, order)
    assert (found.row.promised_dispatch, found.promised_delivery) == (date(2026, 3, 31), date(2026, 4, 6))


def test_a_draft_confirmed_late_keeps_the_day_a_marketplace_named(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1), as_draft=True, promised_dispatch=WEDNESDAY)
    shop.clock.advance(timedelta(days=28))
    act(shop, actions.confirm, order)
    assert the_order(shop, order).row.promised_dispatch == WEDNESDAY


def test_a_customers_last_order_is_the_last_that_still_counts(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        an_order(work, (cup, 1), customer_id=ana)
    first = shop.clock.now()
    shop.clock.advance(timedelta(days=3))
    with shop.work() as work:
        later = an_order(work, (cup, 1), customer_id=ana)
    act(shop, actions.cancel, later, reason="changed her mind")
    assert shop.ask(people.page).rows[0].last_order_at == first
    assert faults(shop) == []
    act(shop, actions.uncancel, later)
    assert shop.ask(people.page).rows[0].last_order_at == shop.clock.now()


def test_a_confirmed_order_is_a_draft_again_without_a_trace_on_the_shelf(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=2), a_customer(work)
        order = an_order(work, (cup, 2), customer_id=ana, as_draft=True)
    act(shop, actions.confirm, order)
    act(shop, actions.unconfirm, order)
    assert (status(shop, order), stock_of(shop, cup)) == ("draft", (2, 0, 2))
    assert shop.ask(people.page).rows[0].order_count == 0
    assert [verb for verb, _ in history(shop, order)][-1] == "order.unconfirmed"
    with refused("orders.not-open", number="00001"):
        act(shop, actions.unconfirm, order)
    assert (act(shop, actions.confirm, order), faults(shop)) == ([], [])


def test_what_is_packed_or_gone_is_no_draft_any_more(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        gone, packed = a_shipped_order(work, cup), an_order(work, (cup, 1))
        packing.pack(work, packed)
    with refused("orders.all-shipped", number="00001"):
        act(shop, actions.unconfirm, gone)
    with refused("orders.packed", number="00002"):
        act(shop, actions.unconfirm, packed)


def test_a_held_order_keeps_its_stock_and_goes_on_by_itself_at_its_date(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 2))
        actions.hold(work, order, reason=" address to be checked ", until=WEDNESDAY)
    assert (status(shop, order), stock_of(shop, cup)) == ("on_hold", (5, 2, 3))
    assert act(shop, actions.release_due_holds) == 0
    shop.clock.advance(timedelta(days=2))
    assert act(shop, actions.release_due_holds) == 1
    found = the_order(shop, order)
    assert (found.row.status, found.holds[0].reason) == ("open", "address to be checked")
    assert found.holds[0].released_at == shop.clock.now()
    assert [verb for verb, _ in history(shop, order)] == ["order.placed", "order.held", "order.released"]


def test_a_hold_without_a_date_waits_for_somebody(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 2))
        actions.hold(work, order, reason="fraud check")
    shop.clock.advance(timedelta(days=400))
    assert act(shop, actions.release_due_holds) == 0
    act(shop, actions.release_hold, order)
    with refused("orders.not-held"):
        act(shop, actions.release_hold, order)


def test_a_hold_needs_a_reason_a_future_day_and_an_open_order(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    with refused("orders.no-reason"):
        act(shop, actions.hold, order, reason="  ")
    with refused("orders.past-date", day=date(2026, 3, 2)):
        act(shop, actions.hold, order, reason="wait", until=date(2026, 3, 2))
    act(shop, actions.hold, order, reason="wait")
    with refused("orders.not-open"):
        act(shop, actions.hold, order, reason="wait longer")


def test_a_released_order_takes_the_stock_that_came_in_meanwhile(shop):
    with shop.work() as work:
        cup = a_product(work)
        order = an_order(work, (cup, 2))
        actions.hold(work, order, reason="wait")
    act(shop, products.adjust, cup, 5, reason="delivery")
    assert allocated(shop, order) == [0]
    act(shop, actions.release_hold, order)
    assert allocated(shop, order) == [2]


def test_cancelling_gives_the_stock_back_and_says_what_is_owed(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=5, price=1000), a_customer(work)
        order = an_order(work, (cup, 2), customer_id=ana)
        pay(work, order, 2000)
    assert act(shop, actions.cancel, order, reason="changed her mind") == Money(2000, "EUR")
    found = the_order(shop, order)
    assert (found.row.status, found.cancel_reason, found.to_pay) == (
        "cancelled",
        "changed her mind",
        Money(-2000, "EUR"),
    )
    assert stock_of(shop, cup) == (5, 0, 5)
    assert shop.ask(people.page).rows[0].order_count == 0
    with refused("orders.cancelled-already"):
        act(shop, actions.cancel, order, reason="again")


def test_cancelling_needs_a_reason_and_nothing_packed_or_gone(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        packed = an_order(work, (cup, 2))
        parcel = packing.pack(work, packed)
    with refused("orders.no-reason"):
        act(shop, actions.cancel, packed, reason="")
    with refused("orders.packed", number="00001"):
        act(shop, actions.cancel, packed, reason="too late")
    act(shop, parcels.ship, parcel)
    with refused("orders.all-shipped", number="00001"):
        act(shop, actions.cancel, packed, reason="too late")


def test_an_order_of_which_a_part_has_left_is_cancelled_by_taking_off_the_rest(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=9), 2))
        (line,) = line_ids(work, order)
        parcels.ship(work, packing.pack(work, order, only={line: 1}))
    with refused("orders.shipped", number="00001"):
        act(shop, actions.cancel, order, reason="too late")
    with shop.work() as work:
        rest = editing.ChangeSet(lines=(editing.LineChange(line, quantity=1),))
        editing.apply(work, order, rest, version=facts.head(work.session, order).version)
    assert the_order(shop, order).row.dispatch == "shipped"


def everything(shop, order, *cups):
    found = the_order(shop, order)
    states = found.row.status, found.row.payment, found.row.dispatch, found.total, found.to_pay, found.cancel_reason
    return states, found.lines, [hold.released_at for hold in found.holds], [stock_of(shop, cup) for cup in cups]


@pytest.mark.parametrize("before", ["open", "held", "draft"])
def test_a_cancellation_taken_back_leaves_everything_as_it_was(shop, before):
    with shop.work() as work:
        cup, jug = a_product(work, on_hand=5), a_product(work, on_hand=1)
        ana = a_customer(work)
        order = an_order(work, (cup, 2), (jug, 3), customer_id=ana, as_draft=before == "draft")
        if before == "held":
            actions.hold(work, order, reason="wait", until=WEDNESDAY)
    was, count = everything(shop, order, cup, jug), shop.ask(people.page).rows[0].order_count
    act(shop, actions.cancel, order, reason="a mistake")
    assert everything(shop, order, cup, jug) != was
    act(shop, actions.uncancel, order)
    assert everything(shop, order, cup, jug) == was
    assert shop.ask(people.page).rows[0].order_count == count
    assert faults(shop) == []


def test_only_a_cancelled_order_is_taken_back_and_only_once(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work), 1))
    with refused("orders.not-cancelled"):
        act(shop, actions.uncancel, order)


def test_stock_that_went_elsewhere_meanwhile_is_missing_when_a_cancellation_is_taken_back(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=2)
        first, second = an_order(work, (cup, 2)), an_order(work, (cup, 2))
    act(shop, actions.cancel, first, reason="a mistake")
    assert allocated(shop, second) == [2]
    assert [gap.units for gap in act(shop, actions.uncancel, first)] == [2]


def test_a_dispatched_order_is_closed_and_opened_again(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order, waiting = a_shipped_order(work, cup), an_order(work, (cup, 1))
    with refused("orders.not-shipped"):
        act(shop, actions.close, waiting)
    act(shop, actions.close, order)
    assert status(shop, order) == "closed"
    with refused("orders.not-open"):
        act(shop, actions.close, order)
    act(shop, actions.reopen, order)
    assert status(shop, order) == "open"
    with refused("orders.not-closed"):
        act(shop, actions.reopen, order)


def test_an_order_of_which_nothing_travels_can_be_closed_at_once(shop):
    with shop.work() as work:
        voucher = LineDraft(quantity=1, name="Voucher", unit_price=5000, requires_shipping=False)
        order = writing.create(work, OrderDraft(lines=(voucher,)))
        actions.close(work, order)
    assert status(shop, order) == "closed" and faults(shop) == []


def test_a_reorder_takes_todays_prices_and_waits_as_a_draft(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9, price=1000), a_customer(work)
        order = an_order(work, (cup, 2), customer_id=ana, email="ana@example.com", phone="600")
        products.change(work, cup, ProductDraft(sku="CUP", name="Cup", price=1200), version=1)
        again = actions.reorder(work, order)
    found = the_order(shop, again)
    assert (found.row.status, str(found.total), found.row.customer_id) == ("draft", "24.00", ana)
    assert (found.ship_to, found.email, found.phone) == (ANA, "ana@example.com", "600")
    assert history(shop, again)[-1] == ("order.reordered", {"number": "00001"})
    assert act(shop, actions.confirm, again) == []


def test_a_reorder_keeps_what_lines_without_a_product_cost(shop):
    engraving = LineDraft(quantity=10, name="Engraving", amount=17925, unit_price=1793, rates=(("IVA", "0.21"),))
    with shop.work() as work:
        order = writing.create(work, OrderDraft(lines=(engraving,)))
        again = actions.reorder(work, order)
    assert the_order(shop, again).total == the_order(shop, order).total
    assert the_order(shop, again).tax == the_order(shop, order).tax


def test_a_reorder_of_another_currency_is_at_todays_prices_in_the_shops(shop):
    with shop.work() as work:
        cup = a_product(work, price=1000)
        lines = (
            LineDraft(quantity=1, product_id=cup, unit_price=5),
            LineDraft(quantity=1, name="Card", unit_price=900),
        )
        again = actions.reorder(work, writing.create(work, OrderDraft(lines=lines, currency="JPY")))
    assert [str(line.gross) for line in the_order(shop, again).lines] == ["10.00", "0.00"]


def test_a_reorder_leaves_out_what_an_edit_took_away(shop):
    with shop.work() as work:
        cup, jug = a_product(work), a_product(work)
        order = an_order(work, (cup, 1), (jug, 1))
        gone = editing.LineChange(line_ids(work, order)[0], quantity=0)
        editing.apply(work, order, editing.ChangeSet(lines=(gone,)), version=1)
        again = actions.reorder(work, order)
    assert [line.product_id for line in the_order(shop, again).lines] == [jug]


def test_notes_and_tags_are_kept_tidy_and_told(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=1), 1), ship_to=PostalAddress())
        actions.note(work, order, "ring twice")
        actions.tag(work, order, [" gift", "gift", "", "B2B", " "])
    found = the_order(shop, order)
    assert (found.notes, found.tags) == ("ring twice", ["B2B", "gift"])
    assert [verb for verb, _ in history(shop, order)][-2:] == ["order.noted", "order.tagged"]


@pytest.mark.parametrize(
    "verb", [actions.confirm, actions.release_hold, actions.uncancel, actions.close, actions.reopen, actions.reorder]
)
def test_an_order_that_is_not_there_is_unknown(shop, verb):
    with refused("orders.unknown"):
        act(shop, verb, 99)
