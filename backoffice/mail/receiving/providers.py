"""Mail providers many shops use: their servers, how one signs in, and whether they keep a copy of what is sent.

From the providers' own help pages for mail programs. A domain nobody lists is guessed at; the test button decides.
"""

from dataclasses import dataclass, replace

from backoffice.mail.model import Security
from backoffice.mail.receiving.accounts import AccountDraft

TLS, STARTTLS = Security.TLS, Security.STARTTLS


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `domains` are those of its addresses; a shop's own domain there is found by choosing its name."""

    name: str
    domains: tuple[str, ...]
    imap_host: str
    smtp_host: str
    smtp_port: int = 465
    smtp_security: Security = TLS
    app_password: bool = False
    """The account's own password is not accepted: one made for this program is, or a token."""
    token_only: bool = False
    """Only XOAUTH2 is accepted."""
    switch_on: bool = False
    """Reading by other programs must be switched on at the provider first."""
    keeps_sent: bool = False


PROVIDERS = (
    Provider("Gmail", ("gmail.com", "googlemail.com"), "imap.gmail.com", "smtp.gmail.com",
             app_password=True, keeps_sent=True),
    Provider("Outlook.com", ("outlook.com", "outlook.es", "hotmail.com", "hotmail.es", "live.com", "msn.com"),
             "outlook.office365.com", "smtp-mail.outlook.com", 587, STARTTLS, token_only=True, keeps_sent=True),
    Provider("Microsoft 365", (), "outlook.office365.com", "smtp.office365.com", 587, STARTTLS,
             token_only=True, keeps_sent=True),
    Provider("Yahoo", ("yahoo.com", "yahoo.es", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.it", "ymail.com"),
             "imap.mail.yahoo.com", "smtp.mail.yahoo.com", app_password=True, keeps_sent=True),
    Provider("iCloud", ("icloud.com", "me.com", "mac.com"), "imap.mail.me.com", "smtp.mail.me.com", 587, STARTTLS,
             app_password=True),
    Provider("AOL", ("aol.com",), "imap.aol.com", "smtp.aol.com", app_password=True, keeps_sent=True),
    Provider("GMX", ("gmx.net", "gmx.de", "gmx.at", "gmx.ch"), "imap.gmx.net", "mail.gmx.net", switch_on=True),
    Provider("GMX.com", ("gmx.com", "gmx.es", "gmx.us", "gmx.co.uk"), "imap.gmx.com", "mail.gmx.com", switch_on=True),
    Provider("WEB.DE", ("web.de",), "imap.web.de", "smtp.web.de", 587, STARTTLS, switch_on=True),
    Provider("IONOS (Germany)", ("online.de",), "imap.ionos.de", "smtp.ionos.de"),
    Provider("IONOS (Spain)", (), "imap.ionos.es", "smtp.ionos.es"),
    Provider("IONOS", (), "imap.ionos.com", "smtp.ionos.com"),
    Provider("STRATO", (), "imap.strato.de", "smtp.strato.de"),
    Provider("OVHcloud", (), "ssl0.ovh.net", "ssl0.ovh.net"),
    Provider("Aruba", ("aruba.it", "technet.it"), "imaps.aruba.it", "smtps.aruba.it"),
    Provider("Zoho", ("zoho.com", "zohomail.com"), "imap.zoho.com", "smtp.zoho.com", switch_on=True, keeps_sent=True),
    Provider("Zoho (Europe)", ("zoho.eu", "zohomail.eu"), "imap.zoho.eu", "smtp.zoho.eu", switch_on=True,
             keeps_sent=True),
    Provider("Fastmail", ("fastmail.com", "fastmail.fm"), "imap.fastmail.com", "smtp.fastmail.com", app_password=True),
    Provider("Movistar", ("telefonica.net", "movistar.es"), "imap.telefonica.net", "smtp.telefonica.net"),
    Provider("Orange (Spain)", ("orange.es",), "imap.orange.es", "smtp.orange.es"),
    Provider("Orange (France)", ("orange.fr", "wanadoo.fr"), "imap.orange.fr", "smtp.orange.fr"),
    Provider("Free", ("free.fr",), "imap.free.fr", "smtp.free.fr"),
    Provider("T-Online", ("t-online.de", "magenta.de"), "secureimap.t-online.de", "securesmtp.t-online.de",
             app_password=True),
    Provider("Libero", ("libero.it",), "imapmail.libero.it", "smtp.libero.it"),
    Provider("one.com", (), "imap.one.com", "send.one.com"),
    Provider("Hostinger", (), "imap.hostinger.com", "smtp.hostinger.com"),
    Provider("Gandi", (), "mail.gandi.net", "mail.gandi.net"),
    Provider("mailbox.org", ("mailbox.org",), "imap.mailbox.org", "smtp.mailbox.org"),
    Provider("Posteo", ("posteo.de", "posteo.net", "posteo.es"), "posteo.de", "posteo.de"),
)  # fmt: skip

_BY_DOMAIN = {domain: provider for provider in PROVIDERS for domain in provider.domains}


def provider_of(address: str) -> Provider | None:
    """The provider whose addresses end like this one."""
    return _BY_DOMAIN.get(_domain(address))


def proposed(address: str) -> AccountDraft:
    """An account with the provider's servers; for a domain of one's own `imap.` and `smtp.` before it, as a guess."""
    known = provider_of(address)
    draft = AccountDraft(address=address.strip(), user=address.strip())
    if known is not None:
        return filled(draft, known)
    domain = _domain(address)
    return replace(draft, imap_host=f"imap.{domain}", smtp_host=f"smtp.{domain}") if domain else draft


def filled(draft: AccountDraft, provider: Provider) -> AccountDraft:
    """The draft with this provider's servers, whose customer has a domain of their own."""
    return replace(
        draft,
        imap_host=provider.imap_host,
        imap_port=993,
        imap_security=TLS,
        smtp_host=provider.smtp_host,
        smtp_port=provider.smtp_port,
        smtp_security=provider.smtp_security,
        keeps_sent=provider.keeps_sent,
    )


def _domain(address: str) -> str:
    return address.strip().lower().rpartition("@")[2] if "@" in address else ""
