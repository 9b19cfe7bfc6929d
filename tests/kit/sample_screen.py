"""A list with a record beside it, as a screen builder writes it: the example to start from."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from ui.kit.buttons import Action
from ui.kit.card import Empty, facts, section
from ui.kit.detail import Detail
from ui.kit.filters import Filter
from ui.kit.links import record_link
from ui.kit.list_screen import ListScreen
from ui.kit.paging import ListSource
from ui.kit.table import Column
from ui.kit.text import Chip
from ui.kit.timeline import Timeline
from ui.kit.views import View


@dataclass(frozen=True, slots=True)
class OrderRow:
    id: int
    number: str
    customer: str
    placed_at: datetime
    total: Money
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    who: str
    verb: str


def orders(records, view, text=""):
    rows = (row for row in records["orders"].values() if view == "all" or row.packed is (view == "packed"))
    return [row for row in rows if text.casefold() in f"{row.number} {row.customer}".casefold()]


def set_packed(work, ids, packed):
    for order_id in ids:
        if work.records["orders"][order_id].packed is packed:
            raise Refused("sample.nothing-to-do")
        work.records["orders"][order_id] = replace(work.records["orders"][order_id], packed=packed)
    work.touched.add("orders")


class OrdersScreen(ListScreen):
    feature = "orders"
    watches = frozenset({"orders"})

    def title(self):
        return self.words("Orders")

    def views(self):
        titles = {"open": "To pack", "packed": "Packed", "all": "All"}
        return [View(key, title, "placed_at", descending=True) for key, title in titles.items()]

    def columns(self):
        return [
            Column("number", "Number", sort="number", width=96, strong=True),
            Column("customer", "Customer", sort="customer", stretch=True),
            Column("state", "State", "chip", show=self.chip),
            Column("placed_at", "Placed", "moment", sort="placed_at"),
            Column("total", "Total", "money", sort="total"),
        ]

    def chip(self, row):
        return Chip("Packed", "good") if row.packed else Chip("To pack", "warn")

    def source(self):
        return ListSource(lambda listing: self.app.ask(orders, listing.view, listing.filter("text", "")))

    def filters(self):
        return [Filter("text", "Filter by number or customer")]

    def counts(self):
        return {key: len(self.app.ask(orders, key)) for key in ("open", "packed", "all")}

    def heads(self):
        return [Action("Import…", self.app.back, icon="import"), Action("New order", self.new, icon="new")]

    def actions(self):
        return [Action("Pack", self.pack, icon="pack", when=lambda rows: not any(row.packed for row in rows))]

    def empty(self, view):
        return Empty("Orders appear here when you import a file or type one.", "Import a file", self.app.back)

    def pack(self, ids):
        said = self.app.plural("{n} order packed", "{n} orders packed", len(ids))
        self.app.do(set_packed, ids, True, said=said, undo=lambda _done: self.app.do(set_packed, ids, False))

    def detail(self, record_id):
        row = self.app.ask(lambda records: records["orders"].get(record_id))
        if row is None:
            raise Refused("sample.unknown")
        form, customer = self.app.format, record_link(self.app, "customers", row.id, row.customer)
        known = [("Customer", customer), ("Placed", form.moment(row.placed_at)), ("Total", form.money(row.total))]
        history = [Happening(row.placed_at, "Lucía", "Order received from the web shop")]
        return Detail(
            row.number,
            facts(known),
            section("History", Timeline(self.app, history, lambda line: line.verb)),
            chips=[self.chip(row)],
            step=None if row.packed else Action("Pack", lambda: self.pack([record_id]), icon="pack"),
            actions=[Action("Print slip", self.print, icon="print")],
            more=[Action("Cancel the order", self.app.back, danger=True)],
        )


def some_orders(count):
    start = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    names = ("Ana Pérez Gómez", "Jörg Müller", "Zoë O'Neill", "María José Rodríguez de la Fuente", "李 明", "Σοφία")
    return {
        n: OrderRow(
            id=n,
            number=f"B-{1000 + n}",
            customer=names[n % len(names)],
            placed_at=start - timedelta(minutes=37 * n),
            total=Money((n * 7919) % 90000 + 995, "EUR"),
            packed=n % 3 == 0,
        )
        for n in range(1, count + 1)
    }
