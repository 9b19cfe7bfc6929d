"""Mails read in whole, beside the raw parse of the standard library's compat32, which decodes nothing.

Ours decodes headers, addresses, bodies and files, tells the kind, finds the new part and cleans the HTML.
"""

import email
from collections.abc import Iterator
from email import policy

from backoffice.mail.reading.read import read
from benchmarks.floor import Measure, compare
from tests.mail.reading.our_mails import the_mails

MAILS = 10_000


def main(scale: int) -> Iterator[Measure]:
    """10,000 mails of all makes at any scale: plain, with HTML, with files, replies, automatic, lists, bounces."""
    mails = the_mails(min(scale, MAILS))
    yield compare(
        f"{len(mails):,} mails read in",
        ours=lambda: [read(raw) for raw in mails],
        floor=lambda: [email.message_from_bytes(raw, policy=policy.compat32) for raw in mails],
        goal=1.3,
        rounds=3,
    )
