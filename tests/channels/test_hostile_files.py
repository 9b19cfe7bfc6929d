"""Hostile files: each comes out right, or is refused with the line to blame; nothing is ever lost on the way."""

from pathlib import Path
from typing import Any

import pytest

from backoffice.channels.candidates import rows_of
from backoffice.channels.reading import open_table
from backoffice.core.errors import Refused
from tests.channels import hostile, hostile_cells
from tests.channels.files import read, rejections, saved, taken

FILES = {
    f"{kind}: {name}": case
    for kind, cases in (
        ("encoding", hostile.ENCODINGS),
        ("layout", hostile.LAYOUTS),
        ("rows", hostile.ROWS),
        ("no CSV", hostile.NO_CSV),
        ("cells", hostile_cells.CELLS),
        ("orders", hostile_cells.ORDERS),
    )
    for name, case in cases.items()
}


def outcome(path: Path) -> tuple[Any, list[Any]]:
    try:
        found = read(path)
    except Refused as refused:
        return hostile.Refusal(refused.code, int(str(refused.facts.get("line", 0)))), []
    return found, taken(found)


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_right_or_refused(name, tmp_path):
    content, expected = FILES[name]
    found, orders = outcome(saved(tmp_path, content))
    if isinstance(expected, hostile.Refusal):
        assert found == expected
        return
    assert not isinstance(found, hostile.Refusal), found
    assert sorted(order.external_number for order in orders) == sorted(expected.orders)
    assert rejections(found) == list(expected.rejected)
    assert expected.check(orders)


@pytest.mark.parametrize("name", [name for name, case in FILES.items() if isinstance(case[1], hostile.Expect)])
def test_every_row_is_in_one_finding(name, tmp_path):
    path = saved(tmp_path, FILES[name][0])
    found, _ = outcome(path)
    lines = [line for line, _, _ in open_table(path).rows()]
    assert sum(map(rows_of, found)) == len(lines)


def test_there_are_enough_of_them():
    assert len(FILES) >= 90
