"""Files dropped on the window: previewed, mapped, taken in, undone."""

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from backoffice.channels import queries
from backoffice.orders.queries import lists
from tests.builders import MONDAY
from tests.channels.files import an_order
from tests.channels.importing import a_file
from tests.kit.accessible import nameless
from tests.screens.words import words_of
from ui.imports.mapping_page import MappingPage
from ui.imports.screen import take_files


def orders_in(shop):
    return shop.ask(lists.counts, today=MONDAY.date())["all"]


@pytest.fixture
def dropped(qtbot, app, tmp_path):
    def drop(*rows, text=""):
        file = a_file(tmp_path, *rows)
        if text:
            file.write_text(text, encoding="utf-8")
        dialog = take_files(app, [file])
        qtbot.addWidget(dialog)
        return dialog

    return drop


def test_a_dropped_file_is_previewed_and_nothing_written(dropped, shop):
    dialog = dropped(an_order("#1"), an_order("#2", Lineitem_quantity="two"))
    assert {"1 new", "1 rejected"} <= {
        chip.accessibleName() for chip in dialog.findChildren(type(dialog.busy).__mro__[1])
    }
    assert dialog.act.text() == "Import 1 record"
    assert orders_in(shop) == 0


def test_one_click_takes_it_in_and_the_toast_undoes_it(dropped, shop, app):
    dropped(an_order("#1")).act.click()
    assert orders_in(shop) == 1
    app.notices.undo_last()
    assert orders_in(shop) == 0


def test_the_toast_leads_to_the_rows_kept_aside(dropped, app):
    opened = []
    app.opening.connect(lambda feature, record: opened.append((feature, record)))
    dropped(an_order("#1"), an_order("#2", Lineitem_quantity="two")).act.click()
    assert app.notices.toasts == ["1 new, 0 changed. 1 row kept aside"]
    toast = app.notices._toasts[-1]
    next(each for each in toast.findChildren(QPushButton) if each.text() == "Rows kept aside").click()
    assert opened == [("settings", "imports")]


def test_nothing_new_says_so(dropped, shop):
    dropped(an_order("#1")).act.click()
    again = dropped(an_order("#1"))
    assert not again.act.isEnabled()
    assert "nothing new" in words_of(again)


def test_a_file_that_is_no_csv_is_refused_in_one_sentence(dropped):
    dialog = dropped(text="%PDF-1.7 not a table")
    assert "PDF" in words_of(dialog)
    assert not dialog.act.isEnabled()


def test_unknown_columns_are_asked_for_once(dropped, shop):
    text = "Ref;When;Thing;How many;Each\nA-1;2026-02-03;Cup;2;10,00\n"
    dialog = dropped(text=text)
    page = dialog.findChild(MappingPage)
    assert page is not None
    page.kind.setCurrentIndex(page.kind.findData("orders"))
    wanted = {"Order number": "Ref", "Date of the order": "When", "Line: article": "Thing"}
    wanted |= {"Line: quantity": "How many", "Line: unit price": "Each"}
    for choice in page.findChildren(QComboBox):
        if choice.accessibleName() in wanted:
            choice.setCurrentIndex(choice.findData(wanted[choice.accessibleName()]))
    dialog.act.click()
    assert dialog.act.text() == "Import 1 record", words_of(dialog)
    dialog.act.click()
    assert orders_in(shop) == 1
    assert shop.ask(queries.mappings)
    assert dropped(text=text).findChild(MappingPage) is None


def test_every_control_has_a_name(dropped):
    assert nameless(dropped(an_order("#1"))) == []
