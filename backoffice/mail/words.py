"""The sentences of the mail desk."""

from backoffice.core.language import mark

REFUSALS = {
    "mail.unknown": mark("This is no longer there. Refresh the list and try again."),
}
