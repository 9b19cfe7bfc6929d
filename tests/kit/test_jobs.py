"""Long work goes on elsewhere; its answer, its error and its progress come home to the main thread."""

import threading

import pytest

from backoffice.core.errors import Outage
from tests.kit import process_tasks
from ui.kit.jobs import Jobs, Stopped
from ui.kit.jobs_button import JobsButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising a popup, offscreen


@pytest.fixture
def jobs(qtbot):
    made = Jobs()
    yield made
    made.close()


def test_the_answer_comes_home_to_the_main_thread(jobs, qtbot):
    told = []
    jobs.run(
        lambda progress, stop: threading.current_thread().name,
        lambda answer: told.append((answer, threading.current_thread() is threading.main_thread())),
        label="Work",
    )
    qtbot.waitUntil(lambda: bool(told))
    name, in_main_thread = told[0]
    assert name.startswith("job")
    assert in_main_thread


def test_an_error_comes_home_too(jobs, qtbot):
    told = []

    def fail(progress, stop):
        raise Outage("printing.off")

    jobs.run(fail, None, told.append, label="Work")
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "printing.off"


def test_an_error_nobody_takes_goes_where_all_others_go(jobs, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr("sys.excepthook", lambda kind, *_rest: told.append(kind))
    jobs.run(lambda progress, stop: 1 / 0, label="Work")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [ZeroDivisionError]


def test_progress_is_seen_while_it_runs_and_stop_is_heard(jobs, qtbot):
    going, told = threading.Event(), []

    def work(progress, stop):
        progress(3, 12, "Reading")
        going.set()
        while not stop():
            threading.Event().wait(0.005)
        raise Stopped

    job = jobs.run(work, told.append, told.append, label="Work")
    assert going.wait(5)
    assert (job.percent, job.text) == (25, "Reading")
    assert jobs.running() == [job]
    job.stop()
    qtbot.waitUntil(lambda: not jobs.running())
    assert told == []


def test_a_quiet_job_is_not_shown(jobs, qtbot):
    done = []
    jobs.run(lambda progress, stop: 1, done.append, label="", quiet=True)
    assert jobs.running() == []
    qtbot.waitUntil(lambda: done == [1])


def test_inline_jobs_are_done_when_the_call_returns(qtbot):
    told = []
    Jobs(inline=True).run(lambda progress, stop: progress(1, 2) or 7, told.append, label="Work")
    assert told == [7]


def test_nothing_looks_at_jobs_while_none_runs(jobs, qtbot):
    jobs.run(lambda progress, stop: None, label="Work")
    qtbot.waitUntil(lambda: not jobs.running())
    assert not jobs._looking.isActive()


def test_a_process_answers_and_tells_its_progress(jobs, qtbot):
    told = []
    job = jobs.run_process(process_tasks.add, 40, 2, done=told.append, label="Import")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == [42]
    assert (job.done, job.total, job.text) == (1, 2, "adding")


def test_a_process_s_refusal_comes_home_with_its_facts(jobs, qtbot):
    told = []
    jobs.run_process(process_tasks.refuse, "orders.csv", failed=told.append, label="Import")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert (told[0].code, told[0].facts) == ("channels.not-csv", {"file": "orders.csv"})


def test_a_process_that_dies_is_told_as_an_error(jobs, qtbot):
    told = []
    jobs.run_process(process_tasks.die, failed=told.append, label="Import")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert isinstance(told[0], ChildProcessError)


def test_a_process_hears_stop(jobs, qtbot):
    told = []
    job = jobs.run_process(process_tasks.wait_for_stop, done=told.append, label="Import")
    qtbot.waitUntil(lambda: job.done == 1, timeout=20_000)
    job.stop()
    qtbot.waitUntil(lambda: told == ["stopped"], timeout=20_000)


def test_the_button_shows_what_runs_and_stops_it(app, qtbot):
    app.jobs = Jobs()
    button = JobsButton(app)
    qtbot.addWidget(button)
    release, going = threading.Event(), threading.Event()

    def work(progress, stop):
        progress(1, 4, "Line 1")
        going.set()
        release.wait(5)

    job = app.jobs.run(work, label="Import of orders.csv")
    assert going.wait(5)
    button.show_jobs()
    assert not button.isHidden()
    assert button.button.text() == "Import of orders.csv · 25 %"
    button._open()
    assert [told.toolTip() or told.text() for _job, _bar, told in button._list._rows] == ["Line 1"]
    release.set()
    qtbot.waitUntil(lambda: button.isHidden())
    assert not job.stopped()
    app.jobs.close()
