"""The sentences of orders."""

from backoffice.core.language import mark

REFUSALS = {
    "orders.unknown": mark("There is no such order. Check the number or search for the customer."),
    "orders.ambiguous": mark("Several channels have an order {number}. Use the shop's own number."),
    "orders.unknown-view": mark("There is no order list called {view}."),
    "orders.no-lines": mark("An order needs at least one line. Add a product."),
    "orders.bad-quantity": mark("Line {line}: {quantity} is not a quantity. Type a whole number from 1 to 1,000,000."),
    "orders.nameless-line": mark("Line {line} has neither a product nor a name. Choose one or type what was sold."),
    "orders.negative-amount": mark("An amount cannot be below zero."),
    "orders.amount-too-large": mark("This amount is too large to be right. Check the price and the quantity."),
    "orders.bad-rate": mark("Line {line} has a tax rate that cannot be read. Use a percentage such as 21."),
    "orders.unknown-product": mark("One of the products is no longer there. Choose it again."),
    "orders.unknown-currency": mark("{currency} is not a currency. Use a code such as EUR or USD."),
    "orders.bad-day": mark("An order cannot have been placed on {day}. Check the date."),
    "orders.currency": mark("Prices are kept in {shop}. Type the price in {currency} for each line."),
    "orders.counter": mark("The order changed in between, so nothing was done. Refresh and try again."),
    "orders.not-draft": mark("Order {number} is no draft any more."),
    "orders.not-open": mark("Order {number} is not open, so this cannot be done."),
    "orders.not-held": mark("Order {number} is not on hold."),
    "orders.not-closed": mark("Order {number} is not closed."),
    "orders.not-cancelled": mark("Order {number} is not cancelled."),
    "orders.not-shipped": mark("Order {number} has not left yet, so it cannot be closed. Dispatch or cancel it."),
    "orders.no-reason": mark("Type a reason in a few words; it is kept in the order's history."),
    "orders.past-date": mark("{day} is not in the future. Choose a later day or leave it empty."),
    "orders.cancelled-already": mark("Order {number} is cancelled already."),
    "orders.shipped": mark(
        "Part of order {number} has left already. Edit the order to take off what has not left, or take the dispatch"
        " back."
    ),
    "orders.all-shipped": mark(
        "All of order {number} has left already. If it was marked so by mistake, take the dispatch back."
    ),
    "orders.packed": mark("A parcel of order {number} is packed. Take the parcel back first."),
    "orders.changed": mark("Order {number} changed in between, so nothing was done. Refresh and try again."),
    "orders.not-editable": mark("Order {number} is closed or cancelled. Open it again before you change it."),
    "orders.below-packed": mark(
        "Line {line}: {packed} units are packed, so fewer cannot be ordered. Take the parcel back first."
    ),
    "orders.undone-already": mark("This change was taken back already."),
    "orders.not-newest": mark("Order {number} was changed again since. Take the newest change back first."),
    "orders.bad-amount": mark("Type an amount above zero."),
    "orders.other-currency": mark("The order is in {order}; an amount in {currency} cannot be booked on it."),
    "orders.refund-too-high": mark("Only {left} of order {number} can still be refunded. Nothing was booked."),
    "orders.refunded-already": mark("This payment was refunded already. Reverse the refund first."),
    "orders.reversed-already": mark("This payment was reversed already."),
}

STATUS = {
    "draft": mark("Draft"),
    "open": mark("Open"),
    "on_hold": mark("On hold"),
    "closed": mark("Closed"),
    "cancelled": mark("Cancelled"),
}

PAYMENT = {
    "unpaid": mark("Unpaid"),
    "part_paid": mark("Part paid"),
    "paid": mark("Paid"),
    "overpaid": mark("Overpaid"),
    "part_refunded": mark("Part refunded"),
    "refunded": mark("Refunded"),
}

DISPATCH = {
    "unfulfilled": mark("To pack"),
    "part_packed": mark("Part packed"),
    "packed": mark("Packed"),
    "part_shipped": mark("Part dispatched"),
    "shipped": mark("Dispatched"),
    "delivered": mark("Delivered"),
}

RETURNS = {
    "none": mark("No return"),
    "requested": mark("Return requested"),
    "in_progress": mark("Return under way"),
    "part_returned": mark("Part returned"),
    "returned": mark("Returned"),
}

PAYMENT_KINDS = {
    "charge": mark("Payment"),
    "refund": mark("Refund"),
    "fee": mark("Fee"),
    "chargeback": mark("Chargeback"),
    "reversal": mark("Reversal"),
}

VIEWS = {
    "open": mark("Open"),
    "ship-by": mark("To dispatch"),
    "late": mark("Late"),
    "on-hold": mark("On hold"),
    "unpaid": mark("Unpaid"),
    "drafts": mark("Drafts"),
    "shipped": mark("Dispatched"),
    "cancelled": mark("Cancelled"),
    "all": mark("All"),
}

VERBS = {
    "order.placed": mark("Order {number} placed"),
    "order.imported": mark("Order {number} came in from {channel}"),
    "order.updated": mark("Order changed by an import"),
    "order.confirmed": mark("Order confirmed"),
    "order.unconfirmed": mark("Made a draft again"),
    "order.held": mark("Put on hold: {reason}"),
    "order.released": mark("Hold ended"),
    "order.cancelled": mark("Cancelled: {reason}"),
    "order.uncancelled": mark("Cancelling taken back"),
    "order.closed": mark("Closed"),
    "order.reopened": mark("Opened again"),
    "order.reordered": mark("Reordered from {number}"),
    "order.noted": mark("Notes changed"),
    "order.tagged": mark("Tags changed"),
    "order.edited": mark("Order changed"),
    "order.edit-undone": mark("Change taken back"),
    "order.charge": mark("Payment of {amount}"),
    "order.refund": mark("Refund of {amount}"),
    "order.fee": mark("Fee of {amount}"),
    "order.chargeback": mark("Chargeback of {amount}"),
    "order.payment-reversed": mark("Payment row of {amount} reversed"),
    "order.short": mark("Units missing: {missing}"),
}
