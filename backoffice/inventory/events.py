"""What inventory announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StockCameIn:
    """Sellable stock of a product grew: lines that wait for it may be served."""

    product_id: int
