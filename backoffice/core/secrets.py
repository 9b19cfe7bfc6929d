"""Passwords and tokens: in the system's keyring, or in memory until the program ends, never in a file."""

import secrets
from enum import StrEnum

import keyring
from keyring.errors import PasswordDeleteError

_PART_BYTES = 2400  # Windows takes 2,560 bytes of UTF-16 an entry
_PART_LETTERS = 600  # at most 4 bytes each in UTF-16
_MOST_PARTS = 100
_MARK = "\x02parts:"


class Kept(StrEnum):
    """What became of a secret."""

    KEPT = "kept"
    SESSION_ONLY = "session_only"


class SecretStore:
    """The secrets of one shop, by account name.

    Where the system has no keyring, or it refuses, a secret lives in this object only and is asked for again
    at the next start. May wait for a system prompt: call it from a job, not from the window's thread.
    """

    def __init__(self, service: str = "Backoffice") -> None:
        self._service = service
        self._session: dict[str, str] = {}

    def save(self, account: str, secret: str) -> Kept:
        """Keep a secret instead of the one before; says whether it outlives the program."""
        before = self._get(account)
        if self._write(account, secret):
            self._session.pop(account, None)
            self._forget_parts(account, before)
            return Kept.KEPT
        self._session[account] = secret
        return Kept.SESSION_ONLY

    def read(self, account: str) -> str | None:
        """The secret, or None if there is none (any more)."""
        if account in self._session:
            return self._session[account]
        entry = self._get(account)
        parts = _parts(account, entry)
        if entry is None or not parts:
            return entry
        found = [self._get(part) for part in parts]
        return None if None in found else "".join(part for part in found if part is not None)

    def forget(self, account: str) -> bool:
        """Remove a secret; False if the keyring refused, so that it may still be there."""
        self._session.pop(account, None)
        before = self._get(account)
        gone = self._delete(account)
        self._forget_parts(account, before)
        return gone

    def _write(self, account: str, secret: str) -> bool:
        if not secret.startswith(_MARK) and len(secret.encode("utf-16-le", "surrogatepass")) <= _PART_BYTES:
            return self._set(account, secret)
        pieces = [secret[at : at + _PART_LETTERS] for at in range(0, len(secret), _PART_LETTERS)]
        if len(pieces) > _MOST_PARTS:
            return False
        # Parts first under fresh names, then the entry that names them: a stop in between leaves the old secret.
        entry = f"{_MARK}{len(pieces)}:{secrets.token_hex(8)}"
        done = all(self._set(name, piece) for name, piece in zip(_parts(account, entry), pieces, strict=True))
        if done and self._set(account, entry):
            return True
        self._forget_parts(account, entry)
        return False

    def _forget_parts(self, account: str, entry: str | None) -> None:
        for part in _parts(account, entry):
            self._delete(part)

    # Each system's backend fails in its own way (KeyringError, RuntimeError, OSError, D-Bus and Windows errors of
    # their own), and none of it may stop the program; nothing is logged, as an error may hold the secret.

    def _get(self, name: str) -> str | None:
        try:
            return keyring.get_password(self._service, name)
        except Exception:
            return None

    def _set(self, name: str, secret: str) -> bool:
        try:
            keyring.set_password(self._service, name, secret)
        except Exception:
            return False
        return True

    def _delete(self, name: str) -> bool:
        try:
            keyring.delete_password(self._service, name)
        except PasswordDeleteError:
            return self._get(name) is None
        except Exception:
            return False
        return True


def _parts(account: str, entry: str | None) -> list[str]:
    """The names of a long secret's parts; none for a short one."""
    if entry is None or not entry.startswith(_MARK):
        return []
    count, _, token = entry.removeprefix(_MARK).partition(":")
    if not count.isdecimal() or int(count) > _MOST_PARTS:
        return []
    return [f"{account}#{token}#{at}" for at in range(int(count))]
