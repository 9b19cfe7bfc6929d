"""Verify & repair: every counter against the ledger, what differs, and the button that mends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QDialog

from backoffice.inventory import queries, verify
from backoffice.inventory.words import BUCKETS
from ui.kit import theme
from ui.kit.boxes import SPRING, column, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.table import Column, lines
from ui.kit.text import Label
from ui.shared.foreign import calm_line


@dataclass(frozen=True, slots=True)
class Found:
    """A counter that its ledger does not prove."""

    id: int
    sku: str
    counter: str
    kept: int
    proven: int


def differing(session: Any) -> tuple[int, list[Found]]:
    """How many products there are, and every counter that differs."""
    faults = verify.differences(session)
    found = [
        Found(at, queries.product_row(session, each.product_id).sku, each.counter, each.kept, each.proven)
        for at, each in enumerate(faults)
    ]
    return len(queries.counters(session)), found


def prove(app: AppContext, show: Callable[[QDialog], object]) -> None:
    """Adds up the whole ledger in a job, then shows what came of it."""

    def done(found: tuple[int, list[Found]]) -> None:
        show(ProofDialog(app, *found))

    app.run(lambda *_hands: app.ask(differing), done, label=app.words("Adding up the stock ledger"))


class ProofDialog(QDialog):
    """What was looked at and what differs."""

    def __init__(self, app: AppContext, products: int, found: Sequence[Found]) -> None:
        super().__init__(app.notices.window())
        self._app = app
        words = app.words
        looked = app.plural("{n} product looked at", "{n} products looked at", products)
        self._title = Label(self._headline(found), "title", wrap=True)
        parts = [self._title, Label(looked, "muted")]
        close = button(words("Close"), self.accept, primary=not found)
        buttons = [close]
        if found:
            self.table = lines(self._columns(), found, app.format, name=words("Counters that differ"))
            self.mend = button(words("Mend from the ledger"), self.repair, primary=True)
            told = words("The ledger holds every move and cannot be changed; the counters beside it can be wrong.")
            parts += [Label(told, "muted", wrap=True), self.table]
            buttons.append(self.mend)
        self.setWindowTitle(words("Verify & repair stock"))
        self.setLayout(column(*parts, SPRING, row(SPRING, *buttons), gap=theme.M, margins=theme.XL))
        self.setMinimumWidth(520)

    def _headline(self, found: Sequence[Found]) -> str:
        if not found:
            return self._app.words("Every counter is what its ledger says")
        return self._app.plural(
            "{n} counter differs from its ledger", "{n} counters differ from their ledger", len(found)
        )

    def _columns(self) -> list[Column]:
        words = self._app.words
        names = {code: words(name) for code, name in BUCKETS.items()} | {"committed": words("Committed")}
        return [
            Column("sku", words("SKU"), stretch=True, show=lambda each: calm_line(each.sku)),
            Column("counter", words("Counter"), show=lambda each: names[each.counter]),
            Column("kept", words("Is"), "number"),
            Column("proven", words("Ledger says"), "number", width=110),
        ]

    def repair(self) -> None:
        """Sets every counter to what the ledger proves."""
        done = self._app.do(verify.repair)
        if done:
            mended = len(done.value)
            self._app.notices.say(self._app.plural("{n} counter mended", "{n} counters mended", mended))
            self.accept()
