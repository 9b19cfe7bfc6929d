"""One door to the shop: what an action did is told, what went wrong is said where it belongs."""

import threading

from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language


def rename(work, name):
    if not name:
        raise Refused("products.no-name", field="name")
    work.records["name"] = name
    work.touched.add("products")
    return len(name)


def disk_full(work):
    raise Outage("store.disk-full")


def test_an_action_is_done_told_and_can_be_taken_back(app, shop):
    done = app.do(rename, "Cup", said="Renamed", undo=lambda value: app.do(rename, "x" * value))
    assert done
    assert done.value == 3
    assert app.notices.toasts == ["Renamed"]
    app.notices.undo_last()
    assert shop.records["name"] == "xxx"


def test_a_refusal_is_a_notice_and_nothing_else(app):
    done = app.do(rename, "", said="Renamed")
    assert not done
    assert done.error.code == "products.no-name"
    assert app.notices.toasts == ["products.no-name"]


def test_a_refusal_belongs_to_the_form_that_knows_the_field(app):
    class Form:
        def show_refusal(self, error, sentence):
            self.shown = (error.facts["field"], sentence)
            return True

    form = Form()
    app.do(rename, "", form=form)
    assert form.shown == ("name", "products.no-name")
    assert app.notices.toasts == []


def test_an_outage_is_logged_by_its_code_and_can_be_tried_again(app, caplog):
    app.do(disk_full)
    assert app.notices.toasts == ["store.disk-full"]
    assert "store.disk-full" in caplog.text
    app.notices.undo_last()
    assert caplog.text.count("store.disk-full") == 2


def test_a_bug_is_not_swallowed(app):
    def broken(work):
        raise ZeroDivisionError

    try:
        app.do(broken)
    except ZeroDivisionError:
        return
    raise AssertionError("the bug was swallowed")


def test_what_changed_is_heard_in_the_main_thread_whoever_wrote(app, shop, qtbot):
    heard = []
    app.changed.connect(lambda changes: heard.append((changes, threading.current_thread().name)))

    def write():
        with shop.work() as work:
            rename(work, "Cup")

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(frozenset({"products"}), "MainThread")]


def test_a_closed_context_hears_nothing(app):
    heard = []
    app.changed.connect(heard.append)
    app.close()
    app.do(rename, "Cup")
    assert heard == []


def test_a_job_s_refusal_is_told_and_an_outage_tried_again(app):
    runs = []

    def work(progress, stop):
        runs.append(1)
        raise Outage("mail.offline")

    app.run(work, label="Fetching")
    app.notices.undo_last()
    assert len(runs) == 2
    assert app.notices.toasts == ["mail.offline"]


def test_formats_write_nothing_for_what_is_not_there(app):
    kinds = ("money", "number", "percent", "day", "day_of", "moment", "ago", "country", "text")
    assert {app.format.by_kind(kind)(None) for kind in kinds} == {""}
    assert app.format.today.isoformat() == "2026-11-22"
    assert app.words is not None
    assert app.language == Language("en")
