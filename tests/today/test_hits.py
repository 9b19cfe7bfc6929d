"""A hit of the search is told in people's words, not in those of the index."""

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.today.hits import hits
from tests.builders import ANA, a_product, an_open_shop, an_order

KINDS = ("order", "customer", "product", "shipment")


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        yield opened


def told(shop, text: str) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.title, line) for hit, line in shop.ask(hits, text, kinds=KINDS, limit=24)]


def test_each_kind_of_record_is_told_by_what_people_know_it_by(shop):
    with shop.work() as work:
        cup = a_product(work, sku="CUP-9", name="Blue cup")
        draft = CustomerDraft(name="Ana Núñez", company="Lumbre SL", emails=("ana@example.com",), addresses=(ANA,))
        ana = customers.create(work, draft)
        an_order(work, (cup, 1), customer_id=ana, email="ana@example.com")
    assert told(shop, "28013") == [
        ("order", "00001", "Ana Núñez · ana@example.com · Madrid"),
        ("customer", "Ana Núñez", "Lumbre SL · ana@example.com · Madrid"),
    ]
    assert told(shop, "blue cup")[-1] == ("product", "Blue cup", "CUP-9")


def test_a_record_of_which_little_is_known_is_told_briefly(shop):
    with shop.work() as work:
        customers.create(work, CustomerDraft(name="Zoe"))
    assert told(shop, "zoe") == [("customer", "Zoe", "")]
    assert told(shop, "nobody") == []
