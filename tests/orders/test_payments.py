"""The payment ledger: written once, only ever reversed, never more given back than came in."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.orders import payments, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.model import PaymentKind
from tests.builders import a_product, an_open_shop, an_order, faults, history, pay, refused, the_order

CHARGE, REFUND, FEE, CHARGEBACK = PaymentKind.CHARGE, PaymentKind.REFUND, PaymentKind.FEE, PaymentKind.CHARGEBACK


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def order(shop):
    with shop.work() as work:
        return an_order(work, (a_product(work, on_hand=1, price=1000), 1))


def book(shop, order, cents, kind=CHARGE):
    with shop.work() as work:
        return pay(work, order, cents, kind)


def money(shop, order):
    found = the_order(shop, order)
    return found.row.payment, found.paid.minor, found.refunded.minor, found.to_pay.minor


def test_payments_add_up_and_the_axis_follows(shop, order):
    assert money(shop, order) == ("unpaid", 0, 0, 1000)
    book(shop, order, 400)
    assert money(shop, order) == ("part_paid", 400, 0, 600)
    book(shop, order, 600)
    assert money(shop, order) == ("paid", 1000, 0, 0)
    book(shop, order, 500)
    assert money(shop, order) == ("overpaid", 1500, 0, -500)
    book(shop, order, 500, REFUND)
    assert money(shop, order) == ("part_refunded", 1500, 500, 0)


def test_a_refund_never_exceeds_what_is_left_of_what_was_paid(shop, order):
    book(shop, order, 1000)
    book(shop, order, 600, REFUND)
    with refused("orders.refund-too-high", number="00001", left=Money(400, "EUR")):
        book(shop, order, 401, REFUND)
    with refused("orders.refund-too-high"):
        book(shop, order, 401, CHARGEBACK)
    book(shop, order, 400, CHARGEBACK)
    assert money(shop, order) == ("refunded", 1000, 1000, 0)


def test_a_full_refund_is_what_was_paid_exactly(shop, order):
    book(shop, order, 100)
    book(shop, order, 100, REFUND)
    assert money(shop, order)[:3] == ("refunded", 100, 100)


def test_a_fee_changes_no_balance(shop, order):
    book(shop, order, 29, FEE)
    assert money(shop, order) == ("unpaid", 0, 0, 1000)
    assert [row.kind for row in the_order(shop, order).payments] == ["fee"]


@pytest.mark.parametrize(
    ("amount", "kind", "code"),
    [
        (Money(0, "EUR"), CHARGE, "orders.bad-amount"),
        (Money(-5, "EUR"), REFUND, "orders.bad-amount"),
        (Money(5, "EUR"), PaymentKind.REVERSAL, "orders.bad-amount"),
        (Money(10**12 + 1, "EUR"), CHARGE, "orders.amount-too-large"),
        (Money(5, "USD"), CHARGE, "orders.other-currency"),
    ],
)
def test_what_is_no_payment_of_this_order_is_refused(shop, order, amount, kind, code):
    with refused(code), shop.work() as work:
        payments.record_payment(work, order, amount, kind=kind)
    assert money(shop, order) == ("unpaid", 0, 0, 1000)


def test_a_wrong_row_is_reversed_by_a_counter_entry_and_only_once(shop, order):
    row = book(shop, order, 1500)
    with shop.work() as work:
        reversal = payments.reverse_payment(work, row)
    assert money(shop, order) == ("unpaid", 0, 0, 1000)
    assert [(found.kind, found.reverses_id) for found in the_order(shop, order).payments] == [
        ("charge", None),
        ("reversal", row),
    ]
    for wrong in (row, reversal):
        with refused("orders.reversed-already"), shop.work() as work:
            payments.reverse_payment(work, wrong)
    assert faults(shop) == []


def test_a_payment_of_which_a_part_went_back_is_not_reversed(shop, order):
    row = book(shop, order, 1000)
    refund = book(shop, order, 1, REFUND)
    with refused("orders.refunded-already"), shop.work() as work:
        payments.reverse_payment(work, row)
    with shop.work() as work:
        payments.reverse_payment(work, refund)
        payments.reverse_payment(work, row)
    assert money(shop, order) == ("unpaid", 0, 0, 1000)


def test_money_is_told_in_the_history_with_its_currency(shop, order):
    with shop.work() as work:
        payments.record_payment(work, order, Money(1000, "EUR"), method="card", reference="pi_1")
    facts = {"amount": {"amount": "10.00", "currency": "EUR"}, "method": "card"}
    assert history(shop, order)[-1] == ("order.charge", facts)
    assert [(row.method, row.reference) for row in the_order(shop, order).payments] == [("card", "pi_1")]


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([CHARGE, REFUND, CHARGEBACK, FEE]), st.integers(1, 2000)),
        st.tuples(st.just("reverse"), st.integers(0, 9)),
    ),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps)
def test_whatever_is_booked_the_balance_is_the_ledgers_sum(shop, order, steps):
    with shop.work() as work:
        fresh = an_order(work, (a_product(work, price=1000), 1))
    rows = []
    for what, how_much in steps:
        try:
            if what != "reverse":
                rows.append(book(shop, fresh, how_much, what))
            elif rows:
                with shop.work() as work:
                    payments.reverse_payment(work, rows[how_much % len(rows)])
        except Refused:
            continue
    ledger = the_order(shop, fresh).payments
    undone = {row.reverses_id for row in ledger}
    standing = [row for row in ledger if row.id not in undone]
    paid = sum(row.amount.minor for row in standing if row.kind == "charge")
    back = sum(row.amount.minor for row in standing if row.kind in ("refund", "chargeback"))
    assert money(shop, fresh)[1:3] == (paid, back) and 0 <= back <= paid


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "rate", "total", "tax"),
    [(10, 2390, 5975, "0.20", "179.25", "29.88"), (1, 100, 0, "0.13", "1.00", "0.12")],
)
def test_the_whole_price_of_an_order_goes_back_to_the_cent(shop, *, quantity, price, discount, rate, total, tax):
    line = LineDraft(quantity=quantity, name="Cup", unit_price=price, discount=discount, rates=(("IVA", rate),))
    with shop.work() as work:
        bought = writing.create(work, OrderDraft(lines=(line,)))
    found = the_order(shop, bought)
    assert (str(found.total), str(found.tax)) == (total, tax)
    book(shop, bought, found.total.minor)
    with refused("orders.refund-too-high"):
        book(shop, bought, found.total.minor + 1, REFUND)
    book(shop, bought, found.total.minor, REFUND)
    assert money(shop, bought)[:1] == ("refunded",)
