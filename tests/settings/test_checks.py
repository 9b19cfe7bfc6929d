"""Check my data names a profile that is missing or cannot be read, and goes on."""

import pytest

from tests.builders import an_open_shop, faults


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM shop_profile", "The shop has 0 profiles, it needs one"),
        ("UPDATE shop_profile SET calendar = '{'", "hours cannot be read"),
        ("UPDATE shop_profile SET default_tax_rate = 'a fifth'", "tax_rate cannot be read"),
        ("UPDATE shop_profile SET rounding = 'down'", "rounding_mode cannot be read"),
        ("UPDATE shop_profile SET cut_off = 'noon'", "cut_off_time cannot be read"),
    ],
)
def test_a_profile_that_is_missing_or_broken_is_named(tmp_path, statement, told):
    with an_open_shop(tmp_path) as shop:
        assert faults(shop) == []
        with shop.work() as work:
            work.session.connection().exec_driver_sql(statement)
        assert [fault for fault in faults(shop) if told in fault]
