"""The products: the list with its views, the page of one product beside it, and the sheets to make and change one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from backoffice.inventory import queries
from backoffice.inventory.words import VIEWS
from backoffice.settings.queries import profile
from ui.kit.buttons import Action, more_button
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.filters import Filter
from ui.kit.list_screen import ListScreen
from ui.kit.paging import Listing, QuerySource
from ui.kit.table import Column
from ui.kit.views import View
from ui.products import reading, table
from ui.products.acts import Acts
from ui.products.labels import Labels
from ui.products.page import product_page
from ui.shared.list_file import write_list


class ProductsScreen(ListScreen):
    """Products, in the list and one by one."""

    feature = "products"
    watches = frozenset({"inventory", "orders", "channels", "settings"})

    def __init__(self, app: AppContext) -> None:
        self.acts = Acts(app, self.show_record)
        self.labels = Labels(app)
        self._currency = app.ask(profile).currency
        super().__init__(app)

    # the list

    def title(self) -> str:
        return self.words("Products")

    def views(self) -> Sequence[View]:
        return [View(key, self.words(VIEWS[key]), "name") for key in queries.VIEWS]

    def columns(self) -> Sequence[Column]:
        return table.columns(self.app, self._currency)

    def source(self) -> QuerySource:
        return QuerySource(self.app, queries.page, count=queries.count, marks=queries.marks)

    def filters(self) -> Sequence[Filter]:
        return [Filter("text", self.words("SKU, name, barcode or bin"), width=320)]

    def counts(self) -> Mapping[str, int | None]:
        return {key: self.app.ask(queries.count, view=key) for key in queries.VIEWS}

    def heads(self) -> Sequence[Action]:
        return [Action(self.words("New product"), self.new, icon="new")]

    def head(self, title: str, actions: Sequence[Action] = (), *, primary: bool = False) -> QHBoxLayout:
        line = super().head(title, actions, primary=primary)
        prove = Action(self.words("Verify & repair stock"), self.acts.prove)
        line.addWidget(more_button(self.words("More to do with products"), [prove]))
        return line

    def actions(self) -> Sequence[Action]:
        words, acts = self.words, self.acts
        return [
            Action(words("Adjust stock…"), lambda ids: acts.adjust(ids[0]), icon="stock", many=False),
            Action(words("Edit…"), lambda ids: acts.edit(ids[0]), icon="edit", many=False),
            Action(words("Print labels"), self.print_labels, icon="print"),
            Action(words("Archive"), acts.archive, icon="archive", when=_are(listed=True)),
            Action(words("Put back on the list"), acts.unarchive, icon="undo", when=_are(listed=False)),
        ]

    def empty(self, view: str) -> Empty:
        words = self.words
        sentences = {
            "low": words("Nothing is low: every product is above its reorder point."),
            "oversold": words("Nothing is sold twice."),
            "drafts": words("Every name in your files is matched to a product."),
            "archived": words("No product is archived."),
        }
        if view in sentences:
            return Empty(sentences[view], icon="done" if view != "archived" else "archive")
        sentence = words("Products appear here when you drop a file of your web shop onto this window, or type one.")
        return Empty(sentence, words("New product"), self.new, icon="products")

    def export(self, path: str, listing: Listing) -> None:
        app, wanted = self.app, dict(listing.filters)
        write_list(
            app,
            path,
            table.titles(app),
            page=lambda after: app.ask(
                queries.page,
                view=listing.view,
                sort=listing.sort,
                descending=listing.descending,
                **wanted,
                after=after,
                limit=500,
            ),
            cells=lambda row: table.cells(row, self._currency),
            said=lambda done: app.plural("{n} product written", "{n} products written", done),
        )

    # the page

    def detail(self, record_id: int) -> Detail:
        return product_page(self, self.app.ask(reading.read, record_id))

    def print_labels(self, product_ids: list[int]) -> None:
        self.labels.of(product_ids)

    # hands

    def new(self) -> None:
        self.acts.new()

    def print(self) -> None:
        ids = self.table.selected_ids() or self._ids_shown()
        if ids:
            self.print_labels(ids)

    def go_on(self, what: str) -> None:
        kind, _, number = what.partition("/")
        if kind == "new":
            self.acts.new()
        else:
            self.show_record(int(number))
            self.acts.edit(int(number))

    def confirm(self) -> None:
        page = self.pane.page if self.pane is not None else None
        if page is not None and page.step is not None:
            page.step.run()

    def scanned(self, code: str) -> bool:
        found = self.app.ask(queries.id_of_code, code)
        if found is not None:
            self.show_record(found)
        return found is not None

    def _ids_shown(self) -> list[Any]:
        return [self.pane.record] if self.pane is not None and self.pane.record is not None else []

    def help(self) -> str:
        return self.words(
            "Everything you sell: what is on the shelf, what is promised to orders, and what can still be sold.\n\n"
            "Adjust stock corrects a shelf: set what you counted, add or take away, move units to another shelf or"
            " write them off. Every correction can be undone, and each number tells why it is what it is.\n\n"
            "To be matched shows names from files that nobody knew: say once which product each one is.\n\n"
            "Scan a barcode or a SKU to open its product. Drop a picture onto a product's picture to replace it."
        )


def _are(*, listed: bool):
    return lambda rows: all(row.listed is listed for row in rows)
