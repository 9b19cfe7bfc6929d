"""What the tests of importing share: writing a file, taking it in, counting everything."""

from pathlib import Path

from backoffice.channels.importing import run
from backoffice.channels.importing.run import Outcome
from backoffice.shop import Shop
from tests.channels.files import text_of

TABLES = (
    "orders", "order_line", "customer", "customer_email", "customer_address", "product", "product_match", "payment",
    "allocation", "stock_move", "stock_source", "search_document", "consent",
)  # fmt: skip


def a_file(folder: Path, *rows: list[str], name: str = "orders.csv") -> Path:
    """A small Shopify export."""
    file = folder / name
    file.write_text(text_of(rows), encoding="utf-8")
    return file


def look(shop: Shop, file: Path) -> Outcome:
    return shop.ask(run.preview, shop.ask(run.detect, file))


def take(shop: Shop, file: Path, **more: object) -> Outcome:
    return run.apply(shop.store, shop.ask(run.detect, file), **more)  # type: ignore[arg-type]


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    """New, changed, unchanged, rejected."""
    tally = outcome.tally
    return tally.new, tally.changed, tally.unchanged, tally.rejected


def everything(shop: Shop) -> dict[str, int]:
    """How many rows each table has."""
    with shop.store.engine.connect() as connection:
        return {
            table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()) for table in TABLES
        }


def stock_numbers(shop: Shop) -> list[tuple[object, ...]]:
    """SKU, sellable and committed of every product."""
    with shop.store.engine.connect() as connection:
        return [
            tuple(row)
            for row in connection.exec_driver_sql("SELECT sku, sellable, committed FROM product ORDER BY sku")
        ]


def faults(shop: Shop) -> list[str]:
    """What Check my data finds."""
    return [fault for check in shop.check() for fault in check.faults]
