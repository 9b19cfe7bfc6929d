"""What inventory announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StockCameIn:
    """Sellable stock of a product grew: lines that wait for it may be served."""

    product_id: int


@dataclass(frozen=True, slots=True)
class StockFell:
    """Sellable stock of a product shrank otherwise than by dispatch, or less of it may be promised than before."""

    product_id: int
