"""The floor of an import: the csv module's rows, put together and written as they are, one executemany a table."""

import csv
import sqlite3
from pathlib import Path

from benchmarks.shopify_file import HEADER

_AT = {name: place for place, name in enumerate(HEADER)}
_ORDER = [_AT[name] for name in ("Name", "Email", "Financial Status", "Created at", "Currency", "Total", "Taxes")]
_ORDER += [place for name, place in _AT.items() if name.startswith(("Billing", "Shipping"))]
_LINE = [place for name, place in _AT.items() if name.startswith("Lineitem")]
_LAST = _AT["Total"]
_DONE = "order.imported"


def take_in(database: Path, file: Path, columns: dict[str, int]) -> None:
    """Writes `file` into new tables with as many columns as `columns` says, all in one transaction."""
    rows = _rows(file, columns)
    with sqlite3.connect(database) as connection:
        for table, wide in columns.items():
            names = ", ".join(f"c{place}" for place in range(1, wide))
            connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {names})")
        for table, wide in columns.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * wide)})", rows[table])
    connection.close()


def _rows(file: Path, columns: dict[str, int]) -> dict[str, list[tuple[object, ...]]]:
    """The rows by table: cells as they are, the columns that the file does not fill with one constant each."""
    filled = {"orders": 1 + len(_ORDER), "order_line": 2 + len(_LINE), "payment": 4, "customer": 3, "journal": 5}
    rest = {table: ("",) * (columns[table] - wide) for table, wide in filled.items()}
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in columns}
    orders, lines, payments, journal = (rows[table] for table in ("orders", "order_line", "payment", "journal"))
    customers: dict[str, tuple[object, ...]] = {}
    with file.open(newline="", encoding="utf-8") as text:
        reader = csv.reader(text)
        next(reader)
        for cells in reader:
            if cells[_LAST]:
                one = len(orders) + 1
                orders.append((one, *[cells[place] for place in _ORDER], *rest["orders"]))
                payments.append((one, one, cells[_LAST], cells[3], *rest["payment"]))
                journal.append((one, one, _DONE, cells[3], "{}", *rest["journal"]))
                if cells[1] not in customers:
                    customers[cells[1]] = (len(customers) + 1, cells[1], cells[_AT["Billing Name"]], *rest["customer"])
            lines.append((len(lines) + 1, len(orders), *[cells[place] for place in _LINE], *rest["order_line"]))
    rows["customer"] = list(customers.values())
    return rows
