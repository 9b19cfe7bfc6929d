"""A list screen as builders write it: views with counts, filters, pane, several rows at once, undo, empty and error."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.kit.accessible import assert_all_named
from tests.kit.sample_screen import OrdersScreen, set_packed, some_orders
from ui.kit.card import Empty
from ui.kit.detail import Detail
from ui.kit.screen import Screen
from ui.kit.text import Label, Link


@pytest.fixture
def screen(app, shop, qtbot):
    shop.records["orders"] = some_orders(300)
    made = OrdersScreen(app)
    qtbot.addWidget(made)
    made.resize(1070, 640)
    made.show()
    made.settle()
    return made


def texts(widget, kind=Label):
    return [label.text() for label in widget.findChildren(kind) if label.text()]


def pick(screen, *numbers):
    chooser = screen.table.selectionModel()
    for number in numbers:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        chooser.select(screen.model.index(number, 0), flags)


def test_it_opens_on_the_first_view_with_counts_and_the_first_record(screen):
    assert [screen.tabs.tabText(at) for at in range(3)] == ["To pack  200", "Packed  100", "All  300"]
    assert screen.model.rowCount() == 200
    assert screen.count.text() == "200 rows"
    assert screen.pane.record == 1
    assert "B-1001" in screen.pane.page.accessibleName()


def test_another_view_shows_its_rows_sorted_its_way(screen):
    screen.tabs.choose("all")
    assert screen.model.rowCount() == 300
    assert screen.listing.sort == "placed_at"
    assert screen.listing.descending


def test_a_filter_narrows_the_list_and_escape_widens_it_again(screen):
    screen.focus_filter()
    line = screen.filter_row.findChild(QLineEdit)
    line.setText("1002")
    screen.filter_row.settle()
    assert screen.model.rowCount() == 1
    assert screen.escape()
    assert screen.model.rowCount() == 200
    assert not screen.escape()


def test_where_nothing_matches_it_says_so_and_offers_to_clear_the_filters(screen):
    screen.filter_row.set_values([("text", "nobody")])
    empty = screen._middle.currentWidget()
    assert isinstance(empty, Empty)
    assert not screen.pane.isVisible()
    empty.findChild(QPushButton).click()
    assert screen.model.rowCount() == 200
    assert screen._middle.currentWidget() is screen.table


def test_an_empty_view_says_what_would_be_here_and_offers_what_fills_it(screen, shop):
    shop.records["orders"] = {}
    screen.refresh()
    empty = screen._middle.currentWidget()
    assert texts(empty) == ["Orders appear here when you import a file or type one."]
    assert empty.findChild(QPushButton).property("primary")


def test_the_pane_follows_the_cursor_a_moment_later(screen, qtbot):
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.pane.record == 1
    screen.settle()
    assert screen.pane.record == 2


def test_one_filled_button_is_in_view(screen):
    filled = [button for button in screen.findChildren(QPushButton) if button.property("primary")]
    assert [button.text() for button in filled if button.isVisible()] == ["Pack"]


def test_the_next_step_is_done_told_and_undone(screen, app, shop):
    next(b for b in screen.pane.findChildren(QPushButton) if b.property("primary")).click()
    assert shop.records["orders"][1].packed
    assert app.notices.toasts == ["1 order packed"]
    assert screen.model.rowCount() == 199
    app.notices.undo_last()
    assert screen.model.rowCount() == 200


def test_ctrl_enter_takes_the_next_step(screen, shop):
    screen.confirm()
    assert shop.records["orders"][1].packed


def test_several_rows_get_a_bar_of_actions(screen, app, shop):
    pick(screen, 0, 1, 2)
    assert screen._over.currentIndex() == 1
    assert screen._chosen.text() == "3 selected"
    screen._acts[0].click()
    assert app.notices.toasts == ["3 orders packed"]
    assert screen._over.currentIndex() == 0


def test_a_refusal_leaves_everything_as_it_was(screen, app):
    screen.pack([3])
    assert app.notices.toasts == ["sample.nothing-to-do"]
    assert screen.model.rowCount() == 200


def test_a_record_somebody_links_to_is_shown_even_if_the_list_does_not_have_it(screen):
    screen.show_record(3)
    screen.settle()
    assert screen.pane.record == 3
    screen.refresh()
    assert screen.pane.record == 3


def test_a_record_that_is_gone_is_told_and_the_pane_is_empty(screen, app):
    screen.show_record(999)
    assert app.notices.toasts == ["sample.unknown"]
    assert screen.pane.page is None


def test_what_is_being_typed_in_the_pane_is_not_replaced(screen, app, shop):
    note = QLineEdit()
    screen.pane.page.layout().addWidget(note)
    note.insert("half a note")
    note.setModified(True)
    page = screen.pane.page
    app.do(set_packed, [1], True)
    assert screen.pane.page is page


def test_a_hidden_screen_reads_again_only_when_it_is_seen(screen, app):
    screen.hide()
    app.do(set_packed, [1], True)
    assert screen.model.rowCount() == 200
    screen.show()
    assert screen.model.rowCount() == 199


def test_a_screen_that_watches_something_else_is_left_alone(app, qtbot):
    class Products(Screen):
        watches = frozenset({"inventory"})
        read = 0

        def refresh(self):
            self.read += 1

    made = Products(app)
    qtbot.addWidget(made)
    made.show()
    app.changed.emit(frozenset({"orders"}))
    assert made.read == 1
    app.changed.emit(frozenset({"inventory", "orders"}))
    assert made.read == 2


def test_a_link_opens_the_record_it_names(screen, app):
    opened = []
    app.opening.connect(lambda *told: opened.append(told))
    screen.pane.findChild(Link).click()
    assert opened == [("customers", 1)]


def test_a_name_with_markup_is_shown_as_it_is(app, qtbot):
    page = Detail("<b>Ana</b> & Co", subtitle="<i>x</i>")
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    assert "<b>Ana</b> & Co" in texts(page)
    assert "<i>x</i>" in texts(page)


def test_a_saved_view_is_a_tab_now_and_at_the_next_start(screen, app, qtbot):
    screen.saved.asking = lambda: "Jörg's"
    screen.filter_row.set_values([("text", "jörg")])
    screen.saved.press()
    assert screen.tabs.key == "saved:Jörg's"
    screen.tabs.choose("packed")
    screen.filter_row.set_values(())
    again = OrdersScreen(app)
    qtbot.addWidget(again)
    again.show()
    again.tabs.choose("saved:Jörg's")
    assert again.listing.view == "open"
    assert again.listing.filter("text") == "jörg"
    assert again.model.rowCount() == 50
    again.saved.press()
    assert again.tabs.key == "open"
    assert app.memory.read("views/orders") == {}


def test_every_control_of_the_screen_has_a_name(screen):
    assert_all_named(screen)


def test_the_screen_fits_a_small_window(screen):
    assert screen.minimumSizeHint().width() <= 720 - 56
