"""The sentences of the mail desk."""

from backoffice.core.language import mark

REFUSALS = {
    "mail.unknown": mark("This is no longer there. Refresh the list and try again."),
    # outbox
    "mail.not-again": mark("“{subject}” is on its way or was sent, so it is not sent again."),
    "mail.not-uncertain": mark("What became of “{subject}” is known by now. Refresh the list."),
    "mail.too-late": mark("“{subject}” has left already and cannot be taken back."),
    "mail.no-such-list": mark("The outbox has no list called {view}."),
    # conversations
    "mail.bad-tag": mark("A tag has one to 60 characters."),
    "mail.closed-already": mark("Conversation {number} is closed already."),
    "mail.merge-customers": mark(
        "Conversations {number} and {other} belong to two customers. Merge the customers first, if they are one."
    ),
    "mail.merge-later": mark("Conversation {number} was merged on since. Take the later merge back first."),
    "mail.merge-self": mark("A conversation cannot be merged with itself. Choose another one."),
    "mail.merged": mark("Conversation {number} was merged into another one. Open that one."),
    "mail.no-text": mark("Write what was said."),
    "mail.not-a-mail": mark("Only a mail that came in can be set aside as spam."),
    "mail.not-a-note": mark("Only a note of our own can be deleted."),
    "mail.not-closed": mark("Conversation {number} is not closed."),
    "mail.not-merged": mark("This conversation was not merged, or the merge was taken back already."),
    "mail.not-spam": mark("This mail is not among the spam."),
    "mail.not-split": mark("This conversation was not split off, or that was taken back already."),
    "mail.nothing-left": mark("Nothing would be left of conversation {number}. It is one topic already."),
    "mail.other-customer": mark(
        "This order belongs to another customer than conversation {number}. Change the customer first."
    ),
    "mail.past-time": mark("This moment has passed. Choose a later one."),
    "mail.too-long": mark("This is too long. Use at most {longest} characters."),
    "mail.unknown-view": mark("There is no list of conversations called {view}."),
    # receiving
    "mail.account-changed": mark("Somebody changed {address} in between. Look at it again, then save."),
    "mail.account-known": mark("{address} is an account already. Change that one."),
    "mail.bad-account-address": mark("This is no e-mail address of a mailbox. Type one such as shop@example.com."),
    "mail.bad-host": mark("This is no name of a server. Type one such as imap.example.com."),
    "mail.bad-port": mark("A port is a number from 1 to 65535. The usual ones are 993 and 465."),
    "mail.bad-user": mark("Type the name with which you sign in; most providers want the whole address."),
    "mail.no-account-server": mark("Name the server that mails come from, or a folder into which mails are written."),
    "mail.text-too-long": mark("This is too long: at most {longest} letters."),
    # receiving: files
    "mail.cannot-open": mark("This file cannot be opened. Check who may read it."),
    "mail.empty-file": mark("There is no mail in this file."),
    "mail.not-a-mail-file": mark("This file does not begin as a mail does. Name it itself if it is one."),
    "mail.too-large": mark("This mail is larger than 25 MB and was left where it is."),
    "mail.too-many-files": mark("This folder holds more than {most} files. Name a smaller one."),
    # reading: why a mail is shown with its bytes only
    "mail.unreadable-empty": mark("There is nothing in this mail. It is kept as it came."),
    "mail.unreadable-fault": mark("This mail could not be read. It is kept as it came; save it, or try again."),
    "mail.unreadable-large": mark("This mail is larger than 25 MB. It is kept as it came; save it to look into it."),
    "mail.unreadable-nested": mark("This mail holds mails within mails without end. It is kept as it came."),
    "mail.unreadable-parts": mark("This mail is in more than 1,000 pieces. It is kept as it came."),
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
    # answering
    "mail.bad-macro": mark("A macro needs a name, a template, and actions that can be done."),
    "mail.macro-known": mark("There is a macro called {name} already."),
    "mail.bad-rule": mark("A rule needs a topic, a template and one to {most} phrases with weights from 1 to 20."),
    "mail.bad-standard": mark("This span makes no sense here. Use 1 to {most}."),
    "mail.warn-robotic": mark("Nothing in this letter is about this customer. Say something that only they would get."),
    "mail.warn-same": mark("This is word for word what this customer got last."),
    "mail.unknown-notice": mark("There is no notice called {notice}."),
    "mail.collision": mark("Something came in while you wrote. Read it, then send."),
    "mail.files-too-large": mark("The files are larger than {most} MB together. Send fewer of them."),
    "mail.gate": mark("This cannot be sent yet. Mend what is marked first."),
    "mail.no-account": mark("There is no mailbox to send from. Connect one in the settings."),
    "mail.no-draft": mark("There is nothing written here yet."),
    "mail.template-language": mark("There are no templates in “{language}”. Choose one of the languages offered."),
    "mail.template-nameless": mark("A template needs a name, a subject and a text."),
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

# Why a mail has not gone out yet, or never will; `said` is what the server answered.
OUTBOX_TROUBLES = {
    "mail.erased": mark("Its content was erased, or nobody is left to send it to."),
    "mail.given-up": mark("It could not be handed over for five days. Last answer: {said}"),
    "mail.lost": mark("The connection ended before the server answered: {said}"),
    "mail.no-host": mark("The mail server's name was not found. Check the account's settings."),
    "mail.no-secret": mark("There is no password for this account. Type it in the account's settings."),
    "mail.offline": mark("The mail server could not be reached. It is tried again by itself."),
    "mail.refused": mark("The mail server refused: {said}"),
    "mail.sign-in": mark("The mail server did not accept the user name or the password: {said}"),
    "mail.silent": mark("The mail server did not answer in time. It is tried again by itself."),
    "mail.some-refused": mark("It was sent, but not to everybody: the server refused some of the addresses."),
    "mail.temporary": mark("The mail server asks to try again later: {said}"),
    "mail.tls": mark("The server's certificate is not trusted, or it offers no encryption. Nothing was sent: {said}"),
}

# How it is known that a mail arrived, where no server's answer says so.
OUTBOX_PROOFS = {
    "mail.proof-answered": mark("A reply names it"),
    "mail.proof-in-sent": mark("Found in the Sent folder"),
    "mail.proof-person": mark("Confirmed by a person"),
}

VERBS = {
    # receiving
    "mail.account-added": mark("Mailbox {address} connected"),
    "mail.account-changed": mark("Settings of the mailbox {address} changed"),
    "mail.account-off": mark("Mailbox {address} switched off"),
    "mail.account-on": mark("Mailbox {address} switched on"),
    # answering
    "mail.answered": mark("Conversation {conversation} answered"),
    "mail.answered-by-itself": mark("Conversation {conversation} answered by its rule"),
    "mail.confirmations-stopped": mark("Confirmations stopped by themselves: too many in a short time"),
    "mail.confirmed": mark("Arrival confirmed, conversation {conversation}"),
    "mail.desk-changed": mark("Settings of the mail desk changed"),
    "mail.macro-saved": mark("Macro “{name}” saved"),
    "mail.rule-restored": mark("Keyword rule “{topic}” as it was"),
    "mail.rule-saved": mark("Keyword rule “{topic}” saved"),
    "mail.told": mark("The customer is told: “{subject}”"),
    "mail.template-put-away": mark("Template “{name}” put away"),
    "mail.template-restored": mark("Template “{name}” as it was"),
    "mail.template-saved": mark("Template “{name}” saved"),
    # conversations
    "mail.assigned": mark("Conversation {conversation} given to {to}"),
    "mail.closed": mark("Conversation {conversation} closed"),
    "mail.customer-attached": mark("Conversation {conversation} belongs to this customer"),
    "mail.customer-detached": mark("Conversation {conversation} belongs to no customer we know"),
    "mail.kept-open": mark("Conversation {conversation} kept open"),
    "mail.merged": mark("Conversation {other} merged into {conversation}"),
    "mail.not-spam": mark("A mail of conversation {conversation} is no spam after all"),
    "mail.noted": mark("Note written in conversation {conversation}"),
    "mail.noted-chat": mark("Chat noted in conversation {conversation}"),
    "mail.noted-phone": mark("Call noted in conversation {conversation}"),
    "mail.order-attached": mark("Conversation {conversation} is about this order"),
    "mail.order-detached": mark("Conversation {conversation} is about no order"),
    "mail.received": mark("Mail received, conversation {conversation}"),
    "mail.reopened": mark("Conversation {conversation} opened again"),
    "mail.snoozed": mark("Conversation {conversation} put off"),
    "mail.spam": mark("A mail of conversation {conversation} set aside as spam"),
    "mail.split": mark("Conversation {other} split off from {conversation}"),
    "mail.tagged": mark("Tag {tag} added to conversation {conversation}"),
    "mail.topic-set": mark("Topic of conversation {conversation} changed"),
    "mail.unassigned": mark("Conversation {conversation} given to nobody"),
    "mail.unmerged": mark("Conversations {conversation} and {other} taken apart again"),
    "mail.unsplit": mark("Conversation {other} put back into {conversation}"),
    "mail.untagged": mark("Tag {tag} taken off conversation {conversation}"),
    "mail.waiting": mark("Conversation {conversation} waits for the customer"),
    "mail.woken": mark("Conversation {conversation} is in the lists again"),
    "mail.arrived": mark("Mail “{subject}” is known to have arrived"),
    "mail.failed": mark("Mail “{subject}” could not be sent"),
    "mail.sent": mark("Mail “{subject}” sent"),
    "mail.sent-again": mark("Mail “{subject}” sent once more"),
    "mail.taken-back": mark("Mail “{subject}” taken back before it left"),
    "mail.uncertain": mark("Mail “{subject}”: nobody knows whether it arrived"),
}

STATES = {
    "open": mark("Open"),
    "waiting": mark("Waiting for the customer"),
    "closed": mark("Closed"),
}

VIEWS = {
    "answer": mark("To answer"),
    "open": mark("Open"),
    "waiting": mark("Waiting"),
    "snoozed": mark("Put off"),
    "mine": mark("Mine"),
    "closed": mark("Closed"),
    "unreadable": mark("Could not be read"),
    "all": mark("All"),
}

MAIL_KINDS = {
    "human": mark("Written by a person"),
    "automatic": mark("Automatic reply"),
    "bounce": mark("Did not arrive"),
    "list": mark("Newsletter or list"),
    "feedback": mark("Complaint report"),
    "own": mark("Sent by the shop"),
}

REASONS = {
    "our-id": mark("answers a mail of ours"),
    "known-id": mark("answers a mail of this conversation"),
    "subject-tag": mark("names this conversation in its subject"),
    "new": mark("began this conversation"),
    "split": mark("was split off from another conversation"),
    "merged": mark("came from a conversation that was merged"),
    "written": mark("was written here"),
}

FLAGS = {
    "other-topic": mark("The subject is another one. Split it off if it is another matter."),
    "third-party": mark("Somebody else writes here. They have seen nothing of this conversation."),
}

OUTAGES = {
    # receiving: files
    "mail.no-file": mark("There is no file or folder called {file}. Nothing was taken in; check the name."),
    # receiving
    "mail.busy": mark("{host} is busy and took no question. Nothing is lost; it is tried again by itself."),
    "mail.cut": mark("{host} broke the connection off. What came in is kept; the rest is fetched at the next try."),
    "mail.garbled": mark(
        "{host} answered in a way no mail server does. What came in is kept. Check host and port, or ask the provider."
    ),
    "mail.no-host": mark("There is no server called {host}. Nothing was sent to anybody; correct the host's name."),
    "mail.no-secret": mark("The password of {address} is not known. Type it once; then mails are fetched again."),
    "mail.no-sent-folder": mark(
        "{host} has no folder for what was sent. The mail went out; name the folder in the account's settings."
    ),
    "mail.offline": mark("There is no way to {host}. Nothing is lost; check this computer's connection and try again."),
    "mail.refused": mark(
        "{host} lets nobody in at this port. Nothing is lost; check the port, or wait until the server is back."
    ),
    "mail.sign-in": mark(
        "{host} did not accept user and password. Nothing was changed. Type them anew; many providers want an app"
        " password."
    ),
    "mail.silent": mark("{host} did not answer in time. Nothing is lost; check the port, or try again later."),
    "mail.tls": mark(
        "{host} cannot prove who it is, so the password was not sent. Check host, port and encryption; never go on"
        " without it."
    ),
}
