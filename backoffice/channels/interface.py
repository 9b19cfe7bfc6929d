"""What every reader of a channel's files offers, and what it is told about the shop."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from backoffice.channels.candidates import Candidate, Rejected
from backoffice.channels.mapping import Mapping
from backoffice.channels.reading import Table


class Kind(StrEnum):
    """What a file holds."""

    ORDERS = "orders"
    PRODUCTS = "products"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What a file does not say and the shop knows."""

    currency: str
    """For amounts without a currency: ISO 4217."""
    zone: str = "UTC"
    """For times without an offset: an IANA name."""
    country: str = ""
    """The shop's, ISO 3166; decides day or month first only where the file gives no evidence at all."""
    location: str = ""
    """Which place of a file with several is this house; "" takes them all."""
    mapping: Mapping | None = None
    """For the readers that map columns by hand."""


class Reader(Protocol):
    """Reads one kind of file of one channel."""

    @property
    def key(self) -> str:
        """Its name on the command line and in the database: "shopify-orders"."""

    @property
    def channel(self) -> str:
        """The channel the records belong to: "shopify"."""

    @property
    def kind(self) -> Kind:
        """What its files hold."""

    def detect(self, header: tuple[str, ...]) -> float:
        """How surely a file with this header is one of its own, 0 to 1; by its required columns, never by a name."""

    def read(self, table: Table, settings: ReadSettings) -> Iterator[Candidate | Rejected]:
        """The file's records in order, streamed. Each row is in exactly one record; `rows_of` counts them.

        Refused("channels.…", line=…) where the file cannot be read to its end: before the first record comes out,
        so that nobody takes half a file.
        """
