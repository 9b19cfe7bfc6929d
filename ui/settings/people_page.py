"""People's data: after how long without dealing with them it goes by itself, and who and what that would be."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from backoffice.customers.person import purging
from backoffice.customers.words import ERASURE
from backoffice.settings import actions, queries
from ui.kit import theme
from ui.kit.boxes import SPRING, column, emptied, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.fields import NumberField
from ui.kit.form import Form
from ui.kit.text import Label
from ui.settings.page import Page
from ui.shared.foreign import calm_line

_LEAST, _MOST = 6, 600  # months, as the settings allow
_NAMED = 10


@dataclass(frozen=True)
class PeopleDraft:
    """After how many months; None for never."""

    months: Decimal | None


class PeoplePage(Page):
    """The data of people nobody has dealt with for long."""

    def __init__(self, app: AppContext) -> None:
        told = app.words(
            "The data of people who are long gone can be taken away by itself, each day. Long is so many months"
            " without anything bought, said or allowed. Whoever has an open order or call-back stays. Their orders"
            " stay too, without names: the tax law asks for them."
        )
        super().__init__(app, app.words("People's data"), told)
        self._asked = 0

    def fill(self) -> None:
        words, months = self.words, self.app.ask(queries.profile).purge_after_months
        form = Form(PeopleDraft(Decimal(months) if months else None), self.app.language)
        title, hint = words("Take the data away after so many months"), words("6 to 600. Empty: never.")
        form.add(NumberField("months", title, least=_LEAST, most=_MOST, hint=hint))
        self._told = QWidget()
        self._told.setLayout(column(gap=theme.XS))
        look = QWidget()
        look.setLayout(row(button(words("Dry run"), lambda: self._look(form)), SPRING))
        self._asked += 1
        self.show_parts(*self.saved_form(form, self._save, "people"), look, self._told)

    def _save(self, draft: PeopleDraft) -> Any:
        months = int(draft.months or 0)
        if months and not self._agreed(months):
            return False
        return self.app.do(actions.change_profile, said=self.words("Saved"), purge_after_months=months)

    def _agreed(self, months: int) -> bool:
        """Whoever would go at once is named first: what is gone does not come back."""
        people = self.app.ask(purging.due, now=self.app.shop.clock.now(), months=months)
        if not people:
            return True
        plural, number = self.app.plural, len(people)
        title = plural(
            "Erase {n} person within the hour, for good?", "Erase {n} people within the hour, for good?", number
        )
        return self.app.notices.ask(
            title,
            plural("Erase {n} person", "Erase {n} people", number),
            detail=self.words("This cannot be undone. From now on others follow, each on the day their time has come."),
            danger=True,
        )

    def _look(self, form: Form) -> None:
        """Who and what would go now; nothing is changed."""
        if not form.right():
            return
        months = form.draft().months
        if months is None:
            form.show_problems({"months": self.words("Type after how many months.")})
            return
        self._asked += 1
        asked, app = self._asked, self.app
        now = app.shop.clock.now()

        def task(_progress: Any, _cancelled: Any) -> purging.Forecast:
            return app.ask(purging.forecast, now=now, months=int(months))

        def tell(found: purging.Forecast) -> None:
            if asked == self._asked:
                self._tell(found)

        app.run(task, tell, label=self.words("Dry run"))

    def _tell(self, found: purging.Forecast) -> None:
        words, people = self.words, found.people
        box = self._told.layout()
        emptied(box)
        if not people:
            box.addWidget(Label(words("Nobody would go."), "strong"))
            return
        told = self.app.plural("{n} person would go", "{n} people would go", len(people))
        box.addWidget(Label(told, "strong"))
        box.addWidget(Label(self._names(people), "muted", wrap=True))
        for part, rows in found.erased.items():
            line = f"{self.app.format.number(rows)} · {words(ERASURE.get(part, part))}"
            box.addWidget(Label(line, wrap=True))
        box.addWidget(Label(words("Nothing is changed yet."), "small"))

    def _names(self, people: Sequence[purging.Due]) -> str:
        form = self.app.format
        named = [
            self.words("{name}, last seen {day}").format(name=calm_line(one.name, most=40), day=form.day(one.last_seen))
            for one in people[:_NAMED]
        ]
        return "; ".join(named) + ("; …" if len(people) > _NAMED else "")
