"""Check my data finds what is wrong with customers, each check its own fault."""

import pytest

from backoffice.customers import merging
from backoffice.customers.model import Customer
from backoffice.customers.person import erasing
from tests.builders import a_shop
from tests.customers.people import a_customer, an_order, faults

WRONGS = {
    "customer-emails": "UPDATE customer_email SET customer_id = 2 WHERE customer_id = 1",
    "customer-lists": "UPDATE customer SET listed = 0 WHERE id = 1",
    "customer-leftovers": "UPDATE orders SET customer_id = 2",
    "customer-orders": "UPDATE customer SET order_count = 7 WHERE id = 1",
    "customer-erased": "UPDATE customer_email SET address = 'leo@example.com'",
    "customer-search": "DELETE FROM search_document WHERE kind = 'customer'",
}


@pytest.fixture
def shop(tmp_path):
    """Ana with an order, Eva merged into her, Leo erased."""
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            ana, eva = a_customer(work, "Ana", "ana@example.com"), a_customer(work, "Eva")
            an_order(work, ana)
            merging.merge(work, kept_id=ana, gone_id=eva)
            erasing.erase(work, a_customer(work, "Leo", "leo@example.com"))
            assert (ana, eva) == (1, 2)
        yield shop


def test_a_shop_in_order_has_no_faults(shop):
    assert faults(shop) == []


@pytest.mark.parametrize(("check", "wrong"), WRONGS.items())
def test_each_wrong_is_found_by_its_check(shop, check, wrong):
    with shop.work() as work:
        work.session.connection().exec_driver_sql(wrong)
        work.touch(Customer.__module__.split(".")[1])
    assert check in {fault.split(":")[0] for fault in faults(shop)}
