"""What the buttons of products do: make, change, correct, match, archive, prove."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from backoffice.core.errors import Refused
from backoffice.core.language import mark
from backoffice.inventory import actions, pictures
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.queries import product_row
from backoffice.settings.queries import profile
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.products import reading, stock
from ui.products.form import ProductForm, Typed, draft_of, product_dialog, typed_of
from ui.products.match import MatchDialog
from ui.products.picture import NoPicture, Picture, taken
from ui.products.proof import prove
from ui.products.why import WhyDialog
from ui.shared.foreign import calm_line
from ui.shared.undo import undoing


class Acts:
    """The acts of one screen. `made(id)` is told a product that was just made; `dialog` is the one now open."""

    def __init__(self, app: AppContext, made: Callable[[int], object]) -> None:
        self._app, self._made = app, made
        self.dialog: Any = None

    def open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    # make and change

    def new(self, *, barcode: str = "") -> None:
        """The form of a new product."""
        app, currency = self._app, self._app.ask(profile).currency
        form = ProductForm(app, Typed(barcode=barcode), currency, new=True)
        title, act = app.words("New product"), app.words("Add the product")
        keep = Unsaved("products/new", mark("A new product is not saved yet."))
        self.open(product_dialog(app, title, act, form, self._create, keep=keep))

    def _create(self, typed: Typed, form: ProductForm) -> bool:
        kept = self._picture_kept(typed.picture, form)
        if kept is None:
            return False
        app, draft = self._app, draft_of(typed, ProductDraft("", ""))
        said = app.words("{sku} added").format(sku=draft.sku)
        done = app.do(
            actions.create,
            replace(draft, picture=kept),
            opening=typed.opening or 0,
            said=said,
            undo=lambda product_id: app.do(actions.archive, product_id),
            form=form,
        )
        if done:
            self._made(done.value)
        return bool(done)

    def edit(self, product_id: int) -> None:
        """The form of a product; what somebody else saves meanwhile is shown in it, what was typed stays."""
        app = self._app
        draft, version = app.ask(reading.saved, product_id)
        known = {"draft": draft, "version": version, "to_match": app.ask(product_row, product_id).draft}
        currency = app.ask(profile).currency
        form = ProductForm(app, typed_of(draft, currency), currency, new=False)
        title = app.words("Edit {sku}").format(sku=draft.sku)
        save = partial(self._change, product_id, known, currency)
        told = mark("The changes to {name} are not saved yet.")
        keep = Unsaved(f"products/edit/{product_id}", told, {"name": calm_line(draft.sku, most=40)})
        self.open(product_dialog(app, title, app.words("Save"), form, save, keep=keep))

    def _change(self, product_id: int, known: dict[str, Any], currency: str, typed: Typed, form: ProductForm) -> bool:
        kept = self._picture_kept(typed.picture, form)
        if kept is None:
            return False
        app, before, version = self._app, known["draft"], known["version"]
        draft = replace(draft_of(typed, before), picture=kept)
        said = app.words("{sku} saved").format(sku=draft.sku)
        back = {"version": version + 1, "still_to_match": known["to_match"]}
        undo = undoing(app, actions.change, product_id, before, **back)
        done = app.do(actions.change, product_id, draft, version=version, said=said, undo=undo, form=form)
        if isinstance(done.error, Refused) and done.error.code == "inventory.changed":
            known["draft"], known["version"] = app.ask(reading.saved, product_id)
            for field in form.take_over(typed_of(known["draft"], currency)):
                field.tell(app.words("Changed meanwhile. Look at it and save again."))
        return bool(done)

    def take_picture(self, product_id: int, path: Path) -> None:
        """A file let fall on a product's picture."""
        app = self._app

        def put(picture: Picture) -> None:
            kept = self._picture_kept(picture, None)
            if kept is None:
                return
            before, version = app.ask(reading.saved, product_id)
            undo = undoing(app, actions.change, product_id, before, version=version + 1)
            said = app.words("Picture of {sku} kept").format(sku=before.sku)
            after = replace(before, picture=kept)
            app.do(actions.change, product_id, after, version=version, said=said, undo=undo)

        def failed(error: BaseException) -> None:
            if not isinstance(error, NoPicture | OSError):
                raise error
            app.notices.refuse(app.words("{file} is not a picture that can be read.").format(file=path.name))

        app.run(lambda *_hands: taken(path), put, failed=failed, label=app.words("Reading the picture"), quiet=True)

    def _picture_kept(self, picture: Picture, form: ProductForm | None) -> str | None:
        """The picture's name in the shop's folder; None where the disk refused it, which is told."""
        if not picture.content:
            return picture.name
        try:
            if picture.content and not self._app.may_write():
                return None
            return pictures.keep_new(self._app.shop.path, picture.name, picture.content)
        except OSError:
            sentence = self._app.words("The picture could not be kept. Is the disk full or the folder read-only?")
            if form is None:
                self._app.notices.refuse(sentence)
            else:
                form.show_problems({"picture": sentence})
            return None

    # stock

    def adjust(self, product_id: int, kind: str = stock.COUNTED) -> None:
        self.open(stock.AdjustDialog(self._app, self._app.ask(product_row, product_id), kind=kind))

    def why(self, product_id: int) -> None:
        self.open(WhyDialog(self._app, self._app.ask(product_row, product_id)))

    def prove(self) -> None:
        """Verify & repair."""
        prove(self._app, self.open)

    # lists

    def match(self, product_id: int) -> None:
        self.open(MatchDialog(self._app, self._app.ask(product_row, product_id)))

    def archive(self, product_ids: Sequence[int]) -> None:
        app, ids = self._app, list(product_ids)
        said = app.plural("{n} product archived", "{n} products archived", len(ids))
        app.do(stock.archive_all, ids, said=said, undo=undoing(app, stock.unarchive_all, ids))

    def unarchive(self, product_ids: Sequence[int]) -> None:
        app, ids = self._app, list(product_ids)
        said = app.plural("{n} product back on the list", "{n} products back on the list", len(ids))
        app.do(stock.unarchive_all, ids, said=said, undo=undoing(app, stock.archive_all, ids))
