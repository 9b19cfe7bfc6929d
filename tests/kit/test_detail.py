"""A page that is made anew leaves the keys where they were."""

import pytest
from PySide6.QtWidgets import QPushButton, QToolButton

from ui.kit.buttons import Action
from ui.kit.detail import Detail, Pane
from ui.kit.pictures import settle
from ui.kit.text import Chip, ChipLabel, CutLabel


@pytest.fixture
def pane(qtbot):
    made = Pane("Nothing chosen")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def a_page(*titles):
    return Detail("00001", actions=[Action(title, lambda: None) for title in titles])


def the_button(pane, name):
    return next(each for each in pane.page.findChildren(QPushButton) if each.accessibleName() == name)


def test_the_button_one_was_at_has_the_keys_again_when_the_page_comes_anew(pane):
    pane.show_page(1, a_page("Edit", "Print"))
    the_button(pane, "Print").setFocus()
    pane.show_page(1, a_page("Edit", "Print"))
    assert the_button(pane, "Print") is pane.window().focusWidget()


def test_another_record_does_not_take_the_keys(pane):
    pane.show_page(1, a_page("Edit", "Print"))
    the_button(pane, "Print").setFocus()
    pane.show_page(2, a_page("Edit", "Print"))
    assert the_button(pane, "Print") is not pane.window().focusWidget()


def test_many_chips_go_under_the_title_and_leave_the_number_whole(pane):
    page = Detail("00033", chips=[Chip("Waits"), Chip("To be packed here"), Chip("Paid in part by card")])
    pane.show_page(1, page)
    settle()
    (title,) = [each for each in page.findChildren(CutLabel) if each.text() == "00033"]
    assert all(each.geometry().top() >= title.geometry().bottom() for each in page.findChildren(ChipLabel))


def test_a_wide_button_leaves_the_three_dots_free(pane):
    acts = [Action("Everything that could ever be done to this parcel in one go, and then some more", lambda: None)]
    page = Detail("S-0001", actions=acts, subtitle="Ana", more=[Action("Lost", lambda: None)], more_name="More")
    pane.show_page(1, page)
    settle()
    (dots,) = page.findChildren(QToolButton)
    wide = the_button(pane, acts[0].title)
    assert not dots.geometry().intersects(wide.geometry())
    assert wide.geometry().right() < pane.width()
