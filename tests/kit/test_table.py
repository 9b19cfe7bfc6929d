"""The table shows any part of a long list from a few pages in memory, and keeps the selection with its records."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from backoffice.core.money import Money
from ui.kit.memory import Memory
from ui.kit.paging import Listing, ListSource, Page
from ui.kit.table import Column, TableView, lines, table
from ui.kit.table_model import KEPT, TableModel
from ui.kit.text import Chip

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    total: Money


def a_row(n):
    return Row(n, f"Order {n}", Money(n, "EUR"))


class LongSource:
    """A list of n rows made when they are read; remembers what was asked of it."""

    def __init__(self, count=MILLION, *, counted=True):
        self.count, self.counted, self.asked = count, counted, []

    def total(self, listing):
        return self.count if self.counted else None

    def _page(self, start, limit):
        start = max(0, start)
        end = min(self.count, start + limit)
        rows = [a_row(n) for n in range(start, end)]
        return Page(rows, next=end - 1 if end < self.count else None, previous=start if start else None)

    def first(self, listing, limit):
        self.asked.append("first")
        return self._page(0, limit)

    def after(self, listing, cursor, limit):
        self.asked.append(f"after {cursor}")
        return self._page(cursor + 1, limit)

    def before(self, listing, cursor, limit):
        self.asked.append(f"before {cursor}")
        return self._page(cursor - limit, limit)

    def last(self, listing, limit):
        self.asked.append("last")
        return self._page(self.count - limit, limit)

    def at(self, listing, row, limit):
        self.asked.append(f"at {row}")
        return self._page(row, limit)


def columns():
    return [
        Column("name", "Order", sort="name", stretch=True),
        Column("total", "Total", "money", sort="total"),
        Column("state", "State", "chip", show=lambda row: Chip("Open", "good")),
        Column("id", "Hidden", shown=False),
    ]


@pytest.fixture
def model(app, qtbot):
    made = TableModel(columns(), LongSource(), app.format)
    made.show(Listing())
    return made


@pytest.fixture
def view(app, qtbot):
    made = table(columns(), LongSource(), app.format, name="Orders")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.model().show(Listing())
    made.show()
    made.grab()
    return made


def pick(view, *numbers):
    flag = QItemSelectionModel.SelectionFlag
    view.selectionModel().clear()
    for number in numbers:
        view.selectionModel().select(view.model().index(number, 0), flag.Select | flag.Rows)


def test_the_model_behaves_as_qt_asks(app, qtbot):
    model = TableModel(columns(), LongSource(350), app.format)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(Listing())
    model.refresh(0, 10)
    assert tester.model() is model


def test_a_million_rows_are_opened_with_one_page(view):
    assert view.model().rowCount() == MILLION
    assert view.model().source.asked == ["first"]


def test_the_scroll_bar_jumps_anywhere_with_one_question(view):
    view.model().source.asked.clear()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.grab()
    assert 1 <= len(view.model().source.asked) <= 2
    number = view.rowAt(5)
    assert view.model().row(number).id == number


def test_the_end_of_the_list_is_its_true_end(view):
    view.scrollToBottom()
    view.grab()
    assert "last" in view.model().source.asked
    assert view.model().row(MILLION - 1).id == MILLION - 1


def test_scrolling_on_reads_the_next_page_by_cursor(model):
    model.row(0)
    model.row(100)
    model.row(200)
    assert model.source.asked == ["first", "after 99", "after 199"]


def test_scrolling_back_from_a_jump_reads_by_cursor_and_meets_the_beginning(model):
    for number in (500, 499, 399, 299, 199, 99):
        assert model.row(number).id == number
    assert model.source.asked[1:5] == ["before 500", "before 400", "before 300", "before 200"]


def test_only_a_few_pages_stay_in_memory(model):
    for number in range(0, 100_000, 1000):
        model.row(number)
    assert len(model._windows) == KEPT


def test_a_list_nobody_has_counted_grows_while_one_scrolls(app, qtbot):
    model = TableModel(columns(), LongSource(250, counted=False), app.format)
    model.show(Listing())
    assert model.rowCount() == 101
    model.row(100)
    qtbot.waitUntil(lambda: model.rowCount() == 201)
    model.row(200)
    qtbot.waitUntil(lambda: model.rowCount() == 250)


def test_a_list_that_has_become_shorter_than_counted_ends_where_it_ends(app, qtbot):
    source = LongSource(300)
    model = TableModel(columns(), source, app.format)
    model.show(Listing())
    model.row(0)
    source.count = 150
    model.row(100)
    qtbot.waitUntil(lambda: model.rowCount() == 150)
    assert model.row(160) is None


def test_a_query_that_fails_is_told_once_and_not_at_every_repaint(app, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr("sys.excepthook", lambda *error: told.append(error))
    source = LongSource(300)
    source.first = lambda *_: 1 / 0
    model = TableModel(columns(), source, app.format)
    model.show(Listing())
    assert [model.row(n) for n in range(3)] == [None, None, None]
    assert len(told) == 1


def test_cells_are_written_by_kind_and_amounts_stand_at_the_right(model):
    cells = model.cells(123_456)
    assert cells[:3] == ["Order 123456", "€1,234.56", Chip("Open", "good")]
    index = model.index(0, 1)
    assert model.data(index, Qt.ItemDataRole.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert model.data(model.index(0, 2), Qt.ItemDataRole.DisplayRole) == "Open"


def test_selected_rows_are_told_as_ids_from_the_top(view):
    pick(view, 7, 3, 5)
    assert view.selected_ids() == [3, 5, 7]
    assert view.selected_count() == 3


def test_select_all_of_a_million_reads_five_thousand(view):
    view.selectAll()
    assert view.selected_count() == MILLION
    assert len(view.selected_ids()) == 5000


def a_list(app, qtbot, rows):
    made = table(columns(), ListSource(lambda _listing: rows), app.format, name="Orders")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.model().show(Listing())
    made.show()
    return made


def test_the_selection_stays_with_its_records_when_rows_come_and_go(app, qtbot):
    rows = [a_row(n) for n in range(20)]
    view = a_list(app, qtbot, rows)
    pick(view, 4, 6)
    view.selectionModel().setCurrentIndex(view.model().index(6, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
    rows.insert(0, a_row(99))
    del rows[3]  # record 2
    view.refresh()
    assert view.selected_ids() == [4, 6]
    assert view.current().id == 6


def test_when_the_current_record_leaves_the_list_the_next_one_takes_its_place(app, qtbot):
    rows = [a_row(n) for n in range(5)]
    view = a_list(app, qtbot, rows)
    view.selectRow(2)
    del rows[2]
    view.refresh()
    assert view.current().id == 3
    assert view.selected_ids() == [3]


def test_a_click_on_the_header_sorts_and_a_second_one_turns_round(view, qtbot):
    told = []
    view.sorted_by.connect(lambda *sort: told.append(sort))
    view._sort(0)
    view.model().show(Listing(sort="name"))
    view._sort(0)
    view._sort(2)
    assert told == [("name", False), ("name", True)]


def test_enter_opens_the_record(view, qtbot):
    opened = []
    view.opened.connect(opened.append)
    view.selectRow(3)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == [3]


def test_typing_letters_does_not_search_a_million_rows(view, qtbot):
    view.selectRow(0)
    view.model().source.asked.clear()
    view.keyboardSearch("Order 999999")
    assert view.model().source.asked == []
    assert view.currentIndex().row() == 0


def test_the_stretching_column_takes_what_is_left_but_keeps_its_least_width(view):
    shown = sum(view.columnWidth(at) for at in range(3))
    assert shown == view.viewport().width()
    view.resize(200, 400)
    assert view.columnWidth(0) == columns()[0].start_width


def test_chosen_columns_and_widths_are_there_at_the_next_start(app, qtbot):
    def opened():
        made = table(columns(), LongSource(5), app.format, name="Orders")
        made.remember(Memory(), "orders")
        qtbot.addWidget(made)
        return made

    first = opened()
    first.setColumnWidth(1, 222)
    first._show_column(3, True)
    second = opened()
    assert second.columnWidth(1) == 222
    assert not second.isColumnHidden(3)


def test_a_small_table_is_as_high_as_its_rows(app, qtbot):
    rows = [a_row(n) for n in range(3)]
    view = lines(columns(), rows, app.format, name="Lines")
    qtbot.addWidget(view)
    assert isinstance(view, TableView)
    assert view.height() == 3 * 26 + 34


def test_a_title_and_the_arrow_of_its_sort_have_room(app, qtbot):
    title = "A long title of a column"
    plain = lines([Column("name", title, width=10)], [], app.format, name="Plain")
    sorted_ = lines([Column("name", title, width=10, sort="name")], [], app.format, name="Sorted")
    for each in (plain, sorted_):
        qtbot.addWidget(each)
    assert sorted_.columnWidth(0) >= plain.columnWidth(0) + 14
