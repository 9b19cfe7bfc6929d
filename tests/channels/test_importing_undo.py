"""An import is taken back: what it made goes again, what somebody touched stays and is named, cut off anywhere."""

import shutil

import pytest

from backoffice.channels import queries
from backoffice.channels.importing import mending
from backoffice.channels.importing.undo import undo
from backoffice.core.calendar import FixedClock
from backoffice.core.errors import Refused
from backoffice.orders import actions
from backoffice.orders.queries import facts
from backoffice.shop import Shop
from tests.builders import MONDAY, a_product, a_shop, an_open_shop
from tests.channels.files import an_order
from tests.channels.importing import a_file, counts, everything, faults, stock_numbers, take
from tests.store.killing import can_kill, ended, killed, passes

ORDERS = [an_order(f"#{n}", Email=f"c{n}@example.com") for n in range(1, 7)]


def test_undoing_brings_every_count_back(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, on_hand=9, sku="CUP-1")
        before, stock = everything(shop), stock_numbers(shop)
        batch = take(shop, a_file(tmp_path, *ORDERS)).batch_id
        undone = undo(shop.store, batch)
        assert (undone.gone, undone.kept) == (12, [])  # six orders and six customers
        assert everything(shop) == before
        assert stock_numbers(shop) == stock
        assert faults(shop) == []


def test_an_order_somebody_worked_on_stays_and_is_named(tmp_path):
    with an_open_shop(tmp_path) as shop:
        batch = take(shop, a_file(tmp_path, *ORDERS[:2])).batch_id
        order = shop.ask(facts.id_of, "#1")
        with shop.work() as work:
            actions.note(work, order, "fragile")
        number = shop.ask(facts.head, order).number
        assert number in undo(shop.store, batch).kept
        assert everything(shop)["orders"] == 1
        assert faults(shop) == []


def test_an_import_is_undone_once(tmp_path):
    with an_open_shop(tmp_path) as shop:
        batch = take(shop, a_file(tmp_path, ORDERS[0])).batch_id
        undo(shop.store, batch)
        with pytest.raises(Refused, match=r"channels\.undone-already"):
            undo(shop.store, batch)


def test_a_rejected_row_is_mended_in_place(tmp_path):
    with an_open_shop(tmp_path) as shop:
        batch = take(shop, a_file(tmp_path, an_order("#1", Lineitem_quantity="two"))).batch_id
        (rejection,) = shop.ask(queries.rejections, batch)
        cells = [["2" if cell == "two" else cell for cell in line] for line in rejection.cells]
        assert counts(mending.mend(shop.store, rejection.id, cells)) == (1, 0, 0, 0)
        assert shop.ask(queries.rejections, batch) == []
        assert everything(shop)["orders"] == 1


def test_a_row_that_fails_again_stays_at_its_line_and_counts_once(tmp_path):
    with an_open_shop(tmp_path) as shop:
        rows = [an_order("#1"), an_order("#2", Lineitem_quantity="two"), an_order("#3", Lineitem_quantity="three")]
        batch = take(shop, a_file(tmp_path, *rows)).batch_id
        before = [(row.line, row.code) for row in shop.ask(queries.rejections, batch)]
        (_second, third) = shop.ask(queries.rejections, batch)
        assert counts(mending.mend(shop.store, third.id, third.cells)) == (0, 0, 0, 1)
        assert [(row.line, row.code) for row in shop.ask(queries.rejections, batch)] == before
        assert shop.ask(queries.kept_aside) == {batch: 2}
        third = shop.ask(queries.rejections, batch)[1]
        cells = [["3" if cell == "three" else cell for cell in line] for line in third.cells]
        mending.mend(shop.store, third.id, cells)
        assert shop.ask(queries.kept_aside) == {batch: 1}
        assert faults(shop) == []


@can_kill
def test_the_power_is_cut_anywhere_and_importing_again_ends_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("backoffice.channels.importing.run.CHUNK", 2)
    file = a_file(tmp_path, *ORDERS)
    path, template = _closed_shop(tmp_path)

    def importing() -> None:
        with Shop.open(path, clock=FixedClock(MONDAY), who="Eva") as shop:
            take(shop, file)

    points = passes(importing, "import", tmp_path / "passes")
    wanted = _state(path)
    assert points >= 9
    for place in range(1, points + 1):
        shutil.copyfile(template, path)
        killed(importing, f"import:{place}")
        assert ended(importing) == 0
        assert _state(path) == wanted, place


@can_kill
def test_the_power_is_cut_while_undoing_and_undoing_again_ends_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr("backoffice.channels.importing.undo.CHUNK", 2)
    path, _empty = _closed_shop(tmp_path)
    with Shop.open(path, clock=FixedClock(MONDAY), who="Eva") as shop:
        batch = take(shop, a_file(tmp_path, *ORDERS)).batch_id
        shop.close(backup=False)
    template = shutil.copyfile(path, tmp_path / "imported")

    def undoing() -> None:
        with Shop.open(path, clock=FixedClock(MONDAY), who="Eva") as shop:
            undo(shop.store, batch)

    points = passes(undoing, "undo-import", tmp_path / "passes")
    wanted = _state(path)
    assert wanted[0]["orders"] == 0
    for place in range(1, points + 1):
        shutil.copyfile(template, path)
        killed(undoing, f"undo-import:{place}")
        assert ended(undoing) == 0
        assert _state(path) == wanted, place


def _closed_shop(folder):
    """A closed shop with a little stock, and a copy of its file."""
    with a_shop(folder) as shop:
        with shop.work() as work:
            a_product(work, on_hand=7, sku="CUP-1")
        shop.close(backup=False)
    return shop.path, shutil.copyfile(shop.path, folder / "template")


def _state(path):
    """Row counts, stock and faults; batches and history differ by the attempts that were cut off."""
    with Shop.open(path, clock=FixedClock(MONDAY), who="Eva") as shop:
        found = everything(shop), stock_numbers(shop), faults(shop)
        shop.close(backup=False)
    return found


def test_a_count_of_an_unknown_product_can_be_mended_too(tmp_path):
    file = tmp_path / "stock.csv"
    file.write_text("SKU,Quantity on hand\nCUP-9,4\n", encoding="utf-8")
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_product(work, sku="CUP-1")
        batch = take(shop, file).batch_id
        (rejection,) = shop.ask(queries.rejections, batch)
        assert (rejection.code, rejection.cells) == ("product-unknown", [["CUP-9", "4"]])
        assert counts(mending.mend(shop.store, rejection.id, [["CUP-1", "4"]])) == (1, 0, 0, 0)
        assert stock_numbers(shop) == [("CUP-1", 4, 0)]
