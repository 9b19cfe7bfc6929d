"""What keeps a draft from being an order, field by field."""

import pytest

from backoffice.orders.drafts import LineDraft, OrderDraft

CUP = LineDraft(quantity=1, name="Cup", unit_price=1000)


def faults(**wish):
    return [(fault.name, fault.code) for fault in OrderDraft(**({"lines": (CUP,)} | wish)).faults()]


def test_one_line_is_all_an_order_needs():
    assert faults() == []


@pytest.mark.parametrize(
    ("wish", "field", "code"),
    [
        ({"lines": ()}, "lines", "orders.no-lines"),
        ({"lines": (CUP, LineDraft(quantity=0, name="Cup"))}, "lines.2", "orders.bad-quantity"),
        ({"lines": (LineDraft(quantity=1_000_001, name="Cup"),)}, "lines.1", "orders.bad-quantity"),
        ({"lines": (LineDraft(quantity=1, name="  "),)}, "lines.1", "orders.nameless-line"),
        ({"lines": (LineDraft(quantity=1, name="Cup", unit_price=-1),)}, "lines.1", "orders.negative-amount"),
        ({"lines": (LineDraft(quantity=1, name="Cup", discount=-1),)}, "lines.1", "orders.negative-amount"),
        ({"lines": (LineDraft(quantity=1, name="Cup", amount=-1),)}, "lines.1", "orders.negative-amount"),
        ({"lines": (LineDraft(quantity=2, name="C", unit_price=10**12),)}, "lines.1", "orders.amount-too-large"),
        ({"lines": (LineDraft(quantity=1, name="C", rates=(("VAT", "21%"),)),)}, "lines.1", "orders.bad-rate"),
        ({"lines": (LineDraft(quantity=1, name="C", rates=(("VAT", "NaN"),)),)}, "lines.1", "orders.bad-rate"),
        ({"discount": -1}, "discount", "orders.negative-amount"),
        ({"shipping": -1}, "shipping", "orders.negative-amount"),
        ({"shipping": 10**13}, "shipping", "orders.amount-too-large"),
    ],
)
def test_what_is_no_order_is_named_by_its_field(wish, field, code):
    assert faults(**wish) == [(field, code)]
