"""How a customer is greeted: by a first name a person would use, or by none."""

import re

from backoffice.core.text import fold, one_line


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set("mr mrs ms miss mx dr dra sr sra srta don dona d da prof herr frau")
_FIRMS = _set("sl slu sa sau sc cb gmbh ltd limited llc inc plc bv srl spa sarl kg ag oy ab")
_FIRST_OF_TWO = _set("ana jose juan luis maria miguel francisco carlos jesus rosa victor pedro jean")
_SECOND_OF_TWO = _set(
    "alberto angel angeles antonio antonia belen carlos carmen cruz cristina david dolores elena enrique eugenia"
    " fernanda fernando francisco gabriel ignacio isabel javier jesus jose luis luisa luz manuel mar maria mercedes"
    " miguel pablo paul pierre pilar ramon rosa rosario soledad teresa victoria"
)
_LONGEST = 30
_NO_NAME = re.compile(r"[@\d_/\\<>{}=+*#]|https?:|www\.", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+")


def first_name(name: str, emails: tuple[str, ...] = ()) -> str:
    """The first name in a name as it was typed somewhere, tidied; "" where a greeting is better without one.

    "NÚÑEZ, ANA" is Ana, "maría josé ruiz" is María José, "J. Smith", "ana77", a firm, and what stands before the @ of
    one of the customer's addresses are nobody.
    """
    name = one_line(name)
    if not name or _NO_NAME.search(name) or is_firm(name) or is_local_part(name, emails):
        return ""
    last, comma, first = name.partition(",")
    words = [word for word in (first if comma else last).split() if _plain(word) not in _TITLES]
    if not words or len(_plain(words[0])) < 2 or words[0].endswith("."):
        return ""
    count = 2 if _are_one(words, enough=2 if comma else 3) else 1
    found = capitalised(" ".join(words[:count]).strip("\"'.,;:()"))
    return found if len(found) <= _LONGEST else ""


def full_name(name: str, emails: tuple[str, ...] = ()) -> str:
    """The whole name without shouting; "" where it is an address or what stands before its @."""
    name = one_line(name)
    if "@" in name or is_local_part(name, emails):
        return ""
    return capitalised(name) if not is_firm(name) else name


def capitalised(name: str) -> str:
    """ANA and ana become Ana, María-José and O'Brien too; McDonald stays, and so do scripts without capitals."""
    if not (name.isupper() or name.islower()):
        return name
    return _PARTS.sub(lambda part: part[0].capitalize(), name)


def is_firm(name: str) -> bool:
    """Whether the name ends as firms' names do."""
    words = name.split()
    return len(words) > 1 and _plain(words[-1]) in _FIRMS


def is_local_part(name: str, emails: tuple[str, ...]) -> bool:
    """Whether a form put what stands before the @ where the name belongs: "ana.nunez", but not "Ana"."""
    if name != name.lower() or name == name.upper():
        return False
    return fold(name) in {fold(email.partition("@")[0]) for email in emails}


def _are_one(words: list[str], *, enough: int) -> bool:
    return len(words) >= enough and _plain(words[0]) in _FIRST_OF_TWO and _plain(words[1]) in _SECOND_OF_TWO


def _plain(word: str) -> str:
    return fold(word).replace(".", "").replace("ª", "a").replace("º", "").strip("\"',;:()")
