"""What F1 says on the dispatch screen."""

from ui.kit.context import AppContext


def help_text(app: AppContext) -> str:
    """Paragraphs parted by blank lines."""
    words = app.words
    return "\n\n".join(
        (
            words("To dispatch lists the orders by the day they were promised to leave, late ones first."),
            words("“All that are ready” chooses every order of which nothing is missing. Pack them with one click."),
            words("What is missing is said in each row; hold the mouse over it or open the order to read why."),
            words("Packed lists the parcels that wait: print slips and labels, then dispatch them."),
            words("Pack with the scanner: scan an order's number on the pick list, then each product. Enter packs."),
            words("Undo a dispatch and the parcel is packed again; unpack it and stock and order are as before."),
        )
    )
