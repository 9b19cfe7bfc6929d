"""Writes a Shopify orders export of any length, always the same one for the same length."""

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

ORDER = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at",
)  # fmt: skip
LINE = (
    "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status",
)  # fmt: skip
PLACE = ("Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province", "Country", "Phone")
REST = (
    "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference", "Refunded Amount", "Vendor",
    "Id", "Tags", "Risk Level", "Source", "Lineitem discount", "Tax 1 Name", "Tax 1 Value",
)  # fmt: skip
HEADER = (*ORDER, *LINE, *(f"{side} {part}" for side in ("Billing", "Shipping") for part in PLACE), *REST)
LINES = (1, 2, 2, 3, 4)  # 2.4 an order
STILL_OPEN = 20  # the last one order in so many is not dispatched yet
_BETWEEN = len(HEADER) - len(ORDER) - len(LINE) - 3  # empty cells of a further line: up to its discount


def write(path: Path, orders: int) -> None:
    """`orders` orders of a quarter as many customers, one to four lines each of 500 articles."""
    dice = random.Random(orders)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(orders):
            writer.writerows(_rows(number, dice, orders))


def _rows(number: int, dice: random.Random, orders: int) -> list[list[str]]:
    customer = dice.randrange(max(orders // 4, 1))
    at = f"{datetime(2015, 1, 1) + timedelta(minutes=5 * number):%Y-%m-%d %H:%M:%S} +0100"
    gone = number < orders - orders // STILL_OPEN
    bought = [(dice.randint(1, 3), dice.randrange(500), dice.randint(500, 9000)) for _ in range(dice.choice(LINES))]
    goods = sum(pieces * price for pieces, _article, price in bought)
    tax, mail = _euros((goods + 490) * 21 // 121), f"c{customer}@example.com"
    place = [f"Ana {customer} Pérez", *[f"Calle {customer}"] * 2, "", "", "Madrid", "'28013", "M", "ES", ""]
    state, sent = ("fulfilled", at) if gone else ("unfulfilled", "")
    told = [f"#{number + 1}", mail, "paid", at, state, sent, "no", "EUR", _euros(goods), "4.90", tax]
    told += [_euros(goods + 490), "", "0.00", "Standard", at]
    rest = ["", "", "", "Card", f"p{number}", "0.00", "", str(10**9 + number), "", "", "web"]
    rows = []
    for pieces, article, price in bought:
        line = [str(pieces), f"Thing {article}", _euros(price), "", f"SKU-{article}", "true", "true"]
        line.append("fulfilled" if gone else "pending")
        if rows:
            rows.append([*told[:2], *[""] * (len(ORDER) - 2), *line, *[""] * _BETWEEN, "0.00", "", ""])
        else:
            rows.append([*told, *line, *place, *place, *rest, "0.00", "IVA 21%", tax])
    return rows


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
