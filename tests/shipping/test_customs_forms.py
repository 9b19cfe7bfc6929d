"""Customs declarations: who needs one, CN 22 or CN 23, what stands on it, and that a scanner reads its parcel."""

from dataclasses import replace

import pytest

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.settings import actions as settings
from backoffice.shipping import packing
from backoffice.shipping.customs_forms import form_of, print_customs_forms
from backoffice.shipping.printing.records import Later
from backoffice.shipping.queries import sheets
from tests.builders import ANA, a_product, an_order, refused
from tests.shipping.documents.reading import picture, scanned, text_of, told
from tests.shipping.parcels import remembered

LEEDS = PostalAddress(name="Jane Doe", street="5 High Street", city="Leeds", postcode="LS1 4AP", country="GB")
PALMAS = replace(ANA, city="Las Palmas", postcode="35001", region="Las Palmas")
KNOWN = {"weight_g": 350, "hs_code": "691200", "origin": "PT"}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "customs.pdf"


def packed(shop, *lines, to=LEEDS):
    """A packed parcel of (name, units, product's facts) lines."""
    with shop.work() as work:
        goods = [(a_product(work, on_hand=units, name=name, **facts), units) for name, units, facts in lines]
        return packing.pack(work, an_order(work, *goods, ship_to=to))


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", ["100x150", "4x6in", "A6", "L7169"])
def test_a_declaration_says_what_is_in_and_its_barcode_is_the_parcel(shop, file, stock, dpi):
    parcel = packed(shop, ("Stoneware cup", 2, KNOWN))
    printed = print_customs_forms(shop.store, [parcel], file=file, stock=stock)
    said = text_of(file)
    for part in ("CN 22", "2 × Stoneware cup", "691200", "PT", "0.700", "24.20", "Jane Doe", "UNITED KINGDOM"):
        assert part in said, part
    assert scanned(picture(file, 0, dpi)) == told(printed, 0)
    assert remembered(shop) == {("customs", f"shipment:{parcel}"): 1}


def test_the_canaries_are_declared_and_the_mainland_is_not(shop, file):
    island, mainland = (packed(shop, ("Cup", 1, KNOWN), to=to) for to in (PALMAS, ANA))
    printed = print_customs_forms(shop.store, [island, mainland], file=file, skip_problems=True)
    assert [problem.reason.code for problem in printed.left_out] == ["shipping.no-customs"]
    with refused("shipping.no-customs"):
        print_customs_forms(shop.store, [mainland], file=file)


def test_what_customs_would_stop_is_not_declared(shop, file):
    parcel = packed(shop, ("Cup", 1, {"weight_g": 350}))
    with refused("shipping.customs-lacking", products="Cup"):
        print_customs_forms(shop.store, [parcel], file=file)


@pytest.mark.parametrize(
    ("value", "grams", "form"),
    [
        *[("300.00", 2000, "CN22"), ("300.01", 10, "CN23"), ("10.00", 2001, "CN23")],
    ],
)
def test_above_three_hundred_or_two_kilograms_the_long_form_is_used(value, grams, form):
    assert form_of(Money.parse(value, "EUR"), grams) == form
    assert form_of(Money.parse("10", "JPY"), 10) == "CN23"
    assert form_of(Money.parse("10", "EUR"), 10, small=999) == "CN23"


def test_the_shop_says_up_to_which_value_the_short_form_will_do(shop, file):
    parcel = packed(shop, ("Cup", 1, KNOWN))
    with shop.work() as work:
        settings.change_profile(work, customs_small=1000)
    print_customs_forms(shop.store, [parcel], file=file)
    assert "CN 23" in text_of(file)
    with refused("settings.bad-customs"), shop.work() as work:
        settings.change_profile(work, customs_small=-1)


def test_a_long_list_goes_on_on_the_next_label_and_nothing_is_lost(shop, file):
    names = [f"Hand-made thing number {n} with a rather long name for such a small label" for n in range(40)]
    parcel = packed(shop, *((name, 1, KNOWN) for name in names))
    printed = print_customs_forms(shop.store, [parcel], file=file, stock="A6")
    said = " ".join(text_of(file).split())
    assert printed.pages > 1
    assert "CN 23" in said
    assert all(f"number {n} with" in said for n in range(40))
    assert said.count("· 1/") == 1


def test_the_sheet_goes_on_after_all_labels_of_a_long_list(shop, file):
    parcel = packed(shop, *((f"Thing {n}", 1, KNOWN) for n in range(30)))
    printed = print_customs_forms(shop.store, [parcel], file=file, stock="L7169")
    assert len(printed.documents) > 1
    assert shop.ask(sheets.sheet, "L7169", "").next_cell == len(printed.documents) % 4


def test_labels_too_small_for_the_form_are_refused(shop, file):
    parcel = packed(shop, ("Cup", 1, KNOWN))
    with refused("shipping.stock-too-small"):
        print_customs_forms(shop.store, [parcel], file=file, stock="62mm")


def test_looked_at_only_it_does_not_count(shop, file):
    later = Later()
    print_customs_forms(shop.store, [packed(shop, ("Cup", 1, KNOWN))], file=file, later=later)
    assert remembered(shop) == {}
    later.keep(shop.store)
    later.keep(shop.store)
    assert list(remembered(shop).values()) == [1]
