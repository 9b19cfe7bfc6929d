"""The cells of Shopify's orders export, and what an order makes of them. Written to be quick: files are long."""

import re
from collections.abc import Sequence
from operator import itemgetter

from backoffice.channels.amounts import amount, currency_code, decimal_sign
from backoffice.channels.candidates import NO_ADDRESS, CandidateLine, CandidateOrder, CandidateTax
from backoffice.channels.cells import BadCell, Memo, fingerprint
from backoffice.channels.dates import Dates
from backoffice.channels.evidence import flag, includes_tax, note_attributes, tax_rate
from backoffice.channels.interface import ReadSettings
from backoffice.channels.mapped_rows import date_order
from backoffice.channels.parsing import (
    country,
    is_shortened,
    line_text,
    lines_text,
    phone,
    quantity,
    state,
    word_list,
)
from backoffice.channels.reading import Table
from backoffice.channels.rows import Row
from backoffice.core.guard import unguard
from backoffice.core.postal import PostalAddress

OF_THE_ORDER = ("Currency", "Total", "Financial Status", "Subtotal")
"""Columns that are filled on an order's first row only; `Created at` and `Vendor` stand on all of them."""

_HEAD = (
    "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing", "Currency",
    "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method", "Created at",
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount",
    "Outstanding Balance", "Id", "Tags", "Source", "Duties",
)  # fmt: skip
_PLACE = ("Name", "Company", "Address1", "Address2", "Street", "City", "Zip", "Province Name", "Province", "Country")
_BILLING, _SHIPPING = (tuple(f"{side} {part}" for part in _PLACE) for side in ("Billing", "Shipping"))
_TAXES = tuple(f"Tax {number} {what}" for number in range(1, 6) for what in ("Name", "Value"))
_ORDER = (*_HEAD, *_BILLING, *_SHIPPING, *_TAXES)
_TO_BILL = slice(len(_HEAD), len(_HEAD) + len(_PLACE))
_TO_SHIP = slice(_TO_BILL.stop, _TO_BILL.stop + len(_PLACE))
_PHONES = ("Phone", "Shipping Phone", "Billing Phone")
_LINE = (
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku", "Lineitem discount",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
)  # fmt: skip
_OF_LINES = frozenset(
    at for at, name in enumerate(_ORDER) if name in ("Notes", "Note Attributes") or name.endswith(("1", "2", "Street"))
)
_BETWEEN = "│"  # printable: one look at the joined cells tells whether any of them needs cleaning
_APOSTROPHE = _BETWEEN + "'"
_GUARDED = re.compile(_BETWEEN + r"'+[=+\-@\t\r]").search
_NO_PLACE = ("",) * len(_PLACE)


class OrderCells:
    """One file's columns, and a memory for values that repeat."""

    def __init__(self, table: Table, settings: ReadSettings) -> None:
        self.places = tuple((name, table.column(name)) for name in (*_ORDER, *_PHONES, *_LINE))
        """Each column that is read, and where it is."""
        at = dict(self.places)
        self._name = table.column("Name")
        self._order = itemgetter(*(at[name] for name in _ORDER))
        self._phones = itemgetter(*(at[name] for name in _PHONES))
        self._line = itemgetter(*(at[name] for name in _LINE))
        self._guarded = table.maybe_guarded
        self._currency = settings.currency
        priced = [at[name] for name in ("Total", "Subtotal", "Lineitem price")]
        self._decimal = decimal_sign(cells[place] for cells in table.sample() for place in priced)
        self._amounts: dict[str, Memo[int | None]] = {}
        self._quantities = Memo(quantity)
        self._currencies = Memo(currency_code)
        dated = [at[name] for name in ("Created at", "Paid at", "Fulfilled at", "Cancelled at")]
        order = date_order(table, dated, table.sample())  # a spreadsheet writes dates anew
        self._dates = Memo(Dates(settings.zone, "" if order == "mixed" else order))
        self._countries = Memo(country)
        self._states = Memo(state)
        self._flags = Memo(flag)
        self._taxes_named = Memo(lambda name: (line_text(name), tax_rate(name)))
        self._tags = Memo(word_list)

    def order(self, rows: Sequence[Row], head_row: Row) -> CandidateOrder:
        """The order of these rows, its own cells on one of them; BadCell for the first that cannot be."""
        cells = head_row[1]
        told = self._order(cells)
        joined = _BETWEEN.join(told)
        if self._guarded and _APOSTROPHE in joined and _GUARDED(joined):
            told = tuple(map(unguard, told))
        if not joined.isprintable():
            told = _cleaned(told)
        (
            email, financial, paid, fulfilment, fulfilled, marketing, currency, subtotal, shipping, taxes, total,
            code, discount, method, created, notes, attributes, cancelled, pay_method, pay_reference, refunded,
            outstanding, external, tags, source, duties,
        ) = told[: len(_HEAD)]  # fmt: skip
        number = line_text(unguard(cells[self._name])) or external.strip()
        if not number:
            raise BadCell("order-number-missing")
        dates = self._dates
        placed_at = dates[created] or dates[paid]
        if placed_at is None:
            raise BadCell("date-missing", column="Created at")
        currency = self._currencies[currency] or self._currency
        amounts = self._amounts.get(currency) or self._amounts_in(currency)
        taxed = self._taxed(told[_TO_SHIP.stop :], amounts)
        lines, print_of_lines = self._lines(rows, amounts, taxed, self._states[fulfilment])
        bill_to = self._address(told[_TO_BILL])
        ship_to = bill_to if told[_TO_SHIP] == told[_TO_BILL] else self._address(told[_TO_SHIP])
        called = next(filter(None, self._phones(cells)), "")
        gift, sources, kept = note_attributes(attributes) if attributes else ("", (), "")
        printed = fingerprint(joined, called, print_of_lines)
        sums = amounts[subtotal], amounts[shipping], amounts[taxes], amounts[duties], amounts[total]
        return CandidateOrder(
            rows[0][0], len(rows), printed, _external_id(external, number), number, placed_at, currency,
            email.strip(), bill_to.name or ship_to.name, phone(called), "", ship_to, bill_to, lines,
            sums[0], sums[1], amounts[discount], sums[2], sums[4], sums[3], taxed, includes_tax(*sums),
            code.strip(), self._states[financial], dates[paid], pay_method.strip(), pay_reference.strip(),
            amounts[refunded], amounts[outstanding], self._states[fulfilment], dates[fulfilled], dates[cancelled],
            method.strip(), None, f"{notes}\n{kept}".strip() if kept else notes.strip(), gift, self._tags[tags],
            (("source", source), *sources) if source else sources, self._flags[marketing],
        )  # fmt: skip

    def _amounts_in(self, currency: str) -> Memo[int | None]:
        decimal = self._decimal
        return self._amounts.setdefault(currency, Memo(lambda text: amount(text, currency, decimal)))

    def _taxed(self, told: tuple[str, ...], amounts: Memo[int | None]) -> tuple[CandidateTax, ...]:
        """The order's taxes by name."""
        taxed = []
        for at in range(0, len(told), 2):
            if told[at] or told[at + 1]:
                name, rate = self._taxes_named[told[at]]
                taxed.append(CandidateTax(name, rate, amounts[told[at + 1]] or 0))
        return tuple(taxed)

    def _lines(
        self, rows: Sequence[Row], amounts: Memo[int | None], taxed: Sequence[CandidateTax], of_order: str
    ) -> tuple[tuple[CandidateLine, ...], str]:
        """The line items, and their cells in one text."""
        found: list[CandidateLine] = []
        told: list[str] = []
        rates = tuple(tax.rate for tax in taxed if tax.rate is not None)
        flags, states = self._flags, self._states
        for line, cells, _ in rows:
            item = self._line(cells)
            pieces, name, price, sku, discount, ships, taxable, sent = item
            try:
                ordered = self._quantities[pieces]
                if not ordered:
                    if ordered is None and (name or price or sku):
                        raise BadCell("quantity-missing", column="Lineitem quantity")
                    continue  # no item on this row, or one that was taken off the order again
                joined = _BETWEEN.join(item)
                if "'" in joined:
                    name, sku = unguard(name) if self._guarded else name, _code(sku)
                if "E+" in joined and is_shortened(sku.strip()):
                    raise BadCell("number-shortened", sku, column="Lineitem sku")
                if not joined.isprintable():
                    name, sku = line_text(name), line_text(sku)
                unit_price = amounts[price]
                if unit_price is None or unit_price < 0 or ordered < 0:
                    raise _wrong(pieces, price, unit_price)
                told.append(joined)
                done = ordered if (states[sent] or of_order) == "fulfilled" else 0
                found.append(
                    CandidateLine(
                        line, "", sku.strip(), name.strip(), ordered, unit_price, amounts[discount] or 0, None,
                        rates if flags[taxable] is not False else (), flags[ships] is not False, done,
                    )
                )  # fmt: skip
            except BadCell as bad:
                bad.line = line
                raise
        if not found:
            raise BadCell("no-lines")
        return tuple(found), "".join(told)

    def _address(self, parts: tuple[str, ...]) -> PostalAddress:
        if parts == _NO_PLACE:
            return NO_ADDRESS
        name, company, first, second, street, city, code, region, region_code, country_name = parts
        street = f"{first.strip()}\n{second.strip()}" if second and first else first or second or street
        return PostalAddress(
            name.strip(),
            company and company.strip(),
            street.strip(),
            city.strip(),
            code.strip().lstrip("'") if code[:1] in " '" else code,
            (region or region_code).strip(),
            self._countries[country_name],
        )


def _cleaned(told: tuple[str, ...]) -> tuple[str, ...]:
    """An order's cells without what cannot be seen; notes and streets may have several lines."""
    return tuple((lines_text if at in _OF_LINES else line_text)(cell) for at, cell in enumerate(told))


def _wrong(pieces: str, price: str, unit_price: int | None) -> BadCell:
    if unit_price is None:
        return BadCell("price-missing", column="Lineitem price")
    return BadCell("below-zero", price if unit_price < 0 else pieces)


def _code(sku: str) -> str:
    """A SKU without the apostrophe that keeps spreadsheets from reckoning with it, or from taking its zeros."""
    return sku[1:] if sku[:1] == "'" and sku[1:2].isdecimal() else unguard(sku)


def _external_id(external: str, number: str) -> str:
    """Shopify's own id; the order's name where the file has none, or a spreadsheet has shortened it away."""
    if external.isdecimal() and external.strip("0"):
        return external
    bare = external.strip().lstrip("'")
    return number if not bare.strip("0") or is_shortened(bare) else bare
