"""Whether a window could be opened is known before Qt is asked, which would abort."""

import socket
import sys

import pytest

from backoffice.core.display import display_answers

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_variable_there_is_no_display():
    assert not display_answers()


@pytest.mark.parametrize("dead", [":4711", "", "nonsense"])
def test_a_display_that_does_not_answer_is_none(monkeypatch, dead):
    monkeypatch.setenv("DISPLAY", dead)
    assert not display_answers()


def test_a_dead_display_stays_dead_when_x11_is_asked_for(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert not display_answers()


def test_a_platform_that_needs_no_screen_is_taken_at_its_word(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert display_answers()


def test_wayland_counts_when_its_socket_is_there(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not display_answers()
    monkeypatch.chdir(tmp_path)  # a socket's path has room for 107 letters only
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("wayland-0")
        assert display_answers()


def test_windows_and_macos_always_have_one(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert display_answers()
