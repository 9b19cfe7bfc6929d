"""Customs readiness: which product of an order that crosses a border lacks what, said in a sentence."""

import pytest

from backoffice.core.language import Language
from backoffice.core.postal import PostalAddress
from backoffice.shipping.customs import Gap, gaps, told
from tests.builders import ANA, a_product, an_open_shop, an_order

LEEDS = PostalAddress(name="Jane Doe", street="5 High Street", city="Leeds", postcode="LS1 4AP", country="GB")
PARIS = PostalAddress(name="Zoë Lefèvre", street="12 rue Monge", city="Paris", postcode="75005", country="FR")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def test_only_orders_that_cross_a_customs_border_lack_anything(shop):
    with shop.work() as work:
        bare = a_product(work, on_hand=9, sku="CUP", name="Cup")
        ready = a_product(work, on_hand=9, weight_g=350, hs_code="691200", origin="PT")
        home, union, abroad = (an_order(work, (bare, 1), ship_to=each) for each in (ANA, PARIS, LEEDS))
        whole = an_order(work, (ready, 1), ship_to=LEEDS)
    found = shop.ask(gaps, [home, union, abroad, whole])
    assert found == {abroad: [Gap("CUP", "Cup", ("hs_code", "origin", "weight"))]}


def test_the_gaps_are_told_in_sentences(shop):
    lacking = [Gap("CUP", "Cup", ("hs_code", "weight")), Gap("", "Gift", ("value",))]
    assert told(lacking, Language("en")) == (
        "For customs, Cup (CUP) still needs: tariff number, weight. For customs, Gift still needs: value."
    )
    assert told([], Language("en")) == ""
