"""The columns of the list of products, in the window and in its file."""

from collections.abc import Sequence

from backoffice.core.money import Money
from backoffice.inventory import pictures
from backoffice.inventory.queries import ProductRow
from ui.kit.context import AppContext
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.kit.thumbs import Thumb
from ui.shared.foreign import calm_line


def columns(app: AppContext, currency: str) -> list[Column]:
    """All there are; those with `shown=False` wait in the column chooser."""
    words = app.words
    return [
        Column("picture", words("Picture"), "thumb", width=58, show=lambda row: thumb(app, row)),
        Column("sku", words("SKU"), sort="sku", width=98, show=lambda row: calm_line(row.sku, most=60), strong=True),
        Column("name", words("Name"), sort="name", stretch=True, show=lambda row: calm_line(row.full_name)),
        Column("bin", words("Bin"), sort="bin", width=66, show=lambda row: calm_line(row.bin, most=40)),
        Column("on_hand", words("On hand"), "number", width=72),
        Column("committed", words("Committed"), "number", width=96, shown=False),
        Column("available", words("Available"), "number", sort="available", width=122, show=lambda row: free(app, row)),
        Column("incoming", words("Incoming"), "number", width=88, shown=False),
        Column("price", words("Price"), "money", sort="price", width=86, show=lambda row: price(app, row, currency)),
        Column("barcode", words("Barcode"), width=124, shown=False, show=lambda row: calm_line(row.barcode, most=40)),
    ]


def thumb(app: AppContext, row: ProductRow) -> Thumb:
    """The picture, small."""
    return Thumb(row.name, pictures.picture_of(app.shop.path, row.picture))


def price(app: AppContext, row: ProductRow, currency: str) -> str:
    return app.format.money(Money(row.price, currency))


def free(app: AppContext, row: ProductRow) -> str | Chip:
    """What can still be promised; with a word where that is too little."""
    if row.missing:
        return Chip(app.plural("{n} missing", "{n} missing", row.missing), "bad")
    number = app.format.number(row.available)
    if row.available < 0 and not row.backorder:
        return Chip(app.words("Short · {n}").format(n=number), "bad")
    if row.available < 0:  # sold on purpose before it is there
        return Chip(app.words("Backordered · {n}").format(n=app.format.number(-row.available)), "note")
    return Chip(app.words("Low · {n}").format(n=number), "warn") if is_low(row) else number


def is_low(row: ProductRow) -> bool:
    """Whether it is time to order it again."""
    return row.listed and row.reorder_point > 0 and row.available <= row.reorder_point


def titles(app: AppContext) -> list[str]:
    """The first line of the list's file."""
    words = app.words
    return [
        words("SKU"), words("Name"), words("Barcode"), words("Bin"), words("On hand"), words("Committed"),
        words("Available"), words("Incoming"), words("Reorder point"), words("Price"), words("Cost"), words("Currency"),
    ]  # fmt: skip


def cells(row: ProductRow, currency: str) -> Sequence[str]:
    """A product in the list's file; amounts as programs read them."""
    counts = (row.on_hand, row.committed, row.available, row.incoming, row.reorder_point)
    amounts = (str(Money(row.price, currency)), str(Money(row.cost, currency)))
    return [row.sku, row.full_name, row.barcode, row.bin, *map(str, counts), *amounts, currency]
