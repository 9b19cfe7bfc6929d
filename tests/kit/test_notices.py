"""What is told goes by itself, what must stay stays, and what cannot be undone is asked first."""

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from backoffice.core.language import Language
from tests.kit.accessible import assert_all_named
from ui.kit.notices import SHOWN_FOR, Notices
from ui.kit.pictures import settle


@pytest.fixture
def notices(qtbot):
    host, bar = QWidget(), QWidget()
    QVBoxLayout(bar)
    host.resize(900, 600)
    qtbot.addWidget(host)
    qtbot.addWidget(bar)
    made = Notices(Language("en"))
    made.attach(host, bar)
    host.show()
    return made


def test_a_toast_says_it_and_takes_it_back(notices):
    undone = []
    notices.say("Order packed", lambda: undone.append(1))
    assert notices.toasts == ["Order packed"]
    assert notices.undo_last()
    assert undone == [1]
    assert notices.toasts == []
    assert not notices.undo_last()


def test_a_toast_goes_after_six_seconds(notices):
    notices.say("Saved")
    assert SHOWN_FOR == 6000
    assert notices._toasts[0]._clock.interval() == 6000
    notices._toasts[0]._clock.timeout.emit()
    assert notices.toasts == []


def test_an_outage_stays_until_it_is_tried_again(notices):
    tried = []
    notices.fail("The printer is off.", lambda: tried.append(1))
    assert not notices._toasts[0]._clock.isActive()
    notices.undo_last()
    assert tried == [1]


def test_toasts_lie_at_the_bottom_left_and_three_at_most(notices):
    for n in range(5):
        notices.say(f"Saved {n}")
    assert notices.toasts == ["Saved 2", "Saved 3", "Saved 4"]
    newest = notices._toasts[-1]
    assert newest.x() == 16
    assert newest.geometry().bottom() == 600 - 16 - 1
    assert notices._toasts[0].geometry().bottom() < newest.y()


def test_text_from_outside_is_never_read_as_markup(notices):
    notices.say("<b>Ana</b>")
    label = notices._toasts[0].findChild(QLabel)
    assert label.text() == "<b>Ana</b>"
    assert label.textFormat().name == "PlainText"


def test_a_banner_stays_is_replaced_and_goes(notices):
    notices.banner("backup", "The backup failed.")
    notices.banner("backup", "The backup failed again.")
    assert notices.banners == ["The backup failed again."]
    notices.unbanner("backup")
    assert notices.banners == []
    assert not notices._bar.isVisible()


def test_a_question_names_the_act_and_not_ok(notices, monkeypatch):
    shown = []

    def press(dialog):
        shown.append([button.text() for button in dialog.findChildren(QPushButton)])
        assert_all_named(dialog)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QDialog, "exec", press)
    assert notices.ask("Send 42 mails?", "Send 42 mails", detail="They cannot be called back.")
    assert shown == [["Cancel", "Send 42 mails"]]


def test_a_danger_is_never_the_default_answer(notices, monkeypatch):
    found = {}

    def look(dialog):
        found.update({button.text(): button.isDefault() for button in dialog.findChildren(QPushButton)})
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QDialog, "exec", look)
    assert not notices.ask("Erase Ana?", "Erase Ana", danger=True)
    assert found == {"Cancel": False, "Erase Ana": False}


def test_a_long_toast_has_its_full_size_at_once(notices):
    notices.say(
        "12 new, 3 changed. 4 rows kept aside, for nobody could tell what they were", print, also=("Rows", print)
    )
    (toast,) = notices._toasts
    at_once = toast.size()
    settle()
    notices._place()
    assert toast.size() == at_once
    (label,) = toast.findChildren(QLabel)
    assert label.height() >= label.heightForWidth(label.width())
    buttons = [each for each in toast.findChildren(QPushButton) if not each.isHidden()]
    assert all(each.geometry().left() > label.geometry().right() for each in buttons)
