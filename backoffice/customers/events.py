"""What customers announce."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CustomersMerged:
    """All that was the second's is now the first's."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class CustomersParted:
    """A merge was undone: each has again what was theirs."""

    kept_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class PersonErased:
    """A person was erased; their orders stay, pseudonymised."""

    customer_ids: tuple[int, ...]
