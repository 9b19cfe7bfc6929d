"""Message-IDs that prove they are ours: `<kind.conversation.message.proof@domain>`, so that a reply finds its place.

The proof is 8 random bytes and an HMAC-SHA-256 (RFC 2104), cut to 12 bytes, over them and what stands before. The
random part keeps two mails apart that got the same numbers, as happens when a backup of the shop was restored.
"""

import hashlib
import hmac
import re
import secrets
from typing import NamedTuple

_NONCE = 16
_PROOF = 24
_OURS = re.compile(
    rf"<([a-z]{{1,20}})\.([0-9]{{1,18}})\.([0-9]{{1,18}})\.([0-9a-f]{{{_NONCE}}})([0-9a-f]{{{_PROOF}}})@[^<>\s]{{1,255}}>"
)


class OurId(NamedTuple):
    """What one of our Message-IDs says; 0 stands for no conversation, no message."""

    kind: str
    conversation_id: int
    message_id: int


def make(kind: str, conversation_id: int, message_id: int, *, key: str, domain: str) -> str:
    """A Message-ID with its angle brackets. `kind` is up to 20 small letters, `key` the shop's secret in hex."""
    said = f"{kind}.{conversation_id}.{message_id}"
    nonce = secrets.token_hex(_NONCE // 2)
    made = f"<{said}.{nonce}{_proof(said, nonce, key)}@{domain}>"
    if not _OURS.fullmatch(made):
        raise ValueError(said)
    return made


def recognise(rfc_id: str, *, key: str) -> OurId | None:
    """What the id says if this shop made it, whatever its domain; None for anybody else's.

    Letters may have been made small or large on the way. The comparison takes as long for every wrong proof.
    """
    found = _OURS.fullmatch(rfc_id.strip().lower())
    if found is None or not key:
        return None
    kind, conversation, message, nonce, proof = found.groups()
    if not hmac.compare_digest(proof, _proof(f"{kind}.{conversation}.{message}", nonce, key)):
        return None
    return OurId(kind, int(conversation), int(message))


def _proof(said: str, nonce: str, key: str) -> str:
    return hmac.new(bytes.fromhex(key), f"{said}.{nonce}".encode(), hashlib.sha256).hexdigest()[:_PROOF]
