"""A lock is replaced by a good one or stays as it was."""

import pytest

from tools import locks
from tools.places import Stop


def compiled(monkeypatch, text, *, code=0):
    """Plays uv: writes `text` where it is told to, ends with `code`."""

    def call(command, **_more):
        with open(command[-1], "w", encoding="utf-8") as fresh:
            fresh.write(text)
        return code

    monkeypatch.setattr(locks.subprocess, "call", call)


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "requirements.lock"
    path.write_text("old\n")
    return path


def test_a_good_lock_replaces_the_old_one(lock, monkeypatch):
    compiled(monkeypatch, "nh3==0.3.8 \\\n    --hash=sha256:00\n")
    locks.write(lock, [])
    assert lock.read_text().startswith("nh3")


@pytest.mark.parametrize(
    ("text", "code"), [("", 1), ("--extra-index-url https://pypi.example/simple\n", 0), ("a @ file:///srv/a.whl\n", 0)]
)
def test_a_lock_stays_when_the_new_one_fails_or_names_a_host(lock, monkeypatch, text, code):
    compiled(monkeypatch, text, code=code)
    with pytest.raises(Stop, match=r"requirements\.lock stays as it was"):
        locks.write(lock, [])
    assert lock.read_text() == "old\n"
