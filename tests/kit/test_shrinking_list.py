"""A list that became shorter while another one was chosen."""

from dataclasses import dataclass

from ui.kit.paging import Listing, ListSource
from ui.kit.pictures import settle
from ui.kit.table import Column
from ui.kit.table_model import TableModel


@dataclass(frozen=True)
class Row:
    id: int


def test_what_was_counted_of_one_list_is_not_said_of_the_next(app):
    rows = {"waiting": [Row(1)], "all": [Row(1), Row(2)]}
    model = TableModel([Column("id", "Id")], ListSource(lambda listing: rows[listing.view]), app.format)
    model.show(Listing("waiting"))
    model.row(0)
    rows["waiting"] = []
    model.refresh(0, 0)
    model.show(Listing("all"))
    settle()
    assert model.rowCount() == 2
