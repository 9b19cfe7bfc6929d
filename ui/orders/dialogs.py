"""The small questions about an order: why it waits, why it is cancelled, what was paid, which number the parcel has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, make_dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from backoffice.core.money import Money
from backoffice.orders import words as trade
from backoffice.settings import queries as settings
from backoffice.shipping.queries.parcels import ParcelRow
from ui.kit.context import AppContext
from ui.kit.fields import ChoiceField, DateField, MoneyField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.scan import TAKES_SCANS
from ui.kit.tag_field import TagField
from ui.kit.text import Label

_METHOD = "orders/payment-method"


@dataclass(frozen=True)
class Reason:
    """Why, and for a hold until when."""

    reason: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Booking:
    """A row of the payment ledger to be."""

    kind: str
    amount: Money | None
    method: str = ""
    reference: str = ""
    day: date | None = None

    def moment(self, app: AppContext) -> datetime | None:
        """Noon of its day in the shop's zone; None for today, which is now."""
        if self.day is None or self.day == app.format.today:
            return None
        return datetime.combine(self.day, time(12), ZoneInfo(app.format.zone))


@dataclass(frozen=True)
class Tags:
    """Words to be given to orders."""

    tags: tuple[str, ...] = field(default_factory=tuple)


def hold_dialog(app: AppContext, title: str, save: Callable[[Reason, Form], Any]) -> FormDialog:
    """Asks why orders are to wait, and until when."""
    words = app.words
    form = Form(Reason(), app.language, check=lambda draft: _past(app, draft))
    form.add(TextField("reason", words("Why does it wait?"), required=True, longest=200))
    form.add(
        DateField("until", words("Until"), hint=words("It goes on by itself on that day. Empty: until you release it."))
    )
    return FormDialog(app, title, form, words("Put it on hold"), lambda draft: save(draft, form))


def _past(app: AppContext, draft: Reason) -> dict[str, str]:
    if draft.until is not None and draft.until <= app.format.today:
        return {"until": app.words("Choose a day after today.")}
    return {}


def cancel_dialog(app: AppContext, title: str, note: str, save: Callable[[Reason, Form], Any]) -> FormDialog:
    """Asks why orders are cancelled; `note` says what follows."""
    form = Form(Reason(), app.language)
    form.add(TextField("reason", app.words("Why is it cancelled?"), required=True, longest=200))
    if note:
        form.put(Label(note, "muted", wrap=True))
    leave = app.words("Leave it as it is")
    return FormDialog(app, title, form, app.words("Cancel the order"), lambda draft: save(draft, form), leave=leave)


def payment_dialog(
    app: AppContext, title: str, start: Booking, currency: str, save: Callable[[Booking, Form], Any]
) -> FormDialog:
    """Asks for an amount, how it came, and when. The method typed last is proposed."""
    words = app.words
    kinds = [(kind, words(name)) for kind, name in trade.PAYMENT_KINDS.items() if kind != "reversal"]
    booking = Booking(start.kind, start.amount, app.memory.read(_METHOD, ""), "", app.format.today)
    form = Form(booking, app.language, check=lambda draft: _future(app, draft))
    form.add(
        ChoiceField("kind", words("Kind"), kinds, required=True),
        MoneyField("amount", words("Amount"), currency, required=True),
    )
    form.add(
        TextField("method", words("How"), longest=60, placeholder=words("Bank transfer, card, cash …")),
        DateField("day", words("On"), required=True),
    )
    form.add(TextField("reference", words("Reference"), longest=120))

    def keep(draft: Booking) -> Any:
        done = save(draft, form)
        if done:
            app.memory.keep(_METHOD, draft.method)
        return done

    made = FormDialog(app, title, form, words("Book it"), keep)
    form.field("amount").setFocus()
    form.field("amount").editor.selectAll()
    return made


def _future(app: AppContext, draft: Booking) -> dict[str, str]:
    if draft.day is not None and draft.day > app.format.today:
        return {"day": app.words("This day is still to come.")}
    return {}


Numbers = Callable[[dict[int, str], int | None], Any]


def dispatch_dialog(app: AppContext, parcels: Sequence[ParcelRow], save: Numbers) -> FormDialog:
    """Asks for the tracking number of each packed parcel; may stay empty. `save` gets {parcel id: number}, carrier."""
    title = app.plural("Dispatch {n} parcel", "Dispatch {n} parcels", len(parcels))
    hint = app.words("Scan or type it; may stay empty")
    return _numbers_dialog(app, parcels, save, title=title, act=app.words("Dispatch now"), hint=hint)


def tracking_dialog(app: AppContext, parcel: ParcelRow, save: Numbers) -> FormDialog:
    """Asks for the tracking number of a parcel that left without one."""
    words = app.words
    title, act = words("Tracking number"), words("Keep it")
    return _numbers_dialog(app, [parcel], save, title=title, act=act, hint=words("Scan or type it"))


def _numbers_dialog(
    app: AppContext, parcels: Sequence[ParcelRow], save: Numbers, *, title: str, act: str, hint: str
) -> FormDialog:
    carriers = {each.name: each.id for each in app.ask(settings.carriers, active_only=True)}
    keys = {f"parcel_{parcel.id}": parcel for parcel in parcels}
    mine = carriers.get(parcels[0].carrier)
    draft = make_dataclass("Numbers", [("carrier", object, mine), *((key, str, "") for key in keys)], frozen=True)()
    form = Form(draft, app.language)
    for key, parcel in keys.items():
        name = app.words("Tracking number of parcel {number}").format(number=parcel.number)
        number = TextField(key, name, longest=60, placeholder=hint)
        number.editor.setProperty(TAKES_SCANS, True)
        form.add(number)
    if carriers:
        choices = [(key, name) for name, key in carriers.items()]
        form.add(ChoiceField("carrier", app.words("Carrier"), choices))

    def go(draft: Any) -> Any:
        return save({parcel.id: getattr(draft, key) for key, parcel in keys.items()}, draft.carrier)

    made = FormDialog(app, title, form, act, go)
    form.field(next(iter(keys))).setFocus()
    return made


def tag_dialog(app: AppContext, title: str, save: Callable[[Tags, Form], Any]) -> FormDialog:
    """Asks for the tags that several orders get."""
    form = Form(Tags(), app.language)
    form.add(TagField("tags", app.words("Tags"), required=True, hint=app.words("Enter or a comma ends a tag.")))
    return FormDialog(app, title, form, app.words("Add tags"), lambda draft: save(draft, form))
