"""Correcting a product's stock: counted, more, fewer, another shelf, thrown away; each with its way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backoffice.inventory import actions
from backoffice.inventory.model import IN_HOUSE, Bucket
from backoffice.inventory.queries import ProductRow
from backoffice.inventory.words import BUCKETS
from backoffice.store.unit_of_work import UnitOfWork
from ui.kit.context import AppContext
from ui.kit.fields import ChoiceField, IntField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.text import Label
from ui.shared.undo import undoing

_AROUND = 190  # pixels of a dialog above and below its form
COUNTED, MORE, FEWER, MOVE, WRITE_OFF = "counted", "more", "fewer", "move", "write_off"


@dataclass(frozen=True)
class Correction:
    """What is typed about a shelf."""

    kind: str = COUNTED
    quantity: int | None = None
    source: str = Bucket.SELLABLE.value
    target: str = Bucket.DAMAGED.value
    reason: str = ""


class AdjustDialog(FormDialog):
    """One product's stock. Fields come and go with what is to be done; a line says what will be there then."""

    def __init__(self, app: AppContext, product: ProductRow, *, kind: str = COUNTED) -> None:
        self._product = product
        words = app.words
        made = Form(Correction(kind=kind), app.language, check=self._check)
        kinds = [
            (COUNTED, words("Set what was counted")),
            (MORE, words("Add units")),
            (FEWER, words("Take units away")),
            (MOVE, words("Move to another shelf")),
            (WRITE_OFF, words("Write off")),
        ]
        shelves = [(bucket.value, words(BUCKETS[bucket])) for bucket in IN_HOUSE]
        made.add(
            ChoiceField("kind", words("What happened"), kinds, required=True), IntField("quantity", "", required=True)
        )
        made.add(
            ChoiceField("source", words("From"), shelves, required=True),
            ChoiceField("target", words("To"), shelves, required=True),
        )
        made.add(TextField("reason", words("Reason"), longest=200, placeholder=words("Counted, found, broken …")))
        self._told = Label("", "muted", wrap=True)
        made.put(self._told)
        title = words("Stock of {sku}").format(sku=product.sku)
        super().__init__(app, title, made, words("Correct the stock"), self._do)
        made.changed.connect(self._dress)
        self._dress()
        made.field("quantity").setFocus()

    # what is shown

    def _dress(self) -> None:
        words, form = self._app.words, self.form
        kind = form.field("kind").value()
        quantity = form.field("quantity")
        quantity.name.setText(words("Units on the shelf") if kind == COUNTED else words("Units"))
        quantity.editor.setAccessibleName(quantity.name.text())
        form.field("source").setVisible(kind in (MOVE, WRITE_OFF))
        form.field("source").name.setText(words("From") if kind == MOVE else words("From which shelf"))
        form.field("target").setVisible(kind == MOVE)
        form.field("reason").setVisible(kind != MOVE)
        self._told.setText(self._sentence())
        form.updateGeometry()
        self.resize(self.width(), form.sizeHint().height() + _AROUND)

    def _sentence(self) -> str:
        """What is on the sellable shelf now, and what will be."""
        number, words = self._app.format.number, self._app.words
        now, then = self._product.sellable, self._then()
        if then is None or then == now:
            return words("Sellable now: {now}").format(now=number(now))
        return words("Sellable now: {now}, then: {then}").format(now=number(now), then=number(then))

    def _then(self) -> int | None:
        kind, quantity = self.form.field("kind").value(), self.form.field("quantity").value()
        if quantity is None:
            return None
        sellable, now = Bucket.SELLABLE.value, self._product.sellable
        source, target = self.form.field("source").value(), self.form.field("target").value()
        by = {
            COUNTED: quantity - now,
            MORE: quantity,
            FEWER: -quantity,
            MOVE: quantity * ((target == sellable) - (source == sellable)),
            WRITE_OFF: -quantity if source == sellable else 0,
        }
        return now + by[kind]

    def _check(self, draft: Correction) -> dict[str, str]:
        words = self._app.words
        found = {}
        if draft.kind in (MORE, FEWER, WRITE_OFF) and not draft.reason:
            found["reason"] = words("Say why, in a few words.")
        if draft.kind != COUNTED and not draft.quantity:
            found["quantity"] = words("At least one unit.")
        if draft.kind == MOVE and draft.source == draft.target:
            found["target"] = words("Choose another shelf.")
        return found

    # what is done

    def _do(self, draft: Correction) -> bool:
        units, reason = draft.quantity or 0, draft.reason or self._app.words("Counted")
        back = self._app.words("Taken back: {reason}").format(reason=reason)
        if draft.kind == COUNTED:
            return self._count(units, reason, back)
        if draft.kind in (MORE, FEWER):
            by = units if draft.kind == MORE else -units
            return self._run(
                actions.adjust, by, self._said(by), self._undo(actions.adjust, -by, reason=back), reason=reason
            )
        source, target = Bucket(draft.source), Bucket(draft.target)
        if draft.kind == MOVE:
            said = self._app.plural("{n} unit moved to: {shelf}", "{n} units moved to: {shelf}", units)
            said = said.format(shelf=self._app.words(BUCKETS[target]))
            undo = self._undo(actions.set_aside, units, source=target, target=source)
            return self._run(actions.set_aside, units, said, undo, source=source, target=target)
        said = self._app.plural("{n} unit written off", "{n} units written off", units)
        undo = self._undo(actions.find_again, units, bucket=source, reason=back)
        return self._run(actions.write_off, units, said, undo, bucket=source, reason=reason)

    def _count(self, units: int, reason: str, back: str) -> bool:
        app, product_id = self._app, self._product.id
        said = app.words("{sku}: {n} on the shelf").format(sku=self._product.sku, n=app.format.number(units))

        def undo(by: int) -> None:
            if by:
                app.do(actions.adjust, product_id, -by, reason=back)

        return self._run(actions.set_on_hand, units, said, undo, reason=reason)

    def _undo(self, action: Callable[..., Any], quantity: int, **more: Any) -> Callable[[Any], object]:
        return undoing(self._app, action, self._product.id, quantity, **more)

    def _run(
        self, action: Callable[..., Any], units: int, said: str, undo: Callable[[Any], object], **more: Any
    ) -> bool:
        return bool(self._app.do(action, self._product.id, units, said=said, undo=undo, form=self.form, **more))

    def _said(self, by: int) -> str:
        sign = "+" if by > 0 else "\N{MINUS SIGN}"
        number = self._app.format.number(abs(by))
        return self._app.words("{sku}: {sign}{n}").format(sku=self._product.sku, sign=sign, n=number)


def archive_all(work: UnitOfWork, product_ids: list[int]) -> None:
    """Takes several products off the lists, all or none. Refusals as in `actions.archive`."""
    for product_id in product_ids:
        actions.archive(work, product_id)


def unarchive_all(work: UnitOfWork, product_ids: list[int]) -> None:
    """Puts several products back on the lists."""
    for product_id in product_ids:
        actions.unarchive(work, product_id)
