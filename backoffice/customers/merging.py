"""Two customers made one, and taken apart again: each moved row is written down by its id and by what it says.

Ids alone would not do: SQLite gives the id of a deleted last row to the next one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.customers.above import COUNTED, FOLLOWERS, Follower
from backoffice.customers.actions import file_for_search
from backoffice.customers.events import CustomersMerged, CustomersParted
from backoffice.customers.keys import name_key
from backoffice.customers.model import Customer, Merge
from backoffice.store import ledgers, search
from backoffice.store.unit_of_work import UnitOfWork

OWN = (
    Follower("customer_email", "customer_id", "address", "customers"),
    Follower("customer_phone", "customer_id", "number", "customers"),
    Follower("customer_address", "customer_id", "key", "customers"),
    Follower("customer_identity", "customer_id", "external_id", "customers"),
    Follower("consent", "customer_id", "at", "customers"),
    Follower("contact", "customer_id", "at", "customers"),
)
UNIQUE = ("customer_phone", "customer_address")
"""Of these a customer has each value once: the second's double is put aside until the merge is undone."""

FILLED = ("name", "name_key", "company", "language", "country", "postcode", "postcode_key")
CHANGED = (*FILLED, "notes", "tags", "order_count", "last_order_at")


def merge(work: UnitOfWork, *, kept_id: int, gone_id: int) -> int:
    """Everything of the second becomes the first's, whose own name and data win; the merge's id, for `undo`.

    Refuses `customers.merge-self`, `customers.unknown` and `customers.not-listed`.
    """
    if kept_id == gone_id:
        raise Refused("customers.merge-self")
    kept, gone = (_listed(work, one) for one in (kept_id, gone_id))
    before = {name: _plain(getattr(kept, name)) for name in CHANGED}
    left = {name: _plain(getattr(gone, name)) for name in ("order_count", "last_order_at")}
    work.session.flush()
    moved: dict[str, Any] = {"doubles": _put_doubles_aside(work, kept_id, gone_id)}
    moved["rows"] = {f"{one.table}.{one.column}": _move(work, one, kept_id, gone_id) for one in (*OWN, *FOLLOWERS)}
    _take_over(kept, gone)
    gone.listed, gone.merged_into, gone.order_count, gone.last_order_at = False, kept_id, 0, None
    moved |= {"before": before, "gone": left, "after": {name: _plain(getattr(kept, name)) for name in CHANGED}}
    found = work.add(Merge(kept_id=kept_id, gone_id=gone_id, at=work.now, moved=moved))
    search.forget(work.session, kind="customer", record_id=gone_id)
    file_for_search(work, kept_id)
    _tell(work, "customer.merged", kept_id, gone_id)
    work.happened(CustomersMerged(kept_id, gone_id))
    return int(found.id or 0)


def undo(work: UnitOfWork, merge_id: int) -> None:
    """Takes the two apart again: what was moved goes back, what came since stays with the first.

    Refuses `customers.merge-unknown`, `customers.merge-undone`, `customers.merge-later` where the first was merged
    on since, and `customers.merge-erased`.
    """
    found = work.session.get(Merge, merge_id)
    if found is None:
        raise Refused("customers.merge-unknown", id=merge_id)
    kept, gone = work.get(Customer, found.kept_id), work.get(Customer, found.gone_id)
    _check_undo(found, kept, gone)
    gone.listed, gone.merged_into = True, None
    work.session.flush()
    for one in (*OWN, *FOLLOWERS):
        _move_back(work, one, found)
    _put_doubles_back(work, found)
    _give_back(work, found, kept, gone)
    found.undone_at = work.now
    work.session.flush()
    for customer_id in (found.kept_id, found.gone_id):
        file_for_search(work, customer_id)
    _tell(work, "customer.parted", found.kept_id, found.gone_id)
    work.happened(CustomersParted(found.kept_id, found.gone_id))


def _listed(work: UnitOfWork, customer_id: int) -> Customer:
    one = work.get(Customer, customer_id)
    if not one.listed:
        raise Refused("customers.not-listed", name=one.name or one.company)
    return one


def _check_undo(found: Merge, kept: Customer, gone: Customer) -> None:
    if found.undone_at is not None:
        raise Refused("customers.merge-undone")
    if kept.erased_at is not None or gone.erased_at is not None:
        raise Refused("customers.merge-erased")
    if not kept.listed:
        raise Refused("customers.merge-later", name=kept.name or kept.company)


def _take_over(kept: Customer, gone: Customer) -> None:
    """What the first lacks comes from the second; notes and tags of both are kept."""
    if not kept.name and gone.name:
        kept.name, kept.name_key = gone.name, name_key(gone.name)
    if not kept.postcode:
        kept.postcode, kept.postcode_key = gone.postcode, gone.postcode_key
    for name in ("company", "language", "country"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    kept.notes = "\n\n".join(filter(None, (kept.notes, gone.notes)))
    kept.tags = list(dict.fromkeys((*kept.tags, *gone.tags)))
    kept.order_count += gone.order_count
    kept.last_order_at = max(filter(None, (kept.last_order_at, gone.last_order_at)), default=None)
    kept.version += 1


def _give_back(work: UnitOfWork, found: Merge, kept: Customer, gone: Customer) -> None:
    """Each field of the first goes back to what it was unless it was changed since; orders are counted anew then."""
    before, after = found.moved["before"], found.moved["after"]
    unchanged = {name for name in CHANGED if _plain(getattr(kept, name)) == after[name]}
    counted = {"order_count", "last_order_at"}
    for name in unchanged - counted:
        setattr(kept, name, before[name])
    kept.version += 1
    work.session.flush()
    if counted <= unchanged:
        values = {found.kept_id: {name: before[name] for name in counted}, found.gone_id: found.moved["gone"]}
        for customer_id, kept_values in values.items():
            work.session.connection().execute(_SET_COUNT, {"customer": customer_id, **kept_values})
    else:
        work.session.connection().execute(_RECOUNT, {"customers": [found.kept_id, found.gone_id]})
    work.session.expire(kept)
    work.session.expire(gone)


def _put_doubles_aside(work: UnitOfWork, kept_id: int, gone_id: int) -> dict[str, list[dict[str, Any]]]:
    """The second's phones and addresses that the first has too: they go, whole, into the merge's memory."""
    aside = {}
    for one in OWN:
        if one.table not in UNIQUE:
            continue
        double = (
            f"customer_id = :gone AND {one.check} IN (SELECT {one.check} FROM {one.table} WHERE customer_id = :kept)"
        )
        ids = {"kept": kept_id, "gone": gone_id}
        found = _execute(work, f"SELECT * FROM {one.table} WHERE {double} ORDER BY id", ids)
        aside[one.table] = [dict(row) for row in found.mappings()]
        _execute(work, f"DELETE FROM {one.table} WHERE {double}", ids)
    return aside


def _put_doubles_back(work: UnitOfWork, found: Merge) -> None:
    for table, doubles in found.moved["doubles"].items():
        for double in doubles:
            taken = _execute(work, f"SELECT 1 FROM {table} WHERE id = :id", {"id": double["id"]}).first()
            values = {name: value for name, value in double.items() if name != "id" or not taken}
            columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
            _execute(work, f"INSERT INTO {table} ({columns}) VALUES ({places})", values)


def _move(work: UnitOfWork, one: Follower, kept_id: int, gone_id: int) -> list[list[Any]]:
    """Moves all rows of the second to the first; [[id, check value], …] of them."""
    ids = {"kept": kept_id, "gone": gone_id}
    of_gone = f"FROM {one.table} WHERE {one.column} = :gone ORDER BY id"
    found = [list(row) for row in _execute(work, f"SELECT id, {one.check} {of_gone}", {"gone": gone_id})]
    if found:
        with _allowed(work, one):
            _execute(work, f"UPDATE {one.table} SET {one.column} = :kept WHERE {one.column} = :gone", ids)
        work.touch(one.feature)
    return found


def _move_back(work: UnitOfWork, one: Follower, found: Merge) -> None:
    """Moves those rows back that are still there and still the first's."""
    moved: Sequence[Sequence[Any]] = found.moved["rows"].get(f"{one.table}.{one.column}", ())
    if not moved:
        return
    statement = (
        f"UPDATE {one.table} SET {one.column} = :gone WHERE id = :id AND {one.column} = :kept AND {one.check} = :check"
    )
    ids = {"kept": found.kept_id, "gone": found.gone_id}
    with _allowed(work, one):
        _execute(work, statement, [{**ids, "id": row[0], "check": row[1]} for row in moved])
    work.touch(one.feature)


@contextmanager
def _allowed(work: UnitOfWork, one: Follower) -> Iterator[None]:
    """The consent ledger refuses changes, but for this one."""
    if one.table != "consent":
        yield
        return
    with ledgers.merging(work.session):
        yield


def _tell(work: UnitOfWork, verb: str, kept_id: int, gone_id: int) -> None:
    work.record(verb, customer_id=kept_id, other=gone_id)
    work.record(verb, customer_id=gone_id, other=kept_id)


def _execute(work: UnitOfWork, statement: str, values: Any) -> sa.CursorResult[Any]:
    """SQL over tables by their names: customers may not import the models of the floors above."""
    return work.session.connection().execute(sa.text(statement), values)


def _plain(value: Any) -> Any:
    """As JSON keeps it and the database writes it, so that it can be compared and put back."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


_SET_COUNT = sa.text(
    "UPDATE customer SET order_count = :order_count, last_order_at = :last_order_at WHERE id = :customer"
)
_RECOUNT = sa.text(
    "UPDATE customer SET"
    f" order_count = (SELECT count(*) FROM orders WHERE customer_id = customer.id AND {COUNTED}),"
    f" last_order_at = (SELECT max(placed_at) FROM orders WHERE customer_id = customer.id AND {COUNTED})"
    " WHERE id IN :customers"
).bindparams(sa.bindparam("customers", expanding=True))
