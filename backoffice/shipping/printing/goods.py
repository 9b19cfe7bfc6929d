"""Labels on products and bins, and the calibration page of a label stock."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.settings.queries import Profile, profile
from backoffice.shipping import label_sheets
from backoffice.shipping.documents.calibration import write_calibration
from backoffice.shipping.documents.content import BinLabel, Printed, ProductLabel
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.small_labels import write_bin_labels, write_product_labels
from backoffice.shipping.documents.stock import stock_of
from backoffice.shipping.printing import runs
from backoffice.shipping.printing.queries import goods as queries
from backoffice.shipping.printing.records import Document
from backoffice.shipping.queries import sheets
from backoffice.store.unit_of_work import Store

MOST = 10_000
"""Labels in one file: more is a quantity typed wrongly."""
_DAY = date(2000, 1, 1)
"""A product's label is of no day: printing it again gives the same file."""


def product_labels(
    session: Session, copies: Mapping[int, int], *, with_price: bool
) -> tuple[Profile, list[ProductLabel], list[Document]]:
    """A label for each copy; `copies` is {product id: how many}.

    Refuses `inventory.unknown` for a product that is gone, `shipping.too-many-labels`, `shipping.nothing-to-print`.
    """
    wanted = {product: units for product, units in copies.items() if units > 0}
    if sum(wanted.values()) > MOST:
        raise Refused("shipping.too-many-labels", count=sum(wanted.values()), most=MOST)
    if not wanted:
        raise Refused("shipping.nothing-to-print")
    shop, known = profile(session), queries.products(session, list(wanted))
    labels, documents = [], []
    for product_id, units in wanted.items():
        if product_id not in known:
            raise Refused("inventory.unknown", id=product_id)
        found = known[product_id]
        price = Money(found.price, shop.currency) if with_price and found.price else None
        told = ", ".join(found.options.values())
        labels += [ProductLabel(found.sku, found.name, told, found.barcode, price)] * units
        documents.append(Document(f"product:{product_id}", found.sku))
    return shop, labels, documents


def print_product_labels(
    store: Store,
    copies: Mapping[int, int],
    *,
    file: Path,
    stock: str = "",
    printer: str = "",
    start_cell: int | None = None,
    with_price: bool = False,
    run: str = "",
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """Labels for products, {product id: how many}, one after the other; stock, cells and `run` as in `print_labels`.

    Refused, and nothing printed: as `product_labels`, and what `write_product_labels` refuses.
    """
    shop, labels, documents = store.ask(product_labels, copies, with_price=with_price)
    code = stock_of(stock or shop.label_stock).code
    subjects = tuple(f"{label.sku}" for label in labels)
    request = runs.Request("product-label", subjects, runs.file_of(file), code, printer, start_cell)
    return _carried_out(
        store, request, write_product_labels, labels, documents, run=run, progress=progress, cancelled=cancelled
    )


def print_bin_labels(
    store: Store,
    bins: Sequence[str],
    *,
    file: Path,
    stock: str = "",
    printer: str = "",
    start_cell: int | None = None,
    run: str = "",
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> Printed:
    """One label for each bin, with what lies in it where that is one product; all else as for products."""
    names = [name for name in dict.fromkeys(each.strip() for each in bins) if name]
    if not names:
        raise Refused("shipping.nothing-to-print")
    shop, lying = store.ask(profile), store.ask(queries.in_bins, names)
    labels = [BinLabel(name, lying[name][0] if len(lying.get(name, [])) == 1 else "") for name in names]
    code = stock_of(stock or shop.label_stock).code
    request = runs.Request("bin-label", tuple(names), runs.file_of(file), code, printer, start_cell)
    documents = [Document(f"bin:{name}", name) for name in names]
    return _carried_out(
        store, request, write_bin_labels, labels, documents, run=run, progress=progress, cancelled=cancelled
    )


def print_calibration(store: Store, *, file: Path, stock: str = "", printer: str = "") -> Printed:
    """The page that shows how far this printer is off on this stock; nothing is recorded.

    Refuses `shipping.stock-unknown`.
    """
    shop = store.ask(profile)
    known = stock_of(stock or shop.label_stock)
    offset = label_sheets.offset_of(store.ask(sheets.sheet, known.code, printer))
    today = local_day(store.clock.now(), shop.zone)
    return write_calibration(file, known, language=Language(shop.language), made_on=today, offset=offset)


def _carried_out(
    store: Store,
    request: runs.Request,
    writer: Callable[..., Printed],
    labels: Sequence[object],
    documents: list[Document],
    *,
    run: str,
    **watched: Any,
) -> Printed:
    language = Language(store.ask(profile).language)

    def write(place: runs.Place) -> tuple[Printed, list[Document]]:
        shared = {"stock": stock_of(request.stock), "language": language, "made_on": _DAY}
        where = {"start": place.start, "offset": place.offset}
        return writer(Path(request.file), labels, **shared, **where, **watched), documents

    return runs.carry_out(store, request, write, run=run)
