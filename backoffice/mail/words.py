"""The sentences of the mail desk."""

from backoffice.core.language import mark

REFUSALS = {
    "mail.unknown": mark("This is no longer there. Refresh the list and try again."),
    # writing
    "mail.bad-address": mark("“{address}” is no e-mail address that can be written to. Correct it."),
    "mail.bad-header": mark("{header} holds a line break or a sign no mail can carry. Write it anew on one line."),
    "mail.gate-capitals": mark("The first name “{name}” is all in capitals. Write it as the customer would."),
    "mail.gate-empty": mark("{field} is empty, and this letter needs it."),
    "mail.gate-no-name": mark("“{name}” is not a first name. Correct it, or greet without a name."),
    "mail.gate-no-subject": mark("The subject is empty."),
    "mail.gate-no-text": mark("There is no text yet."),
    "mail.gate-unresolved": mark("{place} was not filled in."),
    "mail.no-receiver": mark("Nobody to send it to. Add an address."),
    # writing: templates
    "mail.bad-template": mark("Line {line} of the template cannot be read: {place}. Correct it first."),
    "mail.template-deep": mark("Too many sections inside one another. Close some with {{{{/}}}} first."),
    "mail.template-malformed": mark(
        "This is no field: {name}. Write it as {{{{field}}}}, {{{{field|else}}}} or {{{{#field}}}}…{{{{/}}}}."
    ),
    "mail.template-too-long": mark("The text is longer than a mail may be. Shorten it."),
    "mail.template-unclosed": mark("This section is never closed. Write {{{{/}}}} where it ends."),
    "mail.template-unknown": mark("There is no field called {name}. Choose one from the list."),
    "mail.template-unopened": mark("Nothing is open here that could be closed. Take {{{{/}}}} out."),
}
