"""A page that is made anew leaves the keys where they were."""

import pytest
from PySide6.QtWidgets import QPushButton

from ui.kit.buttons import Action
from ui.kit.detail import Detail, Pane


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
