"""What a person teaches the imports: which columns mean what, and which product a channel's name stands for."""

import sqlalchemy as sa

from backoffice.channels import queries
from backoffice.channels.mapping import Mapping
from backoffice.channels.model import ColumnMapping, ProductMatch
from backoffice.core.errors import Refused
from backoffice.inventory.model import Product
from backoffice.orders import stock
from backoffice.orders.model import OrderLine
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork


def remember_mapping(work: UnitOfWork, mapping: Mapping, *, header: str = "") -> None:
    """Keeps a column mapping under its name; `header` is the signature of the files it is for.

    Refuses `channels.unnamed-mapping`.
    """
    if not mapping.name.strip():
        raise Refused("channels.unnamed-mapping")
    known = queries.mapping_named(work.session, mapping.name)
    if known is None:
        work.add(ColumnMapping(name=mapping.name, signature=header, mapping=mapping.to_facts()))
    else:
        known.mapping, known.signature = mapping.to_facts(), header or known.signature


def match_product(work: UnitOfWork, draft_id: int, product_id: int) -> int:
    """A product that an import made as a draft is this product after all; how many order lines moved to it.

    The match is remembered, the lines are served from the product's stock, the draft leaves the lists.
    Refuses `channels.no-draft` for a product that is none, and `channels.draft-in-use` once it holds stock of its own.
    """
    draft, product = work.get(Product, draft_id), work.get(Product, product_id)
    if not draft.draft or draft_id == product_id:
        raise Refused("channels.no-draft", sku=draft.sku)
    if draft.on_hand or draft.committed:
        raise Refused("channels.draft-in-use", sku=draft.sku)
    lines, matches, products = (rows.table_of(kind).c for kind in (OrderLine, ProductMatch, Product))
    touched = queries.orders_with(work.session, draft_id)
    moving = sa.update(OrderLine).where(lines.product_id == draft_id).values(product_id=product_id)
    moved = rows.change(work, OrderLine, moving)
    learning = sa.update(ProductMatch).where(matches.product_id == draft_id).values(product_id=product_id)
    rows.change(work, ProductMatch, learning)
    leaving = sa.update(Product).where(products.id == draft_id).values(listed=False, draft=False)
    rows.change(work, Product, leaving)
    for order_id in touched:
        stock.allocate(work, order_id)
    work.record("product.matched", product_id=product_id, sku=draft.sku, lines=moved, to=product.sku)
    return moved
