"""Packed parcels by the dozen, and what a shop remembers of their documents."""

from itertools import cycle, islice

from sqlalchemy import text

from backoffice.core.postal import PostalAddress
from backoffice.shipping import packing
from backoffice.shop import Shop
from backoffice.store.unit_of_work import UnitOfWork
from tests.builders import a_product, an_order
from tests.shipping.documents.samples import ABROAD

CELESTIAL = PostalAddress("𐎠𐎡 Luis", "", "Calle Sol 2", "Sevilla", "41001", "", "ES")
"""Old Persian: no font here prints it."""


def parcels(work: UnitOfWork, count: int, *addresses: PostalAddress, sku: str = "CUP") -> list[int]:
    """So many packed parcels of one cup each, to these addresses in turn, or to people of many countries."""
    cup = a_product(work, on_hand=count, sku=sku, name="Stoneware cup", bin="A-1")
    return [
        packing.pack(work, an_order(work, (cup, 1), ship_to=address))
        for address in islice(cycle(addresses or ABROAD), count)
    ]


def remembered(shop: Shop) -> dict[tuple[str, str], int]:
    """How often each document was printed: {(kind, subject): times}."""
    wanted = text("SELECT kind, subject, times FROM printed_document")
    return {(row[0], row[1]): row[2] for row in shop.ask(lambda session: session.execute(wanted).all())}


def effects(shop: Shop) -> list[tuple[str, bool]]:
    """What was begun once: (key, whether it is done)."""
    wanted = text("SELECT key, done_at IS NOT NULL FROM effect ORDER BY key")
    return [(row[0], bool(row[1])) for row in shop.ask(lambda session: session.execute(wanted).all())]
