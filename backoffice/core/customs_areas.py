"""Customs and tax areas: between two of them a parcel needs a declaration, also inside one country.

Sources: Regulation (EU) 952/2013 (Union Customs Code), articles 1(3) and 4: what belongs to the customs territory, and
that goods to its special fiscal territories are declared too; Directive 2006/112/EC, article 6: those territories;
Directive (EU) 2019/475: Campione inside the customs territory since 2020, still outside the tax one; Windsor Framework
(Protocol on Ireland/Northern Ireland, articles 5 and 8): Northern Ireland trades in goods as inside the Union. The
United Kingdom and the Isle of Man are one area (Customs and Excise Agreement 1979), Switzerland, Liechtenstein and
Büsingen another (treaties of 1923 and 1964).
"""

EU = "EU"
_UNION = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"}
    | {"MC", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)
_JOINED = {"IM": "GB", "LI": "CH", "EL": EU, "IC": "canaries"}

# Country and the beginning of a postcode → area. The longest beginning counts. A name in small letters is an area of
# its own; capitals are a country or an area others belong to as well.
_WITHIN = {
    "ES": {"35": "canaries", "38": "canaries", "51": "ceuta", "52": "melilla"},
    "FI": {"22": "AX"},
    "IT": {"23041": "livigno", "22061": "campione"},
    "DE": {"27498": "helgoland", "78266": "CH"},
    "GR": {"63086": "athos", "63087": "athos"},
    "FR": {
        **{"971": "GP", "97133": "BL", "97150": "MF", "972": "MQ", "973": "GF", "974": "RE", "975": "PM"},
        **{"976": "YT", "977": "BL", "978": "MF", "984": "TF", "986": "WF", "987": "PF", "988": "NC"},
    },
    "GB": {"BT": "northern-ireland", "JE": "JE", "GY": "GG", "IM": "GB"},
}
_AS_ONE = frozenset({frozenset({"northern-ireland", EU}), frozenset({"northern-ireland", "GB"})})


def area(country: str, postcode: str = "") -> str:
    """The area of a place, by its ISO 3166 code and postcode as people write it; "" for no country."""
    country = country.strip().upper()
    within = _WITHIN.get(country)
    if within is not None:
        wanted = str.isalnum if country == "GB" else str.isdigit  # "D-78266" and "630 86" are written too
        written = "".join(filter(wanted, postcode.upper()))
        for length in (5, 3, 2):
            if written[:length] in within:
                return within[written[:length]]
    return EU if country in _UNION else _JOINED.get(country, country)


def needs_declaration(home: tuple[str, str], to: tuple[str, str]) -> bool:
    """Whether a parcel between two places, each (country, postcode), needs customs papers; no country needs none."""
    here, there = area(*home), area(*to)
    return bool(there) and here != there and frozenset({here, there}) not in _AS_ONE
