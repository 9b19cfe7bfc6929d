"""Who reacts to what: one table from an event to the functions that run in the same transaction."""

from collections.abc import Mapping, Sequence

from backoffice.store.unit_of_work import Reaction

REACTIONS: Mapping[type, Sequence[Reaction]] = {}
