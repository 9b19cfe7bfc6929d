"""The day's work at the window: the ship-by queue, chosen, picked and packed."""

from datetime import timedelta

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.orders.queries import facts
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels
from tests.builders import a_customer, a_product, an_order, stock_of
from tests.kit.accessible import assert_all_named
from tests.shipping.hands import a_paid_order, cells, choose, orders, place_of, press, show, tabs, words_of
from ui.kit.table import TableView

HOSTILE = "<b>Ana</b> \u202egnp.exe " + "W" * 5000


def states(shop, order_id):
    return [parcel.state for parcel in shop.ask(parcels.of_order, order_id)]


def numbers_of(shop, ids):
    return [shop.ask(facts.head, order_id).number for order_id in ids]


def test_late_orders_come_first_and_say_how_late(shop, screen):
    orders(shop, 1)
    shop.clock.advance(timedelta(days=10))
    with shop.work() as work:
        a_paid_order(work, (a_product(work, on_hand=1), 1))
    show(screen)
    late, soon = cells(screen.queue, "due")
    assert late.endswith("days late")
    assert soon.startswith("in ")
    assert tabs(screen)[:2] == ["To dispatch  2", "Late  1"]


def test_each_row_says_how_much_is_ready_and_what_is_missing(shop, screen):
    with shop.work() as work:
        a_paid_order(work, (a_product(work, on_hand=3), 2))
        an_order(work, (a_product(work, on_hand=1, backorder=True), 3))
    show(screen)
    assert cells(screen.queue, "ready") == ["2 of 2", "1 of 3"]
    assert cells(screen.queue, "state") == ["Ready", "Stock · Payment"]


def test_why_something_is_missing_is_told_at_the_cursor_and_in_the_pane(shop, screen):
    with shop.work() as work:
        an_order(work, (a_product(work, on_hand=1, name="Mug", backorder=True), 3))
    show(screen)
    why = screen.queue.why(place_of(screen.queue, 0))
    assert why.splitlines() == ["Mug: 2 of 3 are not on the shelf.", "€36.30 are still to be paid."]
    assert "Mug: 2 of 3 are not on the shelf." in words_of(screen.queue.pane)


def test_nothing_is_told_of_an_order_that_is_ready(shop, screen):
    orders(shop, 1)
    show(screen)
    assert screen.queue.why(place_of(screen.queue, 0)) == ""


def test_one_click_chooses_all_that_are_ready_and_one_packs_them(shop, app, screen):
    ready = orders(shop, 3)
    with shop.work() as work:
        waits = an_order(work, (a_product(work, on_hand=1), 1))
    show(screen)
    press(screen.queue, "All that are ready")
    assert sorted(screen.queue.table.selected_ids()) == sorted(ready)
    press(screen.queue, "Pack")
    assert [states(shop, each) for each in ready] == [[ShipmentState.PACKED]] * 3
    assert states(shop, waits) == []
    assert app.notices.toasts == ["3 parcels packed"]


def test_all_that_are_ready_are_found_pages_down(shop, screen):
    ready = orders(shop, 130, on_hand=130)
    show(screen)
    screen.queue.choose_ready()
    assert screen.queue.table.selected_count() == len(ready)


def test_what_was_packed_is_chosen_under_packed_for_its_labels(shop, screen):
    orders(shop, 3)
    show(screen)
    screen.queue.choose_ready()
    press(screen.queue, "Pack")
    assert screen.parcels.tabs.key == "packed"
    assert screen.parcels.isVisible()
    assert screen.parcels.table.selected_count() == 3


def test_undo_of_packing_leaves_stock_and_orders_as_before(shop, app, screen):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        made = [a_paid_order(work, (cup, 2)), a_paid_order(work, (cup, 1))]
    before = stock_of(shop, cup)
    show(screen)
    screen.acts.pack(made)
    assert app.notices.undo_last()
    assert stock_of(shop, cup) == before
    assert [states(shop, each) for each in made] == [[ShipmentState.VOID]] * 2


def test_an_order_with_something_missing_is_left_and_listed_with_why(shop, app, screen):
    (ready,) = orders(shop, 1)
    with shop.work() as work:
        unpaid = an_order(work, (a_product(work, on_hand=1), 1))
    show(screen)
    screen.acts.pack([ready, unpaid])
    assert states(shop, unpaid) == []
    assert app.notices.toasts == ["1 parcel packed. 1 order was not packed"]
    (refusal,) = screen.refusals.shown
    assert refusal.sentence == "€12.10 are still to be paid."
    press(screen.refusals, refusal.number)
    assert screen.pane.record == ("order", unpaid)
    assert screen.escape()
    assert not screen.refusals.isVisible()


def test_the_way_of_one_order_is_its_one_filled_button(shop, screen):
    (order,) = orders(shop, 1)
    show(screen)
    assert screen.queue.pane.page.step.title == "Pack"
    screen.confirm()
    assert states(shop, order) == [ShipmentState.PACKED]
    assert screen.parcels.pane.page.step.title == "Print label"
    screen.show_record(("order", order))
    assert screen.queue.pane.page.step.title == "Print label"


def test_what_is_missing_is_the_next_step_and_packing_anyway_stands_beside_it(shop, app, screen):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=5), 1))
    opened = []
    app.opening.connect(lambda feature, record: opened.append((feature, record)))
    show(screen)
    assert screen.queue.pane.page.step.title == "See the payment"
    screen.confirm()
    assert opened == [("orders", order)]
    press(screen.queue.pane, "Pack anyway")
    assert states(shop, order) == [ShipmentState.PACKED]


def test_missing_stock_leads_to_the_product(shop, app, screen):
    with shop.work() as work:
        mug = a_product(work, on_hand=1, backorder=True)
        order = a_paid_order(work, (mug, 3))
    opened = []
    app.opening.connect(lambda feature, record: opened.append((feature, record)))
    show(screen)
    screen.confirm()
    assert opened == [("products", mug)]
    press(screen.queue.pane, "Pack 1 of 3")
    assert states(shop, order) == [ShipmentState.PACKED]


def two_of_one_customer(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        customer = a_customer(work)
        first, second = (a_paid_order(work, (cup, 1), customer_id=customer) for _turn in range(2))
    return first, second


def test_orders_of_one_customer_to_one_address_are_proposed_for_one_parcel(shop, screen):
    first, second = two_of_one_customer(shop)
    show(screen)
    screen.queue.look_for_pairs()
    assert "2 orders of Ana Núñez go to one address" in words_of(screen.queue.strip)
    press(screen.queue.strip, "Pack together")
    assert shop.ask(parcels.of_order, first)[0].orders == sorted((first, second))


def test_a_proposal_put_aside_does_not_come_again(shop, screen):
    two_of_one_customer(shop)
    show(screen)
    screen.queue.look_for_pairs()
    press(screen.queue.strip, "Not now")
    screen.queue.look_for_pairs()
    assert not screen.queue.strip.isVisible()


def test_the_pane_proposes_it_too(shop, screen):
    first, second = two_of_one_customer(shop)
    show(screen)
    press(screen.queue.pane, "Pack together")
    assert shop.ask(parcels.of_order, second)[0].orders == sorted((first, second))


def test_a_pick_list_is_made_and_shown(shop, screen):
    orders(shop, 2)
    show(screen)
    screen.queue.choose_ready()
    press(screen.queue, "Print pick list")
    assert screen.printing.dialog.windowTitle() == "Pick list"
    assert len(screen.printing.dialog.pages.sizes) == 1


def test_a_pick_list_names_the_orders_it_could_not_take(shop, screen):
    (order,) = orders(shop, 1)
    with shop.work() as work:
        short = a_paid_order(work, (a_product(work, backorder=True), 1))
    show(screen)
    screen.printing.pick_list([order, short])
    assert [each.number for each in screen.refusals.shown] == numbers_of(shop, [short])


def test_a_pick_list_of_nothing_says_so(shop, app, screen):
    with shop.work() as work:
        short = a_paid_order(work, (a_product(work, backorder=True), 1))
    show(screen)
    screen.printing.pick_list([short])
    assert "Nothing is to be fetched" in app.notices.toasts[0]


def test_an_empty_queue_says_what_would_be_here(shop, screen):
    show(screen)
    assert "No order waits to leave" in words_of(screen.queue)
    screen.show_view("late")
    assert "Nothing is late." in words_of(screen.queue)


def test_an_empty_list_of_packed_parcels_leads_to_the_queue(shop, screen):
    show(screen)
    screen.show_view("packed")
    press(screen.parcels, "See what is to be dispatched")
    assert screen.queue.isVisible()
    assert screen.queue.tabs.key == "ship-by"


def test_the_list_is_saved_as_a_file_a_spreadsheet_may_open(shop, app, screen, tmp_path):
    with shop.work() as work:
        a_paid_order(
            work, (a_product(work, on_hand=1), 1), ship_to=PostalAddress("=1+1", "", "St 1", "Madrid", "28013")
        )
    show(screen)
    screen.queue.export(str(tmp_path / "list.csv"), screen.queue.listing)
    written = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert written[0].startswith("Number,Leave by,Customer")
    assert "'=1+1" in written[1]
    assert app.notices.toasts == ["1 row saved"]


def test_a_hostile_name_stays_plain_and_the_pane_calm(shop, screen):
    with shop.work() as work:
        address = PostalAddress(HOSTILE[:5000], "", "St 1\nSt 2", "Madrid", "28013", "Madrid", "ES")
        an_order(work, (a_product(work, on_hand=1), 1), ship_to=address, notes=HOSTILE)
    show(screen)
    told = words_of(screen.queue.pane)
    assert "<b>Ana</b>" in told
    assert "\u202e" not in told
    assert screen.queue.pane.width() < 600


def test_every_control_has_a_name(shop, screen):
    orders(shop, 2)
    show(screen)
    assert_all_named(screen)
    screen.show_view("packed")
    assert_all_named(screen)


def test_a_search_narrows_the_queue(shop, screen):
    made = orders(shop, 3)
    show(screen)
    screen.focus_filter()
    screen.queue.filter_row.set_values([("text", numbers_of(shop, made[1:2])[0])])
    assert [row.id for row in screen.queue.table.selected()] == [made[1]]
    assert screen.escape()
    assert screen.queue.model.rowCount() == 3


def test_the_tabs_of_both_lists_are_one_row(shop, screen):
    orders(shop, 1)
    show(screen)
    screen.queue.tabs.choose("packed")
    assert screen.parcels.isVisible()
    screen.parcels.tabs.choose("late")
    assert screen.queue.isVisible()
    assert screen.queue.tabs.key == "late"


def test_back_finds_the_order_or_parcel_again(shop, screen):
    (order,) = orders(shop, 1)
    show(screen)
    assert screen.pane.record == ("order", order)
    screen.acts.pack([order])
    parcel = shop.ask(parcels.of_order, order)[0].id
    assert screen.pane.record == parcel
    screen.show_record(("order", order))
    assert screen.queue.pane.record == order


@pytest.mark.parametrize("key", ["queue", "parcels"])
def test_a_list_is_a_table_with_a_name(screen, key):
    assert isinstance(getattr(screen, key).table, TableView)
    assert getattr(screen, key).table.accessibleName() == "Dispatch"


def test_the_three_dots_of_an_order_open_it(shop, app, screen):
    (order,) = orders(shop, 1)
    opened = []
    app.opening.connect(lambda feature, record: opened.append((feature, record)))
    show(screen)
    choose(screen.queue.pane, "Open the order")
    assert opened == [("orders", order)]


def test_a_filter_saved_as_a_view_is_a_tab_with_its_count_in_both_lists(shop, app, screen):
    made = orders(shop, 3)
    show(screen)
    with shop.work() as work:
        number = facts.head(work.session, made[1]).number
    screen.queue.filter_row.set_values([("text", number)])
    screen.queue.saved.asking = lambda: "Ana's"
    screen.queue.saved.press()
    assert screen.queue.tabs.key == "saved:Ana's"
    assert tabs(screen)[-1] == "Ana's  1"
    screen.show_view("packed")
    assert tabs(screen)[-1] == "Ana's  1"
    screen.parcels.tabs.choose("saved:Ana's")
    assert screen.queue.isVisible()
    assert [row.id for row in (screen.queue.model.row(0),)] == [made[1]]
    screen.queue.saved.press()
    assert "Ana's" not in tabs(screen)[-1]
    screen.show_view("packed")
    assert "Ana's" not in tabs(screen)[-1]
