"""The search over everything: what the index finds, grouped by what it is."""

from collections.abc import Callable

from backoffice.core.language import mark
from backoffice.today import hits
from ui.kit.context import AppContext
from ui.kit.search_field import Hit

# Kind in the index -> (the screen that shows it, the heading), in the order of the list.
KINDS = {
    "order": ("orders", mark("Orders")),
    "customer": ("customers", mark("Customers")),
    "product": ("products", mark("Products")),
    "shipment": ("dispatch", mark("Parcels")),
}
MOST = 24


def finder(app: AppContext) -> Callable[[str], list[Hit]]:
    """A function from a text to its hits; an exact one has the text as its title or as a whole word of its text."""

    def find(text: str) -> list[Hit]:
        found = app.ask(hits.hits, text, kinds=list(KINDS), limit=MOST)
        shown = []
        for kind, (feature, heading) in KINDS.items():
            for each, told in found:
                if each.kind == kind:
                    exact = text.casefold() in (each.title.casefold(), *each.detail.casefold().split())
                    shown.append(Hit(feature, each.record_id, each.title, told, app.words(heading), exact))
        return shown

    return find
