"""*Check my data* finds what is wrong, says how much it looked at, and can be stopped."""

import sqlite3

import pytest

from backoffice.core.errors import Refused
from backoffice.core.language import Language, mark
from backoffice.store import check
from tests.store.shops import a_product, a_shop, an_order


@pytest.fixture
def shop(tmp_path):
    opened = a_shop(tmp_path)
    with opened.work() as work:
        a_product(work, "CUP")
        an_order(work, "1")
    yield opened
    opened.close(backup=False)


def outcomes(shop) -> dict[str, check.Outcome]:
    return {each.name: each for each in shop.ask(check.run_all, check.STORE_CHECKS)}


def harm(shop, *statements: str) -> None:
    connection = sqlite3.connect(shop.path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_shop_has_no_fault_and_everything_was_looked_at(shop):
    found = outcomes(shop)
    assert [each.name for each in found.values() if not each.ok] == []
    assert {name: found[name].looked_at for name in ("order-tally", "search-index")} == {
        "order-tally": 1,
        "search-index": 1,
    }
    assert found["schema"].looked_at > 50


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("references", "UPDATE orders SET customer_id = 99"),
        ("schema", "DROP TRIGGER journal_refuses_delete"),
        ("schema", "CREATE TRIGGER spy AFTER INSERT ON orders BEGIN SELECT 1; END"),
        ("ledgers-closed", "INSERT INTO ledger_exception VALUES (1, 'erase', NULL)"),
        ("search-index", "DELETE FROM search_index_docsize"),
        ("order-tally", "UPDATE order_tally SET orders = 7"),
        ("order-tally", "DELETE FROM order_tally"),
        ("order-tally", "INSERT INTO order_tally VALUES ('draft', 'paid', 'packed', 1)"),
    ],
)
def test_each_check_sees_what_it_is_for(shop, name, statement):
    harm(shop, statement)
    wrong = {each.name: each for each in outcomes(shop).values() if not each.ok}
    assert name in wrong
    assert "{" not in wrong[name].faults[0].told(Language("en"))


def test_a_page_that_cannot_be_read_is_told(shop):
    connection = sqlite3.connect(shop.path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_product_list'").fetchone()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shop.store.engine.dispose()
    with open(shop.path, "r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert not outcomes(shop)["file"].ok


def test_faults_are_counted_to_the_end_and_shown_in_part(shop):
    flood = check.Check(
        "flood", "Flood", lambda _session: (9, [check.fault(mark("{n} is wrong"), n=n) for n in range(500)])
    )
    (outcome,) = shop.ask(check.run_all, [flood])
    assert (outcome.found, len(outcome.faults), outcome.ok) == (500, check.MOST_FAULTS, False)
    assert outcome.faults[3].told(Language("en")) == "3 is wrong"


def test_a_check_tells_its_progress_and_can_be_stopped(shop):
    seen: list[tuple[int, int]] = []
    shop.ask(check.run_all, check.STORE_CHECKS, progress=lambda done, of: seen.append((done, of)))
    count = len(check.STORE_CHECKS)
    assert seen == [(done, count) for done in range(count + 1)]
    with pytest.raises(Refused) as refused:
        shop.ask(check.run_all, check.STORE_CHECKS, cancelled=lambda: True)
    assert refused.value.code == "store.check-stopped"


def test_one_long_statement_can_be_stopped_in_the_middle(shop):
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    long = check.Check("long", "Long", check.rows_wrong(endless, "SELECT 1", "x"))
    asked = iter([False, False, True])
    with pytest.raises(Refused) as refused:
        shop.ask(check.run_all, [long], cancelled=lambda: next(asked, True))
    assert refused.value.code == "store.check-stopped"
    assert outcomes(shop)["file"].ok


def test_exactly_the_records_of_a_kind_are_found(shop):
    of_products = check.findable("product", "SELECT id FROM product", "product-search", "x")
    assert shop.ask(of_products.run) == (1, [])
    with shop.work() as work:
        a_product(work, "MUG")
    harm(shop, "DELETE FROM search_document WHERE record_id = 2", "UPDATE search_document SET record_id = 7")
    looked_at, faults = shop.ask(of_products.run)
    assert (looked_at, sorted(each.facts["id"] for each in faults)) == (2, [1, 2, 7])


def test_every_check_has_a_name_of_its_own_and_a_title():
    from backoffice.shop import CHECKS  # noqa: PLC0415

    assert len({each.name for each in CHECKS}) == len(CHECKS)
    assert all(each.title for each in CHECKS)


def test_a_check_that_cannot_read_what_it_needs_says_so_and_the_others_go_on(shop):
    def broken(_session):
        raise ValueError("no number: x")

    checks = (check.Check("broken", "Broken", broken), check.Check("fine", "Fine", lambda _session: (1, [])))
    first, second = shop.ask(check.run_all, checks)
    assert "no number: x" in first.faults[0].told(Language("en"))
    assert second.ok
