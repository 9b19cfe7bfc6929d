"""Who is named in From, To, Cc and Reply-To: names and addresses out of whatever was written there, in linear time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from backoffice.mail.reading.headers import Headers, text

MOST = 1_000
"""Mailboxes of one field that are read."""
_LONGEST_ADDRESS = 320
_PLAIN = re.compile(r'\s*(?:"?([^"\\<>()\[\]:;,@]*)"?\s*<\s*)?([^\s"\\<>()\[\]:;,@]+@[^\s"\\<>()\[\]:;,@]+)\s*>?\s*')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|<[^<>]*>|[(),;:<]|[^"\\(),;:<]+|["\\]', re.DOTALL)
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_BARE = re.compile(r"[^\s<>\"'(),;:]{1,128}@[^\s<>\"'(),;:]{1,256}")


class Mailbox(NamedTuple):
    """One person as a header names them; the address in lower case, "" where there is none."""

    name: str
    address: str


def mailboxes(headers: Headers, name: str) -> tuple[Mailbox, ...]:
    """The mailboxes of every field of that name (lower case), groups opened up; at most 1,000."""
    found: list[Mailbox] = []
    for value in headers.all(name):
        simple = _PLAIN.fullmatch(value)
        if simple:
            found.append(Mailbox(_name([simple[1] or ""]), _address(simple[2])))
        else:
            found.extend(_each(value))
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def _each(value: str) -> Iterator[Mailbox]:
    phrase: list[str] = []
    angle, comment, depth = "", "", 0
    for token in [*_TOKEN.findall(value), ","]:
        if token == "(" or depth:
            depth += (token == "(") - (token == ")")
            comment += token if depth and token != "(" else ""
            if token == "," and not value:
                break
        elif token in ",;":
            if angle or phrase:
                yield _mailbox(phrase, angle, comment)
            phrase, angle, comment = [], "", ""
        elif token == ":":
            phrase = []  # the name of a group
        elif token[0] == "<" and "@" in token and not angle:
            angle = token[1:-1]
        else:
            phrase.append(token)
    if angle or phrase:  # a comment never closed
        yield _mailbox(phrase, angle, comment)


def _mailbox(phrase: list[str], angle: str, comment: str) -> Mailbox:
    if angle:
        return Mailbox(_name(phrase) or text(comment), _address(angle))
    written = "".join(phrase)
    bare = _BARE.search(written)
    if bare is None:
        return Mailbox(_name(phrase), "")
    return Mailbox(text(comment) or text(written.replace(bare[0], " ").strip(" \"'<>")), _address(bare[0]))


def _name(phrase: list[str]) -> str:
    """Quotes off, encoded words decoded even inside quotes, where many programs put them."""
    words = [_PAIR.sub(r"\1", each[1:-1]) if len(each) > 1 and each[0] == '"' else each for each in phrase]
    return text("".join(words)).strip("'<> ")


def _address(written: str) -> str:
    """The address alone, in lower case; a route before it (RFC 5322, 4.4) goes. "" for what is none."""
    if written.startswith("@") and ":" in written:
        written = written.rpartition(":")[2]
    found = "".join(text(written).lower().removeprefix("mailto:").split()).strip("<>'.,;")
    local, _, domain = found.rpartition("@")
    return found if local and domain and len(found) <= _LONGEST_ADDRESS else ""
