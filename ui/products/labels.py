"""Labels for products: made in a job, shown before anything goes to paper."""

from collections.abc import Sequence
from typing import Any

from ui.kit.context import AppContext
from ui.kit.when_used import WhenUsed
from ui.shared import papers

goods = WhenUsed("backoffice.shipping.printing.goods")
preview = WhenUsed("ui.kit.preview")


class Labels:
    """`shown` is the preview now open, for tests."""

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self.shown: Any = None

    def of(self, product_ids: Sequence[int]) -> None:
        """One label with its price for each product, on the shop's usual label stock."""
        app, title = self._app, self._app.plural("Product label", "Product labels", len(product_ids))
        file, copies = papers.place(title), dict.fromkeys(product_ids, 1)

        def task(progress: Any, cancelled: Any) -> Any:
            preview.fetch()
            return goods.print_product_labels(
                app.shop.store, copies, file=file, with_price=True, progress=progress, cancelled=cancelled
            )

        app.run(task, lambda made: self._show(made, title), label=title)

    def _show(self, made: Any, title: str) -> None:
        self.shown = preview.Preview(self._app, title, made.file, kind="label")
        self.shown.open()
