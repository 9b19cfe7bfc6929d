"""What is done to several orders at once: pack, hold, tag, cancel; each with one question, one toast, one Undo."""

from collections.abc import Callable, Sequence
from typing import Any

from backoffice.core.errors import Outage, Refused
from backoffice.orders import actions
from backoffice.orders.queries import facts, lists
from backoffice.shipping import actions as shipping
from backoffice.shipping import batches
from ui.kit.context import AppContext
from ui.kit.form import Form
from ui.orders import dialogs, many
from ui.orders.acts import Acts
from ui.orders.dialogs import Reason, Tags


class Bulk:
    """The acts of the selection bar and of the table's menu; one order alone is asked about by its number.

    `busy` while a job is under way: the list need not be read again after each of its transactions, `over()` says when.
    """

    def __init__(self, app: AppContext, acts: Acts, over: Callable[[], object]) -> None:
        self._app, self._acts, self._over = app, acts, over
        self.busy = False

    def hold(self, ids: Sequence[int]) -> None:
        app = self._app
        if len(ids) == 1:
            self._acts.hold(ids[0], self._number(ids[0]))
            return

        def then(outcome: many.Outcome) -> None:
            said = app.plural("{n} order is on hold.", "{n} orders are on hold.", len(outcome.done))
            many.tell(app, said, outcome, lambda: self._back(actions.release_hold, outcome))

        def save(draft: Reason, _form: Form) -> bool:
            label = app.words("Putting orders on hold")
            self._each(ids, actions.hold, then, label=label, reason=draft.reason, until=draft.until)
            return True

        title = app.plural("Put {n} order on hold", "Put {n} orders on hold", len(ids))
        self._acts.ask(dialogs.hold_dialog(app, title, save))

    def cancel(self, ids: Sequence[int]) -> None:
        app = self._app
        if len(ids) == 1:
            self._acts.cancel(ids[0], self._number(ids[0]))
            return

        def then(outcome: many.Outcome) -> None:
            said = app.plural("{n} order is cancelled.", "{n} orders are cancelled.", len(outcome.done))
            owing = sum(1 for owed in outcome.done.values() if owed)
            if owing:
                refunds = app.plural("{n} has money to refund.", "{n} have money to refund.", owing)
                said = f"{said} {refunds}"
            many.tell(app, said, outcome, lambda: self._back(actions.uncancel, outcome))

        def save(draft: Reason, _form: Form) -> bool:
            self._each(ids, actions.cancel, then, label=app.words("Cancelling orders"), reason=draft.reason)
            return True

        title = app.plural("Cancel {n} order?", "Cancel {n} orders?", len(ids))
        note = app.words("Their stock goes back to the shelf. The toast says what is to be refunded.")
        self._acts.ask(dialogs.cancel_dialog(app, title, note, save))

    def tag(self, ids: Sequence[int]) -> None:
        app = self._app

        def then(outcome: many.Outcome) -> None:
            said = app.plural("{n} order is tagged.", "{n} orders are tagged.", len(outcome.done))
            many.tell(app, said, outcome, lambda: self._untag(outcome))

        def save(draft: Tags, _form: Form) -> bool:
            self._each(ids, _add_tags, then, label=app.words("Tagging orders"), tags=draft.tags)
            return True

        title = app.plural("Add tags to {n} order", "Add tags to {n} orders", len(ids))
        self._acts.ask(dialogs.tag_dialog(app, title, save))

    def pack(self, ids: Sequence[int]) -> None:
        """Packs all that is ready of each, without a question: to take it back is one click."""
        app = self._app

        def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> list[batches.Outcome]:
            store: Any = app.shop.store
            return batches.pack_all(store, list(ids), progress=progress, cancelled=cancelled)

        def then(found: list[batches.Outcome]) -> None:
            packed = {each.order_ids[0]: each.shipment_ids for each in found if each.came is batches.Came.DONE}
            outcome = many.Outcome(packed, [each.refusal for each in found if each.refusal is not None])
            said = app.plural("{n} order is packed.", "{n} orders are packed.", len(packed))
            many.tell(app, said, outcome, lambda: self._unpack(outcome))

        self._run(task, then, app.words("Packing"))

    def _each(
        self,
        ids: Sequence[int],
        action: Callable[..., Any],
        then: Callable[[many.Outcome], object],
        *,
        label: str,
        **facts: Any,
    ) -> None:
        self._run(many.for_each(self._app, ids, action, **facts), then, label)

    def _run(self, task: Callable[..., Any], then: Callable[[Any], object], label: str) -> None:
        self.busy = True

        def ended() -> None:
            self.busy = False
            self._over()

        def done(answer: Any) -> None:
            ended()
            then(answer)

        def failed(error: BaseException) -> None:
            ended()
            if not isinstance(error, Refused | Outage):
                raise error
            self._app.tell(error)

        self._app.run(task, done, failed=failed, label=label)

    # undone

    def _back(self, action: Callable[..., Any], outcome: many.Outcome) -> None:
        app = self._app

        def then(back: many.Outcome) -> None:
            said = app.plural("{n} order is as it was before.", "{n} orders are as they were before.", len(back.done))
            many.tell(app, said, back, None)

        self._each(list(outcome.done), action, then, label=app.words("Undo"))

    def _untag(self, outcome: many.Outcome) -> None:
        def restore(work: Any, order_id: int) -> None:
            actions.tag(work, order_id, outcome.done[order_id])

        self._back(restore, outcome)

    def _unpack(self, outcome: many.Outcome) -> None:
        def take_back(work: Any, order_id: int) -> None:
            for parcel in outcome.done[order_id]:
                shipping.void(work, parcel)

        self._back(take_back, outcome)

    def _number(self, order_id: int) -> str:
        return self._app.ask(lists.rows_of, [order_id])[0].number


def _add_tags(work: Any, order_id: int, *, tags: Sequence[str]) -> list[str]:
    """Adds to the order's tags; those it had before, for the way back."""
    (before,) = facts.columns(work.session, order_id, ("tags",))
    actions.tag(work, order_id, [*before, *tags])
    return list(before)
