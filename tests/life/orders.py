"""Orders at random: placed, held, changed, cancelled, closed, bought again."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from backoffice.core.calendar import local_day
from backoffice.orders import actions, editing
from backoffice.orders.drafts import LineDraft
from backoffice.orders.queries import facts
from tests.builders import an_order
from tests.life.base import REFUSED, Life, pick, units, wishes
from tests.life.model import EDITABLE, Line


class OrdersLife(Life):
    """What happens to orders before they are packed."""

    @initialize(first=wishes, second=wishes)
    def a_days_first_orders(self, first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
        self.new_order(first, 0, False, 3)
        self.new_order(second, 0, False, 2)

    @rule(lines=wishes, customer=st.none() | pick, as_draft=st.booleans(), days=st.integers(0, 9))
    def new_order(self, lines: list[tuple[int, int]], customer: int | None, as_draft: bool, days: int) -> None:
        who = None if customer is None else self.one(customer, sorted(self.listed))
        wanted = [(self.goods[place], quantity) for place, quantity in lines]
        day = (self.shop.clock.now() + timedelta(days=days)).date()
        more = {"customer_id": who, "as_draft": as_draft, "promised_dispatch": day}
        order = self.do(an_order, *wanted, **more, allowed=True)
        self.learn(order, "draft" if as_draft else "open")

    @precondition(lambda self: self.has("draft"))
    @rule(at=pick)
    def confirm(self, at: int) -> None:
        self.in_status(self.one(at, self.model.orders_in("draft")), actions.confirm, "draft", to="open")

    @precondition(lambda self: self.has("open"))
    @rule(at=pick)
    def unconfirm(self, at: int) -> None:
        order = self.one(at, self.model.orders_in("open"))
        from_ = () if self.model.is_packed(order) else ("open",)
        if self.in_status(order, actions.unconfirm, *from_, to="draft"):
            self.model.withdraw(order)

    @precondition(lambda self: self.has())
    @rule(at=pick, days=st.none() | st.integers(1, 3))
    def hold(self, at: int, days: int | None) -> None:
        order = self.one(at, self.model.orders_in())
        until = None if days is None else local_day(self.shop.clock.now(), "Europe/Madrid") + timedelta(days=days)
        if self.in_status(order, actions.hold, "open", to="on_hold", reason="wait", until=until):
            self.model.orders[order].until = until

    @precondition(lambda self: self.has("on_hold"))
    @rule(at=pick)
    def release(self, at: int) -> None:
        self.in_status(self.one(at, self.model.orders_in("on_hold")), actions.release_hold, "on_hold", to="open")

    @precondition(lambda self: self.has("on_hold"))
    @rule()
    def a_day_passes(self) -> None:
        self.shop.clock.advance(timedelta(days=1))
        today = local_day(self.shop.clock.now(), "Europe/Madrid")
        held = [self.model.orders[at] for at in self.model.orders_in("on_hold")]
        due = [order for order in held if order.until is not None and order.until <= today]
        assert self.do(actions.release_due_holds) == len(due)
        for order in due:
            order.status, order.touched = "open", True

    @precondition(lambda self: self.has())
    @rule(at=pick)
    def cancel(self, at: int) -> None:
        order = self.one(at, self.model.orders_in())
        found = self.model.orders[order]
        allowed = found.status != "cancelled" and not self.model.is_packed(order)
        if self.do(actions.cancel, order, reason="changed her mind", allowed=allowed) is not REFUSED:
            found.was, found.status = found.status, "cancelled"
            for line in self.model.of(order).values():
                line.cancelled = line.ordered
            self.model.withdraw(order)
            self.touch(order)

    @precondition(lambda self: self.has("cancelled"))
    @rule(at=pick)
    def uncancel(self, at: int) -> None:
        order = self.one(at, self.model.orders_in("cancelled"))
        self.in_status(order, actions.uncancel, "cancelled", to=self.model.orders[order].was)
        for line in self.model.of(order).values():
            line.cancelled = 0

    @precondition(lambda self: self.has())
    @rule(at=pick)
    def close(self, at: int) -> None:
        order = self.one(at, self.model.orders_in())
        dispatched = self.model.is_dispatched(order)
        self.in_status(order, actions.close, *(["open"] if dispatched else []), to="closed")

    @precondition(lambda self: self.has("closed"))
    @rule(at=pick)
    def reopen(self, at: int) -> None:
        self.in_status(self.one(at, self.model.orders_in("closed")), actions.reopen, "closed", to="open")

    @precondition(lambda self: self.has())
    @rule(at=pick)
    def reorder(self, at: int) -> None:
        order = self.one(at, self.model.orders_in())
        self.learn(self.do(actions.reorder, order, allowed=True), "draft")
        self.touch(order)

    @precondition(lambda self: self.has())
    @rule(at=pick, which=pick, quantity=st.integers(0, 6), add=st.none() | st.tuples(st.integers(0, 3), units))
    def edit(self, at: int, which: int, quantity: int, add: tuple[int, int] | None) -> None:
        order = self.one(at, self.model.orders_in())
        found, lines = self.model.orders[order], self.model.of(order)
        line = self.one(which, sorted(lines))
        before = {each: lines[each].ordered for each in lines}
        enough = quantity >= lines[line].packed + lines[line].cancelled
        some = add is not None or quantity or any(n for each, n in before.items() if each != line)
        allowed = found.status in EDITABLE and enough and bool(some)
        draft = () if add is None else (LineDraft(quantity=add[1], product_id=self.goods[add[0]]),)
        change = editing.ChangeSet(lines=(editing.LineChange(line, quantity=quantity),), add=draft, discount=100)
        version = self.shop.ask(facts.head, order).version
        self.do(editing.preview, order, change, version=version, allowed=allowed)
        made = self.do(editing.apply, order, change, version=version, allowed=allowed)
        if made is not REFUSED:
            lines[line].ordered = quantity
            for each in self.lines(order):
                self.model.lines.setdefault(each.id, Line(order, each.product_id or 0, each.ordered))
            found.edits.append((made, before))
            self.model.withdraw(order)
            self.touch(order)

    @precondition(lambda self: any(order.edits for order in self.model.orders.values()))
    @rule(at=pick)
    def undo_an_edit(self, at: int) -> None:
        order = self.one(at, [each for each, found in self.model.orders.items() if found.edits])
        found = self.model.orders[order]
        change, before = found.edits[-1]
        allowed = found.status in EDITABLE and not self.model.is_packed(order)
        if self.do(editing.undo, change, allowed=allowed) is not REFUSED:
            for each, line in self.model.of(order).items():
                line.ordered = before.get(each, 0)
            found.edits.pop()
            self.model.withdraw(order)
