"""Which product a file's line means: remembered matches first, then SKU, barcode, name; unknown ones become drafts."""

from collections.abc import Iterable
from dataclasses import dataclass

from backoffice.channels import queries
from backoffice.channels.candidates import CandidateLine
from backoffice.channels.model import ImportedRecord, ProductMatch
from backoffice.core.text import fold, one_line
from backoffice.inventory.model import Product
from backoffice.store import rows, search
from backoffice.store.journal import JournalLine
from backoffice.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Shelf:
    """What of one product can still be promised within this transaction."""

    free: int
    backorder: bool
    limit: int | None

    def take(self, wanted: int) -> int:
        """How many of the wanted units may be promised; they are taken at once."""
        most = (
            wanted if self.backorder and self.limit is None else self.free + (self.limit or 0 if self.backorder else 0)
        )
        taken = min(wanted, max(most, 0))
        self.free -= taken
        return taken


class ProductFinder:
    """Finds the products of an import's lines, a thousand orders at a time; remembers across its chunks."""

    def __init__(self, channel: str, batch_id: int) -> None:
        self.channel = channel
        self.batch_id = batch_id
        self._known: dict[str, int] = {}

    def find(self, work: UnitOfWork, lines: Iterable[CandidateLine]) -> None:
        """Learns the products of these lines; whoever nobody knows becomes a draft to be matched once."""
        keyed = ((key_of(line), line) for line in lines)
        new = {key: line for key, line in keyed if key not in self._known}
        if not new:
            return
        self._known |= queries.matches(work.session, self.channel, list(new))
        self._learn(work, new, queries.ids_by_sku(work.session, [line.sku for line in new.values() if line.sku]), "sku")
        barcodes = [line.barcode for line in new.values() if line.barcode]
        self._learn(work, new, queries.ids_by_barcode(work.session, barcodes), "barcode")
        nameless = [fold(one_line(line.name))[:80] for line in new.values() if not line.sku]
        by_name = queries.ids_by_name(work.session, nameless)
        for key, line in new.items():
            if key not in self._known and not line.sku and (found := by_name.get(fold(one_line(line.name))[:80])):
                self._known[key] = found
        self._draft(work, [line for key, line in new.items() if key not in self._known])

    def product_of(self, line: CandidateLine) -> int:
        """The product of a line that `find` has seen."""
        return self._known[key_of(line)]

    def _learn(self, work: UnitOfWork, new: dict[str, CandidateLine], found: dict[str, int], by: str) -> None:
        for key, line in new.items():
            if key not in self._known and (product := found.get(getattr(line, by))):
                self._known[key] = product

    def _draft(self, work: UnitOfWork, lines: list[CandidateLine]) -> None:
        if not lines:
            return
        first = rows.next_id(work, Product)
        skus = queries.free_skus(work.session, [line.sku or _sku_from(line.name) for line in lines])
        made = list(zip(range(first, first + len(lines)), lines, skus, strict=True))
        rows.insert_many(
            work,
            Product,
            [
                {
                    "id": one,
                    "sku": sku,
                    "name": one_line(line.name) or sku,
                    "name_key": fold(one_line(line.name) or sku)[:80],
                    "draft": True,
                    "created_at": work.now,
                    "batch_id": self.batch_id,
                }
                for one, line, sku in made
            ],
        )
        self._note(work, [(one, key_of(line)) for one, line, _sku in made], first)
        self._known |= {key_of(line): one for one, line, _sku in made}

    def _note(self, work: UnitOfWork, made: list[tuple[int, str]], first: int) -> None:
        rows.insert_many(
            work,
            ProductMatch,
            [
                {"channel": self.channel, "external": key, "product_id": one, "batch_id": self.batch_id}
                for one, key in made
            ],
        )
        record = {"batch_id": self.batch_id, "kind": "product", "made": True}
        rows.insert_many(work, ImportedRecord, [{**record, "record_id": one} for one, _key in made])
        line = {"at": work.now, "who": work.who, "verb": "product.drafted", "facts": {"channel": self.channel}}
        rows.insert_many(work, JournalLine, [{**line, "product_id": one} for one, _key in made])
        search.put_all(work.session, FOUND_BY, (first, made[-1][0]))


FOUND_BY = """
SELECT 'product', p.id, p.name, p.sku || ' ' || p.name || ' ' || p.barcode || ' ' || p.bin
FROM product AS p WHERE p.id BETWEEN ? AND ?
"""


def key_of(line: CandidateLine) -> str:
    """What the channel calls the article: its SKU, else its name."""
    return line.sku or one_line(line.name)


def _sku_from(name: str) -> str:
    word = "-".join(fold(one_line(name)).upper().split())
    return word[:40] or "ITEM"
