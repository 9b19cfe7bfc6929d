"""The tracking number of one parcel that left already."""

from dataclasses import dataclass
from typing import Any

from backoffice.settings.queries import carriers
from backoffice.shipping import actions
from backoffice.shipping.queries import parcels
from ui.kit.context import AppContext
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.scan import TAKES_SCANS
from ui.shared.foreign import calm_line


@dataclass(frozen=True, slots=True)
class Tracked:
    """A number, and whose; None keeps the parcel's carrier."""

    tracking: str
    carrier_id: int | None = None


def tracking_dialog(app: AppContext, shipment_id: int) -> FormDialog:
    """Asks for it; scanning fills the field. Refuses `shipping.unknown`."""
    words, parcel = app.words, app.ask(parcels.parcel, shipment_id)
    form = Form(Tracked(parcel.tracking), app.language)
    number = TextField("tracking", words("Tracking number"), required=True, longest=60)
    number.editor.setProperty(TAKES_SCANS, True)
    known = [(each.id, calm_line(each.name, most=60)) for each in app.ask(carriers, active_only=True)]
    hint = words("Now: {carrier}").format(carrier=calm_line(parcel.carrier, most=60)) if parcel.carrier else ""
    form.add(number).add(ChoiceField("carrier_id", words("Carrier"), known, hint=hint))

    def save(draft: Tracked) -> Any:
        said = words("Parcel {number} has its tracking number.").format(number=parcel.number)
        facts = {"tracking": draft.tracking, "carrier_id": draft.carrier_id}
        return app.do(actions.set_tracking, shipment_id, said=said, form=form, **facts)

    title = words("Tracking number of parcel {number}").format(number=parcel.number)
    return FormDialog(app, title, form, words("Keep"), save)
