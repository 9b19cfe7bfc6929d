"""What the desk says of an order inside a letter."""

from backoffice.core.language import mark

STANDING = {
    "preparing": mark("being prepared"),
    "travelling": mark("on its way"),
    "delivered": mark("delivered"),
    "cancelled": mark("cancelled"),
    "waiting": mark("waiting to be released"),
}
