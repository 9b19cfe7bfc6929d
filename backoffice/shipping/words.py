"""The sentences of dispatch."""

from backoffice.core.language import mark

REFUSALS = {
    "shipping.unknown": mark("This parcel is no longer there. Refresh and try again."),
    "shipping.not-open": mark("Order {number} is not open, so nothing of it can leave. End its hold or open it first."),
    "shipping.nothing-to-pack": mark("Nothing of order {number} can be packed now: stock is missing or all is packed."),
    "shipping.two-addresses": mark("Orders {numbers} go to different addresses or customers. Pack them apart."),
    "shipping.too-many": mark("{units} units cannot be packed: {free} are ready. Nothing was changed."),
    "shipping.nothing-packed": mark("No parcel of order {number} is packed. Pack it first."),
    "shipping.one-tracking": mark("One tracking number belongs to one order. Name a single order."),
    "shipping.not-picking": mark("Parcel {number} is not being packed any more."),
    "shipping.not-packed": mark("Parcel {number} is not packed, so it cannot be dispatched."),
    "shipping.not-shipped": mark("Parcel {number} is not on its way."),
    "shipping.not-voidable": mark("Parcel {number} has arrived or is void, so it cannot be taken back."),
    "shipping.not-arrived": mark("Parcel {number} is not delivered, lost or back, so there is nothing to undo."),
    "shipping.order-closed": mark("Order {number} is closed. Open it again first, then take the parcel back."),
    "shipping.bad-label-cost": mark("{cost} cannot be what the label cost. Type an amount in the shop's currency."),
    "shipping.bad-scan": mark("{quantity} is not a quantity to scan. Type 2* before a scan for two units."),
    "shipping.nothing-scanned": mark("Nothing was scanned yet, so there is nothing to pack. Scan the first product."),
    "shipping.bad-tracking": mark("This cannot be a tracking number. Use up to 60 letters and digits."),
}

STATES = {
    "draft": mark("Draft"),
    "picking": mark("Being packed"),
    "packed": mark("Packed"),
    "shipped": mark("On its way"),
    "delivered": mark("Delivered"),
    "lost": mark("Lost"),
    "returned_to_sender": mark("Came back to us"),
    "void": mark("Taken back"),
}

MISSING = {
    "stock": mark("Stock"),
    "payment": mark("Payment"),
    "address": mark("Address"),
    "customs": mark("Customs data"),
}

SCANNED = {
    "match": mark("Right"),
    "under": mark("Too few"),
    "over": mark("Too many"),
    "extra": mark("Not in this parcel"),
    "unknown": mark("Unknown code"),
}

VERBS = {
    "shipment.started": mark("Packing of parcel {number} begun"),
    "shipment.packed": mark("Parcel {number} packed"),
    "shipment.shipped": mark("Parcel {number} dispatched"),
    "shipment.delivered": mark("Parcel {number} delivered"),
    "shipment.lost": mark("Parcel {number} lost"),
    "shipment.returned-to-sender": mark("Parcel {number} came back to us"),
    "shipment.tracking": mark("Parcel {number} has the tracking number {tracking}"),
    "shipment.under-way": mark("Parcel {number} is on its way after all"),
    "shipment.voided": mark("Parcel {number} taken back"),
}
