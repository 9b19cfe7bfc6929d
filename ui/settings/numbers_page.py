"""How numbers of orders and parcels are written, and which comes next."""

from dataclasses import dataclass
from typing import Any

from backoffice.settings import actions, queries
from ui.kit.context import AppContext
from ui.kit.fields import CheckField, IntField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.table import Column, lines
from ui.settings.page import Page


@dataclass(frozen=True)
class SeriesDraft:
    """A series as it is typed."""

    prefix: str
    following: int
    width: int
    yearly: bool


class NumbersPage(Page):
    """A number is given once and never again."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app, app.words("Numbers"), app.words("A number is given once and never again."))

    def fill(self) -> None:
        words = self.words
        titles = {"order": words("Orders"), "shipment": words("Parcels")}
        columns = [
            Column("name", words("Series"), stretch=True, strong=True, show=lambda row: titles.get(row.name, row.name)),
            Column("shown", words("Next number"), width=180),
        ]
        rows = self.app.ask(queries.series_rows)
        table = lines(columns, rows, self.app.format, name=words("Numbers"), on_open=self._edit)
        self.show_parts(table)

    def _edit(self, series_id: Any) -> None:
        words = self.words
        found = next(row for row in self.app.ask(queries.series_rows) if row.id == series_id)
        form = Form(SeriesDraft(found.prefix, found.next, found.width, found.yearly), self.app.language)
        form.add(TextField("prefix", words("Prefix"), longest=12), IntField("following", words("Next number"), least=1))
        form.add(IntField("width", words("Digits"), least=1, most=12), CheckField("yearly", words("Anew each year")))

        def save(draft: SeriesDraft) -> Any:
            values = {"prefix": draft.prefix, "following": draft.following, "width": draft.width}
            return self.app.do(
                actions.change_series, found.name, yearly=draft.yearly, said=words("Saved"), form=form, **values
            )

        FormDialog(self.app, words("Numbers"), form, words("Save"), save).open()
