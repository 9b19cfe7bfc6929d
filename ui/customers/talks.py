"""What is said and promised: a call, chat or letter noted; a call-back promised, put off; a consent noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from backoffice.customers.card.rows import OrderRow
from backoffice.customers.drafts import LONGEST_TEXT
from backoffice.customers.model import ContactKind
from backoffice.customers.words import CONTACT_KINDS
from backoffice.settings.queries import profile
from ui.customers.fields import TimeField
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import ChoiceField, DateField, MultiLine, TextField
from ui.kit.form import Form, FormDialog

_SOON = timedelta(hours=1)
_QUARTER = 15  # minutes


@dataclass(frozen=True)
class Said:
    """What was said or written, and about which order."""

    kind: str = ContactKind.CALL.value
    inbound: bool = True
    text: str = ""
    order_id: int | None = None


@dataclass(frozen=True)
class Promise:
    """When somebody is to be called."""

    day: date | None = None
    hour: time | None = None
    phone: str = ""
    text: str = ""

    def moment(self, zone: str) -> datetime:
        assert self.day is not None and self.hour is not None
        return datetime.combine(self.day, self.hour, ZoneInfo(zone)).astimezone(UTC)


@dataclass(frozen=True)
class Allowed:
    """A line of the consent ledger to be."""

    granted: bool = True
    source: str = ""
    text: str = ""


def note_dialog(
    app: AppContext, name: str, orders: Sequence[OrderRow], save: Callable[[Said, Form], Any], *, keep: Unsaved
) -> FormDialog:
    """Asks what was said, how, by whom, and about which order."""
    words = app.words
    form = Form(Said(), app.language, check=lambda said: _too_long(app, said.text))
    kinds = [(kind, words(title)) for kind, title in CONTACT_KINDS.items()]
    sides = [(True, words("They reached us")), (False, words("We reached them"))]
    form.add(
        ChoiceField("kind", words("How"), kinds, required=True),
        ChoiceField("inbound", words("Who"), sides, required=True),
    )
    form.add(MultiLine("text", words("What was said"), required=True, lines=6))
    if orders:
        choices = [(each.id, f"{each.number} · {app.format.day_of(each.placed_at)}") for each in orders]
        form.add(ChoiceField("order_id", words("About order"), choices))

    def dress() -> None:
        form.field("inbound").setVisible(form.field("kind").value() != ContactKind.NOTE)

    form.changed.connect(dress)
    title = words("Note about {name}").format(name=name)
    made = FormDialog(app, title, form, words("Keep the note"), lambda said: save(said, form), keep=keep)
    form.field("text").setFocus()
    return made


def _too_long(app: AppContext, text: str) -> dict[str, str]:
    if len(text) <= LONGEST_TEXT:
        return {}
    longest = app.format.number(LONGEST_TEXT)
    return {"text": app.words("This is too long. Use at most {longest} characters.").format(longest=longest)}


def soon(app: AppContext) -> datetime:
    """The next quarter of an hour after a working hour from now, in the shop's zone."""
    due = app.ask(profile).hours.add(app.shop.clock.now(), _SOON).astimezone(ZoneInfo(app.format.zone))
    return due + timedelta(minutes=-due.minute % _QUARTER, seconds=-due.second, microseconds=-due.microsecond)


def promise_dialog(
    app: AppContext,
    title: str,
    phones: Sequence[str],
    save: Callable[[Promise, Form], Any],
    *,
    act: str,
    keep: Unsaved | None = None,
) -> FormDialog:
    """Asks when, under which number, about what; an hour from now is proposed."""
    words, due = app.words, soon(app)
    start = Promise(due.date(), due.time().replace(tzinfo=None), phones[0] if phones else "")
    form = Form(start, app.language, check=lambda promise: _past(app, promise))
    form.add(DateField("day", words("Day"), required=True), TimeField("hour", words("Time"), required=True))
    hint = words("Also known: {numbers}").format(numbers=", ".join(phones[1:4])) if len(phones) > 1 else ""
    form.add(TextField("phone", words("Phone"), longest=40, hint=hint))
    form.add(MultiLine("text", words("About"), lines=3))
    made = FormDialog(app, title, form, act, lambda promise: save(promise, form), keep=keep)
    form.field("hour").setFocus()
    form.field("hour").editor.selectAll()
    return made


def put_off_dialog(app: AppContext, title: str, save: Callable[[Promise, Form], Any]) -> FormDialog:
    """Asks for another time; an hour from now is proposed."""
    words, due = app.words, soon(app)
    start = Promise(due.date(), due.time().replace(tzinfo=None))
    form = Form(start, app.language, check=lambda promise: _past(app, promise))
    form.add(DateField("day", words("Day"), required=True), TimeField("hour", words("Time"), required=True))
    made = FormDialog(app, title, form, words("Put off"), lambda promise: save(promise, form))
    form.field("hour").setFocus()
    form.field("hour").editor.selectAll()
    return made


def _past(app: AppContext, promise: Promise) -> dict[str, str]:
    if promise.moment(app.format.zone) <= app.shop.clock.now():
        return {"hour": app.words("This time has passed.")}
    return {}


def consent_dialog(app: AppContext, name: str, granted: bool, save: Callable[[Allowed, Form], Any]) -> FormDialog:
    """Asks what was allowed or withdrawn, where it comes from, and in which words."""
    words = app.words
    form = Form(Allowed(granted), app.language)
    choices = [(True, words("Allows offers and news")), (False, words("Wants no offers and news"))]
    form.add(ChoiceField("granted", words("Consent"), choices, required=True))
    place = words("A form, a call, a letter …")
    form.add(TextField("source", words("Where it comes from"), required=True, longest=200, placeholder=place))
    form.add(MultiLine("text", words("In which words"), lines=4))
    title = words("Consent of {name}").format(name=name)
    made = FormDialog(app, title, form, words("Write it down"), lambda allowed: save(allowed, form))
    form.field("source").setFocus()
    return made
