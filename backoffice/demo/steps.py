"""The shop's main job on the demo shop, step by step, each with its result in one line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from backoffice.core.calendar import local_day
from backoffice.core.language import Language
from backoffice.core.paths import private_folder
from backoffice.demo import files, making
from backoffice.orders import actions as orders
from backoffice.orders.model import OrderStatus
from backoffice.orders.queries import facts, lists
from backoffice.sentences import sentence_for
from backoffice.shipping import actions as shipping
from backoffice.shipping import batches, packing, write_back
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing.labels import print_labels
from backoffice.shipping.printing.pick_lists import print_pick_list
from backoffice.shipping.printing.slips import print_slips
from backoffice.shipping.queries import facts as parcels
from backoffice.shipping.queries import queue
from backoffice.shop import Shop

BATCH = 24
"""How many parcels the demo packs; the rest waits for whoever tries the window."""


@dataclass(slots=True)
class Demo:
    """The demo under way: its folder, its shop, and what one step leaves for the next."""

    out: Path
    language: Language
    shop: Shop
    today: list[int] = field(default_factory=list)
    packed: list[int] = field(default_factory=list)

    def words(self, text: str, **facts: object) -> str:
        """A sentence in the demo's language."""
        return self.language.words(text).format(**facts)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, what came of it, and the file it made."""

    title: str
    result: str
    file: Path | None = None


def run(out: Path, *, language: Language) -> Iterator[Step]:
    """Does everything in a new shop in the folder `out`, yielding each step as it is done.

    Refuses `shop.exists` where the folder holds a demo shop already. The shop is closed at the end.
    """
    private_folder(out)
    shop = making.begin(out / "demo.backoffice", language=language.code)
    demo = Demo(out, language, shop)
    try:
        yield _opened(demo)
        yield from _taken_in(demo)
        for step in _STEPS:
            yield step(demo)
    finally:
        shop.close()


def _opened(demo: Demo) -> Step:
    name = files.description()["profile"]["name"]
    return Step(demo.words("New shop"), name, demo.shop.path)


def _taken_in(demo: Demo) -> Iterator[Step]:
    today = local_day(demo.shop.clock.now(), files.description()["profile"]["zone"])
    folder = demo.out / "files"
    files.move(folder, today=today)
    for one in making.take_in(demo.shop, folder):
        counts = demo.words(
            "{new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected",
            new=one.new,
            changed=one.changed,
            unchanged=one.unchanged,
            rejected=one.rejected,
        )
        yield Step(demo.words("Import {file}", file=one.file), counts, folder / one.file)


def _furnished(demo: Demo) -> Step:
    pictures = making.furnish(demo.shop)
    result = demo.language.plural("{n} product picture", "{n} product pictures", pictures)
    return Step(demo.words("Pictures and reorder points"), result)


def _held(demo: Demo) -> Step:
    number = files.description()["examples"]["hold"]
    day = local_day(demo.shop.clock.now(), files.description()["profile"]["zone"]) + timedelta(days=5)
    with demo.shop.work() as work:
        order = facts.id_of(work.session, number)
        orders.hold(work, order, reason=demo.words("The customer will write first"), until=day)
    result = demo.words("{number} waits until {day}", number=number, day=demo.language.day(day))
    return Step(demo.words("Hold an order"), result)


def _queued(demo: Demo) -> Step:
    now = demo.shop.clock.now()
    today = local_day(now, files.description()["profile"]["zone"])
    rows = demo.shop.ask(queue.queue, today=today, limit=200).rows
    late = demo.shop.ask(lists.counts, today=today)["late"]
    ready = [row for row in rows if row.ready and row.ready == row.units and not set(row.missing) - {"customs"}]
    demo.today = [row.order.id for row in ready[:BATCH]]
    result = demo.words(
        "{all} to dispatch, {late} of them late; {ready} are ready, {taken} taken today",
        all=len(rows),
        late=late,
        ready=len(ready),
        taken=len(demo.today),
    )
    return Step(demo.words("Look at the queue"), result)


def _picked(demo: Demo) -> Step:
    made = print_pick_list(demo.shop.store, demo.today, file=demo.out / "pick-list.pdf")
    return Step(demo.words("Print the pick list"), _pages(demo, made.pages), made.file)


def _packed(demo: Demo) -> Step:
    done = batches.pack_all(demo.shop.store, demo.today)
    demo.packed = demo.shop.ask(batches.packed_parcels, demo.today)
    refused = [sentence_for(each.refusal, demo.language) for each in done if each.refusal is not None]
    result = demo.language.plural("{n} parcel packed", "{n} parcels packed", len(demo.packed))
    return Step(demo.words("Pack"), "; ".join([result, *refused]))


def _slips(demo: Demo) -> Step:
    made = print_slips(demo.shop.store, demo.packed, file=demo.out / "packing-slips.pdf")
    return Step(demo.words("Print packing slips"), _pages(demo, made.pages), made.file)


def _labels(demo: Demo) -> Step:
    made = print_labels(demo.shop.store, demo.packed, stock="100x150", file=demo.out / "labels.pdf")
    return Step(demo.words("Print labels"), _pages(demo, made.pages), made.file)


def _dispatched(demo: Demo) -> Step:
    """All but the last three leave: somebody at the window shall have something to dispatch."""
    leaving = demo.packed[:-3]
    numbers = {shipment_id: f"VC{turn:06d}ES" for turn, shipment_id in enumerate(leaving, start=1)}
    batches.ship_all(demo.shop.store, leaving, tracking=numbers)
    result = demo.language.plural("{n} parcel dispatched", "{n} parcels dispatched", len(leaving))
    return Step(demo.words("Dispatching"), result)


def _told(demo: Demo) -> Step:
    written = write_back.write(demo.shop.store, demo.out / "tracking.csv")
    result = demo.language.plural("{n} line for the channels", "{n} lines for the channels", written.rows)
    return Step(demo.words("Tell the channels"), result, written.file)


def _taken_back(demo: Demo) -> Step:
    """One parcel is taken back and left packed anew, to show that nothing is lost by it."""
    shipment_id = demo.packed[0]
    with demo.shop.work() as work:
        head = parcels.head(work.session, shipment_id)
        order_id = parcels.lines(work.session, shipment_id)[0].order_id
        shipping.void(work, shipment_id)
        again = parcels.head(work.session, packing.pack(work, order_id))
    assert again.state is ShipmentState.PACKED
    assert demo.shop.ask(facts.head, order_id).status is OrderStatus.OPEN
    result = demo.words("{old} taken back, {new} packed in its place", old=head.number, new=again.number)
    return Step(demo.words("Take a parcel back"), result)


def _proven(demo: Demo) -> Step:
    found = demo.shop.check()
    faults = sum(len(one.faults) for one in found)
    result = demo.words("{checks} checks, {faults} faults", checks=len(found), faults=faults)
    return Step(demo.words("Check my data"), result)


def _saved(demo: Demo) -> Step:
    file = demo.shop.back_up()
    return Step(demo.words("Back up and prove it"), demo.words("restored and compared"), file)


def _pages(demo: Demo, pages: int) -> str:
    return demo.language.plural("{n} page", "{n} pages", pages)


_STEPS: tuple[Callable[[Demo], Step], ...] = (
    _furnished,
    _held,
    _queued,
    _picked,
    _packed,
    _slips,
    _labels,
    _dispatched,
    _told,
    _taken_back,
    _proven,
    _saved,
)
