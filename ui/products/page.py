"""The page of one product: its one next step, picture and numbers, who waits for it, what is known, what happened."""

from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QGridLayout, QWidget

from backoffice.inventory.model import IN_HOUSE
from backoffice.inventory.words import BUCKETS
from backoffice.sentences import happening
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row
from ui.kit.buttons import Action
from ui.kit.card import facts, section
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.text import Chip, Label, Link
from ui.kit.timeline import Timeline
from ui.products import stock
from ui.products.acts import Acts
from ui.products.picture import Picture, PictureBox, shown
from ui.products.reading import Whole
from ui.shared.foreign import calm, calm_line
from ui.shared.long_text import LongText

_CUSTOMER = 28  # letters


class Hands(Protocol):
    """What the page's buttons reach for: the screen."""

    app: AppContext
    acts: Acts

    def print_labels(self, product_ids: list[int]) -> object:
        """Shows labels for these products, to be printed."""


def product_page(hands: Hands, found: Whole) -> Detail:
    """The page."""
    app = hands.app
    parts: list[QWidget | None] = [
        _top(hands, found),
        _waiting(app, found),
        _know_how(app, found),
        section(app.words("Details"), facts(_known(app, found))),
        section(app.words("History"), _history(app, found)),
    ]
    return Detail(
        calm_line(found.row.full_name),
        *[part for part in parts if part is not None],
        subtitle=" · ".join(calm_line(part, most=60) for part in (found.row.sku, found.row.bin) if part),
        chips=_chips(app, found),
        step=_step(hands, found),
        actions=_beside(hands, found),
        more=_more(hands, found),
        more_name=app.words("More to do with {sku}").format(sku=found.row.sku),
    )


def _chips(app: AppContext, found: Whole) -> list[Chip]:
    words, row = app.words, found.row
    if not row.listed:
        return [Chip(words("Archived"), "muted")]
    made = [Chip(words("To be matched"), "note")] if row.draft else []
    if found.oversold:
        units = sum(each.units for each in found.waiting)
        made.append(Chip(words("Oversold · {n}").format(n=app.format.number(units)), "bad"))
    elif found.low and not row.draft:
        made.append(Chip(words("Low stock"), "warn"))
    return made if row.active else [*made, Chip(words("No longer sold"), "muted")]


def _step(hands: Hands, found: Whole) -> Action | None:
    """The page's one filled button; a product in good order has none."""
    words, acts = hands.app.words, hands.acts
    if not found.row.listed:
        return Action(words("Put back on the list"), lambda: acts.unarchive([found.id]), icon="undo")
    if found.row.draft:
        return Action(words("Match to a product…"), lambda: acts.match(found.id), icon="link")
    if found.oversold:
        first = found.waiting[0]
        title = words("Open order {number}").format(number=first.number)
        return Action(title, lambda: hands.app.open("orders", first.order_id), icon="orders")
    return Action(words("Adjust stock…"), lambda: acts.adjust(found.id), icon="stock") if found.low else None


def _beside(hands: Hands, found: Whole) -> list[Action]:
    words, acts = hands.app.words, hands.acts
    adjust = Action(words("Adjust stock…"), lambda: acts.adjust(found.id), icon="stock")
    edit = Action(words("Edit…"), lambda: acts.edit(found.id), icon="edit")
    if found.row.draft:
        return [Action(words("It is a new one…"), lambda: acts.edit(found.id), icon="new")]
    if not found.row.listed or (found.low and not found.oversold):
        return [edit]
    return [adjust, edit]


def _more(hands: Hands, found: Whole) -> list[Action | None]:
    words, acts = hands.app.words, hands.acts
    made: list[Action | None] = []
    if found.row.draft:
        made.append(Action(words("Adjust stock…"), lambda: acts.adjust(found.id)))
    made += [
        Action(words("Move to another shelf…"), lambda: acts.adjust(found.id, stock.MOVE)),
        Action(words("Write off…"), lambda: acts.adjust(found.id, stock.WRITE_OFF)),
        Action(words("Why is this many available?"), lambda: acts.why(found.id)),
        None,
        Action(words("Print a label"), lambda: hands.print_labels([found.id])),
    ]
    if found.row.listed:
        made += [None, Action(words("Archive"), lambda: acts.archive([found.id]))]
    return made


def _top(hands: Hands, found: Whole) -> QWidget:
    """The picture, and beside it the numbers with the way to their reasons."""
    app = hands.app
    image = shown(app.shop.path, Picture(found.row.picture))
    picture = PictureBox(image, app.words("Picture of {sku}").format(sku=found.row.sku), side=112)
    picture.setAcceptDrops(not found.row.draft)
    picture.dropped.connect(lambda path: hands.acts.take_picture(found.id, Path(path)))
    number = app.format.number(found.row.available)
    why = Link(app.words("Why is {n} available?").format(n=number), lambda: hands.acts.why(found.id))
    numbers = column(_numbers(app, found), row(why, SPRING), SPRING, gap=theme.S)
    line = row(held(column(picture, SPRING)), numbers, gap=theme.L)
    line.setStretch(1, 1)
    return held(line)


def _numbers(app: AppContext, found: Whole) -> QWidget:
    words, one = app.words, found.row
    entries = [
        (words("On hand"), one.on_hand, "strong"),
        (words("Committed"), one.committed, ""),
        (words("Available"), one.available, "strong"),
        (words("Incoming"), one.incoming, ""),
    ]
    for bucket in IN_HOUSE[1:]:
        if units := getattr(one, bucket.value):
            entries.insert(1, (words("of these {shelf}").format(shelf=words(BUCKETS[bucket]).lower()), units, "muted"))
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    for at, (name, units, role) in enumerate(entries):
        tone = "bad" if units < 0 else ""
        grid.addWidget(Label(name, "muted"), at, 0)
        grid.addWidget(framed(row(SPRING, Label(app.format.number(units), role, tone=tone))), at, 1)
    grid.setColumnMinimumWidth(1, 64)
    grid.setColumnStretch(2, 1)
    return made


def _waiting(app: AppContext, found: Whole) -> QWidget | None:
    """The orders that want units nobody can promise: links, the earliest promise first."""
    if not found.waiting:
        return None
    if found.row.draft:
        title = app.words("These orders wait for it")
    else:
        title = app.words("Sold twice: these orders wait") if found.oversold else app.words("Backordered for")
    links = []
    for each in found.waiting:
        text = app.words("Order {number}").format(number=each.number)
        link = Link(text, lambda each=each: app.open("orders", each.order_id))
        units = app.plural("{n} unit", "{n} units", each.units)
        told = Label(f"{calm_line(each.customer, most=_CUSTOMER)} · {units}", "muted")
        links.append(held(row(link, told, SPRING)))
    body = column(Label(title, "strong"), *links, gap=theme.XS, margins=theme.M)
    return framed(body, tone="bad" if found.oversold else "note")


def _know_how(app: AppContext, found: Whole) -> QWidget | None:
    return section(app.words("Know-how"), LongText(app, found.draft.notes)) if found.draft.notes else None


def _known(app: AppContext, found: Whole) -> list[tuple[str, Any]]:
    words, draft, form = app.words, found.draft, app.format
    sides = (draft.length_mm, draft.width_mm, draft.height_mm)
    size = " × ".join(form.number(side) for side in sides)
    return [
        (words("Price"), form.money(found.money(draft.price))),
        (words("Cost"), form.money(found.money(draft.cost)) if draft.cost else ""),
        (words("Tax"), _tax(app, found)),
        (words("Barcode"), calm(draft.barcode, most=60)),
        (words("Supplier"), calm(draft.supplier)),
        (words("Reorder"), _reorder(app, found)),
        (words("Safety stock"), form.number(draft.safety_stock) if draft.safety_stock else ""),
        (words("Backorder"), _backorder(app, found)),
        (words("Weight"), words("{n} g").format(n=form.number(draft.weight_g)) if draft.weight_g else ""),
        (words("Size"), words("{size} mm").format(size=size) if any(sides) else ""),
        (words("HS code"), calm(draft.hs_code, most=60)),
        (words("Origin"), form.country(draft.origin)),
        (words("Options"), calm("\n".join(f"{name}: {value}" for name, value in draft.options.items()))),
        (words("Tags"), calm(", ".join(draft.tags))),
    ]


def _tax(app: AppContext, found: Whole) -> str:
    if found.draft.tax_rate is None:
        return ""
    rate = app.format.percent(found.tax_rate)
    return " · ".join(filter(None, (rate, calm_line(found.draft.tax_class, most=60))))


def _reorder(app: AppContext, found: Whole) -> str:
    draft, number = found.draft, app.format.number
    if not draft.reorder_point:
        return ""
    if not draft.reorder_quantity:
        return app.words("at {point}").format(point=number(draft.reorder_point))
    return app.words("{quantity} at {point}").format(
        quantity=number(draft.reorder_quantity), point=number(draft.reorder_point)
    )


def _backorder(app: AppContext, found: Whole) -> str:
    if not found.draft.backorder:
        return ""
    limit = found.draft.backorder_limit
    return (
        app.words("without a limit") if limit is None else app.words("at most {n}").format(n=app.format.number(limit))
    )


def _history(app: AppContext, found: Whole) -> Timeline:
    return Timeline(app, found.history, lambda line: calm(happening(line.verb, line.facts, app.language)))
