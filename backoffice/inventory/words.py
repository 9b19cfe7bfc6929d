"""The sentences of products and stock."""

from backoffice.core.language import mark

REFUSALS = {
    "inventory.unknown": mark("This product is no longer there. Refresh the list and try again."),
    "inventory.unknown-view": mark("There is no product list called {view}."),
    "inventory.unknown-sku": mark("No product has the SKU {sku}. Check the spelling or add the product."),
    "inventory.bad-quantity": mark("{quantity} is not a number of units. Type a whole number above zero."),
    "inventory.same-bucket": mark("The units are on this shelf already. Choose another one."),
    "inventory.no-reason": mark("A change of stock needs a reason. Type why, in a few words."),
    "inventory.not-enough": mark(
        "There are fewer than {quantity} units there, so nothing was moved. Count the shelf and correct the stock."
    ),
    "inventory.not-allocated": mark(
        "Fewer than {quantity} units are reserved for this line, so nothing was changed. Refresh and try again."
    ),
    "inventory.no-sku": mark("A product needs a SKU of at most 100 characters: your own short code for it."),
    "inventory.no-name": mark("A product needs a name."),
    "inventory.bad-barcode": mark(
        "{barcode} is not a valid EAN or UPC: its last digit does not fit. Scan it again or leave it empty."
    ),
    "inventory.bad-origin": mark("{origin} is not a country code. Use two letters such as ES or CN."),
    "inventory.bad-hs-code": mark("{code} is not a customs tariff number. Use 6 to 12 digits."),
    "inventory.bad-rate": mark("{rate} is not a tax rate. Use a fraction such as 0.21, or leave it empty."),
    "inventory.negative": mark("This number cannot be below zero."),
    "inventory.sku-taken": mark("Another product has the SKU {sku} already. Choose a different one."),
    "inventory.changed": mark(
        "Somebody changed {sku} while you were typing. Your text is still here: look at the new values and save again."
    ),
    "inventory.still-committed": mark(
        "{quantity} units of {sku} are promised to open orders. Dispatch or cancel those first."
    ),
}

BUCKETS = {
    "sellable": mark("Sellable"),
    "quarantine": mark("Quarantine"),
    "damaged": mark("Damaged"),
    "supplier": mark("Supplier"),
    "customer": mark("Customer"),
    "adjustment": mark("Adjustment"),
    "lost": mark("Lost"),
}

MOVES = {
    "opening": mark("Opening stock"),
    "receipt": mark("Received"),
    "adjust": mark("Adjusted"),
    "count": mark("Counted"),
    "ship": mark("Dispatched"),
    "unship": mark("Dispatch taken back"),
    "return_in": mark("Came back"),
    "inspect_ok": mark("Inspected, good"),
    "inspect_damaged": mark("Inspected, damaged"),
    "write_off": mark("Written off"),
    "supplier_return": mark("Back to the supplier"),
    "kit_build": mark("Kit built"),
    "kit_break": mark("Kit taken apart"),
}

VIEWS = {
    "all": mark("All"),
    "low": mark("Low stock"),
    "oversold": mark("Oversold"),
    "drafts": mark("To be matched"),
    "archived": mark("Archived"),
}

VERBS = {
    "product.created": mark("Product {sku} added"),
    "product.changed": mark("Product changed"),
    "product.archived": mark("Product {sku} archived"),
    "product.unarchived": mark("Product back on the list"),
    "stock.adjusted": mark("Stock corrected by {by}: {reason}"),
    "stock.set-aside": mark("{quantity} units moved between shelves"),
    "stock.written-off": mark("{quantity} units written off: {reason}"),
    "stock.found-again": mark("{quantity} units found again: {reason}"),
    "stock.repaired": mark("Stock counter mended from the ledger: {kept} was {proven}"),
}
