"""What a shop lives through besides: imports and their undo, merged customers, backups, crashes."""

import copy
import shutil
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backoffice.channels.importing import run
from backoffice.channels.importing import undo as undoing
from backoffice.customers import merging
from backoffice.inventory import actions as products
from backoffice.shop import Shop
from tests.builders import a_product
from tests.channels import files
from tests.life.base import REFUSED, SKUS, Life, pick, units
from tests.life.model import ShopModel


class TroubleLife(Life):
    """What nobody does twice a day."""

    def __init__(self) -> None:
        super().__init__()
        self.backup: tuple[Path, ShopModel, set[int]] | None = None
        self.external = iter(range(1001, 10**6))
        self.numbers = iter(range(10**6))

    @rule(lines=st.lists(st.tuples(st.integers(0, 3), units), min_size=1, max_size=3), paid=st.booleans())
    def import_orders(self, lines: list[tuple[int, int]], paid: bool) -> None:
        """One order a line, each of another channel's number; the same file again changes nothing."""
        rows = [files.an_order(f"#{next(self.external)}", **_cells(SKUS[at], n, paid)) for at, n in lines]
        path = files.saved(self.folder(), files.bytes_of(*rows))
        found = self.shop.ask(run.detect, path)
        outcome = run.apply(self.shop.store, found)
        assert outcome.batch_id is not None and not outcome.tally.rejected, outcome
        self.model.batches.append(outcome.batch_id)
        sql = f"SELECT id, paid FROM orders WHERE batch_id = {outcome.batch_id} ORDER BY id"
        made = self.shop.ask(lambda session: session.connection().exec_driver_sql(sql).all())
        assert len(made) == len(lines)
        for (order, booked), (_at, quantity) in zip(made, lines, strict=True):
            self.learn(order, "open", paid=booked, batch=outcome.batch_id)
            assert [line.ordered for line in self.model.of(order).values()] == [quantity]
        again = run.apply(self.shop.store, self.shop.ask(run.detect, path))
        assert (again.tally.new, again.tally.changed, again.tally.unchanged) == (0, 0, len(lines))

    @precondition(lambda self: self.model.batches)
    @rule(at=pick)
    def undo_an_import(self, at: int) -> None:
        """What nobody touched since goes away; what somebody did stays."""
        batch = self.one(at, self.model.batches)
        undoing.undo(self.shop.store, batch)
        self.model.batches.remove(batch)
        sql = "SELECT id FROM orders"
        left = {row[0] for row in self.shop.ask(lambda session: session.connection().exec_driver_sql(sql).all())}
        for order, found in list(self.model.orders.items()):
            if found.batch == batch and order not in left:
                assert not found.touched, f"order {order} was touched and is gone"
                del self.model.orders[order]
                self.model.lines = {key: line for key, line in self.model.lines.items() if line.order != order}
            elif found.batch == batch:
                assert found.touched, f"order {order} was not touched and stayed"

    @precondition(lambda self: len(self.listed) > 1)
    @rule(kept=pick, gone=pick)
    def merge_customers(self, kept: int, gone: int) -> None:
        people = sorted(self.listed)
        one, other = self.one(kept, people), self.one(gone, people)
        merge = self.do(merging.merge, kept_id=one, gone_id=other, allowed=one != other)
        if merge is not REFUSED:
            self.model.merges.append((merge, one, other))
            self.listed.remove(other)

    @precondition(lambda self: self.model.merges)
    @rule(at=pick)
    def part_customers(self, at: int) -> None:
        found = self.one(at, self.model.merges)
        merge, kept, gone = found
        if self.do(merging.undo, merge, allowed=kept in self.listed) is not REFUSED:
            self.model.merges.remove(found)
            self.listed.add(gone)

    @rule()
    def back_up(self) -> None:
        file = self.shop.back_up(self.folder() / "copy.backoffice")
        self.backup = file, copy.deepcopy(self.model), set(self.listed)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        assert self.backup is not None
        file, model, listed = self.backup
        self.model, self.listed = copy.deepcopy(model), set(listed)
        self.shop.close(backup=False)
        Shop.restore(file, self.shop.path, clock=self.shop.clock)
        self.open(self.shop.path)

    @rule()
    def close_and_reopen(self) -> None:
        self.shop.close(backup=False)
        self.open(self.shop.path)

    @rule(midway=st.booleans(), at=pick)
    def crash_and_reopen(self, midway: bool, at: int) -> None:
        """The power fails, perhaps in the middle of a transaction: what the disk has then is opened."""
        folder = self.folder()

        def power_fails() -> None:
            for file in self.shop.path.parent.glob(f"{self.shop.path.name}*"):
                if file.is_file() and not file.name.endswith(("-shm", ".lock")):
                    shutil.copyfile(file, folder / file.name)

        if midway:
            try:
                with self.shop.work() as work:
                    products.adjust(work, self.one(at, self.goods), 5, reason="never written")
                    a_product(work, on_hand=5)
                    power_fails()
                    raise _Cut
            except _Cut:
                pass
        else:
            power_fails()
        self.shop.close(backup=False)
        self.open(folder / self.shop.path.name)

    def open(self, path: Path) -> None:
        self.shop = self.opened(path)


class _Cut(Exception):
    """The power failed here."""


def _cells(sku: str, quantity: int, paid: bool) -> dict[str, Any]:
    total = f"{quantity * 10}.00"
    return {
        "Lineitem_sku": sku,
        "Lineitem_quantity": str(quantity),
        "Lineitem_price": "10.00",
        "Shipping": "0.00",
        "Subtotal": total,
        "Total": total,
        "Financial_Status": "paid" if paid else "pending",
        "Email": "",
        "Shipping_Name": "",
        "Id": "",
    }
