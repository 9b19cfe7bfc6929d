"""What *Check my data* proves of number series."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from backoffice.core.language import mark
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


CHECKS = (Check("number-series", mark("No number will be given twice"), no_number_comes_again),)
