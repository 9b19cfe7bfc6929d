"""What delivery costs: the price rules of a delivery option, first match wins."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.money import Money

_CODE = re.compile("[A-Z]{2}")
_KNOWN = {"countries", "max_weight_g", "min_value", "price"}


def check_rules(rules: Sequence[Mapping[str, Any]], *, currency: str) -> None:
    """Refuses `settings.bad-price-rule` (rule = its place, from 1) for a rule that could not be reckoned with."""
    for place, rule in enumerate(rules, start=1):
        try:
            known = set(rule) <= _KNOWN and "price" in rule
            amounts = [Money.parse(str(rule[name]), currency) for name in ("price", "min_value") if name in rule]
            weight = int(rule.get("max_weight_g", 0))
            countries = [str(code) for code in rule.get("countries", [])]
        except (ValueError, TypeError):
            known = False
        if (
            not known
            or weight < 0
            or any(a.minor < 0 for a in amounts)
            or not all(_CODE.fullmatch(c) for c in countries)
        ):
            raise Refused("settings.bad-price-rule", rule=place)


def price(rules: Sequence[Mapping[str, Any]], *, country: str, weight_g: int, value: Money) -> Money | None:
    """What the delivery costs, in the currency of `value`; none where no rule fits, so that a person decides."""
    for rule in rules:
        if rule.get("countries") and country not in rule["countries"]:
            continue
        if rule.get("max_weight_g") and weight_g > int(rule["max_weight_g"]):
            continue
        if rule.get("min_value") and value < Money.parse(str(rule["min_value"]), value.currency):
            continue
        return Money.parse(str(rule["price"]), value.currency)
    return None
