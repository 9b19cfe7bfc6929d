"""A bug ends no work: it is shown once, with a report that gives nobody away, and the program goes on."""

import logging
import os
import threading

import pytest
from PySide6.QtCore import QTimer

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from tests.kit.accessible import assert_all_named
from ui.kit import logbook
from ui.kit.crash import CrashDialog, Crashes, report


def crash_over(customer, password):
    try:
        {}[customer]
    except KeyError:
        raise ValueError(f"cannot log in {customer} with {password}") from None


def an_error():
    try:
        crash_over("ana@x.test", "hunter2-canary")
    except ValueError as error:
        return error


def test_the_report_says_where_and_neither_who_nor_what():
    told = report(an_error(), version="1.2.3")
    assert "Backoffice 1.2.3" in told
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "test_crash.py" in told
    assert "crash_over" in told
    for secret in ("ana@x.test", "hunter2-canary", "password", "/home", "/root"):
        assert secret not in told


def test_the_log_has_the_report_and_is_private(own_data_folder, monkeypatch):
    log = logging.getLogger("backoffice")
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "propagate", True)
    logbook.begin()
    log.warning("outage %s", "store.disk-full")
    log.handlers[0].close()
    written = own_data_folder / logbook.NAME
    assert "outage store.disk-full" in written.read_text(encoding="utf-8")
    assert os.name == "nt" or written.stat().st_mode & 0o777 == 0o600


def test_a_circle_of_causes_ends():
    one, other = ValueError(), KeyError()
    one.__context__, other.__context__ = other, one
    assert report(one, version="1").count("ValueError") == 1


@pytest.fixture
def crashes(qtbot, monkeypatch):
    made = Crashes(version="1")
    monkeypatch.setattr("sys.excepthook", made._hook)
    made.shown = []
    made.showing = made.shown.append
    return made


def raise_it():
    raise ZeroDivisionError


@pytest.mark.qt_no_exception_capture
def test_an_error_in_a_timer_is_shown_and_the_window_lives_on(crashes, qtbot):
    QTimer.singleShot(0, raise_it)
    qtbot.waitUntil(lambda: len(crashes.shown) == 1)
    ticked = []
    QTimer.singleShot(0, lambda: ticked.append(1))
    qtbot.waitUntil(lambda: ticked == [1])


def test_an_error_of_another_thread_is_shown_in_the_main_one(crashes, qtbot):
    threads = []
    crashes.showing = lambda _text: threads.append(threading.current_thread().name)
    error = an_error()
    thread = threading.Thread(target=lambda: crashes._hook(type(error), error, error.__traceback__))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: threads == ["MainThread"])


def test_while_a_crash_is_shown_others_do_not_pile_up(crashes):
    shown = []

    def show(text):
        shown.append(text)
        crashes.take(an_error())

    crashes.showing = show
    crashes.take(an_error())
    assert len(shown) == 1


def test_a_refusal_nobody_caught_is_no_crash(crashes):
    crashes.known = lambda error: isinstance(error, Refused)
    crashes.take(Refused("orders.held"))
    assert crashes.shown == []


def test_the_dialog_can_be_read_by_a_screen_reader(qtbot):
    dialog = CrashDialog(None, Language("en"), "report")
    qtbot.addWidget(dialog)
    assert dialog.report.isReadOnly()
    assert_all_named(dialog)
