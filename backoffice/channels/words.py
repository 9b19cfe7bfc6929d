"""The sentences of the channels: why a file is refused, why a row is kept aside, what else a file held."""

from backoffice.core.language import mark

REFUSALS = {
    "channels.file-missing": mark("There is no file {file}. Choose it again; perhaps it was moved or renamed."),
    "channels.file-empty": mark("{file} is empty. Export it again and import the new file."),
    "channels.file-changed": mark(
        "{file} changed while it was being read. Wait until the other program is done, then import it again."
    ),
    "channels.no-header": mark(
        "{file} has no line with the names of its columns, or only one column. Export it again as CSV with a header."
    ),
    "channels.is-excel": mark(
        "{file} is an Excel or LibreOffice workbook. Open it there, choose Save as, CSV UTF-8, and import that file."
    ),
    "channels.is-old-excel": mark(
        "{file} is an old Excel workbook. Open it in Excel, choose Save as, CSV UTF-8, and import that file."
    ),
    "channels.is-pdf": mark("{file} is a PDF. Ask your shop or marketplace for the same list as CSV."),
    "channels.is-archive": mark("{file} is a compressed archive. Unpack it and import the CSV files inside."),
    "channels.is-web-page": mark(
        "{file} is a web page, perhaps the shop's sign-in page. Sign in there and download the export again."
    ),
    "channels.is-xml": mark("{file} is XML. Choose CSV when you export it."),
    "channels.is-json": mark("{file} is JSON. Choose CSV when you export it."),
    "channels.is-database": mark("{file} is a database, not a CSV. To open another shop, use Open shop."),
    "channels.is-picture": mark("{file} is a picture, not a CSV. Choose the file that your shop exported."),
    "channels.is-document": mark("{file} is a text document. Save its table as CSV and import that file."),
    "channels.is-binary": mark("{file} is no text at all. Choose the CSV file that your shop exported."),
    "channels.line-too-long": mark(
        "Line {line} is longer than {limit} MB: this is no list of orders or products. Export it again as CSV."
    ),
    "channels.bad-encoding": mark(
        "From line {line} on the letters cannot be read: the file is damaged or cut off. Export it again."
    ),
    "channels.unclosed-quote": mark(
        "A quotation mark opens in line {line} and is never closed. Nothing was taken in. Put one at the end of that"
        " cell, or export the file again."
    ),
    "channels.cell-too-long": mark(
        "A cell in line {line} is longer than {limit} MB. Nothing was taken in. Shorten it, or export the file again."
    ),
    "channels.rows-scattered": mark(
        "The rows of one order or product do not stand together ({number}, line {line}), and there are too many of"
        " these to sort them here. Sort the file by its number, or export it again."
    ),
    "channels.record-too-long": mark(
        "{number}, from line {line} on, has more than {rows} rows. Check the column that holds the number."
    ),
    "channels.unknown": mark("This is no longer there. Refresh the list and try again."),
    "channels.unknown-reader": mark("There is no reader called {reader}. Known are: {known}."),
    "channels.unknown-mapping": mark("There is no mapping called {name}. Import the file in the window to make one."),
    "channels.unnamed-mapping": mark("Give the mapping a name, so that you find it again."),
    "channels.not-recognised": mark(
        "Nothing here knows for certain what {file} holds. Its columns: {columns}. Import it in the window and say"
        " there which column means what; on the command line name a mapping (--map), or what it holds (--kind orders,"
        " products or stock)."
    ),
    "channels.looks-like": mark(
        "As a file of {kind}, {file} has no column for: {fields}. Its columns: {columns}. Import it in the window and"
        " say there which column means what; on the command line name a mapping (--map), or what it holds (--kind"
        " orders, products or stock)."
    ),
    "channels.unknown-batch": mark("There is no import number {batch}."),
    "channels.undone-already": mark("The import of {file} was undone already."),
    "channels.unknown-rejection": mark("This row is no longer there. Refresh the list."),
    "channels.mended-already": mark("This row was mended or put away already."),
    "channels.no-draft": mark("{sku} is a product of its own already, so there is nothing to match."),
    "channels.draft-in-use": mark("{sku} has stock of its own. Adjust it to zero first, then match it."),
    "channels.no-mapping": mark("To read this file, say first which column means what."),
    "channels.bad-mapping": mark("This mapping of columns is damaged or of a newer version. Map the columns again."),
    "channels.mapping-lacks": mark("The mapping has no column for: {fields}. Choose one for each and try again."),
    "channels.mapping-does-not-fit": mark(
        "The file has no column called {columns}. Choose another mapping, or map its columns again."
    ),
}

OUTAGES = {
    "channels.file-unreadable": mark("{file} cannot be read: {why}. Nothing was taken in."),
}

REJECTIONS = {
    "sku-taken-here": mark("The SKU {sku} stands in this file twice. Give each article its own."),
    "product-unknown": mark("No product has the SKU {sku}. Import the products first, or correct the SKU."),
    "stock-negative": mark("The file says {quantity} of {sku}; stock cannot be below zero. Count it and correct it."),
    "row-too-short": mark("This row has {cells} cells where the header has {columns}. Add the missing ones."),
    "row-too-long": mark(
        "This row has more cells than the header's {columns}. Usually a text with a comma lacks its quotation marks."
    ),
    "row-cut-off": mark("The file ends in the middle of this row. Export it again, or complete the row."),
    "row-unreadable": mark("Some letters of this row cannot be read. Type them again, or export the file again."),
    "row-repeated": mark("This row is the same as line {first}. Nothing is lost; if it was sold twice, add it there."),
    "stray-quote": mark(
        "A quotation mark stands in the middle of a cell here. Write it twice, and put the whole cell in quotation"
        " marks."
    ),
    "order-repeated": mark("This order stands in the file twice, the same both times; line {first} was taken."),
    "order-replaced": mark("This order stands in the file again further down, changed; line {later} was taken."),
    "id-repeated": mark("Another order in this file, from line {first}, has the id {number} too. Correct one of them."),
    "order-cells-missing": mark(
        "Only line items stand here: the row with the date, customer and totals of {number} is missing. Export it"
        " again."
    ),
    "order-number-missing": mark("This row has no order number. Type the number it belongs to."),
    "no-lines": mark("This order has no line with an article and a quantity. Add one, or leave the order out."),
    "date-missing": mark("This order has no date. Type the day it was placed."),
    "not-a-date": mark("“{value}” in {column} is no date. Write it as 2026-09-22."),
    "date-ambiguous": mark(
        "“{value}” in {column} can be read two ways, and nothing in the file tells which. Say in the mapping whether"
        " the day or the month comes first, or write 2026-09-22."
    ),
    "not-an-amount": mark("“{value}” in {column} is no amount. Write it as 1234.50."),
    "amount-too-precise": mark(
        "“{value}” in {column} has more decimals than its currency ({decimals}). Round it as it was paid."
    ),
    "other-currency": mark(
        "“{value}” in {column} is not in {currency}, the currency of this row. Correct one of them."
    ),
    "currency-unknown": mark("“{value}” in {column} is no currency. Write three letters such as EUR, USD or GBP."),
    "price-missing": mark("A price is missing in {column}. Type it; 0 for a gift."),
    "quantity-missing": mark("A quantity is missing in {column}. Type how many pieces were ordered."),
    "not-a-quantity": mark("“{value}” in {column} is no number of pieces. Write it as 2."),
    "quantity-fraction": mark(
        "“{value}” in {column} is not a whole number of pieces. Count the article in whole units."
    ),
    "quantity-ambiguous": mark(
        "“{value}” in {column} may be one piece or a thousand. Write it without a point or comma."
    ),
    "quantity-zero": mark("The quantity in this line is 0. Type how many were sold, or leave the line out."),
    "below-zero": mark(
        "“{value}” in {column} is below zero. Orders hold what was bought; record what came back as a return."
    ),
    "cancellation": mark(
        "{number} takes back an earlier sale (quantities below zero): there is no order to make. Record a return or a"
        " refund on the order it belongs to."
    ),
    "stock-correction": mark(
        "{number} writes off stock (below zero, no price, no customer): there is no order to make. Adjust the stock of"
        " {sku} with this reason instead."
    ),
    "mixed-signs": mark(
        "{number} mixes sold and taken-back articles (line {other}). Leave the sold ones here and record the rest as a"
        " return."
    ),
    "cells-differ": mark(
        "The rows of {number} say different things in {column}: “{value}” here, “{before}” before. Correct one of them."
    ),
    "not-yes-or-no": mark("“{value}” in {column} is neither yes nor no. Write yes or no."),
    "not-a-measure": mark("“{value}” in {column} is no weight or length. Write it as 0.5 kg or 12 cm."),
    "not-a-rate": mark("“{value}” in {column} is no tax rate. Write it as 21 %."),
    "not-an-email": mark("“{value}” in {column} is no e-mail address. Correct it or leave it empty."),
    "country-unknown": mark("“{value}” in {column} is no country known here. Write its two letters, such as ES or GB."),
    "number-shortened": mark(
        "“{value}” in {column} was shortened by a spreadsheet; its digits are lost. Export the file again without"
        " opening it there, or type the number."
    ),
    "name-missing": mark("This product has neither a name nor a SKU. Type one of them."),
    "sku-missing": mark("This row names no article: it has no SKU. Type it."),
    "sku-repeated": mark("The SKU {sku} stands in line {first} already. Give each article its own."),
    "product-repeated": mark("This product stands in the file already; line {first} was taken."),
    "product-replaced": mark("This product stands in the file again further down, changed; line {later} was taken."),
    "title-missing": mark("{handle} has no row with its title. Export the file again, or add the row."),
    "no-variations": mark(
        "{name} is sold in variations, and none of them is in the file: there is nothing to keep stock of. Export all"
        " product types."
    ),
    "grouped-product": mark("{name} only groups other products; those are taken in by themselves."),
    "external-product": mark("{name} is sold by another shop, so there is no stock to keep here."),
    "option-missing": mark("{name} has variations, and this one does not say which: the option is empty. Type it."),
}

NOTES = {
    "preamble": mark("Line {line} before the header was passed over: {text}"),
    "blank-lines": mark("{times} blank lines were passed over, the first in line {line}."),
    "header-again": mark("The header stands again in line {line} and was passed over."),
    "footer": mark("Line {line} at the end was passed over: {text}"),
    "nul-bytes": mark("Zero bytes were taken out of the text."),
}

READERS = {
    "shopify-orders": mark("Shopify orders"),
    "shopify-products": mark("Shopify products"),
    "shopify-inventory": mark("Shopify inventory"),
    "woo-products": mark("WooCommerce products"),
    "mapped-orders": mark("Orders, columns mapped by hand"),
    "mapped-products": mark("Products, columns mapped by hand"),
    "mapped-stock": mark("Stock, columns mapped by hand"),
}

CHANGES = {
    "external_id": mark("The channel's own id: {old} → {new}"),
    "ship_to": mark("Delivery address: {old} → {new}"),
    "bill_to": mark("Billing address: {old} → {new}"),
    "notes": mark("Notes: {old} → {new}"),
    "ship_phone": mark("Phone: {old} → {new}"),
    "email": mark("E-mail: {old} → {new}"),
    "gift_message": mark("Gift message: {old} → {new}"),
    "tags": mark("Tags: {old} → {new}"),
    "delivery_name": mark("Delivery option: {old} → {new}"),
    "line-added": mark("{subject} added: {new}"),
    "line-removed": mark("{subject} taken away: {old}"),
    "line-quantity": mark("{subject}, quantity: {old} → {new}"),
    "line-price": mark("{subject}, unit price: {old} → {new}"),
    "line-discount": mark("{subject}, discount: {old} → {new}"),
    "line-total": mark("{subject}, line total: {old} → {new}"),
    "shipping": mark("Shipping cost: {old} → {new}"),
    "discount": mark("Discount of the order: {old} → {new}"),
    "tax": mark("Tax of the order: {old} → {new}"),
    "total": mark("Total of the order: {old} → {new}"),
    "paid": mark("Paid: {old} → {new}"),
    "refunded": mark("Refunded amount: {old} → {new}"),
    "status": mark("Status: {old} → {new}"),
    "dispatch": mark("Dispatch status: {old} → {new}"),
    "stock": mark("Quantity: {old} → {new}"),
    "erased": mark(
        "The customer was erased: the order is kept for the books, without name and address, and on hold if anything"
        " of it was still to be sent"
    ),
}
"""What a file has otherwise, by field of `verdicts.Change`."""

ERASED = mark("The customer was erased")
"""Why an order is on hold that was placed before an erasure and came in after it."""

KEPT = {
    "by-hand": mark("edited by hand: yours stays"),
    "packed": mark("a parcel is packed or gone: yours stays"),
    "ended": mark("the order is closed or cancelled: yours stays"),
}
"""Why a difference is only shown."""

STAYS = {
    "later-import": mark("{name}: import {batch} ({file}) changed it since; undo that one first"),
    "in-a-parcel": mark("{name}: it is in a parcel"),
    "paid-by-hand": mark("{name}: a payment was booked by hand"),
    "edited": mark("{name}: somebody edited it"),
    "reordered": mark("{name}: it was ordered again from here"),
    "talked-about": mark("{name}: a call or a note is about it"),
    "worked-on": mark("{name}: somebody worked on it since"),
    "customer-in-use": mark("{name}: there are orders or notes of this customer"),
    "product-in-use": mark("{name}: it was sold, moved or edited since"),
}
"""Why a record stays when its import is undone."""

VERBS = {
    "import.begun": mark("Import of {file} begun"),
    "import.undone": mark("Import of {file} undone"),
    "product.drafted": mark("Made by an import from {channel}, to be matched"),
    "product.matched": mark("{sku} is this product: {lines} order lines moved"),
    "order.update-undone": mark("Change by an import taken back"),
}
