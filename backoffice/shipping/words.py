"""The sentences of dispatch."""

from backoffice.core.language import mark

REFUSALS = {
    "shipping.unprintable": mark(
        "{number}: no font here can print {characters} in “{text}”. Write it in other letters."
    ),
    "shipping.too-long": mark("{number}: “{text}” does not fit even in small print. Shorten it or use larger labels."),
    "shipping.barcode-characters": mark("“{text}” cannot be a barcode: use plain letters, digits and signs."),
    "shipping.barcode-check-digit": mark("{text} is not a valid number: its length or its check digit is wrong."),
    "shipping.barcode-too-wide": mark(
        "The barcode {text} is too wide for this place. Use larger labels or a shorter number."
    ),
    "shipping.barcode-too-long": mark("“{text}” is empty or too long for a QR code."),
    "shipping.stock-unknown": mark("There are no labels called {stock}. Known: {known}."),
    "shipping.stock-too-small": mark("{stock} is too small for this."),
    "shipping.cell-unknown": mark("There is no label {cell} on a sheet of {stock}: the last one is {cells}."),
    "shipping.logo-unreadable": mark(
        "The logo is not a whole PNG or JPEG picture. Choose another in Settings or remove it."
    ),
    "shipping.logo-too-large": mark("The logo is too large. Use at most 10 MB and 40 million pixels."),
    "shipping.nothing-to-print": mark("There is nothing to print."),
    "shipping.printing-stopped": mark("Printing was stopped after {done} of {total}; no file was written."),
    "shipping.unknown": mark("This parcel is no longer there. Refresh and try again."),
    "shipping.not-open": mark("Order {number} is not open, so nothing of it can leave. End its hold or open it first."),
    "shipping.nothing-to-pack": mark("Nothing of order {number} can be packed now: stock is missing or all is packed."),
    "shipping.two-addresses": mark("Orders {numbers} go to different addresses or customers. Pack them apart."),
    "shipping.too-many": mark("Only {free} of {units} can be packed now. Nothing was changed."),
    "shipping.nothing-packed": mark("No parcel of order {number} waits to leave: none is packed, or all have left."),
    "shipping.one-tracking": mark("One tracking number belongs to one order. Name a single order."),
    "shipping.not-picking": mark("Parcel {number} is not being packed any more."),
    "shipping.not-packed": mark("Parcel {number} is not packed, so it cannot be dispatched."),
    "shipping.not-shipped": mark("Parcel {number} is not on its way."),
    "shipping.handed-over": mark(
        "Parcel {number} stands on a manifest with its customs papers, so the carrier has it. Its dispatch stands."
    ),
    "shipping.not-voidable": mark("Parcel {number} has arrived or is unpacked already, so it cannot be unpacked."),
    "shipping.not-arrived": mark("Parcel {number} is not delivered, lost or back, so there is nothing to undo."),
    "shipping.order-closed": mark("Order {number} is closed. Open it again first, then try once more."),
    "shipping.bad-label-cost": mark("{cost} cannot be what the label cost. Type an amount in the shop's currency."),
    "shipping.bad-scan": mark("{quantity} is not a quantity to scan. Type 2* before a scan for two units."),
    "shipping.nothing-scanned": mark("Nothing was scanned yet, so there is nothing to pack. Scan the first product."),
    "shipping.bad-tracking": mark("This cannot be a tracking number. Use up to 60 letters and digits."),
    "shipping.bad-offset": mark("A printer that is more than {most} mm off is set up wrongly. Check its paper first."),
    "shipping.no-parcel": mark("There is no parcel yet of order {numbers}. Pack it first, then print."),
    "shipping.no-address": mark("Parcel {number} has no name or no address. Complete the order's address first."),
    "shipping.taken-back": mark("Parcel {number} was unpacked. Pack the order again and print its new parcel."),
    "shipping.no-customs": mark("Parcel {number} crosses no customs border, so it needs no declaration."),
    "shipping.customs-lacking": mark(
        "Parcel {number} cannot be declared yet. Complete the customs data of {products} first."
    ),
    "shipping.cannot-print": mark(
        "Nothing was printed: {count} documents must be mended first ({numbers}). Mend them, or print the others only."
    ),
    "shipping.nothing-to-pick": mark("Nothing is to be fetched for {numbers}: stock is missing or all is packed."),
    "shipping.too-many-labels": mark("{count} labels are too many for one file. Print at most {most} at a time."),
    "shipping.not-handed-over": mark("Parcel {number} is not packed, so it goes on no manifest. Pack it first."),
    "shipping.several-carriers": mark("These parcels go with {carriers}. A manifest is for one carrier: choose one."),
    "shipping.scanning-begun": mark("Parcel {number} is half scanned. Finish it at the packing table first."),
    "shipping.unknown-column": mark("There is no column {column}. Known: {known}."),
    "shipping.unknown-layout": mark("There is no file layout {layout}. Known: {known}."),
    "shipping.field-too-long": mark("{number}: “{text}” is too long for {field}; the carrier takes {most} letters."),
    "shipping.not-latin": mark("Parcel {number}: this carrier reads names and addresses in Latin letters only."),
    "shipping.tracking-file-columns": mark(
        "{file} has no line that names a column with the order or parcel and one with the tracking number."
        " Name them “Order number” and “Tracking number” and try again."
    ),
    "shipping.tracking-file-too-large": mark("{file} is larger than {most} MB: this is no list of tracking numbers."),
    "shipping.tracking-file-no-text": mark("{file} is no text. Save it as CSV and choose that file."),
    "shipping.tracking-file-broken": mark(
        "{file} cannot be read from line {line} on: a quotation mark is not closed. Nothing was changed."
    ),
    "shipping.tracking-of-nothing": mark("This line names no order or parcel."),
    "shipping.tracking-missing": mark("{reference} has no tracking number that can be right: up to 60 plain letters."),
    "shipping.tracking-unknown": mark("There is no order or parcel {reference}, or it has no parcel yet."),
    "shipping.tracking-ambiguous": mark("{reference} has several parcels ({parcels}). Name the parcel instead."),
    "shipping.tracking-twice": mark("An earlier line gave {reference} the number {other}."),
}

OUTAGES = {
    "shipping.file-not-written": mark(
        "{file} could not be written: {reason}. Close it elsewhere or choose another folder."
    ),
    "shipping.file-not-readable": mark("{file} is not a PDF that can be shown."),
    "shipping.file-not-read": mark("{file} could not be read: {reason}. Choose it again."),
}

STATES = {
    "draft": mark("Draft"),
    "picking": mark("Being packed"),
    "packed": mark("Packed"),
    "shipped": mark("On its way"),
    "delivered": mark("Delivered"),
    "lost": mark("Lost"),
    "returned_to_sender": mark("Came back to us"),
    "void": mark("Unpacked"),
}

MISSING = {
    "stock": mark("Stock"),
    "payment": mark("Payment"),
    "address": mark("Address"),
    "customs": mark("Customs data"),
}

CUSTOMS = {
    "hs_code": mark("tariff number"),
    "origin": mark("country of origin"),
    "weight": mark("weight"),
    "value": mark("value"),
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
    "shipment.dispatch-undone": mark("Dispatch of parcel {number} undone: it is packed again"),
    "shipment.voided": mark("Parcel {number} unpacked"),
    "shipment.label-printed": mark("Label of parcel {number} printed"),
    "shipment.customs-printed": mark("Customs declaration of parcel {number} printed"),
    "shipment.slip-printed": mark("Packing slip of parcel {number} printed"),
    "order.pick-listed": mark("Put on a pick list"),
    "shipment.written-back": mark("Dispatch of parcel {number} reported to the shop"),
}
