"""What *Check my data* proves of imports."""

from sqlmodel import Session

from backoffice.channels.interface import Kind
from backoffice.channels.readers import MAPPED, READERS
from backoffice.core.language import mark
from backoffice.store.check import Check, Fault, Result, fault, rows_wrong

_IMPORTED = "SELECT count(*) FROM orders WHERE external_id IS NOT NULL"
_TWICE = """
SELECT channel, min(external_number) AS number FROM orders WHERE external_id IS NOT NULL
GROUP BY channel, +external_id HAVING count(*) > 1
UNION ALL SELECT channel, external_number FROM orders WHERE external_id IS NOT NULL AND external_number != ''
GROUP BY channel, external_number HAVING count(*) > 1 AND sum(external_id = external_number)
"""

_HOMES = {"order": "orders", "customer": "customer", "learnt": "customer", "product": "product", "stock": "product"}
"""Where the records of each kind stand."""
_GONE = """
SELECT i.batch_id AS batch, b.file_name AS file, i.kind, i.record_id AS record FROM imported_record AS i
JOIN import_batch AS b ON b.id = i.batch_id LEFT JOIN {home} AS t ON t.id = i.record_id
WHERE i.kind = '{kind}' AND t.id IS NULL
AND NOT EXISTS (SELECT 1 FROM import_batch AS u WHERE u.id <= b.id AND u.undone_at >= b.at)
"""
_OF_NO_KIND = "SELECT batch_id, kind FROM imported_record GROUP BY batch_id, kind"

_BATCHES = """
SELECT b.id, b.file_name, b.reader, b.new, b.changed, b.rejected, b.undone_at IS NOT NULL AS undone,
  coalesce(r.orders_made, 0) AS orders_made, coalesce(r.orders_changed, 0) AS orders_changed,
  coalesce(r.products_made, 0) AS products_made, coalesce(r.products_changed, 0) AS products_changed,
  coalesce(r.counts, 0) AS counts, (SELECT count(*) FROM rejection AS k WHERE k.batch_id = b.id) AS kept
FROM import_batch AS b LEFT JOIN (
  SELECT batch_id, sum(kind = 'order' AND made) AS orders_made, sum(kind = 'order' AND NOT made) AS orders_changed,
    sum(kind = 'product' AND made) AS products_made, sum(kind = 'product' AND NOT made) AS products_changed,
    sum(kind = 'stock') AS counts
  FROM imported_record GROUP BY batch_id
) AS r ON r.batch_id = b.id ORDER BY b.id
"""
_SOMEBODY_ERASED = "SELECT EXISTS (SELECT 1 FROM customer WHERE erased_at IS NOT NULL)"
_KINDS = {reader.key: reader.kind for reader in (*READERS, *MAPPED.values())}

_CELLS = """
SELECT k.batch_id AS batch, k.line FROM rejection AS k
WHERE CASE WHEN json_valid(k.cells) AND json_valid(k.header) THEN json_type(k.cells) != 'array'
  OR json_type(k.header) != 'array' OR EXISTS (SELECT 1 FROM json_each(k.cells) AS c WHERE c.type != 'array')
ELSE 1 END
"""


def every_record_is_there(session: Session) -> Result:
    """What a batch made or changed is there, or went with the undoing of this batch or of one before it."""
    connection = session.connection()
    looked_at = int(connection.exec_driver_sql("SELECT count(*) FROM imported_record").scalar_one())
    faults = []
    sentence = mark("Import {batch} ({file}): its {kind} {record} is gone, and no import was undone since")
    for kind, home in _HOMES.items():
        rows = connection.exec_driver_sql(_GONE.format(kind=kind, home=home)).mappings()
        faults += [Fault(sentence, dict(row)) for row in rows]
    for batch, kind in connection.exec_driver_sql(_OF_NO_KIND):
        if kind not in _HOMES:
            faults.append(fault(mark("Import {batch}: nobody knows what a {kind} is"), batch=batch, kind=kind))
    return looked_at, faults


def every_count_is_true(session: Session) -> Result:
    """A batch that was not undone counts what it made, what it changed, and the rows it kept aside.

    Rows kept aside go with the people they name, so that fewer of them are no fault once somebody was erased.
    """
    connection = session.connection()
    erased = bool(connection.exec_driver_sql(_SOMEBODY_ERASED).scalar_one())
    looked_at, faults = 0, []
    for row in connection.exec_driver_sql(_BATCHES).mappings():
        looked_at += 1
        if row["kept"] > row["rejected"] or (row["kept"] < row["rejected"] and not erased):
            sentence = mark("Import {id} ({file_name}): {rejected} rows were rejected, {kept} are kept")
            faults.append(Fault(sentence, dict(row)))
        counted, found = row["new"] + row["changed"], _records(_KINDS.get(row["reader"]), dict(row))
        if found is not None and not row["undone"] and counted != found:
            sentence = mark("Import {id} ({file_name}): counts {counted} records made or changed, remembers {found}")
            faults.append(Fault(sentence, {**row, "counted": counted, "found": found}))
    return looked_at, faults


def _records(kind: Kind | None, row: dict[str, int]) -> int | None:
    """How many records a batch of this kind remembers; None where a later version's reader made it."""
    if kind is Kind.ORDERS:
        return row["orders_made"] + row["orders_changed"]
    if kind is Kind.STOCK:
        return row["counts"]
    if kind is Kind.PRODUCTS:  # a product that has other cells and the same values is counted, and nothing is changed
        silent = max(row["changed"] - row["products_changed"], 0)
        return row["products_made"] + row["products_changed"] + silent
    return None


CHECKS = (
    Check(
        "import-orders",
        mark("No order of a channel came in twice"),
        rows_wrong(_IMPORTED, _TWICE, mark("{channel}: order {number} came in twice")),
    ),
    Check("import-records", mark("What imports made or changed is there"), every_record_is_there),
    Check("import-counts", mark("Imports made what they count"), every_count_is_true),
    Check(
        "import-rejected",
        mark("Rejected rows keep their cells"),
        rows_wrong(
            "SELECT count(*) FROM rejection", _CELLS, mark("Import {batch}, line {line}: its cells cannot be read")
        ),
    ),
)
