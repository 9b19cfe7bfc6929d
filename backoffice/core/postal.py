"""Postal addresses, and how the country they lie in writes them."""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from backoffice.core.postal_rules import CountryRules, is_latin, rules_of
from backoffice.core.text import fold, fold_letters, lines_of, one_line

_NO_COUNTRY = "%N%n%O%n%A%n%Z %C%n%S"
_PART = re.compile(r"%[A-Z]|[^%]+")
_PLACE = re.compile("%[A-Za-z]")
_FORMAL = re.compile(r"SAR|[-(] ?")  # CLDR's political or explaining names: "Hong Kong SAR China"
_SAME_COUNTRY_PREFIX = re.compile(r"^(?:SE|FI|AX|HR|SI|MD|MC)-(?=%Z)")
_FIELDS = {"A": "street", "C": "city", "S": "region", "Z": "postcode"}
_NAMED_IN = ("en", "es", "de", "fr", "it", "pt")
_ALSO = {
    "GB": "uk greatbritain england scotland wales northernireland",
    "US": "usa unitedstatesofamerica",
    "IE": "eire republicofireland",
    "NL": "holland thenetherlands",
    "HK": "hongkong",
    "MO": "macao macau",
    "KR": "korea republicofkorea",
    "CZ": "czechrepublic",
    "TR": "turkey",
    "RU": "russianfederation",
    "ZA": "rsa",
}
_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # CLDR names these too


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as somebody wrote it; street may hold several lines, country is an ISO 3166 alpha-2 code."""

    name: str = ""
    company: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""

    def lines(self, *, sender_country: str = "") -> list[str]:
        """The address as the country of destination writes it, one line each, nothing cut.

        The country comes last, in English capitals, unless the sender is there too. A region left out is
        filled in where the postcode tells it and the post wants it. Control characters, direction overrides
        and breaks inside a field are gone.
        """
        country = _country(self.country)
        rules = rules_of(country)
        at_home = bool(country) and country == _country(sender_country)
        written = self._written(rules)
        form = _NO_COUNTRY
        if rules is not None:
            latin = is_latin("".join(written[part] for part in "NOAC"))
            form = rules.latin_format if latin else rules.format
            written["S"] = _region(rules, written, latin)
            _drop_repeats(form, written)
            for part in rules.capitals:
                written[part] = written.get(part, "").upper()
        lines: list[str] = []
        for line in form.split("%n"):
            lines += _filled(_SAME_COUNTRY_PREFIX.sub("", line) if at_home else line, written).split("\n")
        if country and not at_home:
            lines.append(_country_line(country, rules))
        return [line for line in lines if line]

    def missing(self) -> list[str]:
        """The fields that the destination requires and that are empty or malformed, by their names here.

        Somebody's name or a company is always required; so is a country that exists.
        """
        rules = rules_of(_country(self.country))
        written = self._written(rules)
        required = rules.required if rules else frozenset("AC")
        lacking = [] if written["N"] or written["O"] else ["name"]
        if rules is not None:
            needed = "S" in required and not written["S"]
            if needed and (rules.region(written["C"]) or rules.region_of_postcode(written["Z"])):
                required -= {"S"}
            if written["Z"] and not rules.is_postcode(written["Z"]):
                required, written["Z"] = required | {"Z"}, ""
        lacking += [_FIELDS[part] for part in "ACSZ" if part in required and not written[part]]
        return lacking if rules else [*lacking, "country"]

    def key(self) -> str:
        """The same text for two writings of one address: case, accents, blanks and punctuation do not count."""
        country = _country(self.country)
        rules = rules_of(country)
        written = self._written(rules)
        if written["Z"]:
            written["S"] = ""  # the postcode tells it, and people write it in many ways
        elif rules is not None and (region := rules.region(written["S"])):
            written["S"] = region.key
        return "|".join([fold_letters(country), *(fold_letters(written[part]) for part in "ZSCAON")])

    def _written(self, rules: CountryRules | None) -> dict[str, str]:
        """The cleaned fields by the letter they have in a format."""
        postcode = one_line(self.postcode)
        return {
            "N": one_line(self.name),
            "O": one_line(self.company),
            "A": "\n".join(lines_of(self.street)),
            "C": one_line(self.city),
            "S": one_line(self.region),
            "Z": _tidy_postcode(rules.code, postcode) if rules else postcode,
        }


@lru_cache(maxsize=10_000)
def _tidy_postcode(country: str, postcode: str) -> str:
    """As the country's rules have it; few postcodes stand in very many addresses."""
    rules = rules_of(country)
    return rules.tidy_postcode(postcode) if rules else postcode


def is_country(code: str) -> bool:
    """Whether this is a country's code (ISO 3166-1 alpha-2): no union, no unknown and no pretended place."""
    return len(code) == 2 and code not in _NO_COUNTRIES and code in Locale.parse("en").territories


def country_code(text: str) -> str:
    """The ISO 3166 code of a country named in a file, by code or by its name in English, Spanish and four more.

    "" where nobody knows it.
    """
    written = one_line(text[:100])
    if rules_of(written.upper()):
        return written.upper()
    return _country_names().get(fold_letters(written), "")


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {name: code for code, known in _ALSO.items() for name in known.split()}
    for language in _NAMED_IN:
        for code, name in Locale.parse(language).territories.items():
            if code.isalpha() and code not in _NO_COUNTRIES:
                names.setdefault(fold_letters(name), code)
    return names


def _country(text: str) -> str:
    return one_line(text).upper()


def _country_line(country: str, rules: CountryRules | None) -> str:
    """The country in English capitals: CLDR's current name, the posts' own where that is no plain name."""
    name = str(Locale.parse("en").territories.get(country, country)).upper().replace("&", "AND")
    return rules.name.upper() if rules and rules.name and _FORMAL.search(name) else name


def _region(rules: CountryRules, written: dict[str, str], latin: bool) -> str:
    """The region as the destination writes it; as it came, where the destination does not know it."""
    typed = written["S"]
    if "%S" not in rules.format:
        return typed if not written["C"] else ""
    found = rules.region(typed) if typed else None
    if not typed and "S" in rules.required:
        found = rules.region_of_postcode(written["Z"])
    return rules.written(found, latin=latin) if found else typed


def _drop_repeats(form: str, written: dict[str, str]) -> None:
    """No region that repeats the city, no city the format itself names, no postcode of zeros where there are none."""
    if "%S" not in form and written["S"]:
        written["C"], written["S"] = written["S"], ""
    if fold(written["C"]) == fold(written["S"]):
        written["S"] = ""
    if written["C"].upper() in (part.strip() for part in _PLACE.split(form)):
        written["C"] = ""
    if not written["Z"].strip("0- "):
        written["Z"] = ""


def _filled(form: str, written: dict[str, str]) -> str:
    """One line of a format with its fields; what parts two fields goes where one of them is empty."""
    line = between = ""
    empty = True
    for part in _PART.findall(form):
        if not part.startswith("%"):
            between = part
            continue
        empty = False
        if value := written.get(part[1], ""):
            line += between + value
        between = ""
    return (form if empty else line).strip()
