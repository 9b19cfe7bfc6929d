"""From order to parcel on the command line."""

from datetime import date

from backoffice.orders import actions, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.queries import facts
from backoffice.settings import actions as settings
from tests.builders import a_product, a_shop, an_order


def a_shop_with_an_order(folder, *, on_hand=5):
    with a_shop(folder) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work, on_hand=on_hand, sku="CUP", bin="A-1"), 2))
        return shop.path, shop.ask(facts.head, order).number


def test_pick_pack_ship_and_see_it_in_the_order(run, tmp_path):
    shop, number = a_shop_with_an_order(tmp_path)
    picked = run("pick", shop, number, "--json").answer["rows"]
    assert [(row["bin"], row["sku"], row["quantity"]) for row in picked] == [("A-1", "CUP", 2)]
    packed = run("pack", shop, number, "--json")
    assert packed.code == 0
    assert packed.answer["orders"][0]["shipments"][0]["state"] == "packed"
    assert run("ship", shop, number, "--tracking", "TRK1").code == 0
    order = run("orders", shop, "--number", number, "--json").answer
    assert (order["dispatch"], order["shipments"][0]["tracking"]) == ("shipped", "TRK1")
    assert order["lines"][0]["shipped"] == 2
    assert order["timeline"][0]["verb"] == "shipment.shipped"
    stock = run("stock", shop, "--sku", "CUP", "--json").answer
    assert (stock["on_hand"], stock["committed"], stock["available"]) == (3, 0, 3)


def test_nothing_is_shipped_twice(run, tmp_path):
    shop, number = a_shop_with_an_order(tmp_path)
    run("pack", shop, number)
    assert run("ship", shop, number).code == 0
    again = run("ship", shop, number, "--json")
    assert again.code == 1
    assert again.answer["orders"][0]["reason"]
    assert run("stock", shop, "--sku", "CUP", "--json").answer["on_hand"] == 3


def test_an_unknown_order_does_not_hold_up_the_others(run, tmp_path):
    shop, number = a_shop_with_an_order(tmp_path)
    said = run("pack", shop, "99999", number, "--json")
    assert said.code == 1
    assert [order["done"] for order in said.answer["orders"]] == [False, True]


def test_amounts_are_decimal_text_and_moments_are_utc(run, tmp_path):
    shop, _number = a_shop_with_an_order(tmp_path)
    listed = run("orders", shop, "--json").answer
    assert (listed["total"], listed["next"]) == (1, None)
    assert listed["rows"][0]["total"] == "24.20"
    assert listed["rows"][0]["placed_at"] == "2026-03-02T09:00:00Z"


def test_a_list_goes_on_behind_its_cursor(run, tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        cup = a_product(work, on_hand=9)
        for _ in range(3):
            an_order(work, (cup, 1))
    first = run("orders", shop.path, "--limit", 2, "--json").answer
    rest = run("orders", shop.path, "--limit", 2, "--after", first["next"], "--json").answer
    assert len(first["rows"]) == 2
    assert len(rest["rows"]) == 1
    assert run("orders", shop.path, "--after", "nonsense").code == 1


def test_a_hold_ends_by_itself_when_its_day_has_come(run, tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            order = an_order(work, (a_product(work, on_hand=1), 1))
            actions.hold(work, order, reason="address", until=date(2026, 3, 4))
        number = shop.ask(facts.head, order).number
    assert run("orders", shop.path, "--number", number, "--json").answer["status"] == "open"


def test_an_orders_lines_delivery_and_rounding_make_its_total(run, tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        settings.change_profile(work, rounding_scope="document")
        pin = LineDraft(quantity=1, name="Pin", amount=8, rates=(("", "0.20"),))
        writing.create(work, OrderDraft(lines=(pin,) * 3, shipping=0, prices_include_tax=False))
    order = run("orders", shop.path, "--number", "00001", "--json").answer
    assert [line["gross"] for line in order["lines"]] == ["0.10"] * 3
    assert (order["rounding"], order["tax_rounding"], order["total"]) == ("-0.01", "-0.01", "0.29")


def test_an_order_with_nothing_to_pick_says_why_and_holds_up_no_other(run, tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        cup = a_product(work, on_hand=2)
        for _ in range(3):
            an_order(work, (cup, 2))
        actions.hold(work, 2, reason="wait")
    said = run("pick", shop.path, "00001", "00002", "00003", "--json")
    assert (said.code, [row["order_number"] for row in said.answer["rows"]]) == (1, ["00001"])
    assert [(one["number"], one["code"]) for one in said.answer["refused"]] == [
        ("00002", "shipping.not-open"),
        ("00003", "shipping.nothing-to-pack"),
    ]
    assert "00002" in run("pick", shop.path, "00002").err
