"""Undoing an import: what it made and nobody has touched goes away again; what was touched is listed and stays."""

from collections.abc import Callable
from dataclasses import dataclass, field

from backoffice.channels import queries
from backoffice.channels.importing import batches, undo_orders, undo_products
from backoffice.channels.importing.queries import Reason
from backoffice.channels.model import BatchState
from backoffice.core.crash import crash
from backoffice.core.errors import Refused
from backoffice.store.unit_of_work import Store, UnitOfWork

CHUNK = 500


@dataclass(slots=True)
class Undone:
    """How many records went or were put back, and those that stay, with the reason."""

    gone: int = 0
    put_back: int = 0
    stays: list[tuple[str, Reason]] = field(default_factory=list)

    @property
    def kept(self) -> list[str]:
        """The names of what stays."""
        return [name for name, _why in self.stays]

    def keep(self, name: str, why: Reason) -> None:
        """A record stays."""
        self.stays.append((name, why))


Step = Callable[[UnitOfWork, int, list[int], Undone], None]
_STEPS: tuple[tuple[str, Step], ...] = (
    ("order", undo_orders.take_away),
    ("learnt", undo_orders.forget_what_was_learnt),
    ("customer", undo_orders.take_customers_away),
    ("stock", undo_products.put_stock_back),
    ("product", undo_products.take_away),
)


def undo(store: Store, batch_id: int, *, cancelled: Callable[[], bool] = lambda: False) -> Undone:
    """Undoes one import in chunks, each committed whole; run again, it goes on where it was stopped.

    Where something stays, the import still stands for it: once the reason is gone (a later import undone first), it
    can be undone again. Refuses `channels.unknown-batch` and `channels.undone-already`.
    """
    batch = store.ask(queries.batch, batch_id)
    if batch.state is BatchState.UNDONE:
        raise Refused("channels.undone-already", file=batch.file_name)
    undone = Undone()
    with store.work() as work:
        batches.begin_undoing(work, batch_id)
    for kind, step in _STEPS:
        ids = [record for record, _made, _before in store.ask(queries.records_of, batch_id, kind)]
        for some in _chunks(list(dict.fromkeys(ids))):
            if cancelled():
                return undone
            crash("undo-import")
            with store.work() as work:
                step(work, batch_id, some, undone)
    with store.work() as work:
        batches.forget(work, batch_id, whole=not undone.kept)
        work.record("import.undone", file=batch.file_name, batch=batch_id, kept=undone.kept[:50])
    return undone


def _chunks(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
