"""The program opens shops or says why not, keeps them safe, speaks two languages, and hands keys and scans on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QPushButton

from backoffice.core.errors import Outage
from backoffice.settings import actions as settings
from backoffice.settings import queries as settings_queries
from backoffice.shop import Shop
from backoffice.store import health
from tests.kit.accessible import assert_all_named
from ui.kit.closed import NotOpened
from ui.kit.drawer import Unsaved
from ui.kit.form import Form, FormDialog
from ui.kit.memory import Memory
from ui.kit.single import knock
from ui.kit.text import Label


@pytest.fixture
def opened(program, shop_file, qtbot):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.sidebar.places["orders"].count == "7")  # the last step of an arrival
    return program


def page(program):
    return program.window.stack.currentWidget()


def sentences(widget):
    return [label.text() for label in widget.findChildren(Label) if label.text()]


def entries(program):
    return [
        entry.text() for menu in program.window.menuBar().actions() for entry in menu.menu().actions() if entry.text()
    ]


def test_an_open_shop_has_its_name_in_the_title_and_is_opened_again_next_time(opened, shop_file):
    assert opened.window.windowTitle() == "Cerámica Luz – Backoffice"
    assert Memory().read("shop") == str(shop_file)
    assert opened.window.sidebar.places["orders"].count == "7"


def test_a_screen_asked_ahead_is_made_while_the_first_is_looked_at(opened, qtbot):
    assert set(opened.window._screens) == {"today"}
    qtbot.waitUntil(lambda: set(opened.window._screens) == {"today", "orders"})
    made = opened.window._screens["orders"]
    assert opened.window.screen_shown.feature == "today"
    qtbot.waitUntil(lambda: made.asked == ["refresh"])
    opened.window.go("orders")
    assert opened.window.screen_shown is made
    assert made.asked == ["refresh"]


def test_without_any_shop_it_begins_a_first_run(program):
    program.start(None)
    assert program.shop is None
    assert "Back up now" not in entries(program)
    assert "New shop…" in entries(program)


def test_a_shop_that_is_not_there_is_said_with_its_backups(program, shop_file):
    with Shop.open(shop_file) as shop:
        shop.back_up()
    shop_file.unlink()
    program.open_shop(shop_file)
    shown = page(program)
    assert isinstance(shown, NotOpened)
    assert any("Luz.shop is not there" in sentence for sentence in sentences(shown))
    assert_all_named(shown)
    next(button for button in shown.findChildren(QPushButton) if button.property("primary")).click()
    assert program.shop is not None
    assert shop_file.exists()


def test_a_file_that_is_no_shop_is_left_as_it_is(program, tmp_path):
    foreign = tmp_path / "notes.txt"
    foreign.write_text("no shop")
    program.open_shop(foreign)
    assert isinstance(page(program), NotOpened)
    assert foreign.read_text() == "no shop"


def test_trying_again_opens_it_when_the_disk_is_back(program, shop_file, qtbot):
    away = shop_file.rename(shop_file.with_name("away"))
    program.open_shop(shop_file)
    shown = page(program)
    away.rename(shop_file)
    shown.again.click()
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)


def test_a_second_start_raises_the_first_window_and_goes(opened, shop_file, qtbot, monkeypatch):
    raised = []
    monkeypatch.setattr(opened, "_come_forward", lambda: raised.append(1))
    opened._door._knocked = opened._come_forward
    assert knock(shop_file)
    qtbot.waitUntil(lambda: raised == [1])
    opened._door.close()
    assert not knock(shop_file)


def test_the_window_changes_its_language_and_keeps_its_place_in_the_shop(opened, qtbot):
    opened.set_language("es")
    qtbot.waitUntil(lambda: opened.window.screen_shown is not None)
    assert opened.shop.language == "es"
    assert opened.app.language.code == "es"
    assert Memory().read("language") == "es"
    heard = []
    opened.app.changed.connect(heard.append)
    opened.app.do(settings.change_profile, name="Luz")
    assert len(heard) == 1


def test_a_backup_is_made_told_and_shown(opened):
    opened.back_up()
    assert len(opened.shop.backups()) == 1
    assert opened.app.notices.toasts == ["Backed up, and the copy was tested."]
    assert "Last backup" in opened.bar.backup.accessibleName()


def test_a_backup_that_fails_is_a_banner_until_the_next_success(opened, monkeypatch):
    def fail(**_watched):
        health.change(opened.shop.path, failure="store.disk-full")
        raise Outage("store.disk-full")

    monkeypatch.setattr(opened.shop, "back_up", fail)
    opened.back_up()
    assert "disk is full" in opened.app.notices.banners[0]
    assert "disk is full" in opened.bar.backup.accessibleName()
    monkeypatch.undo()
    opened.back_up()
    assert opened.app.notices.banners == []


def test_check_my_data_shows_what_it_found(opened, monkeypatch):
    shown = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: shown.append(sentences(dialog)) or assert_all_named(dialog))
    opened.check()
    assert shown[0][0] == "Your data is in order"
    assert "Stock is the sum of its moves" in shown[0]


def test_a_restore_brings_the_shop_back_as_it_was(opened, shop_file, qtbot):
    opened.back_up()
    file = opened.shop.backups()[0].file
    opened.app.do(settings.change_profile, name="Renamed")
    opened.restore(file, shop_file)
    qtbot.waitUntil(lambda: opened.window.screen_shown is not None)
    assert opened.window.windowTitle() == "Cerámica Luz – Backoffice"


def test_after_a_restore_the_window_says_what_was_restored(opened, shop_file, qtbot):
    opened.back_up()
    backup = opened.shop.backups()[0]
    opened.restore(backup.file, shop_file)
    qtbot.waitUntil(lambda: bool(opened.app and opened.app.notices.toasts))
    when = opened.app.format.moment(backup.at)
    assert opened.app.notices.toasts == [
        f"Restored: the shop is as it was {when}. What it was until now is kept as a backup."
    ]


def test_closing_backs_up_what_was_written(opened, shop_file):
    opened.app.do(settings.change_profile, name="Luz y Sol")
    assert opened.may_close()
    assert opened.shop is None
    assert [backup.reason for backup in Shop.backups_of(shop_file)] == ["closing"]


def test_a_large_shop_is_backed_up_in_a_job_before_the_window_goes(opened, shop_file, qtbot, monkeypatch):
    opened.app.do(settings.change_profile, name="Luz y Sol")
    monkeypatch.setattr(type(opened.shop), "is_large", property(lambda shop: True))
    opened.window.close()
    assert opened.window.isVisible()
    qtbot.waitUntil(lambda: opened.shop is None)
    assert not opened.window.isVisible()
    assert [backup.reason for backup in Shop.backups_of(shop_file)] == ["closing"]


@pytest.mark.parametrize(
    ("act", "asked"),
    [("new", "new"), ("filter", "filter"), ("print", "print"), ("confirm", "confirm"), ("refresh", "refresh")],
)
def test_keys_are_handed_to_the_screen(opened, act, asked):
    opened.press(act)
    assert opened.window.screen_shown.asked[-1] == asked


def test_escape_leaves_the_screen_where_it_has_nothing_to_leave(opened):
    opened.window.go("orders")
    opened.press("escape")
    assert opened.window.screen_shown.feature == "today"


def test_keys_and_help_are_shown(opened, monkeypatch):
    shown = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    for act in ("help", "keys"):
        opened.press(act)
    opened.about()
    assert shown == ["Today", "Keys", "Backoffice"]


def test_new_in_the_top_bar_begins_one_on_its_screen(opened):
    opened.bar.new.menu().actions()[0].trigger()
    assert opened.window.screen_shown.feature == "orders"
    assert opened.window.screen_shown.asked[-1] == "new"


def test_a_scan_goes_to_the_screen_first_and_to_the_search_then(opened):
    opened._scanned("MINE-1")
    assert opened.window.screen_shown.asked[-1] == ("scan", "MINE-1")
    assert opened.app.notices.toasts == []
    opened._scanned("4006381333931")
    assert opened.app.notices.toasts == ["Nothing found for “4006381333931”."]


def test_files_go_to_the_import_when_that_room_is_there(opened, monkeypatch):
    taken = []
    monkeypatch.setattr("ui.kit.program.hook", lambda name: lambda app, paths: taken.append(paths))
    opened.take_files(["/tmp/orders.csv"])
    assert taken == [[Path("/tmp/orders.csv")]]


def test_what_was_half_written_is_offered_at_the_next_opening(program, shop_file, qtbot):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    typing = QObject(program)
    program.app.drawer.watch(Unsaved("orders/edit/4", "Order {n} waits.", {"n": "00004"}), typing, lambda: ["cup"])
    program.app.drawer.touch("orders/edit/4")
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.app.notices.banners == ["Order 00004 waits."])
    next(each for each in program.window.banners.findChildren(QPushButton) if each.text() == "Go on with it").click()
    assert program.window.screen_shown.asked[-1] == ("go on", "edit/4")
    assert program.app.notices.banners == []
    assert program.app.drawer.typed("orders/edit/4") == ["cup"]


def test_a_new_language_takes_the_old_ones_banners_along(opened, qtbot):
    opened.app.notices.banner("orders", "Something waits.")
    opened.set_language("es")
    assert opened.window.banners.findChildren(QPushButton) == []
    assert not any(label.isVisible() for label in opened.window.banners.findChildren(Label))


@pytest.fixture
def elsewhere(shop_file):
    """The shop, open on another computer: locked, and nobody answers here."""
    with Shop.open(shop_file) as shop:
        yield shop


def test_a_shop_that_is_open_elsewhere_can_be_looked_at_and_says_so_calmly(program, elsewhere, shop_file, qtbot):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    (banner,) = program.app.notices.banners
    assert banner.startswith("Somebody else has this shop open. You see it as it was")
    assert program.window.windowTitle() == "Cerámica Luz – Backoffice"
    assert (program.shop.path, program.shop.only_read) == (shop_file, True)


def test_whoever_only_looks_is_told_so_before_anything_is_typed(program, elsewhere, shop_file, qtbot, tmp_path):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    said = "This shop is open somewhere else, so nothing can be changed here. Close it there, then press Look again."
    dialog = FormDialog(program.app, "Note", Form(None, program.language), "Keep", lambda _draft: True)
    for act in (
        dialog.open,
        program.back_up,
        lambda: program.take_files([str(tmp_path / "orders.csv")]),
        lambda: program.app.do(settings.change_profile, name="Nova"),
    ):
        program.app.notices.clear()
        act()
        assert program.app.notices.toasts == [said]
    assert not dialog.isVisible()
    assert elsewhere.ask(settings_queries.profile).name == "Cerámica Luz"


def test_look_again_works_in_the_shop_when_the_other_window_is_closed(program, elsewhere, shop_file, qtbot):
    program.open_shop(shop_file)
    qtbot.waitUntil(lambda: program.window.screen_shown is not None)
    elsewhere.close()
    next(each for each in program.window.banners.findChildren(QPushButton) if each.text() == "Look again").click()
    qtbot.waitUntil(lambda: program.shop is not None and not program.shop.only_read)
    assert program.app.notices.banners == []
    assert program.app.do(settings.change_profile, name="Nova")


def test_no_more_than_three_half_written_things_are_offered_at_once(opened, shop_file, qtbot):
    drawer, typing = opened.app.drawer, QObject(opened)
    for n in range(5):
        drawer.watch(Unsaved(f"orders/edit/{n}", "Order {n} waits.", {"n": str(n)}), typing, lambda: ["cup"])
        drawer.touch(f"orders/edit/{n}")
        drawer._collect()
    opened.open_shop(shop_file)
    qtbot.waitUntil(lambda: bool(opened.app.notices.banners))
    assert opened.app.notices.banners == ["Order 2 waits.", "Order 3 waits.", "Order 4 waits."]
    assert len(opened.app.drawer.left()) == 5


def test_ctrl_n_and_ctrl_f_do_something_on_every_screen(opened):
    opened.window.go("orders")
    for key in ("new", "filter"):
        opened.press(key)
    assert opened.window.screen_shown.asked[-2:] == ["new", "filter"]
    opened.window.go("settings")
    opened.press("filter")
    assert opened.bar.search.hasFocus() or opened.window.focusWidget() is opened.bar.search
    opened.press("new")
    assert opened.bar.new.menu().isVisible()
    opened.bar.new.menu().close()
