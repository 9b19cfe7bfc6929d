"""Packing slips out of the shop: the customer's language, gifts, partial and shared parcels, the money."""

import pytest
from sqlalchemy import text

from backoffice.core.postal import PostalAddress
from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.settings import actions as settings
from backoffice.shipping import actions, packing
from backoffice.shipping.printing.slips import print_slips, slip_problems, slips
from tests.builders import ANA, a_customer, a_product, an_open_shop, an_order, history, line_ids, refused
from tests.shipping.documents.reading import picture, scanned, text_of, told
from tests.shipping.parcels import CELESTIAL, parcels, remembered

JANE = PostalAddress(name="Jane Doe", street="221B Baker Street", city="London", postcode="NW1 6XE", country="GB")
HANS = PostalAddress(name="Hans Groß", street="Königstraße 5", city="München", postcode="80331", country="DE")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "slips.pdf"


def packed(shop, **more):
    """One order of two cups at 12.10, packed."""
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2, name="Stoneware cup"), 2), **more)
        return packing.pack(work, order)


def the_slip(shop, parcel, **more):
    return shop.ask(slips, [parcel], **more).contents[0]


def set_language(shop, language):
    with shop.work() as work:
        settings.change_profile(work, language=language)


def test_a_slip_shows_what_is_in_the_parcel_and_its_barcode_reads_back(shop, file):
    printed = print_slips(shop.store, [packed(shop)], file=file)
    assert [(each.kind, each.number) for each in printed.documents] == [("packing-slip", "00001")]
    assert "Stoneware cup" in text_of(file)
    assert scanned(picture(file)) == told(printed, 0)


@pytest.mark.parametrize(
    ("spoken", "address", "shops", "read"),
    [
        ("", ANA, "en", "es"),
        ("", JANE, "es", "en"),
        ("", HANS, "es", "es"),
        ("en", ANA, "es", "en"),
        ("es_MX", JANE, "en", "es"),
        ("de", HANS, "es", "es"),
    ],
)
def test_a_slip_speaks_the_customers_language_else_their_countrys_else_the_shops(shop, spoken, address, shops, read):
    set_language(shop, shops)
    with shop.work() as work:
        customer = customers.create(work, CustomerDraft(name="Somebody", language=spoken))
    assert the_slip(shop, packed(shop, ship_to=address, customer_id=customer)).language.code == read


def test_a_gift_shows_its_message_and_no_price(shop, file):
    parcel = packed(shop, gift_message="Feliz cumpleaños, Eva", ship_to=JANE)
    assert not the_slip(shop, parcel, prices=True).show_prices
    print_slips(shop.store, [parcel], file=file, prices=True)
    said = text_of(file)
    assert "Feliz cumpleaños, Eva" in said
    assert "€" not in said


def test_prices_follow_the_settings_unless_asked_otherwise(shop):
    parcel = packed(shop)
    assert the_slip(shop, parcel).show_prices
    assert not the_slip(shop, parcel, prices=False).show_prices
    with shop.work() as work:
        settings.change_profile(work, slip_shows_prices=False)
    assert not the_slip(shop, parcel).show_prices
    assert the_slip(shop, parcel, prices=True).show_prices


@pytest.mark.parametrize("included", [True, False])
def test_what_a_slip_adds_up_is_what_was_paid(shop, included):
    with shop.work() as work:
        settings.change_profile(work, default_tax_rate="0.21")
    more = {"prices_include_tax": included, "shipping": 490, "discount": 300}
    slip = the_slip(shop, packed(shop, **more))
    totals = slip.totals
    assert sum(line.amount.minor for line in slip.lines) == totals.goods.minor == (2420 if included else 2000)
    added = totals.goods.minor + totals.discount.minor + totals.shipping.minor
    assert totals.total.minor == added + (0 if included else totals.tax.minor)
    assert totals.discount.minor == -300


@pytest.mark.parametrize("included", [True, False])
def test_rounding_once_per_document_is_a_line_of_the_slip(shop, file, included):
    with shop.work() as work:
        settings.change_profile(work, rounding_scope="document")
        cup = a_product(work, on_hand=3)
        pins = (LineDraft(quantity=1, product_id=cup, amount=10 if included else 8, rates=(("", "0.20"),)),) * 3
        order = writing.create(work, OrderDraft(lines=pins, ship_to=ANA, shipping=0, prices_include_tax=included))
        parcel = packing.pack(work, order)
    slip = the_slip(shop, parcel)
    goods = sum(line.amount.minor for line in slip.lines)
    assert slip.totals.rounding.minor == -1
    if included:
        assert (slip.totals.tax.minor, slip.totals.total.minor) == (5, goods)
    else:
        assert goods + slip.totals.tax.minor + slip.totals.rounding.minor == slip.totals.total.minor == 29
    print_slips(shop.store, [parcel], file=file)
    assert slip.language.words("Rounding of the tax" if included else "Rounding") in text_of(file)


def test_a_partial_parcel_says_what_follows_and_says_the_same_when_printed_later(shop):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=3), 3), (a_product(work, on_hand=1), 1))
        cups, lamp = line_ids(work, order)
        first = packing.pack(work, order, only={cups: 1})
    before = the_slip(shop, first)
    assert [(line.ordered, line.in_parcel, line.to_follow) for line in before.lines] == [(3, 1, 2), (1, 0, 1)]
    with shop.work() as work:
        actions.ship(work, first)
        second = packing.pack(work, order, only={cups: 2, lamp: 1})
    assert the_slip(shop, first).lines == before.lines
    assert [(line.in_parcel, line.to_follow) for line in the_slip(shop, second).lines] == [(2, 0), (1, 0)]


def test_orders_that_share_a_parcel_have_a_slip_each(shop, file):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=2), a_customer(work)
        orders = [an_order(work, (cup, 1), customer_id=ana) for _ in range(2)]
        parcel = packing.pack_together(work, orders)
    printed = print_slips(shop.store, [parcel], file=file)
    assert [each.number for each in printed.documents] == ["00001", "00002"]
    assert remembered(shop) == {("packing-slip", f"shipment:{parcel}"): 1}
    assert [history(shop, order)[-1][0] for order in orders] == ["shipment.slip-printed"] * 2


def test_a_customers_first_three_orders_are_told_apart(shop):
    with shop.work() as work:
        cup, ana = a_product(work, on_hand=9), a_customer(work)
        ids = [packing.pack(work, an_order(work, (cup, 1), customer_id=ana)) for _ in range(4)]
        moment = "UPDATE orders SET placed_at = '2026-02-0' || id || ' 09:00:00.000000'"
        work.session.connection().execute(text(moment))
    assert [each.which_order for each in shop.ask(slips, ids).contents] == [1, 2, 3, 0]
    assert the_slip(shop, packed(shop)).which_order == 0


def test_the_shops_own_words_and_the_way_back_are_on_it(shop):
    with shop.work() as work:
        settings.change_profile(work, slip_message="¡Gracias!", return_note="30 days, see the website.")
    slip = the_slip(shop, packed(shop))
    assert (slip.thanks, slip.returns, slip.return_code) == ("¡Gracias!", "30 days, see the website.", "00001")


def test_slips_that_cannot_be_printed_are_all_named(shop, file):
    with shop.work() as work:
        ids = parcels(work, 3, CELESTIAL, ANA, CELESTIAL)
    assert [problem.number for problem in shop.ask(slip_problems, ids)] == ["00001", "00003"]
    with refused("shipping.cannot-print", count=2, numbers="00001, 00003"):
        print_slips(shop.store, ids, file=file)
    assert print_slips(shop.store, ids, file=file, skip_problems=True).pages == 1
    assert remembered(shop) == {("packing-slip", f"shipment:{ids[1]}"): 1}


def test_printing_slips_twice_gives_the_same_file(shop, file, tmp_path):
    with shop.work() as work:
        ids = parcels(work, 3)
    print_slips(shop.store, ids, file=file)
    print_slips(shop.store, ids, file=tmp_path / "again.pdf")
    assert file.read_bytes() == (tmp_path / "again.pdf").read_bytes()
