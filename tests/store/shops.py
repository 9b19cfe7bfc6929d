"""Shops for the tests of the store, and ways to harm them."""

import hashlib
import shutil
import sqlite3
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from backoffice.core.calendar import FixedClock
from backoffice.core.paths import private_file, private_folder
from backoffice.inventory.model import Product
from backoffice.orders.model import Order
from backoffice.shop import Shop
from backoffice.store import rows, search
from backoffice.store.unit_of_work import UnitOfWork

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_clock() -> FixedClock:
    """A Monday morning that stands still."""
    return FixedClock(MONDAY)


def a_shop(folder: Path, name: str = "shop.backoffice") -> Shop:
    """A new, open shop."""
    place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
    return Shop.create(folder / name, name="Casa Lumbre", clock=a_clock(), who="ana", **place)


def a_closed_shop(folder: Path, *, products: int = 3) -> Path:
    """A shop file with some products, closed, without a backup."""
    path = private_file(private_folder(folder) / "shop.backoffice")
    path.write_bytes(_closed_shop(products))
    return path


@cache
def _closed_shop(products: int) -> bytes:
    with TemporaryDirectory() as folder:
        shop = a_shop(Path(folder))
        with shop.work() as work:
            for number in range(products):
                a_product(work, f"CUP-{number}")
        shop.close(backup=False)
        return shop.path.read_bytes()


def a_product(work: UnitOfWork, sku: str, **values: object) -> int:
    """A product row that can be found; its id."""
    product_id = rows.insert(work, Product, sku=sku, name=f"Cup {sku}", created_at=work.now, **values)
    search.put(work.session, kind="product", record_id=product_id, title=sku, text=f"Cup {sku}")
    return product_id


def an_order(work: UnitOfWork, number: str, **values: object) -> int:
    """An order row; its id."""
    return rows.insert(work, Order, number=number, placed_at=work.now, currency="EUR", **values)


def skus(path: Path) -> list[object]:
    """The products in a shop file, sorted, read without the program."""
    return sorted(row[1] for row in content(path, "product")["product"])


def content(path: Path, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table (or of those named): what must be equal where two shops are the same.

    Read from a copy of the file and its log, so that looking mends nothing.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        for ending in ("", "-wal"):
            if path.with_name(path.name + ending).exists():
                shutil.copy(f"{path}{ending}", f"{copy}{ending}")
        connection = sqlite3.connect(copy)
        try:
            every = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            return {
                name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for name in tables or every
            }
        finally:
            connection.close()


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with its SHA-256."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
