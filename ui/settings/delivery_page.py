"""How the shop delivers: options with their days and prices, and the carriers."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QWidget

from backoffice.core.language import mark
from backoffice.settings import actions, queries
from ui.kit.boxes import SPRING, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import CheckField, ChoiceField, IntField, MultiLine, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.table import Column, lines
from ui.kit.text import Label
from ui.settings import typed
from ui.settings.page import WIDE, Page


@dataclass(frozen=True)
class OptionDraft:
    """A delivery option as it is typed; `rules` is one rule a line."""

    name: str = ""
    carrier_id: int | None = None
    lead_days: int = 1
    transit_days_min: int = 2
    transit_days_max: int = 4
    rules: str = ""
    aliases: str = ""
    active: bool = True


@dataclass(frozen=True)
class CarrierDraft:
    """A carrier as it is typed."""

    name: str = ""
    tracking_url: str = ""
    handoff: str = "generic"
    active: bool = True


class DeliveryPage(Page):
    """Options and carriers, each a line that opens its form."""

    def __init__(self, app: AppContext) -> None:
        told = app.words("Lead time and transit make the promised dates; the first price rule that fits is the price.")
        super().__init__(app, app.words("Delivery"), told, widest=WIDE)

    def fill(self) -> None:
        words = self.words
        options = self.app.ask(queries.delivery_options)
        carriers = self.app.ask(queries.carriers)
        named = {carrier.id: carrier.name for carrier in carriers}
        option_columns = [
            Column("name", words("Name"), stretch=True, strong=True),
            Column("carrier_id", words("Carrier"), width=150, show=lambda row: named.get(row.carrier_id, "")),
            Column("lead_days", words("Days to dispatch"), "number", width=120),
            Column("transit", words("Days on the way"), width=120, show=_transit),
        ]
        carrier_columns = [
            Column("name", words("Name"), width=180, strong=True),
            Column("tracking_url", words("Tracking link"), stretch=True),
        ]
        form = self.app.format
        self.show_parts(
            self._head(words("Delivery options"), words("New option…"), lambda: self._edit_option(None)),
            lines(option_columns, options, form, name=words("Delivery options"), on_open=self._edit_option),
            self._head(words("Carriers"), words("New carrier…"), lambda: self._edit_carrier(None)),
            lines(carrier_columns, carriers, form, name=words("Carriers"), on_open=self._edit_carrier),
        )

    def go_on(self, record: str) -> None:
        kind, _, number = record.partition("-")
        edit = {"option": self._edit_option, "carrier": self._edit_carrier}[kind]
        edit(int(number) or None)

    def _head(self, title: str, act: str, run: Any) -> QWidget:
        made = QWidget()
        made.setLayout(row(Label(title, "strong"), SPRING, button(act, run)))
        return made

    def _edit_option(self, option_id: Any) -> None:
        words, language = self.words, self.app.language
        found = next((each for each in self.app.ask(queries.delivery_options) if each.id == option_id), None)
        draft = OptionDraft()
        if found is not None:
            same = ("name", "carrier_id", "lead_days", "transit_days_min", "transit_days_max", "active")
            draft = OptionDraft(
                **{name: getattr(found, name) for name in same},
                rules=typed.rules_text(found.price_rules),
                aliases="\n".join(found.aliases),
            )
        form = Form(draft, language, check=self._check_rules)
        carriers = [(carrier.id, carrier.name) for carrier in self.app.ask(queries.carriers)]
        form.add(TextField("name", words("Name"), required=True), ChoiceField("carrier_id", words("Carrier"), carriers))
        form.add(
            IntField("lead_days", words("Days to dispatch"), required=True, most=365),
            IntField("transit_days_min", words("Days on the way, at least"), required=True, most=365),
            IntField("transit_days_max", words("at most"), required=True, most=365),
        )
        hint = words(
            "One rule a line: countries; weight limit in grams; from order value; price. The first that fits wins."
        )
        form.add(MultiLine("rules", words("Price rules"), lines=5, hint=hint))
        form.add(MultiLine("aliases", words("Names in channels, one a line"), lines=3))
        form.add(CheckField("active", words("Offered")))

        def save(draft: OptionDraft) -> Any:
            values = {name: value for name, value in draft.__dict__.items() if name not in ("rules", "aliases")}
            values["price_rules"] = typed.rules_of(draft.rules)
            values["aliases"] = [line.strip() for line in draft.aliases.splitlines() if line.strip()]
            return self._done(actions.save_delivery_option, form, option_id=option_id, **values)

        keep = Unsaved(f"settings/delivery/option-{option_id or 0}", mark("A delivery option is not saved yet."))
        FormDialog(self.app, words("Delivery option"), form, words("Save"), save, keep=keep).open()

    def _edit_carrier(self, carrier_id: Any) -> None:
        words = self.words
        found = next((each for each in self.app.ask(queries.carriers) if each.id == carrier_id), None)
        draft = CarrierDraft()
        if found is not None:
            draft = replace(draft, **{name: getattr(found, name) for name in CarrierDraft.__dataclass_fields__})
        form = Form(draft, self.app.language)
        form.add(TextField("name", words("Name"), required=True))
        form.add(TextField("tracking_url", words("Tracking link"), hint=words("Put {tracking} where the number goes.")))
        handoff = [("generic", words("Any carrier")), ("royal-mail", "Royal Mail Click & Drop")]
        form.add(ChoiceField("handoff", words("Hand-off file"), handoff, required=True))
        form.add(CheckField("active", words("Offered")))

        def save(draft: CarrierDraft) -> Any:
            return self._done(actions.save_carrier, form, carrier_id=carrier_id, **draft.__dict__)

        keep = Unsaved(f"settings/delivery/carrier-{carrier_id or 0}", mark("A carrier is not saved yet."))
        FormDialog(self.app, words("Carrier"), form, words("Save"), save, keep=keep).open()

    def _done(self, action: Any, form: Form, **values: Any) -> Any:
        return self.app.do(action, said=self.words("Saved"), form=form, **values)

    def _check_rules(self, draft: OptionDraft) -> dict[str, str]:
        try:
            typed.rules_of(draft.rules)
        except ValueError as error:
            return {"rules": self.words("Line {n} is not a price rule.").format(n=error.args[0])}
        return {}


def _transit(row: Any) -> str:
    if row.transit_days_min == row.transit_days_max:
        return str(row.transit_days_max)
    return f"{row.transit_days_min}–{row.transit_days_max}"
