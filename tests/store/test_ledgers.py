"""Ledgers are only ever added to; the counts beside the order views follow every order."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, delete, select, update

from backoffice.customers.model import Consent, Customer
from backoffice.inventory.model import Bucket, MoveKind, StockMove
from backoffice.orders.model import Order, OrderTally, Payment, PaymentKind
from backoffice.store import ledgers, rows
from backoffice.store.journal import JournalLine
from backoffice.store.unit_of_work import UnitOfWork
from tests.store.shops import a_product, a_shop, an_order

LEDGERS = (StockMove, Payment, JournalLine, Consent)


@pytest.fixture
def shop(tmp_path):
    """A shop with one row in each ledger, written by import 5."""
    with a_shop(tmp_path) as opened:
        with opened.work() as work:
            fill(work)
        yield opened


def fill(work: UnitOfWork) -> None:
    product, order = a_product(work, "CUP"), an_order(work, "1")
    customer = rows.insert(work, Customer, name="Ana", created_at=work.now, batch_id=5)
    rows.insert(work, Consent, customer_id=customer, at=work.now, granted=True, source="form", text="yes")
    rows.insert(
        work, Payment, order_id=order, at=work.now, kind=PaymentKind.CHARGE, amount=1, currency="EUR", batch_id=5
    )
    rows.insert(
        work,
        StockMove,
        at=work.now,
        product_id=product,
        quantity=1,
        bucket_from=Bucket.SUPPLIER,
        bucket_to=Bucket.SELLABLE,
        kind=MoveKind.OPENING,
        batch_id=5,
    )


def test_the_models_and_the_triggers_name_the_same_ledgers():
    assert {rows.table_of(kind).name for kind in LEDGERS} == set(ledgers.APPEND_ONLY)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_row_of_a_ledger_changes(shop, ledger):
    for column in rows.table_of(ledger).c:
        with pytest.raises(IntegrityError, match="append-only"), shop.work() as work:
            work.session.connection().execute(sa.update(ledger).values({column: column}))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_row_of_a_ledger_goes(shop, ledger):
    with pytest.raises(IntegrityError, match="append-only"), shop.work() as work:
        work.session.execute(delete(ledger))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_no_row_of_a_ledger_is_replaced(shop, ledger):
    table = rows.table_of(ledger).name
    with pytest.raises(IntegrityError, match="append-only"), shop.work() as work:
        work.session.execute(sa.text(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"))


@pytest.mark.parametrize("ledger", LEDGERS)
def test_without_its_trigger_a_row_would_go(shop, ledger):
    with shop.work() as work:
        for kind in LEDGERS:
            work.session.execute(sa.text(f"DROP TRIGGER {rows.table_of(kind).name}_refuses_delete"))
        work.session.execute(delete(ledger))
        assert not work.session.exec(select(ledger)).all()


def test_erasing_a_person_takes_facts_and_words_and_no_row(shop):
    with shop.work() as work, ledgers.erasing(work.session):
        work.session.execute(update(JournalLine).values(facts={}))
        work.session.execute(update(Consent).values(text="", source="erased"))
    assert shop.ask(lambda session: session.exec(select(Consent.source, Consent.text)).one()) == ("erased", "")


@pytest.mark.parametrize(
    "statement",
    [
        update(JournalLine).values(who="nobody"),
        update(JournalLine).values(verb="x", facts={}),
        update(Consent).values(granted=False),
        update(Payment).values(reference=""),
        update(StockMove).values(reason=""),
        delete(JournalLine),
        delete(Consent),
    ],
)
def test_erasing_a_person_allows_nothing_else(shop, statement):
    with pytest.raises(IntegrityError, match="append-only"), shop.work() as work, ledgers.erasing(work.session):
        work.session.execute(statement)


def test_merging_moves_lines_to_another_customer_and_nothing_else(shop):
    with shop.work() as work, ledgers.merging(work.session):
        work.session.execute(update(JournalLine).values(customer_id=1))
        work.session.execute(update(Consent).values(customer_id=Consent.customer_id))
    for statement in (update(JournalLine).values(facts={}), update(Consent).values(text="no"), delete(Consent)):
        with pytest.raises(IntegrityError, match="append-only"), shop.work() as work, ledgers.merging(work.session):
            work.session.execute(statement)


def test_undoing_an_import_deletes_what_that_import_wrote(shop):
    with shop.work() as work, ledgers.undoing(work.session, 5):
        for ledger in (StockMove, Payment, Consent):
            work.session.execute(delete(ledger))
    for ledger in (StockMove, Payment, Consent):
        assert not shop.ask(lambda session, kind=ledger: session.exec(select(kind)).all())


@pytest.mark.parametrize("ledger", [StockMove, Payment, Consent, JournalLine])
def test_undoing_an_import_leaves_what_others_wrote(shop, ledger):
    with pytest.raises(IntegrityError, match="append-only"), shop.work() as work, ledgers.undoing(work.session, 6):
        work.session.execute(delete(ledger))


def test_an_exception_ends_with_its_block_however_it_ends(shop):
    with shop.work() as work:
        with pytest.raises(ZeroDivisionError), ledgers.erasing(work.session):
            raise ZeroDivisionError
        with pytest.raises(IntegrityError, match="append-only"):
            work.session.connection().execute(update(JournalLine).values(facts={}))
        with ledgers.erasing(work.session):
            pass
    with pytest.raises(IntegrityError, match="append-only"), shop.work() as work:
        work.session.execute(update(JournalLine).values(facts={}))


def tally(session: Session) -> dict[tuple[str, str, str], int]:
    return {(row.status, row.payment, row.dispatch): row.orders for row in session.exec(select(OrderTally))}


def test_the_tally_follows_every_order(shop):
    with shop.work() as work:
        second = an_order(work, "2")
        an_order(work, "3")
        work.session.execute(update(Order).where(Order.id == second).values(payment="paid", notes="x"))
    assert shop.ask(tally) == {("open", "unpaid", "unfulfilled"): 2, ("open", "paid", "unfulfilled"): 1}
    with shop.work() as work:
        work.session.execute(delete(Order).where(Order.number == "3"))
        work.session.execute(update(Order).where(Order.id == second).values(status="closed", dispatch="shipped"))
    assert {key: orders for key, orders in shop.ask(tally).items() if orders} == {
        ("open", "unpaid", "unfulfilled"): 1,
        ("closed", "paid", "shipped"): 1,
    }
