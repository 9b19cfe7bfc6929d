"""What an order would come to before it is one."""

from decimal import Decimal

import pytest

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders import quoting, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.queries import lists
from backoffice.settings import actions as settings
from tests.builders import ANA, MONDAY, a_product, an_open_shop, an_order, refused, the_order

RULES = [{"countries": ["ES"], "price": "4.90"}]


def delivered(work, **more):
    values = {"code": "post", "name": "Post", "lead_days": 1, "transit_days_min": 1, "transit_days_max": 2}
    return settings.save_delivery_option(work, **(values | {"price_rules": RULES} | more))


def test_a_quote_is_what_the_order_becomes(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup, pot = a_product(work, on_hand=9), a_product(work, on_hand=9, price=2050)
            post = delivered(work)
        lines = (LineDraft(product_id=cup, quantity=3), LineDraft(product_id=pot, quantity=1, discount=50))
        draft = OrderDraft(lines=lines, ship_to=ANA, delivery_option_id=post, discount=100)
        quote = shop.ask(quoting.quote, draft, now=MONDAY)
        with shop.work() as work:
            order = writing.create(work, draft)
        made = the_order(shop, order)
        assert (quote.total, quote.tax, quote.shipping) == (made.total, made.tax, made.shipping)
        assert [*quote.lines] == [line.gross for line in made.lines]
        assert (quote.goods + quote.shipping + quote.rounding, quote.discount) == (quote.total, made.discount)
        assert quote.promised_dispatch == made.row.promised_dispatch
        assert quote.promised_delivery == made.promised_delivery


def test_a_draft_without_lines_comes_to_nothing(tmp_path):
    with an_open_shop(tmp_path) as shop:
        quote = shop.ask(quoting.quote, OrderDraft(lines=()), now=MONDAY)
        assert not quote.total and not quote.tax and quote.lines == ()


def test_the_first_delivery_that_goes_there_is_taken(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work)
            delivered(work)
            abroad = delivered(work, code="abroad", name="Abroad", price_rules=[{"countries": ["DE"], "price": "9.00"}])
        berlin = PostalAddress(country="DE")
        draft = OrderDraft(lines=(LineDraft(product_id=cup, quantity=1),), ship_to=berlin)
        quote = shop.ask(quoting.quote, draft, now=MONDAY)
        assert (quote.delivery_id, quote.shipping) == (abroad, Money(900, "EUR"))
        prices = {each.name: each.price for each in quote.deliveries}
        assert prices["Post"] is None and prices["Abroad"] == Money(900, "EUR")


def test_a_price_that_no_rule_names_is_said_to_be_unknown(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup, post = a_product(work), delivered(work)
        lines = (LineDraft(product_id=cup, quantity=1),)
        draft = OrderDraft(lines=lines, ship_to=PostalAddress(country="JP"), delivery_option_id=post)
        assert not shop.ask(quoting.quote, draft, now=MONDAY).shipping_known
        typed = OrderDraft(lines=lines, ship_to=PostalAddress(country="JP"), delivery_option_id=post, shipping=1500)
        assert shop.ask(quoting.quote, typed, now=MONDAY).shipping_known


def test_what_the_shelf_lacks_is_told_line_by_line(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5)
            an_order(work, (cup, 2))
        lines = (LineDraft(product_id=cup, quantity=2), LineDraft(product_id=cup, quantity=2))
        service = LineDraft(quantity=1, name="Engraving", unit_price=500)
        quote = shop.ask(quoting.quote, OrderDraft(lines=(*lines, service)), now=MONDAY)
        assert quote.missing == (0, 1, 0)


def test_a_quote_refuses_what_saving_would_refuse(tmp_path):
    with an_open_shop(tmp_path) as shop:
        wrong = OrderDraft(lines=(LineDraft(quantity=0, name="Engraving"),))
        with refused("orders.bad-quantity", line=1):
            shop.ask(quoting.quote, wrong, now=MONDAY)
        with refused("orders.unknown-product"):
            shop.ask(quoting.quote, OrderDraft(lines=(LineDraft(quantity=1, product_id=99),)), now=MONDAY)


def test_net_prices_get_their_tax_on_top(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            settings.change_profile(work, prices_include_tax=False, default_tax_rate=str(Decimal("0.21")))
        line = LineDraft(quantity=2, name="Engraving", unit_price=500)
        quote = shop.ask(quoting.quote, OrderDraft(lines=(line,), shipping=0), now=MONDAY)
        assert (quote.total.minor, quote.tax.minor) == (1210, 210)


def test_the_channels_are_those_that_orders_came_from(tmp_path):
    with an_open_shop(tmp_path) as shop:
        assert shop.ask(lists.channels) == []
        with shop.work() as work:
            cup = a_product(work)
            line = OrderDraft(lines=(LineDraft(product_id=cup, quantity=1),))
            for channel in ("web", "fair", "web", ""):
                writing.create(work, line, channel=channel)
        assert shop.ask(lists.channels) == ["fair", "manual", "web"]


@pytest.mark.parametrize(("limit", "missing"), [(None, (0, 0)), (2, (0, 1)), (0, (1, 2))])
def test_a_backorder_lacks_only_what_may_not_be_promised(tmp_path, limit, missing):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=3, backorder=True, backorder_limit=limit)
        lines = (LineDraft(quantity=4, product_id=cup), LineDraft(quantity=2, product_id=cup))
        found = shop.ask(quoting.quote, OrderDraft(lines=lines), now=MONDAY)
        assert found.missing == missing
