"""The words that Qt's own translations lack are said by ours, and no others."""

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from backoffice.core.language import Language
from ui.kit.qt_words import QtWords


@pytest.fixture
def spoken(qapp, qtbot, monkeypatch):
    """Ours, in a language that says everything in capitals."""
    made = QtWords()
    made.language = Language("en")
    monkeypatch.setattr(Language, "words", lambda _self, text: text.upper())
    QApplication.installTranslator(made)
    yield made
    QApplication.removeTranslator(made)


def test_the_file_dialog_speaks_the_language_of_the_window(spoken, qtbot):
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert {"LOOK IN:", "FILES OF TYPE:"} <= {label.text() for label in dialog.findChildren(QLabel)}


def test_what_is_not_ours_is_left_to_qt(spoken):
    assert QApplication.translate("QFileDialog", "Files of &type:") == "FILES OF TYPE:"
    assert QApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_the_program_puts_them_under_qts_own(program):
    assert QApplication.translate("QFileDialog", "&Look in:") == "Look in:"
