"""Where the collections of real mails lie, and the sentence for a machine without them."""

import os
from email.message import EmailMessage
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parents[3]
DATA = Path(os.environ.get("BACKOFFICE_CORPORA") or HERE.parent / "shared" / "data")
MAILS = DATA / "mail"
needs_mails = pytest.mark.skipif(not MAILS.is_dir(), reason="The folder of real mails is not on this machine.")
needs_hostile_html = pytest.mark.skipif(
    not (DATA / "xss").is_dir(), reason="The folder of hostile HTML is not on this machine."
)


def all_mails() -> list[Path]:
    """Every file of the collections that is a whole mail."""
    found = [*MAILS.glob("**/*.eml"), *MAILS.glob("cpython_test_email/*.txt"), *bounces()]
    return sorted(found)


def bounces() -> list[Path]:
    return sorted(MAILS.glob("flufl_bounce/**/data/*.txt"))


def an_html_mail(html: str) -> bytes:
    """A mail that brings HTML only."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "ana@example.org", "shop@example.com", "Re: Order"
    mail.set_content(html, subtype="html", charset="utf-8")
    return mail.as_bytes()
