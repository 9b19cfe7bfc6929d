"""What *Check my data* proves of number series."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from backoffice.core.language import mark
from backoffice.settings import queries
from backoffice.store.check import Check, Fault, Result, fault

HOMES: Mapping[str, str] = {"order": "orders", "shipment": "shipment"}
"""Where the numbers of a series are given: tables of the floors above, by their names."""

_TO_COME = """
SELECT number FROM (
  SELECT t.number, s.width, s.next, substr(t.number, length(s.begins) + 1) AS digits FROM {table} AS t JOIN (
    SELECT width, next, prefix || CASE WHEN yearly AND year IS NOT NULL THEN year || '-' ELSE '' END AS begins
    FROM number_series WHERE name = '{name}'
  ) AS s ON substr(t.number, 1, length(s.begins)) = s.begins
) WHERE digits GLOB '[0-9]*' AND digits NOT GLOB '*[^0-9]*' AND CAST(digits AS INTEGER) >= next
AND digits = printf('%0' || width || 'd', CAST(digits AS INTEGER))
"""


def no_number_comes_again(session: Session) -> Result:
    """No series has a number before it that is given already."""
    connection = session.connection()
    faults: list[Fault] = []
    row: Any
    for name, table in HOMES.items():
        for row in connection.exec_driver_sql(_TO_COME.format(table=table, name=name)):
            faults.append(
                fault(mark("Number {number} is given already, and its series will give it again"), number=row[0])
            )
    return len(HOMES), faults


def one_profile(session: Session) -> Result:
    """The shop has its profile, once, with hours and a rate that can be read."""
    found = int(session.connection().exec_driver_sql("SELECT count(*) FROM shop_profile").scalar_one())
    if found != 1:
        return found, [fault(mark("The shop has {found} profiles, it needs one"), found=found)]
    profile = queries.profile(session)
    faults = []
    for name in ("hours", "tax_rate", "rounding_mode", "cut_off_time"):
        try:
            getattr(profile, name)
        except (ValueError, TypeError, LookupError, ArithmeticError):
            faults.append(fault(mark("The shop's profile: {name} cannot be read"), name=name))
    return found, faults


CHECKS = (
    Check("profile", mark("The shop has its name, currency and hours"), one_profile),
    Check("number-series", mark("No number will be given twice"), no_number_comes_again),
)
