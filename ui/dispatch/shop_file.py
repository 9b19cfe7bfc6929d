"""The tracking file for the shops and marketplaces: which channel, which layout, then saved."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from backoffice.core.paths import safe_file_name
from backoffice.shipping import write_back
from backoffice.shipping.queries import handed_over
from ui.kit.context import AppContext
from ui.kit.fields import CheckField, ChoiceField
from ui.kit.form import Form, FormDialog
from ui.kit.text import Label
from ui.shared.foreign import calm_line

_NAMES = {"shopify": "Shopify", "woocommerce": "WooCommerce"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What the file is to hold."""

    channel: str
    layout: str
    again: bool = False


def shop_file_dialog(app: AppContext) -> FormDialog | None:
    """The dialog; None, and a notice, where no parcel of a channel ever left."""
    words = app.words
    new = Counter(row.channel for row in app.ask(handed_over.to_tell))
    known = new or Counter(row.channel for row in app.ask(handed_over.to_tell, again=True))
    if not known:
        app.notices.refuse(words("No parcel of a shop's order has left yet, so there is nothing to tell."))
        return None
    channels = [(code, _NAMES.get(code, calm_line(code, most=60))) for code in sorted(known)]
    if len(channels) > 1:
        channels.insert(0, ("", words("All channels")))
    first = channels[0][0]
    layouts = [("plain", words("Plain, with all columns")), ("shopify", words("As Shopify's apps read it"))]
    form = Form(Wish(first, "shopify" if first == "shopify" else "plain", again=not new), app.language)
    told = app.plural("{n} parcel was not told of yet.", "{n} parcels were not told of yet.", new.total())
    form.put(Label(told, "muted", wrap=True))
    form.add(ChoiceField("channel", words("For"), channels, required=True))
    form.add(ChoiceField("layout", words("Columns"), layouts, required=True))
    form.add(CheckField("again", words("Those told of before too")))
    return FormDialog(app, words("Tracking file for the shop"), form, words("Save…"), lambda wish: _save(app, wish))


def _save(app: AppContext, wish: Wish) -> bool:
    """Asks where to, and writes it in a job; False where nobody chose a place."""
    words = app.words
    name = safe_file_name(f"tracking {wish.channel} {app.format.today.isoformat()}.csv")
    path, _kind = QFileDialog.getSaveFileName(app.notices.window(), words("Tracking file"), name, "CSV (*.csv)")
    if not path:
        return False

    def task(*_hands: object) -> write_back.Written:
        shape = write_back.layout(like=wish.layout)
        return write_back.write(app.shop.store, Path(path), channel=wish.channel, shape=shape, again=wish.again)

    def done(written: write_back.Written) -> None:
        if written.file is None:
            app.notices.say(words("Nothing new to tell: every parcel's tracking number was written before."))
            return
        count = app.plural("{n} parcel", "{n} parcels", len(written.shipment_ids))
        app.notices.say(words("{file} saved: {parcels}").format(file=written.file.name, parcels=count))

    app.run(task, done, label=words("Tracking file"))
    return True
