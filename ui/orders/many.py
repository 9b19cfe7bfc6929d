"""The same act on many orders, as a job: those that a rule forbids are told, the others are done and can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from backoffice.core.errors import Refused
from backoffice.store.attempt import attempt
from ui.kit.context import AppContext
from ui.kit.jobs import Task

CHUNK = 50  # orders in one transaction


@dataclass(frozen=True)
class Outcome:
    """What came of it: what the act answered by id, and the refusals."""

    done: dict[int, Any] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def for_each(app: AppContext, ids: Sequence[int], action: Callable[..., Any], **facts: Any) -> Task:
    """A job that runs `action(work, id, **facts)` for each id, fifty in a transaction; its answer is the Outcome."""

    def task(progress: Callable[..., None], cancelled: Callable[[], bool]) -> Outcome:
        outcome = Outcome()
        for start in range(0, len(ids), CHUNK):
            if cancelled():
                break
            chunk = Outcome()
            with app.shop.work() as work:
                for order_id in ids[start : start + CHUNK]:
                    try:
                        with attempt(work):
                            chunk.done[order_id] = action(work, order_id, **facts)
                    except Refused as refusal:
                        chunk.refused.append(refusal)
            outcome.done.update(chunk.done)
            outcome.refused.extend(chunk.refused)
            progress(len(outcome.done) + len(outcome.refused), len(ids))
        return outcome

    return task


def tell(app: AppContext, said: str, outcome: Outcome, undo: Callable[[], object] | None) -> None:
    """The toast: what was done (`said`), and of the rest how many and why not."""
    left = len(outcome.refused)
    if not left:
        app.notices.say(said, undo)
        return
    rest = app.plural("{n} was left as it is: {why}", "{n} were left as they are: {why}", left)
    rest = rest.format(why=app.sentence(outcome.refused[0]))
    if outcome.done:
        app.notices.say(f"{said} {rest}", undo)
    else:
        app.notices.refuse(rest)
