"""A re-exported order: what changed in its lines is shown and applied where nobody worked on it, and taken back."""

from backoffice.channels.importing.undo import undo
from backoffice.channels.model import BatchState
from backoffice.channels.queries import batch as batch_of
from backoffice.orders import actions, editing
from backoffice.orders.model import OrderStatus, PaymentStatus
from backoffice.orders.queries import facts, whole
from backoffice.shipping import packing
from tests.builders import a_product, an_open_shop, pay, the_order
from tests.channels.files import HEADER, an_item, an_order, saved, text_of
from tests.channels.importing import a_file, counts, everything, faults, look, stock_numbers, take

FIRST = [an_order("#1", Subtotal="30.00", Total="34.90"), an_item("#1", Lineitem_sku="JUG", Lineitem_quantity="1")]
AGAIN = [
    an_order("#1", Lineitem_quantity="3", Lineitem_price="9.00", Subtotal="47.00", Total="51.90"),
    an_item("#1", Lineitem_sku="BOWL", Lineitem_name="Bowl", Lineitem_price="20.00", Lineitem_quantity="1"),
]


def told(outcome):
    """Field, article, old, new and whether it stays, of each difference but the totals'."""
    ((_name, changes),) = outcome.tally.changes
    left = ("evidence", "total", "paid")
    return [(one.field, one.subject, str(one.old), str(one.new), one.kept) for one in changes if one.field not in left]


def a_stocked_shop(shop):
    with shop.work() as work:
        for sku in ("CUP-1", "JUG", "BOWL"):
            a_product(work, on_hand=5, sku=sku)


def lines(shop):
    found = the_order(shop, shop.ask(facts.id_of, "#1"))
    return [(one.sku, one.ordered, one.allocated, str(one.gross)) for one in found.lines if one.ordered]


def test_lines_that_changed_are_shown_old_and_new_and_applied(tmp_path):
    with an_open_shop(tmp_path) as shop:
        a_stocked_shop(shop)
        take(shop, a_file(tmp_path, *FIRST))
        before, stock = everything(shop), stock_numbers(shop)
        later = a_file(tmp_path, *AGAIN, name="later.csv")
        assert told(look(shop, later)) == [
            ("line-quantity", "CUP-1", "2", "3", False),
            ("line-price", "CUP-1", "10.00", "9.00", False),
            ("line-added", "BOWL", "None", "1 × 20.00", False),
            ("line-removed", "JUG", "1 × 10.00", "None", False),
        ]
        batch = take(shop, later).batch_id
        assert lines(shop) == [("CUP-1", 3, 3, "27.00"), ("BOWL", 1, 1, "20.00")]
        assert stock_numbers(shop) == [("BOWL", 5, 1), ("CUP-1", 5, 3), ("JUG", 5, 0)]
        found = the_order(shop, shop.ask(facts.id_of, "#1"))
        assert (str(found.total), str(found.imported_total)) == ("51.90", "51.90")
        assert counts(take(shop, later)) == (0, 0, 1, 0)
        assert faults(shop) == []
        undo(shop.store, batch)
        assert lines(shop) == [("CUP-1", 2, 2, "20.00"), ("JUG", 1, 1, "10.00")]
        assert (everything(shop), stock_numbers(shop)) == (before, stock)
        assert faults(shop) == []


def test_a_discount_that_changed_is_applied(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1")))
        later = a_file(tmp_path, an_order("#1", Subtotal="15.00", Total="19.90"), name="later.csv")
        assert told(look(shop, later)) == [("discount", "", "0.00", "5.00", False)]
        take(shop, later)
        assert lines(shop) == [("CUP-1", 2, 0, "15.00")]
        assert faults(shop) == []


def test_lines_of_an_order_that_was_edited_or_packed_are_shown_and_stay(tmp_path):
    with an_open_shop(tmp_path) as shop:
        a_stocked_shop(shop)
        later = a_file(tmp_path, an_order("#1", Lineitem_quantity="3", Subtotal="30.00", Total="34.90"), name="x.csv")
        take(shop, a_file(tmp_path, an_order("#1")))
        order = shop.ask(facts.id_of, "#1")
        with shop.work() as work:
            packing.pack(work, order)
        (quantity,) = [one for one in told(look(shop, later)) if one[0] == "line-quantity"]
        assert quantity == ("line-quantity", "CUP-1", "2", "3", True)
        take(shop, later)
        assert lines(shop)[0][:2] == ("CUP-1", 2)
        assert faults(shop) == []


def test_lines_edited_by_hand_stay(tmp_path):
    with an_open_shop(tmp_path) as shop:
        a_stocked_shop(shop)
        take(shop, a_file(tmp_path, an_order("#1")))
        order = shop.ask(facts.id_of, "#1")
        with shop.work() as work:
            line = facts.lines(work.session, order)[0].id
            version = facts.head(work.session, order).version
            editing.apply(
                work, order, editing.ChangeSet(lines=(editing.LineChange(line, quantity=1),)), version=version
            )
        later = a_file(tmp_path, an_order("#1", Lineitem_quantity="3", Subtotal="30.00", Total="34.90"), name="x.csv")
        assert ("line-quantity", "CUP-1", "1", "3", True) in told(look(shop, later))
        take(shop, later)
        assert lines(shop)[0][:2] == ("CUP-1", 1)


def test_both_imports_undone_leave_nothing_although_the_second_booked_money_and_cancelled(tmp_path):
    with an_open_shop(tmp_path) as shop:
        a_stocked_shop(shop)
        before, stock = everything(shop), stock_numbers(shop)
        first = take(shop, a_file(tmp_path, an_order("#1", Financial_Status="pending"), an_order("#2"))).batch_id
        paid = take(shop, a_file(tmp_path, an_order("#1"), an_order("#2"), name="paid.csv")).batch_id
        changed = take(shop, a_file(tmp_path, *AGAIN, name="changed.csv")).batch_id
        for batch in (changed, paid, first):
            assert undo(shop.store, batch).kept == []
        assert everything(shop) == before
        assert stock_numbers(shop) == stock
        assert faults(shop) == []


def test_the_first_import_waits_for_the_later_one_and_says_so(tmp_path):
    with an_open_shop(tmp_path) as shop:
        before = everything(shop)
        first = take(shop, a_file(tmp_path, an_order("#1", Financial_Status="pending"), an_order("#2"))).batch_id
        later = take(shop, a_file(tmp_path, an_order("#1"), name="later.csv")).batch_id
        undone = undo(shop.store, first)
        assert [(why.code, why.facts) for _name, why in undone.stays] == [
            ("later-import", {"batch": later, "file": "later.csv"}),
            ("customer-in-use", {}),
            ("product-in-use", {}),
        ]
        assert everything(shop)["orders"] == 1
        assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).payment is PaymentStatus.PAID
        assert undo(shop.store, later).kept == []
        assert undo(shop.store, first).kept == []
        assert everything(shop) == before
        assert shop.ask(batch_of, first).state is BatchState.UNDONE


def test_a_changed_order_that_somebody_worked_on_since_stays_as_it_is(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Financial_Status="pending")))
        later = take(shop, a_file(tmp_path, an_order("#1", Shipping_City="Toledo"), name="later.csv")).batch_id
        order = shop.ask(facts.id_of, "#1")
        with shop.work() as work:
            actions.note(work, order, "fragile")
        undone = undo(shop.store, later)
        assert [why.code for _name, why in undone.stays] == ["worked-on"]
        found = shop.ask(whole.order, order)
        assert (found.ship_to.city, found.notes, str(found.paid)) == ("Toledo", "fragile", "24.90")
        assert faults(shop) == []


def test_money_booked_by_hand_keeps_the_order(tmp_path):
    with an_open_shop(tmp_path) as shop:
        batch = take(shop, a_file(tmp_path, an_order("#1", Financial_Status="pending"))).batch_id
        with shop.work() as work:
            pay(work, facts.id_of(work.session, "#1"), 2490)
        assert undo(shop.store, batch).stays[0][1].code == "paid-by-hand"


def test_an_order_cancelled_elsewhere_and_undone_is_open_and_served_again(tmp_path):

    with an_open_shop(tmp_path) as shop:
        a_stocked_shop(shop)
        take(shop, a_file(tmp_path, an_order("#1")))
        stock = stock_numbers(shop)

        row = [*an_order("#1"), "2026-09-23 09:00:00 +0200"]
        batch = take(shop, saved(tmp_path, text_of([row], header=(*HEADER, "Cancelled at")), "gone.csv")).batch_id
        assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status is OrderStatus.CANCELLED
        undo(shop.store, batch)
        assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status is OrderStatus.OPEN
        assert stock_numbers(shop) == stock
        assert faults(shop) == []


def test_a_product_file_and_its_correction_undone_leave_nothing(tmp_path):
    with an_open_shop(tmp_path) as shop:
        before = everything(shop)
        first = take(shop, saved(tmp_path, "SKU,Name,Price\nCUP,Cup,20.00\n", "first.csv")).batch_id
        later = take(shop, saved(tmp_path, "SKU,Name,Price\nCUP,Cup,22.00\n", "later.csv")).batch_id
        assert [undo(shop.store, batch).kept for batch in (later, first)] == [[], []]
        assert everything(shop) == before
