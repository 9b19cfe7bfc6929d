"""One window a shop: the second start knocks at the first one's door, and no door is left behind."""

import socket
import tempfile
from pathlib import Path

import pytest

from ui.kit.pictures import settle
from ui.kit.single import Door, knock, sweep


@pytest.fixture
def doors(monkeypatch):
    """The system's temporary folder, empty. Its name is short: that of a socket has 107 letters at most."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.fixture
def door(qtbot, doors, tmp_path):
    knocks = []
    made = Door(lambda: knocks.append(1))
    made.knocks = knocks
    made.open(tmp_path / "Luz.shop")
    yield made
    made.close()


def a_door_left(folder, name):
    path = folder / name
    with socket.socket(socket.AF_UNIX) as gone:
        gone.bind(str(path))
    return path


def test_a_knock_is_heard_once(door, tmp_path, qtbot):
    assert knock(tmp_path / "Luz.shop")
    qtbot.waitUntil(lambda: door.knocks == [1])


def test_a_closed_door_leaves_nothing_behind(door, doors):
    assert len(list(doors.iterdir())) == 1
    door.close()
    assert list(doors.iterdir()) == []


def test_doors_of_killed_programs_are_swept_away_at_the_next_start(doors, tmp_path, qtbot):
    left = a_door_left(doors, "backoffice-" + "0" * 24)
    other = a_door_left(doors, "somebody-else")
    opened = Door(lambda: None)
    opened.open(tmp_path / "Luz.shop")
    assert not left.exists()
    assert other.exists()
    opened.close()


def test_sweeping_leaves_an_open_door_and_does_not_knock(door, doors, qtbot):
    sweep(doors)
    settle()
    assert len(list(doors.iterdir())) == 1
    assert door.knocks == []
