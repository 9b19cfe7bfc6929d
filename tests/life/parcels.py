"""Parcels at random: begun, scanned, packed, dispatched, delivered, lost, taken back."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from backoffice.shipping import actions, packing, scanning
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import facts
from tests.life.base import REFUSED, SKUS, Life, pick, units
from tests.life.model import Parcel

GONE = ("delivered", "lost", "returned_to_sender")


class ParcelsLife(Life):
    """What happens at the packing table and on the road."""

    @precondition(lambda self: self.has("open"))
    @rule(at=pick, other=st.none() | pick)
    def begin(self, at: int, other: int | None) -> None:
        orders = [self.one(at, self.model.orders_in("open"))]
        if other is not None:
            orders.append(self.one(other, self.model.orders_in("open", "on_hold")))
        self.begin_parcel(orders)

    @precondition(lambda self: self.has())
    @rule(at=pick)
    def begin_what_may_not_be(self, at: int) -> None:
        self.begin_parcel([self.one(at, self.model.orders_in())])

    @precondition(lambda self: self.has("open"))
    @rule(at=pick, then=st.sampled_from(["pack", "ship", "deliver"]))
    def pack(self, at: int, then: str) -> None:
        parcel = self.begin_parcel([self.one(at, self.model.orders_in("open"))])
        if parcel is not None:
            self.advance(parcel, packing.finish, "picking", to="packed")
        if parcel is not None and then != "pack" and self.ship_parcel(parcel) and then == "deliver":
            self.advance(parcel, actions.deliver, "shipped", to="delivered")

    def begin_parcel(self, orders: Sequence[int]) -> int | None:
        are_open = all(self.model.orders[order].status == "open" for order in orders)
        ready = self.ready(orders)
        allowed = are_open and bool(ready)
        if len(set(orders)) > 1 and allowed:
            allowed = None  # whether they are one customer's and go to one address is told by the shop
        parcel = self.do(packing.start, orders, allowed=allowed)
        if parcel is REFUSED:
            return None
        lines = self.shop.ask(facts.lines, parcel)
        self.model.parcels[parcel] = Parcel("picking", {line.order_line_id: line.quantity for line in lines})
        assert {line.order_line_id: line.quantity for line in lines} == ready
        for order in orders:
            self.touch(order)
        return int(parcel)

    def ready(self, orders: Sequence[int]) -> dict[int, int]:
        """Units that can be packed now, by line."""
        with self.shop.work() as work:
            found = [item for order in dict.fromkeys(orders) for item in packing.packable(work, order)]
        return {item.order_line_id: item.quantity for item in found}

    def advance(self, parcel: int, verb: object, *from_: str, to: str, **more: object) -> bool:
        """Runs an action that is allowed from some states only, the orders being open where that matters."""
        allowed: bool | None = self.model.parcels[parcel].state in from_
        if to in ("packed", "shipped") and from_ in (("picking",), ("packed",)):
            allowed = allowed and self.model.is_open(parcel)
        if to == "packed":
            allowed = allowed and self.promised(parcel)
        elif to == "shipped" and from_ == ("packed",):
            allowed = allowed and self.model.on_shelf(parcel)
        if self.do(verb, parcel, allowed=allowed, **more) is REFUSED:  # type: ignore[arg-type]
            return False
        self.model.move(parcel, to)
        for order in self.model.orders_of(parcel):
            self.touch(order)
        return True

    def promised(self, parcel: int) -> bool:
        """Whether all that is in a parcel is still promised to its lines."""
        wanted = self.model.parcels[parcel].units
        lines = {line.id: line for order in self.model.orders_of(parcel) for line in self.lines(order)}
        return all(lines[at].allocated - lines[at].packed + lines[at].shipped >= n for at, n in wanted.items())

    def ship_parcel(self, parcel: int) -> bool:
        return self.advance(parcel, actions.ship, "packed", to="shipped", tracking=f"PQ{parcel}")

    @precondition(lambda self: self.has_parcel("picking", "packed"))
    @rule(at=pick)
    def finish(self, at: int) -> None:
        parcel = self.one(at, self.model.parcels_in("picking", "packed"))
        self.advance(parcel, packing.finish, "picking", to="packed")

    @precondition(lambda self: self.has_parcel("picking"))
    @rule(at=pick, scans=st.lists(st.tuples(st.sampled_from((*SKUS, "WHAT?")), units), max_size=4), short=st.booleans())
    def scan(self, at: int, scans: list[tuple[str, int]], short: bool) -> None:
        parcel = self.one(at, self.model.parcels_in("picking"))
        wanted = self.model.parcels[parcel].units
        for code, quantity in scans:
            found = self.do(scanning.scan, parcel, code, quantity=quantity, allowed=True)
            left = {line.order_line_id: line.quantity - line.scanned for line in self.shop.ask(facts.lines, parcel)}
            assert found.left == sum(left.values()) and all(0 <= left[at] <= wanted[at] for at in wanted)
        if not short:
            return
        scanned = {line.order_line_id: line.scanned for line in self.shop.ask(facts.lines, parcel) if line.scanned}
        before = dict(wanted)
        self.model.parcels[parcel].units = scanned
        allowed = bool(scanned) and self.model.is_open(parcel) and self.promised(parcel)
        if self.do(scanning.finish_short, parcel, allowed=allowed) is REFUSED:
            self.model.parcels[parcel].units = before
        else:
            self.model.move(parcel, "packed")

    @precondition(lambda self: self.has_parcel("packed", "shipped"))
    @rule(at=pick)
    def ship(self, at: int) -> None:
        self.ship_parcel(self.one(at, self.model.parcels_in("packed", "shipped")))

    @precondition(lambda self: self.has_parcel("packed", "shipped"))
    @rule(at=pick)
    def deliver(self, at: int) -> None:
        parcel = self.one(at, self.model.parcels_in("packed", "shipped"))
        self.advance(parcel, actions.deliver, "shipped", to="delivered")

    @precondition(lambda self: self.has_parcel("shipped"))
    @rule(at=pick, state=st.sampled_from([ShipmentState.LOST, ShipmentState.RETURNED_TO_SENDER]))
    def go_wrong(self, at: int, state: ShipmentState) -> None:
        parcel = self.one(at, self.model.parcels_in("shipped"))
        self.advance(parcel, actions.went_wrong, "shipped", to=state.value, state=state)

    @precondition(lambda self: self.has_parcel("shipped", *GONE))
    @rule(at=pick)
    def turn_up(self, at: int) -> None:
        parcel = self.one(at, self.model.parcels_in("shipped", *GONE))
        self.advance(parcel, actions.back_on_its_way, *GONE, to="shipped")

    @precondition(lambda self: self.has_parcel("picking", "packed", "shipped", *GONE))
    @rule(at=pick)
    def void(self, at: int) -> None:
        parcel = self.one(at, self.model.parcels_in("picking", "packed", "shipped", *GONE))
        found = self.model.parcels[parcel]
        closed = any(self.model.orders[order].status == "closed" for order in self.model.orders_of(parcel))
        allowed = found.state not in GONE and not closed
        if self.do(actions.void, parcel, allowed=allowed) is not REFUSED:
            self.model.move(parcel, "void")

    @precondition(lambda self: self.has_parcel("packed", "shipped", *GONE))
    @rule(at=pick)
    def undo_dispatch(self, at: int) -> None:
        parcel = self.one(at, self.model.parcels_in("packed", "shipped", *GONE))
        closed = any(self.model.orders[order].status == "closed" for order in self.model.orders_of(parcel))
        allowed = self.model.parcels[parcel].state == "shipped" and not closed
        if self.do(actions.undo_dispatch, parcel, allowed=allowed) is not REFUSED:
            self.model.move(parcel, "packed")
