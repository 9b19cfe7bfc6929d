"""Products and their shelf: create, change, adjust, set aside, write off, archive."""

import pytest

from backoffice.inventory import actions, queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.model import Bucket
from tests.builders import a_product, an_open_shop, an_order, faults, journal_of, refused, stock_of

CUP = ProductDraft(sku="CUP", name="Cup", price=1210)
REASON = "found behind the shelf"


def test_a_new_product_has_its_opening_stock_in_the_ledger(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = actions.create(work, CUP, opening=5)
        assert stock_of(shop, cup) == (5, 0, 5)
        assert [(move.kind, move.quantity, move.who) for move in shop.ask(queries.moves, cup)] == [
            ("opening", 5, "Eva")
        ]
        assert [row.id for row in shop.ask(queries.suggestions, "cu")] == [cup]


def test_a_sku_is_given_once_and_spaces_around_it_do_not_count(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            actions.create(work, CUP)
        with refused("inventory.sku-taken", sku="CUP"), shop.work() as work:
            actions.create(work, ProductDraft(sku=" CUP ", name="Another"))


def test_a_product_without_a_name_is_refused(tmp_path):
    with an_open_shop(tmp_path) as shop, refused("inventory.no-name"), shop.work() as work:
        actions.create(work, ProductDraft(sku="CUP", name=""))


def test_a_change_says_what_changed_and_refuses_what_somebody_saved_in_between(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = actions.create(work, CUP)
            actions.change(work, cup, ProductDraft(sku="CUP", name="Big cup", price=1500), version=1)
        assert journal_of(shop, "product.changed") == [{"fields": ["name", "price"]}]
        assert shop.ask(queries.product_row, cup).name == "Big cup"
        with refused("inventory.changed", sku="CUP"), shop.work() as work:
            actions.change(work, cup, CUP, version=1)


def test_a_change_to_anothers_sku_is_refused(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            actions.create(work, CUP)
            jug = actions.create(work, ProductDraft(sku="JUG", name="Jug"))
        with refused("inventory.sku-taken"), shop.work() as work:
            actions.change(work, jug, ProductDraft(sku="CUP", name="Jug"), version=1)
        with refused("inventory.unknown"), shop.work() as work:
            actions.change(work, 99, CUP, version=1)


def test_an_adjustment_needs_a_reason_and_its_inverse_is_the_opposite_one(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            actions.adjust(work, cup, -2, reason="broken")
        assert stock_of(shop, cup) == (3, 0, 3)
        with shop.work() as work:
            actions.adjust(work, cup, 2, reason="not broken after all")
        assert stock_of(shop, cup) == (5, 0, 5)
        with refused("inventory.no-reason"), shop.work() as work:
            actions.adjust(work, cup, 1, reason=" ")


@pytest.mark.parametrize("by", [0, 10**30, -(10**30)])
def test_an_adjustment_by_no_number_of_units_is_refused(tmp_path, by):
    with an_open_shop(tmp_path) as shop, refused("inventory.bad-quantity"), shop.work() as work:
        actions.adjust(work, a_product(work), by, reason=REASON)


def test_no_more_than_is_there_can_be_taken_away(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=2)
        with refused("inventory.not-enough", quantity=3), shop.work() as work:
            actions.adjust(work, cup, -3, reason="gone")
        with refused("inventory.not-enough"), shop.work() as work:
            actions.adjust(work, cup, -1, reason="gone", bucket=Bucket.DAMAGED)
        with refused("inventory.bad-quantity"), shop.work() as work:
            actions.adjust(work, cup, 1, reason="gone", bucket=Bucket.CUSTOMER)
        assert stock_of(shop, cup) == (2, 0, 2)


def test_the_shelf_is_set_to_what_was_counted(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            assert actions.set_on_hand(work, cup, 3, reason="counted") == -2
            assert actions.set_on_hand(work, cup, 3, reason="counted") == 0
            assert actions.set_on_hand(work, cup, 8, reason="counted") == 5
        assert stock_of(shop, cup) == (8, 0, 8)
        with refused("inventory.bad-quantity"), shop.work() as work:
            actions.set_on_hand(work, cup, -1, reason="counted")


def test_units_set_aside_stay_in_the_house_and_are_not_for_sale(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            actions.set_aside(work, cup, 2, source=Bucket.SELLABLE, target=Bucket.QUARANTINE)
        assert stock_of(shop, cup) == (5, 0, 3)
        with shop.work() as work:
            actions.set_aside(work, cup, 1, source=Bucket.QUARANTINE, target=Bucket.SELLABLE)
            actions.set_aside(work, cup, 1, source=Bucket.QUARANTINE, target=Bucket.DAMAGED)
        row = shop.ask(queries.product_row, cup)
        assert (row.sellable, row.quarantine, row.damaged) == (4, 0, 1)


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        (Bucket.SELLABLE, Bucket.SELLABLE, "inventory.same-bucket"),
        (Bucket.SELLABLE, Bucket.LOST, "inventory.bad-quantity"),
        (Bucket.SUPPLIER, Bucket.SELLABLE, "inventory.bad-quantity"),
        (Bucket.DAMAGED, Bucket.SELLABLE, "inventory.not-enough"),
    ],
)
def test_units_move_between_two_shelves_of_the_house_only(tmp_path, source, target, code):
    with an_open_shop(tmp_path) as shop, refused(code), shop.work() as work:
        actions.set_aside(work, a_product(work, on_hand=5), 1, source=source, target=target)


def test_what_is_thrown_away_is_written_off_with_a_reason(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            actions.write_off(work, cup, 2, bucket=Bucket.SELLABLE, reason="water damage")
        assert stock_of(shop, cup) == (3, 0, 3)
        for bucket, reason, code in (
            (Bucket.SELLABLE, "", "inventory.no-reason"),
            (Bucket.SUPPLIER, REASON, "inventory.bad-quantity"),
            (Bucket.DAMAGED, REASON, "inventory.not-enough"),
        ):
            with refused(code), shop.work() as work:
                actions.write_off(work, cup, 1, bucket=bucket, reason=reason)


def test_an_archived_product_leaves_the_lists_and_comes_back(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=1)
            actions.archive(work, cup)
        assert shop.ask(queries.page).rows == []
        assert [row.id for row in shop.ask(queries.page, view="archived").rows] == [cup]
        assert shop.ask(queries.suggestions, "cup") == []
        with shop.work() as work:
            actions.unarchive(work, cup)
        assert [row.id for row in shop.ask(queries.page).rows] == [cup]


def test_a_product_that_is_promised_is_not_archived(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=1)
            an_order(work, (cup, 1))
        with refused("inventory.still-committed", quantity=1), shop.work() as work:
            actions.archive(work, cup)


def test_a_shop_with_all_of_this_is_sound(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=9)
            actions.adjust(work, cup, -1, reason="broken")
            actions.set_aside(work, cup, 2, source=Bucket.SELLABLE, target=Bucket.DAMAGED)
            actions.write_off(work, cup, 1, bucket=Bucket.DAMAGED, reason="thrown away")
            an_order(work, (cup, 4))
        assert stock_of(shop, cup) == (7, 4, 2)
        assert faults(shop) == []


def test_units_written_off_by_mistake_are_found_again_to_the_last_one(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            actions.write_off(work, cup, 2, bucket=Bucket.SELLABLE, reason="broken")
            actions.find_again(work, cup, 2, bucket=Bucket.SELLABLE, reason="typed by mistake")
        assert stock_of(shop, cup) == (5, 0, 5)
        assert shop.ask(queries.why_available, cup).moved == {"opening": 5, "write_off": 0}
        with shop.work() as work, refused("inventory.no-reason"):
            actions.find_again(work, cup, 1, bucket=Bucket.SELLABLE, reason=" ")


def test_a_refusal_names_the_field_it_is_about(tmp_path):
    with an_open_shop(tmp_path) as shop, shop.work() as work:
        a_product(work, sku="CUP")
        with refused("inventory.sku-taken", field="sku", sku="CUP"):
            actions.create(work, ProductDraft(sku="CUP", name="Cup"))
        with refused("inventory.bad-barcode", field="barcode"):
            actions.create(work, ProductDraft(sku="NEW", name="Cup", barcode="123"))


def test_a_sku_is_one_plain_line(shop):
    with shop.work() as work:
        cup = actions.create(work, ProductDraft(sku=" CUP\n1\u200b ", name="Blue\ncup"))
    row = shop.ask(queries.product_row, cup)
    assert (row.sku, row.name) == ("CUP 1", "Blue cup")
    with refused("inventory.sku-taken", sku="CUP 1"), shop.work() as work:
        actions.create(work, ProductDraft(sku="CUP 1", name="Cup"))
