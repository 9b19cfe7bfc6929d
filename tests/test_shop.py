"""A shop is made, opened, worked in, asked, checked, backed up, closed; and wired in one place only."""

import threading
from datetime import timedelta

import pytest
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.settings import queries as settings
from backoffice.settings.model import Carrier
from backoffice.shop import CHECKS, Shop
from tests.store.shops import a_clock, a_closed_shop, a_product, a_shop, skus


def carriers(session: Session) -> list[str]:
    return [row[0] for row in session.connection().exec_driver_sql("SELECT name FROM carrier")]


def test_a_new_shop_knows_who_it_is(tmp_path):
    with a_shop(tmp_path) as shop:
        profile = shop.ask(settings.profile)
        assert (profile.name, profile.currency, shop.language) == ("Casa Lumbre", "EUR", "en")
        assert [each for each in shop.check() if each.faults] == []


def test_a_shop_is_the_same_after_closing_and_opening(tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        work.add(Carrier(name="Correos"))
        identity = shop.ask(settings.profile).identity
    with Shop.open(shop.path, clock=a_clock()) as again:
        assert again.ask(settings.profile).identity == identity
        assert again.ask(carriers) == ["Correos"]


def test_every_feature_with_proofs_has_them_in_check_my_data(tmp_path):
    with a_shop(tmp_path) as shop:
        assert [each.name for each in shop.check()] == [each.name for each in CHECKS]
    assert {"file", "references", "schema", "search-index", "order-tally"} <= {each.name for each in CHECKS}


def test_faults_are_told_in_the_owners_language(tmp_path):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            work.session.connection().exec_driver_sql("INSERT INTO order_tally VALUES ('open', 'paid', 'packed', 3)")
        told = {each.name: each.faults for each in shop.check() if each.faults}
    assert told == {"order-tally": ["The count of orders that are open, paid, packed is wrong"]}


def test_a_worker_process_uses_the_shop_of_the_one_that_has_it_open(tmp_path):
    with a_shop(tmp_path) as shop:
        beside = Shop.beside(shop.path, clock=a_clock())
        with beside.work() as work:
            work.add(Carrier(name="Correos"))
        assert beside.close() is None
        assert shop.ask(carriers) == ["Correos"]
        with pytest.raises(Refused):
            Shop.open(shop.path, clock=a_clock())
    assert [each.reason for each in Shop.backups_of(shop.path)] == ["closing"]


def test_a_shop_whose_disk_is_gone_still_lets_go(tmp_path):
    shop = a_shop(tmp_path)
    with shop.work() as work:
        work.add(Carrier(name="Correos"))
    shop.path.rename(tmp_path / "elsewhere")
    outage = shop.close()
    assert outage is not None
    assert list(tmp_path.glob("*-lock")) == []


def test_who_only_looks_makes_no_backup(tmp_path):
    path = a_closed_shop(tmp_path)
    with Shop.open(path, clock=a_clock()) as shop:
        assert shop.ask(carriers) == []
    assert Shop.backups_of(path) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["shop.backoffice"]


def test_closing_twice_does_nothing_more(tmp_path):
    shop = a_shop(tmp_path)
    shop.close()
    with Shop.open(shop.path, clock=a_clock()) as again:
        shop.close()
        assert again.language == "en"


def test_a_shop_left_by_an_error_closes_without_a_backup(tmp_path):
    with pytest.raises(ZeroDivisionError), a_shop(tmp_path) as shop:
        with shop.work() as work:
            work.add(Carrier(name="Correos"))
        raise ZeroDivisionError
    assert Shop.backups_of(shop.path) == []
    Shop.open(shop.path, clock=a_clock()).close()


def test_a_backup_is_restored_through_the_shop(tmp_path):
    path = a_closed_shop(tmp_path)
    with Shop.open(path, clock=a_clock()) as shop:
        kept = shop.back_up()
        with shop.work() as work:
            a_product(work, "LATER")
    saved = Shop.restore(kept, path, clock=a_clock())
    assert skus(path) == ["CUP-0", "CUP-1", "CUP-2"]
    assert saved is not None and "LATER" in skus(saved)


def test_the_daily_backup_is_due_a_day_after_the_last(tmp_path):
    with a_shop(tmp_path) as shop:
        assert shop.backup_due()
        shop.back_up(reason="daily")
        assert not shop.backup_due()
        with shop.work() as work:
            work.add(Carrier(name="Correos"))
        shop.clock.advance(timedelta(hours=25))
        assert shop.backup_due()


def test_the_window_reads_while_a_job_writes(tmp_path):
    with a_shop(tmp_path) as shop:
        started, read = threading.Event(), threading.Event()

        def job() -> None:
            with shop.work() as work:
                work.add(Carrier(name="Correos"))
                started.set()
                assert read.wait(10)

        thread = threading.Thread(target=job)
        thread.start()
        assert started.wait(10)
        assert shop.ask(carriers) == []
        read.set()
        thread.join(10)
        assert shop.ask(carriers) == ["Correos"]


def test_nobody_logged_in_is_nobodys_name(tmp_path, monkeypatch):
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 1234")

    monkeypatch.setattr("getpass.getuser", nobody)
    shop = Shop.create(tmp_path / "x", name="X", currency="EUR", country="ES", zone="Europe/Madrid", clock=a_clock())
    with shop, shop.work() as work:
        assert work.who == ""
