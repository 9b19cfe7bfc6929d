"""What customers know of the floors above by name is still so there."""

import pytest
from sqlmodel.sql.sqltypes import AutoString

from backoffice.customers.above import FOLLOWERS, HOLDINGS, ORDERS, REJECTION
from backoffice.customers.merging import OWN
from backoffice.customers.person.queries import AMOUNTS, INTERNAL
from backoffice.orders.model import DispatchStatus, OrderStatus
from tools.newest_revision import all_metadata

TABLES = all_metadata().tables


def test_every_table_that_names_a_customer_follows_into_a_merge():
    known = {(one.table, one.column) for one in (*OWN, *FOLLOWERS)}
    ours = {("customer", "merged_into"), ("customer_merge", "kept_id"), ("customer_merge", "gone_id")}
    naming = {
        (table.name, key.parent.name)
        for table in TABLES.values()
        for key in table.foreign_keys
        if key.column.table.name == "customer"
    }
    assert naming == known | ours


@pytest.mark.parametrize("one", [*OWN, *FOLLOWERS], ids=lambda one: one.table)
def test_a_followers_columns_are_there(one):
    assert {one.column, one.check, "id"} <= set(TABLES[one.table].columns.keys())


@pytest.mark.parametrize("one", HOLDINGS, ids=lambda one: one.table)
def test_a_holdings_columns_are_there(one):
    assert set(one.cleared or ()) <= set(TABLES[one.table].columns.keys())


@pytest.mark.parametrize("light", [ORDERS, REJECTION], ids=lambda light: light.name)
def test_a_light_table_has_columns_of_the_real_one(light):
    assert set(light.columns.keys()) <= set(TABLES[light.name].columns.keys())


@pytest.mark.parametrize(("table", "names"), AMOUNTS.items())
def test_amounts_of_the_export_are_columns(table, names):
    assert set(names) <= set(TABLES[table].columns.keys()) - INTERNAL


def test_every_column_of_an_order_or_parcel_that_can_name_somebody_is_cleared():
    kept = {
        "orders": {
            *("number", "channel", "external_id", "external_number", "currency", "fingerprint", "delivery_name"),
            *("ship_country", "bill_country"),
        },
        "shipment": {"number", "service", "ship_country"},
    }
    for one in HOLDINGS:
        if one.table in kept:
            texts = {column.name for column in TABLES[one.table].columns if isinstance(column.type, AutoString)}
            assert texts - kept[one.table] == set(one.cleared or ()) - {"touched_by_hand"}


def test_states_the_sql_names_exist():
    assert {"draft", "cancelled", "open", "on_hold"} <= {state.value for state in OrderStatus}
    assert {"shipped", "delivered"} <= {state.value for state in DispatchStatus}
