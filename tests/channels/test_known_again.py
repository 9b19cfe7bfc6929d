"""Orders and customers that come again are known again: by the channel's number, with their new address and phone."""

from backoffice.channels.importing.undo import undo
from backoffice.customers import actions as customers
from backoffice.customers.card.queries import card
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.person import erasing
from backoffice.orders.queries import facts
from tests.builders import an_open_shop, the_order
from tests.channels.files import an_order
from tests.channels.importing import a_file, counts, everything, faults, take

WITH_ID = an_order("#1001", Id="5501")
WITHOUT = an_order("#1001")


def test_an_export_without_ids_and_one_with_them_are_one_order(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, WITHOUT))
        assert counts(take(shop, a_file(tmp_path, WITH_ID, name="b.csv"))) == (0, 1, 0, 0)
        assert counts(take(shop, a_file(tmp_path, WITH_ID, name="c.csv"))) == (0, 0, 1, 0)
        assert everything(shop)["orders"] == 1
        assert faults(shop) == []


def test_an_export_with_ids_and_one_without_are_one_order(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, WITH_ID))
        assert counts(take(shop, a_file(tmp_path, WITHOUT, name="b.csv"))) == (0, 0, 1, 0)
        assert everything(shop)["orders"] == 1


def test_two_ids_are_two_orders_whatever_their_number(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, WITH_ID))
        other = a_file(tmp_path, an_order("#1001", Id="7702"), name="other shop.csv")
        assert counts(take(shop, other)) == (1, 0, 0, 0)


def person(shop):
    draft = shop.ask(card, shop.ask(facts.head, shop.ask(facts.id_of, "#1")).customer_id).draft
    return list(draft.phones), [address.city for address in draft.addresses]


MOVED = an_order(
    "#2", Shipping_City="Toledo", Shipping_Zip="45001", Phone="+34 600 000 002", Created_at="2026-10-01 09:00:00 +0200"
)


def test_a_known_customers_new_address_and_phone_are_learnt_and_forgotten_with_the_import(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Phone="+34 600 000 001")))
        before, known = everything(shop), person(shop)
        batch = take(shop, a_file(tmp_path, MOVED, name="later.csv")).batch_id
        assert person(shop) == (["+34 600 000 001", "+34 600 000 002"], ["Madrid", "Toledo"])
        assert faults(shop) == []
        undo(shop.store, batch)
        assert (everything(shop), person(shop)) == (before, known)


def test_both_in_one_file_are_learnt_too(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Phone="+34 600 000 001"), MOVED))
        assert person(shop) == (["+34 600 000 001", "+34 600 000 002"], ["Madrid", "Toledo"])


def test_a_changed_order_of_somebody_erased_does_not_bring_them_back(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            erasing.erase(work, a_customer_named(work))
        take(shop, a_file(tmp_path, an_order("#1", Created_at="2026-01-10 09:00:00 +0100")))
        later = an_order("#1", Created_at="2026-01-10 09:00:00 +0100", Shipping_City="Toledo", Notes="ring twice")
        take(shop, a_file(tmp_path, later, name="later.csv"))
        found = the_order(shop, shop.ask(facts.id_of, "#1"))
        assert (found.ship_to.city, found.notes) == ("", "")


def a_customer_named(work):
    """Ana, with the address of the files."""
    return customers.create(work, CustomerDraft(name="Ana Núñez", emails=("ana@example.com",)))
