"""Fields say what is true of the order, in the reader's language."""

from datetime import timedelta

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.mail.answering import fields
from backoffice.mail.answering.fields import YES, About
from backoffice.orders import actions as orders
from backoffice.settings import actions as settings
from backoffice.settings.model import Carrier
from backoffice.shipping import actions as shipping
from backoffice.shipping import packing
from tests.builders import MONDAY, a_product, an_open_shop, an_order, line_ids


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def bought(shop):
    """(customer, order, line ids) of two cups and a saucer."""
    with shop.work() as work:
        cup = a_product(work, on_hand=5, name="Cup")
        saucer = a_product(work, on_hand=5, name="Saucer")
        ana = customers.create(work, CustomerDraft(name="ANA NÚÑEZ", emails=("ana@example.com",)))
        return ana, an_order(work, (cup, 2), (saucer, 1), customer_id=ana)


def said(shop, bought, language="es", *, after=timedelta(), **about):
    about = {"customer_id": bought[0], "order_id": bought[1], "who": "Eva", **about}
    return shop.ask(fields.values, About(language, **about), now=MONDAY + after)


def test_every_field_is_there_even_when_nothing_is_known(shop):
    found = shop.ask(fields.values, About("en"), now=MONDAY)
    assert set(found) == set(fields.FIELDS)
    assert found["shop.name"] == "Casa Lumbre"
    assert found["customer.first_name"] == found["order.number"] == found["order.late"] == ""


def test_a_prepared_order_tells_its_promise(shop, bought):
    found = said(shop, bought)
    assert found["customer.first_name"] == "Ana"
    assert found["order.items"] == "2 × Cup\n1 × Saucer"
    assert found["order.placed_on"] == "2 de marzo de 2026"
    assert found["order.preparing"] == YES
    assert found["order.promised_dispatch"].endswith("de marzo de 2026")
    assert found["order.travelling"] == found["order.tracking"] == found["order.to_follow"] == ""


def test_a_promise_that_is_past_is_not_repeated(shop, bought):
    found = said(shop, bought, after=timedelta(days=30))
    assert found["order.promised_dispatch"] == found["order.promised_delivery"] == ""
    assert found["order.late"] == YES


def test_a_parcel_on_its_way_is_told_with_its_link(shop, bought):
    with shop.work() as work:
        carrier = work.add(Carrier(name="Correos", tracking_url="https://carrier.example/{tracking}"))
        parcel = packing.pack(work, bought[1])
        shipping.ship(work, parcel, tracking="PQ 1", carrier_id=carrier.id)
    found = said(shop, bought, "en")
    assert (found["order.tracking"], found["order.carrier"]) == ("PQ 1", "Correos")
    assert found["order.tracking_url"] == "https://carrier.example/PQ%201"
    assert found["order.travelling"] == YES
    assert found["order.dispatched_on"] == "March 2, 2026"
    assert found["order.promised_dispatch"] == found["order.preparing"] == ""


def test_what_is_still_to_follow_is_told(shop, bought):
    with shop.work() as work:
        line = line_ids(work, bought[1])[0]
        parcel = packing.pack(work, bought[1], only={line: 1})
        shipping.ship(work, parcel)
    assert said(shop, bought)["order.to_follow"] == "1 × Cup"


def test_a_cancelled_order_promises_nothing(shop, bought):
    with shop.work() as work:
        orders.cancel(work, bought[1], reason="changed her mind")
    found = said(shop, bought, after=timedelta(days=30))
    assert found["order.cancelled"] == YES
    assert found["order.late"] == found["order.promised_delivery"] == ""


def test_the_return_note_is_used_in_the_language_it_was_written_in(shop, bought):
    with shop.work() as work:
        settings.change_profile(work, return_note="Send it back within 30 days.")
    assert said(shop, bought, "en")["shop.return_note"] == "Send it back within 30 days."
    assert said(shop, bought, "es")["shop.return_note"] == ""


def test_a_language_without_templates_is_answered_in_the_shops():
    assert fields.language_of("de", "", "es_MX", "en") == "es"
    assert fields.language_of("", "fr") == "en"


def test_a_customers_name_with_breaks_stays_on_its_line(shop):
    with shop.work() as work:
        nuria = customers.create(work, CustomerDraft(name="Nuria\r\nBcc: x"))
    found = shop.ask(fields.values, About("en", customer_id=nuria), now=MONDAY)
    assert "\n" not in found["customer.name"] and "\r" not in found["customer.name"]


def test_late_is_said_of_parcels_too(shop, bought):
    with shop.work() as work:
        shipping.ship(work, packing.pack(work, bought[1]))
    assert said(shop, bought)["order.late"] == ""
    assert said(shop, bought, after=timedelta(days=60))["order.late"] == YES
