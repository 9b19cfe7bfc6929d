"""What a unit of work costs beside its SQL: one small write, and one question, each in a transaction of its own."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from backoffice.shop import Shop
from backoffice.store.engine import connect
from benchmarks.floor import Measure, compare

WRITE = "UPDATE number_series SET next = next + 1 WHERE id = 1"
READ = "SELECT next FROM number_series WHERE id = 1"
TIMES = 500


def main(_scale: int) -> Iterator[Measure]:
    """The same at any scale; the floor is sqlite3 with the same settings, every commit flushed to the disk."""
    with tempfile.TemporaryDirectory() as folder:
        place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
        shop = Shop.create(Path(folder) / "shop.backoffice", name="Work", **place)
        raw = connect(shop.path)

        def write_raw() -> None:
            for statement in ("BEGIN IMMEDIATE", WRITE, "COMMIT"):
                raw.execute(statement).close()

        def write() -> None:
            with shop.work() as work:
                work.session.connection().exec_driver_sql(WRITE)

        def read_raw() -> None:
            raw.execute("BEGIN").close()
            raw.execute(READ).fetchone()
            raw.execute("COMMIT").close()

        def look(session: Session) -> int:
            return int(session.connection().exec_driver_sql(READ).scalar_one())

        yield compare("a write, a transaction each", ours=write, floor=write_raw, goal=8, repeat=TIMES)
        yield compare(
            "a question, a transaction each",
            ours=lambda: shop.ask(look),
            floor=read_raw,
            goal=1.5,
            plus=0.0003,
            repeat=TIMES,
        )
        raw.close()
        shop.close(backup=False)
