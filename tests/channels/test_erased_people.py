"""Orders of people who were erased: kept for the books, told of, and nobody waits for a parcel without an address."""

from backoffice.channels import telling
from backoffice.channels.importing.undo import undo
from backoffice.core.language import Language
from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.person import erasing
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts
from tests.builders import a_product, an_open_shop, history, stock_of, the_order
from tests.channels.files import an_order
from tests.channels.importing import a_file, counts, everything, faults, look, take

BEFORE = "2026-01-10 09:00:00 +0100"


def erased(shop):
    """Ana was erased just now; a cup she ordered before is on the shelf."""
    with shop.work() as work:
        draft = CustomerDraft(name="Ana Núñez", emails=("ana@example.com",))
        erasing.erase(work, customers.create(work, draft))
        return a_product(work, sku="CUP-1", on_hand=5)


def test_an_open_order_of_somebody_erased_since_waits_and_says_why(tmp_path):
    with an_open_shop(tmp_path) as shop:
        cup = erased(shop)
        file = a_file(tmp_path, an_order("#1", Created_at=BEFORE), an_order("#2", Email="eva@example.com"))
        seen = look(shop, file)
        ((name, (told,)),) = seen.tally.changes
        assert name == "#1" and "customer was erased" in telling.difference(told, Language("en"))
        assert counts(seen) == counts(take(shop, file)) == (2, 0, 0, 0)
        found = the_order(shop, order := shop.ask(facts.id_of, "#1"))
        assert (found.row.status, found.buyer, found.ship_to.name) == (OrderStatus.ON_HOLD, None, "")
        assert [hold.reason for hold in found.holds] == ["The customer was erased"]
        assert "order.held" in dict(history(shop, order))
        assert stock_of(shop, cup) == (5, 2, 3)  # Eva's
        assert faults(shop) == []
        assert counts(take(shop, file)) == (0, 0, 2, 0)


def test_an_order_of_somebody_erased_that_left_long_ago_is_history(tmp_path):
    with an_open_shop(tmp_path) as shop:
        erased(shop)
        take(shop, a_file(tmp_path, an_order("#1", Created_at=BEFORE, Financial_Status="refunded")))
        assert the_order(shop, shop.ask(facts.id_of, "#1")).row.status is OrderStatus.CANCELLED
        assert faults(shop) == []


def test_whoever_orders_again_after_the_erasure_is_a_customer_again(tmp_path):
    with an_open_shop(tmp_path) as shop:
        erased(shop)
        later = a_file(tmp_path, an_order("#1", Created_at="2026-12-24 09:00:00 +0100"))
        assert not look(shop, later).tally.changes
        take(shop, later)
        assert the_order(shop, shop.ask(facts.id_of, "#1")).row.status is OrderStatus.OPEN


def test_an_import_with_an_order_of_somebody_erased_can_be_undone(tmp_path):
    with an_open_shop(tmp_path) as shop:
        erased(shop)
        before = everything(shop)
        undone = undo(shop.store, take(shop, a_file(tmp_path, an_order("#1", Created_at=BEFORE))).batch_id)
        assert (undone.kept, everything(shop)["orders"]) == ([], before["orders"])
        assert faults(shop) == []
