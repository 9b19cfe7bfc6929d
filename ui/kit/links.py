"""The name of a record, as a link to it."""

from typing import Any

from ui.kit.context import AppContext
from ui.kit.text import Link


def record_link(app: AppContext, feature: str, record_id: Any, text: str) -> Link:
    """A link that opens the record on its feature's screen: record_link(app, "customers", 12, "Ana Pérez")."""
    return Link(text, lambda: app.open(feature, record_id))
