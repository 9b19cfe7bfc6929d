"""The page of one order: head with its one next step, what stands in the way, facts, goods, money, parcels, history."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from backoffice.core.language import mark
from backoffice.orders import words as trade
from backoffice.orders.model import DispatchStatus, OrderStatus, PaymentKind, ReturnsStatus
from backoffice.sentences import happening
from ui.kit.buttons import Action
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.drawer import Unsaved
from ui.kit.text import Chip
from ui.kit.timeline import Timeline
from ui.orders import columns, page_facts, page_goods, page_money, page_parcels
from ui.orders.acts import Acts
from ui.orders.kept import Keep, Kept, KeptForm
from ui.orders.prints import Prints
from ui.orders.reading import Step, Whole, next_step
from ui.shared import chips
from ui.shared.foreign import calm_line

_EDITABLE = (OrderStatus.DRAFT, OrderStatus.OPEN, OrderStatus.ON_HOLD)
_GONE = (DispatchStatus.SHIPPED, DispatchStatus.DELIVERED)


class Hands(Protocol):
    """What the page's buttons reach for: the screen."""

    app: AppContext
    acts: Acts
    prints: Prints

    def edit(self, order_id: int) -> object:
        """Opens the change set of an order."""


def order_page(hands: Hands, found: Whole, keep: Keep) -> Detail:
    """The page. `keep(before, after)` keeps notes and tags."""
    app, acts, order = hands.app, hands.acts, found.order
    mend = (lambda: hands.edit(found.id)) if order.row.status in _EDITABLE else None
    told = mark("What you noted on order {number} is not kept yet.")
    noted = Unsaved(f"orders/notes/{found.id}", told, {"number": found.number})
    kept = KeptForm(app, Kept(order.notes, tuple(order.tags)), keep, noted)
    parts: list[QWidget | None] = [
        page_facts.in_the_way(app, found),
        page_facts.buyer(app, found),
        page_facts.known(app, found),
        page_facts.gift(app, order),
        section(app.words("Goods"), page_goods.Goods(app, order), page_goods.sums(app, order)),
        page_parcels.list_of(app, acts, found.parcels, found.id, hands.prints.labels),
        page_money.ledger(app, acts, found),
        page_facts.addresses(app, order, mend),
        kept,
        section(app.words("History"), _history(app, found)),
    ]
    return Detail(
        found.number,
        *[part for part in parts if part is not None],
        subtitle=_subtitle(app, found),
        chips=_chips(app, found),
        step=_step(hands, found),
        actions=_beside(hands, found),
        more=_more(hands, found),
        more_name=app.words("More to do with order {number}").format(number=found.number),
    )


def _subtitle(app: AppContext, found: Whole) -> str:
    row = found.order.row
    number = calm_line(row.external_number, most=60)
    own = number in ("", row.number)
    channel = columns.channel(app, row.channel)
    parts = [channel if own else f"{channel} {number}", app.format.moment(row.placed_at)]
    return " · ".join(parts)


def _chips(app: AppContext, found: Whole) -> list[Chip]:
    row, language = found.order.row, app.language
    made = []
    if row.status is not OrderStatus.OPEN:
        made.append(chips.status(row.status, language))
    if row.status not in (OrderStatus.CANCELLED, OrderStatus.DRAFT):
        made.append(chips.dispatch(row.dispatch, language))
    paid = columns.payment(app, row)
    if isinstance(paid, Chip):
        made.append(paid)
    if row.returns is not ReturnsStatus.NONE:
        made.append(Chip(language.words(trade.RETURNS[row.returns]), "warn"))
    return made


def _step(hands: Hands, found: Whole) -> Action | None:
    """The page's one filled button."""
    app, acts, step = hands.app, hands.acts, next_step(found)
    words = app.words
    begun = found.parcels[-1].id if found.parcels else None
    pack = words("Pack what is there") if "stock" in found.missing else words("Pack")
    known: dict[Step, Action] = {
        Step.CONFIRM: Action(words("Confirm"), lambda: acts.confirm(found), icon="check"),
        Step.RELEASE: Action(words("Release"), lambda: acts.release(found), icon="forward"),
        Step.PACK: Action(pack, lambda: acts.pack(found), icon="pack"),
        Step.GO_ON_PACKING: Action(words("Go on packing"), lambda: app.open("dispatch", begun), icon="pack"),
        Step.DISPATCH: Action(words("Dispatch…"), lambda: acts.dispatch(found), icon="dispatch"),
        Step.PAY: Action(words("Record payment"), lambda: acts.book(found, PaymentKind.CHARGE), icon="money"),
        Step.REFUND: Action(words("Record refund"), lambda: acts.book(found, PaymentKind.REFUND), icon="money"),
        Step.CLOSE: Action(words("Close"), lambda: acts.close(found), icon="done"),
    }
    return None if step is None else known[step]


def _beside(hands: Hands, found: Whole) -> list[Action]:
    """The plain buttons beside the filled one."""
    words, status = hands.app.words, found.order.row.status
    made = []
    if status in _EDITABLE:
        made.append(Action(words("Edit"), lambda: hands.edit(found.id), icon="edit"))
    if status is OrderStatus.CLOSED:
        made.append(Action(words("Open again"), lambda: hands.acts.reopen(found), icon="undo"))
    if status is OrderStatus.CANCELLED:
        back: Callable[[], object] = lambda: hands.acts.uncancel(found.id, found.number)  # noqa: E731
        made.append(Action(words("Restore"), back, icon="undo"))
    return made


def _more(hands: Hands, found: Whole) -> list[Action | None]:
    """What is done less often, under the three dots."""
    words, acts, prints = hands.app.words, hands.acts, hands.prints
    status, row = found.order.row.status, found.order.row
    made: list[Action | None] = []
    if status is OrderStatus.OPEN and row.dispatch not in _GONE:
        made.append(Action(words("Put on hold…"), lambda: acts.hold(found.id, found.number), icon="hold"))
    if status is OrderStatus.OPEN and row.dispatch is DispatchStatus.UNFULFILLED:
        made.append(Action(words("Make it a draft again"), lambda: acts.unconfirm(found), icon="undo"))
    made.append(Action(words("Reorder"), lambda: acts.reorder(found), icon="reorder"))
    if any(parcel.state != "void" for parcel in found.parcels):
        live = [parcel.id for parcel in found.parcels if parcel.state != "void"]
        made.append(Action(words("Print the packing slip"), lambda: prints.slips(live), icon="slip"))
        made.append(Action(words("Print the label"), lambda: prints.labels(live), icon="print"))
    made += [None, Action(words("Record a payment"), lambda: acts.book(found, PaymentKind.CHARGE), icon="money")]
    if found.order.paid.minor > found.order.refunded.minor:
        made.append(Action(words("Record a refund"), lambda: acts.book(found, PaymentKind.REFUND), icon="money"))
    if status is OrderStatus.OPEN and row.dispatch in _GONE and next_step(found) is not Step.CLOSE:
        made.append(Action(words("Close"), lambda: acts.close(found), icon="done"))
    if status in _EDITABLE:
        left = found.order.paid - found.order.refunded
        cancel: Callable[[], object] = lambda: acts.cancel(found.id, found.number, left)  # noqa: E731
        made += [None, Action(words("Cancel the order…"), cancel, icon="void", danger=True)]
    return made


def _history(app: AppContext, found: Whole) -> Timeline:
    return Timeline(app, found.history, lambda line: happening(line.verb, line.facts, app.language))
