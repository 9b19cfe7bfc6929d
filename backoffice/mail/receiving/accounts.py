"""The shop's mailboxes: added, changed, switched off and on; their passwords, which no database ever sees."""

import re
from dataclasses import asdict, dataclass, fields

import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.faults import Fault
from backoffice.core.secrets import Kept, SecretStore
from backoffice.mail.model import Arrival, MailAccount, MailFolder, Security, SignIn
from backoffice.mail.receiving import queries
from backoffice.store import rows
from backoffice.store.unit_of_work import UnitOfWork

INBOX = "INBOX"
LONGEST = 200
LONGEST_SIGNATURE = 4000
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"\\\[\]\x00-\x1f]{1,64}@[^\s@<>(),;:\"\\\[\]/\x00-\x1f]+\.[^\s@.<>(),;:\"\\\[\]/]+"
)
_HOST = re.compile(r"(?=.{1,253}$)[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)*\.?")
_A = rows.table_of(MailAccount).c
_R = rows.table_of(Arrival).c


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """A mailbox to be or to change; its password is saved apart, by `keep_secret`."""

    address: str
    user: str
    from_name: str = ""
    signature: str = ""
    sign_in: SignIn = SignIn.PASSWORD
    imap_host: str = ""
    imap_port: int = 993
    imap_security: Security = Security.TLS
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_security: Security = Security.TLS
    sent_folder: str = ""
    keeps_sent: bool = False
    outbox_folder: str = ""

    def faults(self) -> list[Fault]:
        """What keeps this from being an account, field by field."""
        found = []
        if not _ADDRESS.fullmatch(self.address.strip()) or len(self.address) > LONGEST:
            found.append(Fault("address", "mail.bad-account-address"))
        for name in ("from_name", "sent_folder", "outbox_folder"):
            if len(getattr(self, name)) > LONGEST:
                found.append(Fault(name, "mail.text-too-long", {"longest": LONGEST}))
        if len(self.signature) > LONGEST_SIGNATURE:
            found.append(Fault("signature", "mail.text-too-long", {"longest": LONGEST_SIGNATURE}))
        return [*found, *self._faults_of_servers()]

    def _faults_of_servers(self) -> list[Fault]:
        found = []
        for name in ("imap_host", "smtp_host"):
            host = getattr(self, name).strip()
            if host and not _HOST.fullmatch(host):
                found.append(Fault(name, "mail.bad-host"))
        for name in ("imap_port", "smtp_port"):
            if not 1 <= getattr(self, name) <= 65_535:
                found.append(Fault(name, "mail.bad-port"))
        if self.imap_host.strip() or self.smtp_host.strip():
            user = self.user.strip()
            if not user or not user.isprintable() or len(user) > LONGEST:
                found.append(Fault("user", "mail.bad-user"))
        elif not self.outbox_folder.strip():
            found.append(Fault("imap_host", "mail.no-account-server"))
        return found


def add(work: UnitOfWork, draft: AccountDraft) -> int:
    """A new account, connected from now on: what lies there already is history; its id.

    Refuses the draft's faults and `mail.account-known`.
    """
    values = _checked(work, draft, but=None)
    account_id = rows.insert(work, MailAccount, **values, connected_at=work.now)
    if values["imap_host"]:
        rows.insert(work, MailFolder, account_id=account_id, name=INBOX)
    work.record("mail.account-added", account=account_id, address=values["address"])
    return account_id


def change(work: UnitOfWork, account_id: int, draft: AccountDraft, *, version: int) -> None:
    """Replaces an account's settings, `version` being the one the form showed.

    Another server or user is another mailbox: its mails are looked through from the beginning, and those we have
    are known again. Refuses the draft's faults, `mail.account-known` and `mail.account-changed`. Its inverse is a
    change back to the draft of before.
    """
    before = work.get(MailAccount, account_id)
    mailbox = (before.imap_host, before.user)
    values = _checked(work, draft, but=account_id)
    rows.change_one(
        work,
        MailAccount,
        sa.update(MailAccount).where(_A.id == account_id, _A.version == version).values(**values, version=version + 1),
        Refused("mail.account-changed", address=before.address),
    )
    if values["imap_host"]:
        _folder_after_change(work, account_id, moved=mailbox != (values["imap_host"], values["user"]))
    work.session.expire_all()
    work.record("mail.account-changed", account=account_id, address=values["address"])


def deactivate(work: UnitOfWork, account_id: int) -> None:
    """Fetches and sends nothing for this account any more; its mails stay. Inverse: `activate`."""
    _set_active(work, account_id, active=False)


def activate(work: UnitOfWork, account_id: int) -> None:
    """Fetches and sends again. Inverse: `deactivate`."""
    _set_active(work, account_id, active=True)


def draft_of(account: MailAccount) -> AccountDraft:
    """An account's settings as a form shows them."""
    return AccountDraft(**{each.name: getattr(account, each.name) for each in fields(AccountDraft)})


def secret_name(account_id: int) -> str:
    """Under which name the secret store has an account's password."""
    return f"mail:{account_id}"


def secret_store(identity: str) -> SecretStore:
    """The secrets of the shop with this identity (`ShopProfile.identity`); one object a run of the program.

    Without the identity two shops of one person would share the password of their first account.
    """
    return SecretStore(f"Backoffice {identity}".strip())


def keep_secret(secrets: SecretStore, account_id: int, secret: str) -> Kept:
    """Saves an account's password or token; SESSION_ONLY: it is asked for again at the next start, and say so.

    Outside of any transaction, and in a job: the system may ask its user.
    """
    return secrets.save(secret_name(account_id), secret)


def secret_of(secrets: SecretStore, account_id: int) -> str | None:
    """An account's password or token; None: it must be asked for."""
    return secrets.read(secret_name(account_id))


def forget_secret(secrets: SecretStore, account_id: int) -> bool:
    """Removes it; False where the keyring refused."""
    return secrets.forget(secret_name(account_id))


def _checked(work: UnitOfWork, draft: AccountDraft, *, but: int | None) -> dict[str, object]:
    for fault in draft.faults():
        raise Refused(fault.code, field=fault.name, **fault.facts)
    values = {name: value.strip() if type(value) is str else value for name, value in asdict(draft).items()}
    values |= {"address": values["address"].lower(), "signature": draft.signature}
    known = queries.account_of_address(work.session, values["address"])
    if known is not None and known != but:
        raise Refused("mail.account-known", address=values["address"])
    return values


def _folder_after_change(work: UnitOfWork, account_id: int, *, moved: bool) -> None:
    known = queries.folder_of(work.session, account_id, INBOX)
    if known is None:
        rows.insert(work, MailFolder, account_id=account_id, name=INBOX)
    elif moved:
        # The old server's UIDs mean nothing to the new one, even where both number alike: they become nobody's.
        apart = work.get(MailAccount, account_id).version << 32
        old = sa.update(Arrival).where(_R.folder_id == known, _R.uidvalidity > 0)
        rows.change(work, Arrival, old.values(uidvalidity=-(_R.uidvalidity + apart)))
        rows.set_values(work, MailFolder, known, uidvalidity=-1, last_uid=0, failures=0, error="", tried_at=None)
    else:
        rows.set_values(work, MailFolder, known, failures=0, tried_at=None)


def _set_active(work: UnitOfWork, account_id: int, *, active: bool) -> None:
    one = work.get(MailAccount, account_id)
    if one.active != active:
        rows.set_values(work, MailAccount, account_id, active=active, version=one.version + 1)
        work.session.expire_all()
        work.record("mail.account-on" if active else "mail.account-off", account=account_id, address=one.address)
