"""What shipping announces."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShipmentShipped:
    """A parcel left: the customer may be told, the channel too."""

    shipment_id: int


@dataclass(frozen=True, slots=True)
class DispatchUndone:
    """A parcel did not leave after all: what was to be told of it is not told."""

    shipment_id: int


@dataclass(frozen=True, slots=True)
class ShipmentVoided:
    """A parcel was taken back before it travelled; stock and allocation are as before."""

    shipment_id: int


@dataclass(frozen=True, slots=True)
class ShipmentWentWrong:
    """A parcel was lost or came back to us: something is owed to the customer."""

    shipment_id: int
    state: str
