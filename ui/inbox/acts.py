"""What the buttons of the inbox do: close, put off, note, give away; each can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QDialog

from backoffice.core.language import mark
from backoffice.mail.conversations import noting, states
from backoffice.mail.conversations.queries.lists import ConversationRow
from backoffice.settings.queries import profile
from backoffice.store.unit_of_work import UnitOfWork
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import DateField, MultiLine, TextField
from ui.kit.form import Form, FormDialog
from ui.shared.undo import undoing

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Until:
    """When a conversation is to be seen again; None: when something happens."""

    day: date | None = None


@dataclass(frozen=True)
class Note:
    """What only the shop sees."""

    text: str = ""


@dataclass(frozen=True)
class Given:
    """Whose a conversation is; "" is nobody's."""

    who: str = ""


class Acts:
    """The acts of one screen; `dialog` is the one now open."""

    def __init__(self, app: AppContext) -> None:
        self._app = app
        self.dialog: Any = None

    def open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def close(self, found: ConversationRow) -> None:
        """Nothing is left to be said."""
        app = self._app
        back = undoing(app, _open_again, found.id, found.snoozed_until)
        app.do(states.close, found.id, said=app.words("Closed"), undo=back)

    def close_all(self, rows: Sequence[ConversationRow]) -> None:
        """Closes those that are not closed, in one step that Undo takes back."""
        app = self._app
        wanted = [(row.id, row.snoozed_until) for row in rows if row.state != "closed"]
        said = app.plural("{n} conversation closed", "{n} conversations closed", len(wanted))
        app.do(_close_each, wanted, said=said, undo=undoing(app, _open_each, wanted))

    def reopen(self, found: ConversationRow) -> None:
        """Somebody has to look at it again."""
        app = self._app
        app.do(states.reopen, found.id, said=app.words("Open again"), undo=undoing(app, states.close, found.id))

    def wake(self, found: ConversationRow) -> None:
        """It is in the lists again, before its day."""
        app = self._app
        undo = undoing(app, states.snooze, found.id, found.snoozed_until)
        app.do(states.wake, found.id, said=app.words("It is in the lists again"), undo=undo)

    def put_off(self, found: ConversationRow) -> None:
        """Hides it until a day's first working minute, a reply, or news of its order. No clock stops."""
        app, words = self._app, self._app.words
        form = Form(Until(app.format.today + timedelta(days=1)), app.language, check=self._past)
        hint = words("Empty: until a reply, or something new of the order. No clock stops meanwhile.")
        form.add(DateField("day", words("Until"), hint=hint))

        def save(wanted: Until) -> bool:
            until = None if wanted.day is None else self._morning(wanted.day)
            said = words("Put off until {moment}").format(moment=app.format.moment(until)) if until else ""
            more = {"said": said or words("Put off until something happens"), "form": form}
            back = undoing(app, _until_before, found.id, found.snoozed_until)
            return bool(app.do(states.snooze, found.id, until, undo=back, **more))

        self.open(FormDialog(app, words("Put off until…"), form, words("Put off"), save))

    def _past(self, wanted: Until) -> dict[str, str]:
        if wanted.day is not None and wanted.day <= self._app.format.today:
            return {"day": self._app.words("Choose a day after today.")}
        return {}

    def _morning(self, day: date) -> datetime:
        """The first working minute from this day on."""
        start = datetime.combine(day, time(), ZoneInfo(self._app.format.zone))
        return self._app.ask(profile).hours.add(start, _MINUTE) - _MINUTE

    def note(self, found: ConversationRow) -> None:
        """A note that no customer sees."""
        app, words = self._app, self._app.words
        form = Form(Note(), app.language)
        form.add(MultiLine("text", words("Note"), required=True, lines=6, hint=words("No customer sees it.")))

        def save(typed: Note) -> bool:
            back = lambda message_id: app.do(noting.take_note_back, message_id)  # noqa: E731
            return bool(app.do(noting.note, found.id, typed.text, said=words("Noted"), undo=back, form=form))

        title = words("Note in conversation {number}").format(number=found.number)
        told, named = mark("A note in conversation {number} is not kept yet."), {"number": found.number}
        keep = Unsaved(f"inbox/note/{found.id}", told, named)
        self.open(FormDialog(app, title, form, words("Keep the note"), save, keep=keep))
        form.field("text").setFocus()

    def give(self, found: ConversationRow) -> None:
        """It is somebody's from now on, or nobody's."""
        app, words = self._app, self._app.words
        form = Form(Given(found.assigned_to or me(app)), app.language)
        hint = words("Empty: nobody's.")
        form.add(TextField("who", words("To whom"), longest=states.LONGEST_NAME, hint=hint))

        def save(wanted: Given) -> bool:
            said = words("Given to {name}").format(name=wanted.who) if wanted.who else words("Given to nobody")
            back = undoing(app, states.assign, found.id, found.assigned_to)
            return bool(app.do(states.assign, found.id, wanted.who, said=said, undo=back, form=form))

        title = words("Give conversation {number} to…").format(number=found.number)
        self.open(FormDialog(app, title, form, words("Give"), save))
        form.field("who").editor.selectAll()


def me(app: AppContext) -> str:
    """Who works at this window, as the shop's history names them."""
    return str(app.shop.store.who)


def _open_again(work: UnitOfWork, conversation_id: int, snoozed_until: datetime | None) -> None:
    states.reopen(work, conversation_id)
    _until_before(work, conversation_id, snoozed_until)


def _until_before(work: UnitOfWork, conversation_id: int, snoozed_until: datetime | None) -> None:
    """As it was put off before, as far as that still lies ahead."""
    if snoozed_until is not None and snoozed_until > work.now:
        states.snooze(work, conversation_id, snoozed_until)
    else:
        states.wake(work, conversation_id)


def _close_each(work: UnitOfWork, wanted: Sequence[tuple[int, datetime | None]]) -> None:
    for conversation_id, _until in wanted:
        states.close(work, conversation_id)


def _open_each(work: UnitOfWork, wanted: Sequence[tuple[int, datetime | None]]) -> None:
    for conversation_id, until in wanted:
        _open_again(work, conversation_id, until)
