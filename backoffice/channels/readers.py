"""All readers, and which of them a header fits."""

from backoffice.channels.interface import Kind, Reader
from backoffice.channels.mapped_articles import MappedProducts, MappedStock
from backoffice.channels.mapped_orders import MappedOrders
from backoffice.channels.shopify_inventory import ShopifyInventory
from backoffice.channels.shopify_orders import ShopifyOrders
from backoffice.channels.shopify_products import ShopifyProducts
from backoffice.channels.woo_products import WooProducts

READERS: tuple[Reader, ...] = (ShopifyOrders(), ShopifyProducts(), ShopifyInventory(), WooProducts())
"""Readers that know their files by the header."""

MAPPED: dict[str, Reader] = {
    Kind.ORDERS: MappedOrders(),
    Kind.PRODUCTS: MappedProducts(),
    Kind.STOCK: MappedStock(),
}
"""Readers for any other file, by what a mapping says it holds."""


def detect(header: tuple[str, ...]) -> list[tuple[float, Reader]]:
    """The readers that may fit this header, the surest first; empty where columns must be mapped by hand."""
    found = [(reader.detect(header), reader) for reader in READERS]
    return sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])


def reader_called(key: str) -> Reader | None:
    """The reader of this key ("shopify-orders", "mapped-stock"); None if there is none."""
    return next((reader for reader in (*READERS, *MAPPED.values()) if reader.key == key), None)
