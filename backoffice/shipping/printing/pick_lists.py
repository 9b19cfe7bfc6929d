"""Pick lists: what to fetch for some orders, in the language of whoever works here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.settings.queries import Profile, profile
from backoffice.shipping.documents.content import PickContent, PickOrder, PickRow
from backoffice.shipping.documents.paper import Cancelled, Progress, never, quietly
from backoffice.shipping.documents.pick_list import write_pick_list
from backoffice.shipping.printing import runs, stationery
from backoffice.shipping.printing.problems import PrintedRun, Problem
from backoffice.shipping.printing.queries import picks
from backoffice.shipping.printing.records import Document, Later
from backoffice.shipping.queries import picking
from backoffice.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class PickList:
    """A pick list's orders; those of which nothing can be fetched are left out."""

    shop: Profile
    orders: tuple[PickOrder, ...]
    documents: tuple[Document, ...]
    left_out: tuple[Problem, ...]

    def content(self, day: date) -> PickContent:
        """As the writer wants it."""
        return PickContent(day=day, orders=self.orders, language=Language(self.shop.language))


def pick_list(session: Session, order_ids: Sequence[int]) -> PickList:
    """What to fetch for these orders: promised, on the shelf and in no parcel yet.

    Refuses `shipping.nothing-to-pick` where that is nothing at all.
    """
    shop = profile(session)
    heads = picks.heads(session, order_ids)
    wanted: dict[int, list[PickRow]] = {}
    for row in picking.to_pick(session, [head.id for head in heads]):
        found = PickRow(row.bin, row.sku, row.name, row.quantity, row.options)
        wanted.setdefault(row.order_id, []).append(found)
    if not wanted:
        raise Refused("shipping.nothing-to-pick", numbers=", ".join(head.number for head in heads))
    picked = [head for head in heads if head.id in wanted]
    return PickList(
        shop=shop,
        orders=tuple(_order(head, wanted[head.id]) for head in picked),
        documents=tuple(Document(f"order:{head.id}", head.number, (head.id,), head.customer_id) for head in picked),
        left_out=tuple(
            Problem(head.number, Refused("shipping.nothing-to-pack", number=head.number), (head.number,))
            for head in heads
            if head.id not in wanted
        ),
    )


def print_pick_list(
    store: Store,
    order_ids: Sequence[int],
    *,
    file: Path,
    run: str = "",
    later: Later | None = None,
    progress: Progress = quietly,
    cancelled: Cancelled = never,
) -> PrintedRun:
    """One pick list for these orders as a PDF of today; `left_out` names those of which nothing can be fetched.

    Refused, and nothing printed: `shipping.nothing-to-pick`, what `write_pick_list` refuses.
    """
    wanted = store.ask(pick_list, order_ids)
    today = local_day(store.clock.now(), wanted.shop.zone)
    request = runs.Request("pick-list", tuple(each.subject for each in wanted.documents), runs.file_of(file))

    def write(_place: runs.Place) -> tuple[PrintedRun, tuple[Document, ...]]:
        size = stationery.paper_size(wanted.shop)
        content = wanted.content(today)
        printed = write_pick_list(file, content, made_on=today, size=size, progress=progress, cancelled=cancelled)
        return PrintedRun(printed.file, printed.pages, printed.documents, wanted.left_out), wanted.documents

    return runs.carry_out(store, request, write, run=run, later=later)


def _order(head: picks.PickHead, rows: list[PickRow]) -> PickOrder:
    return PickOrder(
        number=head.number,
        customer=head.name or head.company,
        rows=tuple(rows),
        delivery=head.delivery_name,
        ship_by=head.promised_dispatch,
        note=head.notes,
    )
