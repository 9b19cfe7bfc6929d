"""What a product's form refuses, field by field."""

import pytest

from backoffice.inventory.drafts import ProductDraft

GOOD = {"sku": "CUP-1", "name": "Cup"}


def test_a_sku_and_a_name_are_all_a_product_needs():
    assert ProductDraft(**GOOD).faults() == []


def test_a_full_product_has_no_faults():
    draft = ProductDraft(
        **GOOD,
        barcode="4006381333931",
        origin="ES",
        hs_code="6912.00.21",
        tax_rate="0.21",
        price=1210,
        weight_g=350,
        backorder_limit=0,
    )
    assert draft.faults() == []


@pytest.mark.parametrize(
    ("wish", "field", "code"),
    [
        ({"sku": "  "}, "sku", "inventory.no-sku"),
        ({"sku": "X" * 101}, "sku", "inventory.no-sku"),
        ({"name": " "}, "name", "inventory.no-name"),
        ({"barcode": "4006381333932"}, "barcode", "inventory.bad-barcode"),
        ({"barcode": "CUP"}, "barcode", "inventory.bad-barcode"),
        ({"origin": "es"}, "origin", "inventory.bad-origin"),
        ({"origin": "Spain"}, "origin", "inventory.bad-origin"),
        ({"origin": "ÉÉ"}, "origin", "inventory.bad-origin"),
        ({"hs_code": "²²²²²²"}, "hs_code", "inventory.bad-hs-code"),
        ({"sku": "\u200b\n"}, "sku", "inventory.no-sku"),
        ({"hs_code": "69"}, "hs_code", "inventory.bad-hs-code"),
        ({"hs_code": "cups00"}, "hs_code", "inventory.bad-hs-code"),
        ({"tax_rate": "21 %"}, "tax_rate", "inventory.bad-rate"),
        ({"price": -1}, "price", "inventory.negative"),
        ({"cost": 10**12 + 1}, "cost", "inventory.negative"),
        ({"weight_g": -1}, "weight_g", "inventory.negative"),
        ({"safety_stock": -1}, "safety_stock", "inventory.negative"),
        ({"backorder_limit": -1}, "backorder_limit", "inventory.negative"),
    ],
)
def test_what_is_no_product_is_named_by_its_field(wish, field, code):
    assert [(fault.name, fault.code) for fault in ProductDraft(**(GOOD | wish)).faults()] == [(field, code)]
