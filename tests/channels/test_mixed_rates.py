"""Orders of articles at several rates: each line bears its own tax, and the file's taxes come out to the cent."""

from backoffice.orders.queries import facts
from tests.builders import a_product, an_open_shop, the_order
from tests.channels.files import HEADER, an_item, an_order, saved, text_of
from tests.channels.importing import faults, take

NAMED = (*HEADER, "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Lineitem taxable")
MUG_AND_BOOK = {"Subtotal": "17.00", "Shipping": "0.00", "Total": "17.00"}


def taken(shop, folder, taxes, *lines, header=NAMED, **order):
    """The order's lines as (SKU, tax, {rate: tax}) and the delivery's tax."""
    first, *others = [{f"Lineitem_{name}": cell for name, cell in line.items()} for line in lines]
    head = [*an_order("#1", **first, **order), *taxes]
    rows = [head, *([*an_item("#1", **one), *([""] * (len(header) - len(HEADER)))] for one in others)]
    take(shop, saved(folder, text_of(rows, header=header), "orders.csv"))
    found = the_order(shop, shop.ask(facts.id_of, "#1"))
    assert faults(shop) == []
    return [(line.sku, str(line.tax)) for line in found.lines], str(found.tax), str(found.total)


CUP = {"quantity": "1", "sku": "CUP", "price": "12.00"}
BOOK = {"quantity": "1", "sku": "BOOK", "price": "5.00", "name": "Book"}


def test_each_line_bears_the_tax_of_its_products_rate(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="CUP", tax_rate="0.20")
            a_product(work, sku="BOOK", tax_rate="0.04")
        taxes = ("VAT 20%", "2.00", "VAT 4%", "0.19", "true")
        lines, tax, total = taken(shop, tmp_path, taxes, CUP, BOOK, Taxes="2.19", **MUG_AND_BOOK)
        assert lines == [("CUP", "2.00"), ("BOOK", "0.19")]
        assert (tax, total) == ("2.19", "17.00")


def test_the_sums_themselves_tell_where_nobody_knows_the_products(tmp_path):
    with an_open_shop(tmp_path) as shop:
        taxes = ("VAT 20%", "2.00", "VAT 4%", "0.19", "true")
        lines, *_ = taken(shop, tmp_path, taxes, CUP, BOOK, Taxes="2.19", **MUG_AND_BOOK)
        assert lines == [("CUP", "2.00"), ("BOOK", "0.19")]


def test_a_states_and_a_citys_tax_lie_on_all_lines(tmp_path):
    with an_open_shop(tmp_path) as shop:
        taxes = ("State Tax 4%", "0.68", "City Tax 5%", "0.85", "true")
        more = MUG_AND_BOOK | {"Total": "18.53"}
        lines, tax, _total = taken(shop, tmp_path, taxes, CUP, BOOK, Taxes="1.53", **more)
        assert (lines, tax) == ([("CUP", "1.08"), ("BOOK", "0.45")], "1.53")


def test_where_two_answers_are_possible_none_is_guessed(tmp_path):
    same = BOOK | {"price": "12.00", "sku": "PEN"}
    with an_open_shop(tmp_path) as shop:
        taxes = ("VAT 20%", "2.00", "VAT 4%", "0.46", "true")
        order = {"Subtotal": "24.00", "Shipping": "0.00", "Total": "24.00", "Taxes": "2.46"}
        lines, *_ = taken(shop, tmp_path, taxes, CUP, same, **order)
        assert lines == [("CUP", "1.23"), ("PEN", "1.23")]


def test_a_line_that_is_not_taxed_bears_none(tmp_path):
    with an_open_shop(tmp_path) as shop:
        header = (*HEADER, "Tax 1 Name", "Tax 1 Value", "Lineitem taxable")
        rows = [
            [*an_order("#1", Taxes="2.00", **MUG_AND_BOOK, **{f"Lineitem_{k}": v for k, v in CUP.items()}),
             "IVA 20%", "2.00", "true"],
            [*an_item("#1", **{f"Lineitem_{k}": v for k, v in BOOK.items()}), "", "", "false"],
        ]  # fmt: skip
        take(shop, saved(tmp_path, text_of(rows, header=header), "orders.csv"))
        found = the_order(shop, shop.ask(facts.id_of, "#1"))
        assert [(line.sku, str(line.tax)) for line in found.lines] == [("CUP", "2.00"), ("BOOK", "0.00")]


def test_a_tax_without_a_name_lies_where_the_products_rates_put_it(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="CUP", tax_rate="0.20")
            a_product(work, sku="BOOK", tax_rate="0.04")
        order = {"Subtotal": "17.00", "Shipping": "6.00", "Total": "23.00", "Taxes": "3.19"}
        lines, tax, _total = taken(shop, tmp_path, (), CUP, BOOK, header=HEADER, **order)
        assert (lines, tax) == ([("CUP", "2.00"), ("BOOK", "0.19")], "3.19")


def test_a_tax_that_the_products_rates_do_not_explain_is_spread_by_amount(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="CUP", tax_rate="0.20")
            a_product(work, sku="BOOK", tax_rate="0.04")
        order = {"Subtotal": "17.00", "Shipping": "0.00", "Total": "18.36", "Taxes": "1.36"}
        lines, tax, _total = taken(shop, tmp_path, (), CUP, BOOK, header=HEADER, **order)
        assert (lines, tax) == ([("CUP", "0.96"), ("BOOK", "0.40")], "1.36")
