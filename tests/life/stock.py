"""Stock at random: received, counted, set aside, written off, its rules changed."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from backoffice.inventory import actions as products
from backoffice.inventory import ledger
from backoffice.inventory import queries as stock_queries
from backoffice.inventory.drafts import ProductDraft
from backoffice.inventory.model import Bucket, MoveKind
from tests.life.base import REFUSED, SKUS, Life, pick, units
from tests.life.model import IN_HOUSE

PLACES = (*map(Bucket, IN_HOUSE), Bucket.LOST)


class StockLife(Life):
    """What happens on the shelves."""

    @rule(at=pick, quantity=units)
    def receive(self, at: int, quantity: int) -> None:
        way = {"source": Bucket.SUPPLIER, "target": Bucket.SELLABLE, "kind": MoveKind.RECEIPT}
        product = self.one(at, self.goods)
        self.do(ledger.move, product, quantity, **way, allowed=True)
        self.model.stock[product]["sellable"] += quantity

    @rule(at=pick, by=st.integers(-4, 4), bucket=st.sampled_from([Bucket.SELLABLE, *PLACES]))
    def adjust(self, at: int, by: int, bucket: Bucket) -> None:
        product = self.one(at, self.goods)
        there = self.model.stock[product].get(bucket, -100)
        allowed = by != 0 and there >= 0 and there + by >= 0
        if self.do(products.adjust, product, by, reason="counted", bucket=bucket, allowed=allowed) is not REFUSED:
            self.model.stock[product][bucket] += by

    @rule(at=pick, quantity=units, whence=st.sampled_from(PLACES), whither=st.sampled_from(PLACES))
    def set_aside(self, at: int, quantity: int, whence: Bucket, whither: Bucket) -> None:
        product = self.one(at, self.goods)
        stock = self.model.stock[product]
        allowed = whence in stock and whither in stock and whence != whither and stock[whence] >= quantity
        way = {"source": whence, "target": whither}
        if self.do(products.set_aside, product, quantity, **way, allowed=allowed) is not REFUSED:
            stock[whence] -= quantity
            stock[whither] += quantity

    @rule(at=pick, quantity=units, bucket=st.sampled_from(IN_HOUSE))
    def write_off(self, at: int, quantity: int, bucket: str) -> None:
        product = self.one(at, self.goods)
        allowed = self.model.stock[product][bucket] >= quantity
        how = {"bucket": Bucket(bucket), "reason": "broken"}
        if self.do(products.write_off, product, quantity, **how, allowed=allowed) is not REFUSED:
            self.model.stock[product][bucket] -= quantity

    @rule(at=pick, safety=st.integers(0, 3), limit=st.none() | st.integers(0, 4), backorder=st.booleans())
    def change_the_rules_of_a_product(self, at: int, safety: int, limit: int | None, backorder: bool) -> None:
        place = at % len(self.goods)
        now = self.shop.ask(stock_queries.details, self.goods[place])
        rules = {"safety_stock": safety, "backorder": backorder, "backorder_limit": limit}
        draft = ProductDraft(sku=SKUS[place], name=now["name"], price=1000, **rules)
        self.do(products.change, self.goods[place], draft, version=now["version"], allowed=True)

    @rule(at=pick)
    def archive_and_unarchive(self, at: int) -> None:
        product = self.one(at, self.goods)
        promised = self.shop.ask(stock_queries.product_row, product).committed
        self.do(products.archive, product, allowed=not promised)
        self.do(products.unarchive, product, allowed=True)
