"""How names, e-mail addresses, phones and postcodes are tidied to be kept, and folded to be compared."""

import re

from backoffice.core.text import fold, fold_letters, one_line

LONGEST_NAME = 200
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets
LONGEST_PHONE = 40

_USUAL = re.compile(r"[\w.+-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*)\.)+[a-z]{2,}", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}@[^@\s\"(),:;<>\[\]\\]{1,253}")


def tidy_name(text: str) -> str:
    """A person's or firm's name on one line, cut to 200 letters: no breaks, no direction tricks."""
    return one_line(text[: 20 * LONGEST_NAME])[:LONGEST_NAME].rstrip()


def tidy_email(text: str) -> str:
    """An e-mail address as it is kept, in lower case; "" where the text is none.

    Stricter than RFC 5321: no quoted local parts, no comments, no address literals; no shop's customer has them.
    """
    if len(text) <= LONGEST_EMAIL and _USUAL.fullmatch(text):
        return text.lower()
    tidied = one_line(text[: 2 * LONGEST_EMAIL]).strip("'").lower()  # some exports put an apostrophe before it
    fits = len(text) <= 2 * LONGEST_EMAIL and len(tidied) <= LONGEST_EMAIL and _EMAIL.fullmatch(tidied)
    domain = tidied.rpartition("@")[2]
    return tidied if fits and ".." not in domain and not domain.startswith((".", "-")) else ""


def tidy_phone(text: str) -> str:
    """A phone number as written, without a spreadsheet's apostrophe; "" where it holds no digit."""
    tidied = one_line(text[: 4 * LONGEST_PHONE]).lstrip("'")[:LONGEST_PHONE].strip()
    return tidied if any(sign.isdigit() for sign in tidied) else ""


def phone_key(number: str) -> str:
    """Only the digits: "+34 600 11 22 33" and "0034-600112233" end alike."""
    return "".join(sign for sign in number if sign.isdigit())


def name_key(name: str, company: str = "") -> str:
    """For sorting and for proposing the same person: the folded name, or the company's where there is none."""
    return tidied_key(tidy_name(name), tidy_name(company))


def tidied_key(name: str, company: str) -> str:
    """As name_key, of a name and a company that are tidied already."""
    return fold(name or company)[:80]


def postcode_key(postcode: str) -> str:
    """For proposing the same person: "SW1A 1AA" and "sw1a1aa" are one."""
    return fold_letters(one_line(postcode[:100]))[:20]
