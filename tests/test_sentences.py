"""What a user reads of a refusal or of a line of history, in either language."""

from datetime import date
from decimal import Decimal

import pytest

from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.sentences import happening, sentence, sentence_for

ENGLISH, SPANISH = Language("en"), Language("es")


def test_a_refusal_is_told_with_its_facts():
    told = sentence_for(Refused("orders.not-draft", number="00012"), ENGLISH)
    assert told == "Order 00012 is no draft any more."


def test_amounts_and_days_are_written_as_the_language_does():
    refusal = Refused("orders.refund-too-high", number="7", left=Money(123456, "EUR"))
    assert "€1,234.56" in sentence_for(refusal, ENGLISH)
    assert "1.234,56\xa0€" in sentence_for(refusal, SPANISH)
    assert "Mar 4, 2026" in sentence_for(Refused("orders.past-date", day=date(2026, 3, 4)), ENGLISH)


def test_a_fact_that_is_missing_leaves_a_dash_and_no_crash():
    assert sentence_for(Refused("orders.not-draft"), ENGLISH) == "Order – is no draft any more."


def test_a_code_nobody_wrote_a_sentence_for_is_shown_as_it_is():
    assert sentence("orders.brand-new", {}, ENGLISH) == "orders.brand-new"
    assert happening("order.dreamt-of", {}, ENGLISH) == "order.dreamt-of"


@pytest.mark.parametrize("nasty", ["{number}", "{0.__class__}", "%s", "<b>"])
def test_facts_are_text_and_never_a_template(nasty):
    assert sentence_for(Refused("inventory.unknown-sku", sku=nasty), ENGLISH).startswith(
        f"No product has the SKU {nasty}."
    )


def test_a_line_of_history_reads_what_the_journal_kept():
    facts = {"amount": {"amount": "10.00", "currency": "EUR"}, "method": "card"}
    assert happening("order.charge", facts, ENGLISH) == "Payment of €10.00"
    assert happening("stock.adjusted", {"by": -2, "reason": "broken"}, ENGLISH) == "Stock corrected by -2: broken"


def test_an_outage_has_a_sentence_too():
    assert sentence_for(Outage("store.read-only", file="shop.backoffice"), ENGLISH) != "store.read-only"


def test_numbers_are_told_plainly():
    assert sentence("orders.bad-quantity", {"line": 2, "quantity": Decimal("1.5")}, ENGLISH).startswith(
        "Line 2: 1.5 is not"
    )
