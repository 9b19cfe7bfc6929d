"""The sentences of customers."""

from backoffice.core.language import mark

REFUSALS = {
    "customers.unknown": mark("This customer is no longer there. Refresh the list."),
    "customers.unknown-view": mark("There is no view of customers called {view}."),
    "customers.nameless": mark("Type a name, a company or an e-mail address."),
    "customers.too-long": mark("This is too long. Use at most {longest} characters."),
    "customers.too-many": mark("These are too many for one customer. Keep at most {most}."),
    "customers.bad-language": mark("{language} is not a language code. Use one such as en, es or pt_BR."),
    "customers.bad-country": mark("{country} is not a country code. Use two letters such as ES, US or GB."),
    "customers.bad-email": mark("{email} is not an e-mail address. Check it for a missing @ or a blank."),
    "customers.bad-phone": mark("{phone} is not a phone number. Write its digits."),
    "customers.bad-tag": mark("A tag has one to 60 characters."),
    "customers.email-taken": mark("{email} belongs to {name}. Open that customer, or merge the two."),
    "customers.changed": mark("Somebody changed {name} meanwhile. Look at the new values and save again."),
    "customers.not-listed": mark("{name} was merged into another customer or erased, and can no longer be changed."),
    "customers.no-text": mark("Write what was said."),
    "customers.no-source": mark("Say where this consent comes from: a form, a call, a letter."),
    "customers.past-time": mark("This time has passed. Choose a later one for the call-back."),
    "customers.contact-unknown": mark("This note is no longer there. Refresh the page."),
    "customers.call-back-unknown": mark("This call-back is no longer there. Refresh the list."),
    "customers.call-back-done": mark("This call-back is already done."),
    "customers.call-back-open": mark("This call-back is still open."),
    "customers.email-unknown": mark("{email} is not an address of this customer."),
    "customers.merge-self": mark("A customer cannot be merged with itself. Choose another one."),
    "customers.merge-unknown": mark("This merge is no longer there. Refresh the page."),
    "customers.merge-undone": mark("This merge was undone already."),
    "customers.merge-later": mark("{name} was merged again since. Undo the later merge first."),
    "customers.merge-erased": mark("One of the two was erased since. The merge can no longer be undone."),
    "customers.open-orders": mark(
        "Orders {numbers} still need this person's address. Finish or cancel them, then erase the person."
    ),
    "customers.bad-age": mark("People are erased after 6 to 600 months, not after {months}."),
    "customers.erased-already": mark("This person was erased already."),
}

VERBS = {
    "customer.added": mark("Customer added"),
    "customer.changed": mark("Customer changed"),
    "customer.tagged": mark("Tag {tag} added"),
    "customer.untagged": mark("Tag {tag} removed"),
    "customer.noted-note": mark("Note written"),
    "customer.noted-call": mark("Call noted"),
    "customer.noted-chat": mark("Chat noted"),
    "customer.noted-fax": mark("Fax noted"),
    "customer.noted-letter": mark("Letter noted"),
    "customer.noted-visit": mark("Visit noted"),
    "customer.contact-withdrawn": mark("Note taken back, written by mistake"),
    "customer.call-back-promised": mark("Call-back promised"),
    "customer.call-back-moved": mark("Call-back moved"),
    "customer.call-back-done": mark("Called back"),
    "customer.call-back-reopened": mark("Call-back opened again"),
    "customer.consented": mark("Consent given for {purpose}"),
    "customer.withdrew": mark("Consent withdrawn for {purpose}"),
    "customer.email-active": mark("{email} reaches the customer"),
    "customer.email-inactive": mark("{email} is not to be used"),
    "customer.email-dead": mark("Mail no longer reaches {email}"),
    "customer.merged": mark("Merged with another customer"),
    "customer.parted": mark("Merge undone"),
    "customer.exported": mark("Everything about this person exported"),
    "customer.erased": mark("Person erased"),
}

EMAIL_STATES = {
    "active": mark("Active"),
    "inactive": mark("Not used"),
    "dead": mark("Does not reach"),
}

CONTACT_KINDS = {
    "note": mark("Note"),
    "call": mark("Call"),
    "chat": mark("Chat"),
    "fax": mark("Fax"),
    "letter": mark("Letter"),
    "visit": mark("Visit"),
}

PURPOSES = {"marketing": mark("offers and news")}

VIEWS = {
    "all": mark("All"),
    "call_back": mark("Call back"),
    "first": mark("One order"),
    "returning": mark("Returning"),
    "no_orders": mark("No order yet"),
}

SORTS = {
    "name": mark("Name"),
    "last_order": mark("Last order"),
    "orders": mark("Orders"),
}

ERASED = mark("Erased person")
"""What a page shows in place of the name of somebody who was erased."""

EXPORT = {
    "title": mark("Everything this shop keeps about {name}"),
    "made": mark("Made on {day} by {shop}"),
    "customer": mark("Customer"),
    "emails": mark("E-mail addresses"),
    "phones": mark("Phone numbers"),
    "addresses": mark("Addresses"),
    "identities": mark("Known to marketplaces as"),
    "consents": mark("Consents"),
    "contacts": mark("Calls, chats and notes"),
    "orders": mark("Orders"),
    "granted": mark("given"),
    "withdrawn": mark("withdrawn"),
    "shipments": mark("Parcels"),
    "not_imported": mark("Rows of files that could not be imported"),
    "conversations": mark("Mails, calls and chats"),
    "timeline": mark("History"),
    "nothing": mark("Nothing."),
    "boxes": mark(
        "An empty box stands for a sign that no font here can print; the file of data beside this one has it."
    ),
}

ERASURE = {
    "name": mark("Name, company, notes and tags"),
    "emails": mark("E-mail addresses"),
    "phones": mark("Phone numbers"),
    "addresses": mark("Addresses"),
    "identities": mark("Marketplace names"),
    "consents": mark("Sources and words of consents; what was allowed and when stays"),
    "contacts": mark("Calls, chats, notes and call-backs"),
    "merges": mark("What was remembered to undo merges"),
    "rejections": mark("Rows of files that could not be imported"),
    "orders": mark("Names, addresses, phones, e-mails and notes in orders"),
    "order_hold": mark("Reasons of holds"),
    "order_change": mark("What was remembered to undo changes of orders"),
    "shipment": mark("Names, addresses and tracking numbers of parcels"),
    "printed_document": mark("What was remembered of printed documents"),
    "imported_record": mark("What was remembered to undo imports"),
    "raw_mail": mark("Mails as they came and went, byte for byte"),
    "search_document": mark("Mails in the search"),
    "mail_draft": mark("Answers begun and not sent"),
    "attachment": mark("Files in mails"),
    "file_content": mark("Contents of files in mails"),
    "mail_task": mark("Tasks about mails that did not arrive"),
    "acknowledgement": mark("To whom it was confirmed that a mail came in"),
    "outgoing_mail": mark("Addresses and subjects of mails sent; mails not sent yet are cancelled"),
    "outgoing_receiver": mark("What became of sent mails, for each address"),
    "mail_arrival": mark("Subjects and senders of mails left on the server"),
    "message": mark("Texts, subjects and addresses of mails, calls, chats and notes"),
    "bounced": mark("What servers said of mails that did not arrive"),
    "conversation_move": mark("What was remembered to undo merges of conversations"),
    "conversation": mark("Subjects and first words of conversations"),
    "journal": mark("Words in the history; what happened and when stays"),
}

KEPT = {
    "orders": mark("Orders with their lines, amounts, taxes, dates and country: the tax law asks to keep them."),
    "payments": mark("Payments: the tax law asks to keep them."),
    "tombstone": mark("A fingerprint of each address, which tells no name and keeps imports from bringing it back."),
    "backups": mark("Backups made before today hold the person until they are thinned out, after a year at most."),
}
