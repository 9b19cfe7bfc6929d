"""Rows kept aside, mended in the settings: the wrong cell is in sight, and what is left is counted."""

import pytest
from PySide6.QtWidgets import QTableWidget

from backoffice.channels import queries
from tests.channels.files import an_order
from tests.channels.importing import a_file, take
from ui.kit.pictures import settle
from ui.kit.table import TableView
from ui.settings.imports_page import ImportsPage


@pytest.fixture
def page(qtbot, app, shop, tmp_path):
    """One import with one row kept aside for its quantity."""
    take(shop, a_file(tmp_path, an_order("#1"), an_order("#2", Lineitem_quantity="two")))
    made = ImportsPage(app)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.fill()
    made.show()
    settle()
    return made


def cells_of(page):
    """The table of the row kept aside."""
    return next(each for each in page.findChildren(QTableWidget) if each.isVisibleTo(page))


def test_the_wrong_cell_is_chosen_and_in_sight(page):
    cells = cells_of(page)
    wrong = cells.currentItem()
    assert wrong.text() == "two"
    assert cells.viewport().rect().contains(cells.visualItemRect(wrong).center())


def test_no_heading_of_the_cells_is_cut(page):
    cells = cells_of(page)
    head = cells.horizontalHeader()
    cut = [
        cells.horizontalHeaderItem(at).text()
        for at in range(cells.columnCount())
        if head.fontMetrics().horizontalAdvance(cells.horizontalHeaderItem(at).text()) + 8 > head.sectionSize(at)
    ]
    assert cut == []


def test_what_waits_is_counted_not_every_try(page):
    cells = cells_of(page)
    page._mend(_one(page), cells)
    settle()
    assert _counts(page) == "1 · 0 · 1"
    cells = cells_of(page)
    cells.currentItem().setText("2")
    page._mend(_one(page), cells)
    settle()
    assert _counts(page) == "2 · 0 · 0"


def _one(page):
    return page.app.ask(queries.rejections, page.app.ask(queries.batches)[0].id)[0]


def _counts(page):
    table = next(each for each in page.findChildren(TableView) if each.isVisibleTo(page))
    return table.model().index(0, 2).data()
