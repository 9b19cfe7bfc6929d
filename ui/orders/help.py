"""What F1 says about the orders."""

from collections.abc import Callable


def help_text(words: Callable[[str], str]) -> str:
    """Paragraphs, parted by blank lines."""
    return "\n\n".join(
        (
            words(
                "Every order has one next step: the filled button on its page. Ctrl+Enter presses it."
                " What a click did is told at the bottom left, with Undo."
            ),
            words(
                "Ctrl+N types a new order: three letters of the customer and Enter, three letters or a scan for each"
                " product, 12* before it for twelve then Ctrl+Enter. Esc leaves it for later, nothing typed is lost."
            ),
            words("A scan of an order's number, here or on a slip, opens that order."),
            words(
                "Edit changes an order: quantities, prices, products, delivery, address. What it does to the money and"
                " to the shelf is shown before you apply it."
            ),
            words(
                "A line that says units are missing has a link Why? It opens the product, where every move and every"
                " promise stands."
            ),
            words("Select several rows with Shift and the arrows to pack, hold, tag or cancel them at once."),
        )
    )
