"""When the shop works: hours of each day, days closed, and until when an order still counts as today's."""

from dataclasses import dataclass
from typing import Any

from babel.dates import get_day_names

from backoffice.core.calendar import BusinessCalendar
from backoffice.settings import actions, queries
from ui.kit.context import AppContext
from ui.kit.fields import MultiLine, TextField
from ui.kit.form import Form
from ui.settings import typed
from ui.settings.page import Page

_DAYS = ("day0", "day1", "day2", "day3", "day4", "day5", "day6")


@dataclass(frozen=True)
class CalendarDraft:
    """The week as it is typed, Monday first."""

    day0: str
    day1: str
    day2: str
    day3: str
    day4: str
    day5: str
    day6: str
    cut_off: str
    holidays: str


class CalendarPage(Page):
    """Promised dates are reckoned from these hours."""

    def __init__(self, app: AppContext) -> None:
        told = app.words("Promised dates are reckoned from these hours. Leave a day empty where the shop is closed.")
        super().__init__(app, app.words("Opening hours"), told)

    def fill(self) -> None:
        found, words = self.app.ask(queries.profile), self.words
        hours = found.hours
        week = {name: typed.hours_text(day) for name, day in zip(_DAYS, hours.week, strict=True)}
        draft = CalendarDraft(**week, cut_off=found.cut_off, holidays=typed.days_text(tuple(hours.holidays)))
        form = Form(draft, self.app.language, check=self._check)
        names = get_day_names("wide", context="stand-alone", locale=self.app.language.code)
        for pair in (_DAYS[0:2], _DAYS[2:4], _DAYS[4:6], _DAYS[6:7]):
            fields = [TextField(key, names[int(key[-1])].capitalize(), placeholder=words("closed")) for key in pair]
            form.add(*fields)
        form.add(
            TextField("cut_off", words("Orders until this time leave as if ordered today"), required=True, longest=5)
        )
        form.add(MultiLine("holidays", words("Days closed, one a line, as 2026-12-25"), lines=8))
        self.show_parts(*self.saved_form(form, lambda draft: self._save(draft, found.zone), "hours"))

    def _check(self, draft: CalendarDraft) -> dict[str, str]:
        wrong = {}
        for name in _DAYS:
            try:
                typed.hours_of(getattr(draft, name))
            except ValueError:
                wrong[name] = self.words("Write hours as 09:00–14:00, 16:00–19:00.")
        try:
            typed.days_of(draft.holidays)
        except ValueError:
            wrong["holidays"] = self.words("Write each day on its own line, as 2026-12-25.")
        return wrong

    def _save(self, draft: CalendarDraft, zone: str) -> Any:
        week = tuple(typed.hours_of(getattr(draft, name)) for name in _DAYS)
        calendar = BusinessCalendar(zone=zone, week=week, holidays=typed.days_of(draft.holidays))
        return self.app.do(
            actions.change_profile, said=self.words("Saved"), calendar=calendar.to_json(), cut_off=draft.cut_off
        )
