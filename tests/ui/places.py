"""Screens for the tests of the window: they remember what was asked of them."""

from ui.kit.screen import Screen


class Remembering(Screen):
    made = 0

    def __init__(self, app):
        super().__init__(app)
        type(self).made += 1
        self.asked = []

    def show_record(self, record_id):
        self.asked.append(("record", record_id))

    def new(self):
        self.asked.append("new")

    def print(self):
        self.asked.append("print")

    def confirm(self):
        self.asked.append("confirm")

    def focus_filter(self):
        self.asked.append("filter")

    def refresh(self):
        self.asked.append("refresh")

    def go_on(self, what):
        self.asked.append(("go on", what))

    def scanned(self, code):
        self.asked.append(("scan", code))
        return code.startswith("MINE")


class Today(Remembering):
    feature = "today"


class Orders(Remembering):
    feature = "orders"
    watches = frozenset({"settings"})


class Settings(Screen):
    """A screen with nothing new and nothing to filter."""

    feature = "settings"


def waiting(app):
    return 7


def look(shop):
    """Asked before the orders are made, which then is done ahead of whoever wants them."""
