"""A shop's life at random: whatever is done in whatever order, the books hold and nothing is lost or doubled.

After each step *Check my data* finds nothing and a shop in plain Python agrees. What the plain shop can foresee is
foreseen: an action that it allows and the real one refuses is a fault, and the other way round.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant

from tests.builders import faults
from tests.life.model import broken_promises, differences
from tests.life.money import MoneyLife
from tests.life.orders import OrdersLife
from tests.life.parcels import ParcelsLife
from tests.life.stock import StockLife
from tests.life.trouble import TroubleLife

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
EXAMPLES, STEPS = (200 if THOROUGH else 12), 30

pytestmark = pytest.mark.timeout(3600 if THOROUGH else 300)


class ShopLife(StockLife, OrdersLife, MoneyLife, ParcelsLife, TroubleLife):
    """One shop from its first day on."""

    @invariant()
    def the_plain_shop_agrees(self) -> None:
        assert differences(self.model, self.shop) == []

    @invariant()
    def nobody_waits_for_what_is_there(self) -> None:
        assert broken_promises(self.shop) == []

    @invariant()
    def check_my_data_finds_nothing(self) -> None:
        assert faults(self.shop) == []


TestShopLife = ShopLife.TestCase
TestShopLife.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
