"""What a file has otherwise, and why a record stays, in whole sentences."""

from backoffice.channels import telling, words
from backoffice.channels.importing.differences import LINE_FIELDS, SUM_FIELDS, TEXTS
from backoffice.channels.importing.queries import Reason
from backoffice.channels.importing.verdicts import Change
from backoffice.core.language import Language
from backoffice.core.money import Money
from tests.builders import ANA

ENGLISH = Language("en")


def test_a_line_that_changed_reads_old_and_new():
    change = Change("line-price", Money(1000, "EUR"), Money(900, "EUR"), subject="CUP-1")
    assert telling.difference(change, ENGLISH) == "CUP-1, unit price: €10.00 → €9.00"


def test_what_stays_says_why():
    kept = Change("line-quantity", 2, 3, kept=True, why="packed", subject="CUP-1")
    assert telling.difference(kept, ENGLISH).endswith("(a parcel is packed or gone: yours stays)")


def test_an_address_a_list_and_nothing_are_readable():
    assert "Calle Mayor 1, 28013 MADRID" in telling.difference(Change("ship_to", ANA, None), ENGLISH)
    assert telling.difference(Change("tags", ["a", "b"], []), ENGLISH) == "Tags: a, b → –"


def test_a_products_price_is_money():
    assert telling.difference(Change("price", 1000, 1250), ENGLISH, currency="EUR") == "Price: €10.00 → €12.50"


def test_a_later_import_is_named():
    why = Reason("later-import", {"batch": 7, "file": "may.csv"})
    assert telling.staying("00001", why, ENGLISH) == ("00001: import 7 (may.csv) changed it since; undo that one first")


def test_every_difference_of_an_order_has_its_words():
    assert LINE_FIELDS | SUM_FIELDS | set(TEXTS) <= words.CHANGES.keys()
