"""One round of the outbox, as a job runs it: send what is due, look for what is uncertain, put copies into Sent."""

from dataclasses import dataclass

from backoffice.mail.opened import OpenShop
from backoffice.mail.outbox import uncertain
from backoffice.mail.outbox.sending import Connect, Report, send_due
from backoffice.mail.outbox.sent_folder import OpenSent
from backoffice.store.jobs import Cancelled, Progress, never, nobody_watches


@dataclass(frozen=True, slots=True)
class Round:
    """What was sent, how many uncertain mails were found to have arrived, how many copies were put into Sent."""

    report: Report
    proved: int
    copies: int


def run(
    shop: OpenShop,
    *,
    connect: Connect,
    open_sent: OpenSent,
    progress: Progress = nobody_watches,
    cancelled: Cancelled = never,
) -> Round:
    """Sends first; servers are then asked about Sent only where something is to be looked for or copied."""
    report = send_due(shop, connect=connect, progress=progress, cancelled=cancelled)
    if report.busy or cancelled():
        return Round(report, 0, 0)
    proved = uncertain.look_up(shop, open_sent, cancelled=cancelled)
    copies = uncertain.copy_sent(shop, open_sent, cancelled=cancelled)
    return Round(report, proved, copies)
