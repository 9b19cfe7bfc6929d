"""Tells an import's unknown product which one it is; remembered, so that it is asked once."""

from collections import Counter
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from backoffice.channels import actions as channels
from backoffice.channels import queries as imports
from backoffice.inventory import queries
from backoffice.inventory.queries import ProductRow
from ui.kit.boxes import SPRING, held, row
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.form import Form, FormDialog
from ui.kit.search_field import Hit, SearchField
from ui.kit.text import Label, Link
from ui.shared.foreign import calm, calm_line

_PROPOSED = 4
_WORDS = 8


@dataclass(frozen=True)
class Chosen:
    """The product the draft is."""

    product: int | None = None


class MatchDialog(FormDialog):
    """Search by three letters or take a proposal; the dialog says what follows, for it cannot be taken back."""

    def __init__(self, app: AppContext, draft: ProductRow) -> None:
        self._draft = draft
        words = app.words
        form = Form(Chosen(), app.language)
        self.search = SearchField(
            "product",
            words("Product"),
            lambda text: [self._hit(found) for found in app.ask(queries.suggestions, text) if self._fits(found)],
            placeholder=words("SKU, name, barcode or bin"),
            required=True,
        )
        form.put(Label(calm(draft.full_name), "strong", wrap=True))
        form.put(Label(self._follows(app), "muted", wrap=True))
        form.add(self.search)
        proposed = self._proposals(app)
        if proposed:
            form.put(section(words("Perhaps one of these"), *[self._proposal(each) for each in proposed]))
        super().__init__(app, words("Which product is this?"), form, words("Match"), lambda typed: self._do(typed))
        self.search.setFocus()

    def _follows(self, app: AppContext) -> str:
        orders = len(app.ask(imports.orders_with, self._draft.id))
        served = app.plural(
            "{n} order is served from the product you choose.",
            "{n} orders are served from the product you choose.",
            orders,
        )
        kept = app.words("The next file finds it by itself. This cannot be taken back.")
        return f"{served} {kept}" if orders else kept

    def _hit(self, found: ProductRow) -> Hit:
        detail = " · ".join(filter(None, (found.sku, found.bin)))
        return Hit("products", found.id, calm_line(found.full_name), calm_line(detail))

    def _fits(self, found: ProductRow) -> bool:
        return found.id != self._draft.id and not found.draft

    def _proposals(self, app: AppContext) -> list[ProductRow]:
        """Those that share the most words with the draft's SKU, barcode and name."""
        draft, found = self._draft, {}
        shared: Counter[int] = Counter()
        for word in (draft.sku, draft.barcode, *draft.full_name.split()[:_WORDS]):
            if len(word) > 2:
                for each in filter(self._fits, app.ask(queries.suggestions, word)):
                    found[each.id] = each
                    shared[each.id] += 1
        return [found[product_id] for product_id, _times in shared.most_common(_PROPOSED)]

    def _proposal(self, each: ProductRow) -> QWidget:
        link = Link(calm_line(each.full_name, most=50), lambda: self.choose(each))
        return held(row(link, Label(calm_line(each.sku, most=30), "muted"), SPRING))

    def choose(self, product: ProductRow) -> None:
        """Takes a proposal."""
        self.search.set_value(self._hit(product))
        self.act.setFocus()

    def _do(self, typed: Chosen) -> bool:
        app = self._app
        said = app.words("Matched. The next file finds it by itself.")
        return bool(app.do(channels.match_product, self._draft.id, typed.product, said=said, form=self.form))
