"""What the desk says of an order inside a letter."""

from backoffice.core.language import mark

STANDING = {
    "preparing": mark("being prepared"),
    "travelling": mark("on its way"),
    "delivered": mark("delivered"),
    "cancelled": mark("cancelled"),
    "waiting": mark("waiting to be released"),
}

# What the templates that come with the program are called.
TEMPLATES = {
    "where-is-my-order": mark("Where is my order?"),
    "received": mark("Order received"),
    "dispatched": mark("Order dispatched"),
    "delayed": mark("Order delayed"),
    "delivered": mark("Some days after delivery"),
    "return-instructions": mark("How to return"),
    "refund-made": mark("Money given back"),
    "damaged": mark("Arrived damaged"),
    "wrong-item": mark("Wrong article"),
    "out-of-stock": mark("Out of stock"),
    "invoice-copy": mark("Copy of the invoice"),
    "thanks": mark("Answer to a thank you"),
    "acknowledgement": mark("Confirmation that a mail arrived"),
}

# What customers write about.
TOPICS = {
    "where-is-my-order": mark("Where is my order?"),
    "return": mark("Return"),
    "refund": mark("Money back"),
    "damaged": mark("Damaged"),
    "wrong-item": mark("Wrong article"),
    "out-of-stock": mark("Out of stock"),
    "invoice": mark("Invoice"),
    "thanks": mark("Thanks"),
}

QUOTED = mark("On {day}, {name} wrote:")
