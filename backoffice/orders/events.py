"""What orders announce."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderPlaced:
    """A new order is open."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """An order was cancelled; its stock is free again."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderUnconfirmed:
    """An open order is a draft again; its stock is free again."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderCannotBeServed:
    """Not enough stock for an order: on backorder, or sold twice."""

    order_id: int
    product_id: int
    missing: int
    oversold: bool


@dataclass(frozen=True, slots=True)
class OrderEdited:
    """An order's lines or address changed: parcels begun for it are to be begun anew."""

    order_id: int
