"""Reads orders out of any CSV, by a mapping of its columns: rows of one number are one order.

Rows without a number and without cells of an order's own continue the order above. Rows that take everything back
(quantities below zero, as in "C536379" of a British wholesaler's books) are no order: they are told as what they are.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from backoffice.channels.candidates import NO_ADDRESS, CandidateOrder, Rejected
from backoffice.channels.cells import BadCell, Memo, blame, fingerprint
from backoffice.channels.evidence import flag, includes_tax
from backoffice.channels.fields import ORDER_FIELDS
from backoffice.channels.grouping import grouped
from backoffice.channels.interface import Kind, ReadSettings
from backoffice.channels.mapped_lines import read_lines, takes_back
from backoffice.channels.mapped_rows import MappedColumns, same_text
from backoffice.channels.parsing import country, email, identifier, line_text, lines_text, phone, postcode, word_list
from backoffice.channels.reading import Table
from backoffice.channels.rejecting import faulty, rejected
from backoffice.channels.rows import Row
from backoffice.channels.synonyms import dispatch_state, financial_state
from backoffice.core.postal import PostalAddress

_OWN = tuple(field.key for field in ORDER_FIELDS if not field.of_line and field.key != "number")
_MUST_AGREE = (
    "currency", "email", "ship_country", "bill_country", "subtotal", "shipping", "discount", "tax", "total",
)  # fmt: skip
_ON_ONE_ROW = frozenset({"shipping", "discount", "tax"})
"""What some channels write on an order's first row, and 0.00 on the others."""
_NOTHING = re.compile(r"[^\d]*0+(?:[.,]0+)?[^\d]*").fullmatch
_PLACE = ("name", "company", "street", "street2", "city", "postcode", "region", "country")
_SIDES = {side: tuple(f"{side}_{part}" for part in _PLACE) for side in ("bill", "ship")}


class MappedOrders:
    """Orders in any CSV."""

    key = "mapped-orders"
    channel = "csv"
    kind = Kind.ORDERS

    def detect(self, header: tuple[str, ...]) -> float:
        """Never by itself: somebody has mapped its columns."""
        return 0.0

    def read(self, table: Table, settings: ReadSettings) -> Iterator[CandidateOrder | Rejected]:
        """As Reader.read; Refused also channels.no-mapping, channels.mapping-lacks, channels.mapping-does-not-fit."""
        orders = _Orders(MappedColumns(table, settings, "orders"))
        for rows in grouped(table, orders.at["number"], continues=orders.continues):
            yield from orders.read(rows)


class _Orders:
    def __init__(self, columns: MappedColumns) -> None:
        self._columns = columns
        self.at = columns.at
        self._ids: dict[str, int] = {}
        self._read = [(key, self.at[key]) for key in ("number", *_OWN) if self.at[key] >= 0]
        self._own = [place for key, place in self._read if key != "number"]
        self._empty = dict.fromkeys(("number", *_OWN), "")
        self._countries = Memo(country)
        self._financial = Memo(financial_state)
        self._dispatch = Memo(dispatch_state)

    def continues(self, cells: list[str]) -> bool:
        """Whether a row without a number only adds a line to the order above."""
        return not any(cells[place].strip() for place in self._own)

    def read(self, rows: list[Row]) -> Iterator[CandidateOrder | Rejected]:
        """The order of these rows; one for each time it stands in the file differently is told apart."""
        if any(row[2] for row in rows):
            yield faulty(rows, self._columns.width)
            return
        number = rows[0][1][self.at["number"]].strip()
        if not number:
            yield rejected(rows, "order-number-missing")
            return
        code = takes_back(self._columns, rows)
        if code:
            yield rejected(rows, code, number=number, sku=rows[0][1][self.at["sku"]].strip())
            return
        again = _repeated(rows)
        if again:
            yield rejected(again, "order-repeated", first=rows[0][0])
            rows = [row for row in rows if row not in again]
        try:
            order = self._order(rows)
            first = self._ids.setdefault(order.external_id, order.line)
            taken = first != order.line
            yield rejected(rows, "id-repeated", number=order.external_id, first=first) if taken else order
        except BadCell as bad:
            line = bad.line or rows[0][0]
            cells = next(row[1] for row in rows if row[0] == line)
            yield rejected(rows, bad.code, line, **{"number": number, **blame(bad, cells, self._columns.named)})

    def _order(self, rows: list[Row]) -> CandidateOrder:
        columns = self._columns
        told = self._of_the_order(rows)
        dates, placed_at = columns.dates, self._placed_at(told)
        currency = columns.currencies[told["currency"]] or columns.currency
        amounts = columns.amounts(currency)
        dispatch, sent_at = self._dispatch[told["fulfilment_status"]], dates[told["fulfilled_at"]]
        lines = read_lines(columns, rows, currency, dispatched=dispatch == "fulfilled" or bool(sent_at))
        if not lines.articles:
            raise BadCell("no-lines")
        number = identifier(told["number"])
        name, bill_to, ship_to = self._whom(told)
        shipping, discount = amounts[told["shipping"]], amounts[told["discount"]]
        if lines.discount is not None:
            discount = abs(discount or 0) + lines.discount
        found = CandidateOrder(
            rows[0][0],
            len(rows),
            fingerprint(*(cell for row in rows for cell in row[1])),
            identifier(told["external_id"]) or number,
            number,
            placed_at,
            currency,
            email(told["email"]),
            name,
            phone(told["phone"]),
            identifier(told["buyer_id"]),
            ship_to,
            bill_to,
            tuple(lines.articles),
            amounts[told["subtotal"]],
            lines.postage if shipping is None else shipping,
            None if discount is None else abs(discount),
            amounts[told["tax"]],
            amounts[told["total"]],
            discount_code=", ".join(filter(None, (line_text(told["discount_code"]), *lines.discount_names))),
            refunded=amounts[told["refunded"]],
            fulfilment_status=dispatch,
            fulfilled_at=sent_at,
        )
        return self._completed(found, told)

    def _completed(self, order: CandidateOrder, told: dict[str, str]) -> CandidateOrder:
        """The order with what is told beside its lines and sums."""
        dates, sure = self._columns.dates, self._columns.mapping.prices_include_tax
        if sure is None:
            sure = includes_tax(order.subtotal, order.shipping, order.tax, None, order.total)
        return order._replace(
            prices_include_tax=sure,
            financial_status=self._financial[told["financial_status"]],
            paid_at=dates[told["paid_at"]],
            payment_method=line_text(told["payment_method"]),
            payment_reference=identifier(told["payment_reference"]),
            cancelled_at=dates[told["cancelled_at"]],
            delivery_option=line_text(told["delivery_option"]),
            ship_by=dates[told["ship_by"]],
            notes=lines_text(told["notes"]),
            gift_message=lines_text(told["gift_message"]),
            tags=word_list(told["tags"]),
            source=(("source", line_text(told["source"])),) if told["source"].strip() else (),
            accepts_marketing=flag(told["accepts_marketing"]),
        )

    def _whom(self, told: dict[str, str]) -> tuple[str, PostalAddress, PostalAddress]:
        """The customer's name, billing and delivery address; one address serves for both where there is one."""
        name = line_text(told["name"] or f"{told['first_name']} {told['last_name']}")
        bill_to, ship_to = self._address(told, "bill", name), self._address(told, "ship", name)
        bill_to, ship_to = (
            ship_to if bill_to == NO_ADDRESS else bill_to,
            bill_to if ship_to == NO_ADDRESS else ship_to,
        )
        return name or bill_to.name or ship_to.name, bill_to, ship_to

    def _of_the_order(self, rows: list[Row]) -> dict[str, str]:
        """Each of the order's own cells: the first row's that has it. BadCell cells-differ where rows disagree."""
        told = self._empty.copy()
        for key, place in self._read:
            for line, cells, _ in rows:
                cell = cells[place].strip()
                if not cell or cell == told[key]:
                    continue
                if not told[key] or (key in _ON_ONE_ROW and _NOTHING(told[key])):
                    told[key] = cell
                elif key in _ON_ONE_ROW and _NOTHING(cell):
                    continue
                elif key in _MUST_AGREE and not same_text(cell, told[key]):
                    differ = BadCell("cells-differ", cell, before=told[key])
                    differ.line = line
                    raise differ
        return told

    def _placed_at(self, told: dict[str, str]) -> datetime:
        """When it was placed: the date, with the time of another column if there is one."""
        text = f"{told['placed_at']} {told['placed_time']}".strip() if told["placed_at"] else ""
        column = self._columns.mapping.columns["placed_at"]
        try:
            at = self._columns.dates[text]
        except BadCell as bad:
            bad.facts["column"] = column
            raise
        if at is None:
            raise BadCell("date-missing", column=column)
        return at

    def _address(self, told: dict[str, str], side: str, name: str) -> PostalAddress:
        if not any(told[key] for key in _SIDES[side]):
            return NO_ADDRESS
        parts = {part: told[f"{side}_{part}"] for part in _PLACE}
        street = [line_text(parts[part]) for part in ("street", "street2") if parts[part].strip()]
        return PostalAddress(
            name=line_text(parts["name"]) or name,
            company=line_text(parts["company"]),
            street="\n".join(street),
            city=line_text(parts["city"]),
            postcode=postcode(parts["postcode"]),
            region=line_text(parts["region"]),
            country=self._countries[parts["country"]],
        )


def _repeated(rows: list[Row]) -> list[Row]:
    """The second half of rows that stand in the file twice over, in two places: a file put together of two."""
    half, odd = divmod(len(rows), 2)
    if odd or not half or rows[half][0] == rows[half - 1][0] + 1:
        return []  # next to each other, equal rows are two lines that happen to be equal
    return rows[half:] if [row[1] for row in rows[:half]] == [row[1] for row in rows[half:]] else []
