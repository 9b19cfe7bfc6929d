"""The customers: the list with its views, and the page of one customer beside it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from backoffice.customers import queries
from backoffice.customers.card import queries as card_queries
from backoffice.customers.queries import Filters
from backoffice.customers.words import VIEWS
from ui.customers import table
from ui.customers.acts import Acts
from ui.customers.fields import spoken
from ui.customers.page import customer_page
from ui.kit.buttons import Action
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.filters import Filter
from ui.kit.list_screen import ListScreen
from ui.kit.paging import Listing, QuerySource
from ui.kit.table import Column
from ui.kit.views import View
from ui.shared.list_file import write_list

_SORTED = {"all": ("name",), "call_back": ("call_back",), "no_orders": ("name",)}
_NEWEST = ("last_order", True)
_OFFER_EVERY = timedelta(minutes=1)


class CustomersScreen(ListScreen):
    """Customers, in the list and one by one."""

    feature = "customers"
    watches = frozenset({"customers", "orders", "shipping"})

    def __init__(self, app: AppContext) -> None:
        self.acts = Acts(app, self.show_record)
        self._offered_at: datetime | None = None
        super().__init__(app)
        self._put_by: list[str] = []
        self._dress_columns()
        self.tabs.chosen.connect(lambda _key: self._dress_columns())

    # the list

    def title(self) -> str:
        return self.words("Customers")

    def views(self) -> Sequence[View]:
        return [View(key, self.words(VIEWS[key]), *_SORTED.get(key, _NEWEST)) for key in queries.VIEWS]

    def columns(self) -> Sequence[Column]:
        return table.columns(self.app)

    def source(self) -> QuerySource:
        return QuerySource(self.app, queries.page, count=queries.count, marks=queries.marks, arguments=_arguments)

    def filters(self) -> Sequence[Filter]:
        words = self.words
        return [
            Filter("text", words("Name, e-mail, phone or postcode"), width=264),
            Filter("tag", words("All tags"), [], width=170),
            Filter("country", words("All countries"), [], width=156),
            Filter("language", words("All languages"), [], width=162),
        ]

    def counts(self) -> Mapping[str, int | None]:
        return {key: self.app.ask(queries.count, key) for key in queries.VIEWS}

    def heads(self) -> Sequence[Action]:
        return [Action(self.words("New customer"), self.new, icon="new")]

    def actions(self) -> Sequence[Action]:
        words = self.words
        return [
            Action(words("Tag…"), lambda _ids: self.acts.tag(self.table.selected()), icon="tag"),
            Action(words("Edit…"), lambda ids: self.acts.edit(ids[0]), icon="edit", many=False),
        ]

    def empty(self, view: str) -> Empty:
        words = self.words
        sentences = {
            "call_back": words("Nobody waits for a call. Promise one on a customer's page."),
            "first": words("Nobody bought exactly once."),
            "returning": words("Nobody bought twice yet."),
            "no_orders": words("Everybody here has bought."),
        }
        if view in sentences:
            return Empty(sentences[view], icon="done" if view == "call_back" else "customers")
        sentence = words("Customers appear here with their first order from a file, or when you type one.")
        return Empty(sentence, words("New customer"), self.new, icon="customers")

    def export(self, path: str, listing: Listing) -> None:
        app, wanted = self.app, _arguments(listing)
        write_list(
            app,
            path,
            table.titles(app),
            page=lambda after: app.ask(queries.page, **wanted, after=after, limit=500),
            cells=lambda row: table.cells(app, row),
            said=lambda done: app.plural("{n} customer written", "{n} customers written", done),
        )

    def refresh(self) -> None:
        super().refresh()
        now = self.app.shop.clock.now()
        if self._offered_at is not None and self._is_large and now - self._offered_at < _OFFER_EVERY:
            return
        self._offered_at = now
        self.app.run(lambda *_hands: self.app.ask(queries.choices), self._offer, label="", quiet=True)

    @property
    def _is_large(self) -> bool:
        """So many customers that nobody counts them at once."""
        return self.model.total is None

    def _offer(self, found: queries.Choices) -> None:
        """What can be filtered by now; read in a job, for it looks at every customer."""
        names = dict(spoken(self.app.language))
        self.filter_row.offer("tag", [(tag, tag) for tag in found.tags])
        self.filter_row.offer("country", [(code, self.app.format.country(code)) for code in found.countries])
        self.filter_row.offer("language", [(code, names.get(code, code)) for code in found.languages])

    def _dress_columns(self) -> None:
        """Where people wait for a call its time stands in the list, in the room of what matters less there."""
        at = {column.key: number for number, column in enumerate(self.model.columns)}
        wanted = self.tabs.key == "call_back"
        if wanted is not self.table.isColumnHidden(at[table.CALL_BACK]):
            return
        if wanted:
            self._put_by = [key for key in table.LESS_FOR_CALLS if not self.table.isColumnHidden(at[key])]
        for key in self._put_by or table.LESS_FOR_CALLS:
            self.table.setColumnHidden(at[key], wanted)
        self.table.setColumnHidden(at[table.CALL_BACK], not wanted)

    # the page

    def detail(self, record_id: int) -> Detail:
        living = self.app.ask(queries.living, record_id)
        return customer_page(self, self.app.ask(card_queries.card, living))

    # hands

    def new(self) -> None:
        self.acts.new()

    def go_on(self, what: str) -> None:
        self.acts.go_on(what)

    def confirm(self) -> None:
        page = self.pane.page if self.pane is not None else None
        if page is not None and page.step is not None:
            page.step.run()

    def help(self) -> str:
        return self.words(
            "Everything about one customer in one place: what they bought, said and allowed, newest first.\n\n"
            "Note a call, a chat or a letter while you talk. A call-back you promise stands on the first screen until"
            " it is done.\n\n"
            "Customers of the same name and postcode are proposed as the same person; a merge can be undone at any"
            " time.\n\n"
            "Export hands out everything about a person as JSON and PDF. Erase takes it away for good and keeps only"
            " what the tax law asks for."
        )


def _arguments(listing: Listing) -> dict[str, Any]:
    return {
        "view": listing.view,
        "sort": listing.sort,
        "descending": listing.descending,
        "filters": Filters(**dict(listing.filters)),
    }
