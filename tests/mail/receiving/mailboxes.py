"""Builders for the tests of receiving: an account at a server on loopback, mails, and one round of fetching."""

from functools import partial

from backoffice.core.secrets import SecretStore
from backoffice.mail.receiving import accounts, fetching, imap
from backoffice.mail.receiving.accounts import AccountDraft
from tests.customers.people import rows_of
from tests.mail.receiving.scripted import AUTHORITY

QUICK = imap.Patience(connect=5, read=5, answer=20)
CONNECT = partial(imap.connect, authority=AUTHORITY, patience=QUICK)


def a_mail(number, *, text="Where is my order?", date="Mon, 02 Mar 2026 09:00:00 +0000"):
    """A mail with a Message-ID of its own."""
    head = f"Message-ID: <{number}@example.com>\r\nDate: {date}\r\nFrom: ana@example.com\r\nSubject: Mail {number}\r\n"
    return f"{head}\r\n{text}\r\n".encode()


def an_account(shop, port, *, address="shop@example.com", password="right", **more):
    """An account whose mails lie on this machine; its id, and the secrets that have its password."""
    values = {"address": address, "user": "shop", "imap_host": "localhost", "imap_port": port, "smtp_port": port}
    with shop.work() as work:
        account = accounts.add(work, AccountDraft(**(values | more)))
    secrets = SecretStore("tests")
    accounts.keep_secret(secrets, account, password)
    return account, secrets


def fetch(shop, secrets, **more):
    """One round, whatever pause there is."""
    return fetching.fetch(shop, secrets=secrets, **({"connect": CONNECT, "at_once": True} | more))


def fetch_one(shop, secrets, **more):
    """One round of the only account: (new, left, error)."""
    (done,) = fetch(shop, secrets, **more)
    return done.new, done.left, done.error


def kept(shop):
    """How many messages, bytes and dealt-with UIDs of the present numbering there are."""
    validity = rows_of(shop, "mail_folder")[0]["uidvalidity"]
    arrived = {row["uid"] for row in rows_of(shop, "mail_arrival") if row["uidvalidity"] == validity}
    return len(rows_of(shop, "message")), len(rows_of(shop, "raw_mail")), arrived
