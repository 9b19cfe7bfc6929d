"""Labels for products: made in a job, shown before anything goes to paper."""

import atexit
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from backoffice.shipping.printing import goods
from ui.kit.context import AppContext
from ui.kit.preview import Preview

_numbers = count(1)


@cache
def _folder() -> Path:
    """Where the pages wait for the printer; readable by this user only, gone when the program ends."""
    made = Path(tempfile.mkdtemp(prefix="backoffice-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


class Labels:
    """`shown` is the preview now open, for tests."""

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self.shown: Preview | None = None

    def of(self, product_ids: Sequence[int]) -> None:
        """One label with its price for each product, on the shop's usual label stock."""
        app, title = self._app, self._app.plural("Product label", "Product labels", len(product_ids))
        file, copies = _folder() / f"product-labels-{next(_numbers)}.pdf", dict.fromkeys(product_ids, 1)

        def task(progress: Any, cancelled: Any) -> Any:
            return goods.print_product_labels(
                app.shop.store, copies, file=file, with_price=True, progress=progress, cancelled=cancelled
            )

        app.run(task, lambda made: self._show(made, title), label=title)

    def _show(self, made: Any, title: str) -> None:
        self.shown = Preview(self._app, title, made.file, kind="label")
        self.shown.open()
