"""Number series: each number is given once, whatever changes."""

from datetime import UTC, datetime

import pytest

from backoffice.settings import actions
from backoffice.settings.queries import number_series
from tests.builders import an_open_shop, refused


def take(shop, count=1, name="order"):
    with shop.work() as work:
        return [actions.take_number(work, name) for _ in range(count)]


def change(shop, *, prefix="", following=1, width=5, yearly=False):
    with shop.work() as work:
        actions.change_series(work, "order", prefix=prefix, following=following, width=width, yearly=yearly)


def test_orders_and_shipments_count_apart(tmp_path):
    with an_open_shop(tmp_path) as shop:
        assert take(shop, 2) == ["00001", "00002"]
        assert take(shop, 2, "shipment") == ["S-0001", "S-0002"]
        assert shop.ask(number_series) == {"order": "00003", "shipment": "S-0003"}


def test_a_number_of_a_transaction_that_failed_is_given_to_the_next(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with pytest.raises(ZeroDivisionError), shop.work() as work:
            actions.take_number(work, "order")
            raise ZeroDivisionError
        assert take(shop) == ["00001"]


def test_numbers_grow_beyond_their_width(tmp_path):
    with an_open_shop(tmp_path) as shop:
        change(shop, following=9, width=1)
        assert take(shop, 2) == ["9", "10"]


def test_a_number_given_once_is_refused_as_the_next(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, 3)
        with refused("settings.number-used", number="00003"):
            change(shop, following=3)
        change(shop, following=4)
        assert take(shop) == ["00004"]


def test_a_prefix_that_comes_back_goes_on_where_it_was(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, 3)
        change(shop, prefix="A-")
        assert take(shop) == ["A-00001"]
        with refused("settings.number-used"):
            change(shop, prefix="", following=2)
        change(shop, prefix="", following=4)
        assert take(shop) == ["00004"]
        with refused("settings.number-used", number="A-00001"):
            change(shop, prefix="A-", following=1)
        assert set(shop.ask(number_series)) == {"order", "shipment"}


def test_a_yearly_series_begins_anew_in_the_shops_new_year(tmp_path):
    almost = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    with an_open_shop(tmp_path, at=almost) as shop:
        change(shop, following=500, yearly=True)
        assert take(shop, 2) == ["2026-00500", "2026-00501"]
        shop.clock.advance(datetime(2026, 12, 31, 23, 1, tzinfo=UTC) - almost)
        assert take(shop) == ["2027-00001"]


def test_a_clock_put_back_gives_no_number_of_the_old_year_twice(tmp_path):
    new_year = datetime(2027, 1, 1, 9, tzinfo=UTC)
    with an_open_shop(tmp_path, at=new_year) as shop:
        change(shop, yearly=True)
        assert take(shop) == ["2027-00001"]
        shop.clock.advance(datetime(2026, 12, 31, 9, tzinfo=UTC) - new_year)
        assert take(shop) == ["2027-00002"]


def test_yearly_and_plain_numbers_do_not_repeat_each_other(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, 3)
        change(shop, yearly=True)
        assert take(shop) == ["2026-00001"]
        with refused("settings.number-used", number="00003"):
            change(shop, following=3)


@pytest.mark.parametrize(
    "wish",
    [{"width": 0}, {"width": 13}, {"following": 0}, {"following": 10**12}, {"prefix": "Ñ-"}, {"prefix": "X" * 13}],
)
def test_what_cannot_be_printed_as_a_number_is_refused(tmp_path, wish):
    with an_open_shop(tmp_path) as shop, refused("settings.bad-series"):
        change(shop, **wish)


def test_an_unknown_series_is_refused(tmp_path):
    with an_open_shop(tmp_path) as shop, refused("settings.unknown"):
        take(shop, name="invoice-to-be")
