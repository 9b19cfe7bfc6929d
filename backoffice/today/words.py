"""The sentences of the first screen."""

from backoffice.core.language import mark

FIGURES = {
    "on_time": mark("Dispatched on time, last 7 days"),
    "shipped": mark("Parcels dispatched, last 7 days"),
    "orders": mark("Orders placed today"),
    "returning": mark("Returning customers this month"),
}

BEFORE = {
    "on_time": mark("{value} in the 7 days before"),
    "shipped": mark("{value} in the 7 days before"),
    "orders": mark("{value} a week ago"),
}

COLUMNS = {
    "dispatch": mark("To dispatch"),
    "call_back": mark("Call back"),
    "low_stock": mark("Low stock"),
    "oversold": mark("Oversold"),
}
