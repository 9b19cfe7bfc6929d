"""One person is erased; the tax keeps what is its own; nobody brings the person back."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, contacts, merging, queries
from backoffice.customers.card import queries as card
from backoffice.customers.drafts import CustomerDraft
from backoffice.customers.matching import Matcher
from backoffice.customers.model import ContactKind
from backoffice.customers.person import erasing
from backoffice.customers.person import queries as person
from backoffice.orders import actions as orders
from backoffice.orders import payments
from backoffice.shop import Shop
from backoffice.store import search
from tests.builders import MONDAY, a_shop
from tests.customers.people import (
    HOME,
    a_customer,
    a_parcel,
    an_order,
    everything_written,
    faults,
    moment,
    rows_of,
    the_card,
)
from tests.customers.test_person import a_rejection

SECRETS = ("Núñez", "nunez", "ana@example.com", "ana@work.example", "600 11", "Calle Mayor", "28013", "TRACK1", "Ring")
SECRETS += ("Felicidades", "bigger cup", "ana-buys", "news, please", "urgent for Ana", "cumple")


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def somebody(work):
    """A customer with two merged identities, orders done and cancelled, a parcel, calls, consents."""
    ana = a_customer(
        work,
        "Ana Núñez",
        "ana@example.com",
        phones=("600 11 22 33",),
        addresses=(HOME,),
        notes="Ring twice",
        tags=("vip",),
    )
    second = a_customer(work, "A. Núñez", "ana@work.example", notes="cumple 3 May")
    actions.learn(work, second, identity=("etsy", "ana-buys"))
    merging.merge(work, kept_id=ana, gone_id=second)
    order = an_order(work, ana, price=17925, placed_at=moment(1), gift_message="Felicidades", notes="Ring twice")
    payments.record_payment(work, order, Money(17925, "EUR"), method="card", reference="ch_1")
    orders.hold(work, order, reason="urgent for Ana Núñez")
    orders.cancel(work, order, reason="Ana Núñez changed her mind")
    actions.consent(work, ana, granted=True, source="form of Ana Núñez", text="news, please")
    contacts.note(work, ana, ContactKind.CALL, "Asks for a bigger cup")
    contacts.promise_call_back(work, ana, MONDAY + timedelta(hours=2), phone="600 11 22 33", text="Ring")
    a_rejection(work, [["1001", "Ana Núñez", "ana@example.com"]])
    return ana


def test_no_word_of_the_person_is_left_anywhere(shop):
    with shop.work() as work:
        ana = somebody(work)
        a_parcel(work, ana)
    before = everything_written(shop)
    assert [secret for secret in SECRETS if secret not in before] == []
    with shop.work() as work:
        erasing.erase(work, ana)
    after = everything_written(shop)
    assert [secret for secret in SECRETS if secret in after] == []
    assert not faults(shop)


def test_the_tax_keeps_amounts_dates_lines_payments_and_country(shop):
    with shop.work() as work:
        ana = somebody(work)
    before = rows_of(shop, "orders")[0]
    lines, paid = rows_of(shop, "order_line"), rows_of(shop, "payment")
    with shop.work() as work:
        erasing.erase(work, ana)
    after = rows_of(shop, "orders")[0]
    kept = ("number", "placed_at", "currency", "total", "tax", "ship_country", "bill_country", "customer_id", "status")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert (rows_of(shop, "order_line"), rows_of(shop, "payment")) == (lines, paid)
    assert (after["ship_name"], after["email"], after["ship_street"]) == (f"#{ana}", "", "")
    assert after["version"] == before["version"] + 1  # a form opened before cannot save the address back


def test_the_history_keeps_what_happened_and_when_without_words(shop):
    with shop.work() as work:
        ana = somebody(work)
    before = [(line.id, line.at, line.verb) for line in shop.ask(card.timeline, ana)]
    with shop.work() as work:
        erasing.erase(work, ana)
    after = shop.ask(card.timeline, ana)
    assert [(line.id, line.at, line.verb) for line in after[1:]] == before
    paid = next(line for line in after if line.verb == "order.charge")
    assert paid.facts["amount"] == {"amount": "179.25", "currency": "EUR"}
    assert next(line for line in after if line.verb == "order.held").facts.get("reason") is None


def test_a_dry_run_says_all_of_it_and_does_nothing(shop):
    with shop.work() as work:
        ana = somebody(work)
        a_parcel(work, ana)
    before = everything_written(shop)
    planned = shop.ask(erasing.plan, ana)
    assert everything_written(shop) == before
    with shop.work() as work:
        done = erasing.erase(work, ana)
    assert (planned.erased, planned.kept, planned.done, done.done) == (done.erased, done.kept, False, True)
    assert planned.erased["emails"] == 2
    assert planned.kept == {"orders": 1, "payments": 1, "tombstone": 4, "backups": 1}


def test_others_keep_every_word_of_theirs(shop):
    with shop.work() as work:
        ana = somebody(work)
        eva = a_customer(work, "Eva Ruiz", "mariana@example.com", phones=("700",), notes="Red", addresses=(HOME,))
        an_order(work, eva, email="mariana@example.com", notes="Leave at the door")
        contacts.note(work, eva, ContactKind.NOTE, "Paints")
        a_rejection(work, [["1002", "mariana@example.com"]])
    before = shop.ask(person.everything, eva)
    with shop.work() as work:
        erasing.erase(work, ana)
    assert shop.ask(person.everything, eva) == before


def test_a_second_import_does_not_bring_the_person_back(shop):
    with shop.work() as work:
        erasing.erase(work, somebody(work))
        matcher = Matcher(work.session)
        by_email, by_buyer, by_place, other = matcher.match(
            ["ANA@example.com", "", "", "eva@example.com"],
            [None, ("etsy", "ana-buys"), None, None],
            [None, None, ("ana nuñez", "28 013"), ("Ana Núñez", "28013")],
        )
    for found in (by_email, by_buyer, by_place):
        assert found.customer_id is None
        assert found.must_stay_away(moment(1))
        assert not found.must_stay_away(MONDAY + timedelta(days=1))
    assert not other.must_stay_away(moment(1))


def test_somebody_typed_in_again_is_a_new_customer(shop):
    with shop.work() as work:
        ana = somebody(work)
        erasing.erase(work, ana)
        again = a_customer(work, "Ana Núñez", "ana@example.com")
        assert Matcher(work.session).match(["ana@example.com"])[0].customer_id == again
    assert again != ana
    assert not faults(shop)


def test_a_tombstone_tells_no_address_to_whoever_reads_the_file(shop):
    with shop.work() as work:
        erasing.erase(work, somebody(work))
    assert {len(row["hash"]) for row in rows_of(shop, "tombstone")} == {64}


def test_two_shops_make_different_tombstones_of_one_address(tmp_path):
    found = []
    for name in ("one", "two"):
        with a_shop(tmp_path / name) as shop:
            with shop.work() as work:
                erasing.erase(work, a_customer(work, "Ana", "ana@example.com"))
            found.append(rows_of(shop, "tombstone")[0]["hash"])
    assert found[0] != found[1]


def test_an_open_order_still_needs_the_address(shop):
    with shop.work() as work:
        ana = a_customer(work)
        order = an_order(work, ana)
    with shop.work() as work, pytest.raises(Refused, match=r"customers\.open-orders") as refused:
        erasing.erase(work, ana)
    assert refused.value.facts["numbers"] == "00001"
    with shop.work() as work:
        orders.cancel(work, order, reason="asked to be erased")
        erasing.erase(work, ana)
    assert the_card(shop, ana).erased_at is not None


def test_an_erased_person_is_found_nowhere(shop):
    with shop.work() as work:
        ana = somebody(work)
        a_parcel(work, ana)
        erasing.erase(work, ana)
    for text in ("Ana", "nunez", "ana@example.com", "600112233", "28013"):
        assert shop.ask(search.find, text) == []
    assert shop.ask(search.find, "00001")[0].kind == "order"
    assert shop.ask(queries.count) == 0


def test_nobody_is_erased_twice_or_under_another_name(shop):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva")
        merged = merging.merge(work, kept_id=ana, gone_id=eva)
        with pytest.raises(Refused, match=r"customers\.not-listed"):
            erasing.erase(work, eva)
        erasing.erase(work, ana)
        with pytest.raises(Refused, match=r"customers\.erased-already"):
            erasing.erase(work, ana)
        with pytest.raises(Refused, match=r"customers\.merge-erased"):
            merging.undo(work, merged)
        with pytest.raises(Refused, match=r"customers\.not-listed"):
            actions.change(work, ana, CustomerDraft(name="Ana"), version=1)


def test_a_receiver_of_presents_is_not_taken_for_the_erased_person(shop):
    gift = PostalAddress(name="Grandmother", street="Rua 2", city="Lisboa", postcode="1100", country="PT")
    with shop.work() as work:
        ana = a_customer(work, "Ana Núñez", "ana@example.com", addresses=(HOME, gift))
        erasing.erase(work, ana)
        found = Matcher(work.session).match(["", ""], (), [("Grandmother", "1100"), ("Ana Núñez", "28013")])
    assert [match.erased_at is None for match in found] == [True, False]


ERASE = """
import sys
from pathlib import Path
from backoffice.customers.person import erasing
from backoffice.shop import Shop
with Shop.open(Path(sys.argv[1])) as shop, shop.work() as work:
    erasing.erase(work, int(sys.argv[2]))
"""


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_power_cut_while_erasing_leaves_the_person_whole_and_a_second_try_finishes(tmp_path, place):
    root = Path(__file__).resolve().parents[2]
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            ana = somebody(work)
        before = everything_written(shop)
        path = shop.path

    def erase(**environment: str) -> int:
        command = [sys.executable, "-c", ERASE, str(path), str(ana)]
        return subprocess.run(command, cwd=root, env={**os.environ, **environment}, check=False).returncode

    assert erase(BACKOFFICE_CRASH_AT=f"erase:{place}") == -signal.SIGKILL
    with Shop.open(path) as shop:
        assert everything_written(shop) == before
    assert erase() == 0
    with Shop.open(path) as shop:
        assert not faults(shop)
        assert the_card(shop, ana).erased_at is not None


def test_nothing_of_the_person_stays_in_the_files_bytes_once_swept(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            ana = somebody(work)
            a_parcel(work, ana)
            work.session.connection().exec_driver_sql("PRAGMA secure_delete=ON")
            erasing.erase(work, ana)
        with shop.work() as work:
            erasing.sweep(work)
        path = shop.path
    content = path.read_bytes()
    assert [secret for secret in SECRETS if secret.encode() in content] == []
