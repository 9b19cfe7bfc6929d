"""What every document shares: the shop's letterhead, its paper, and the language each customer reads."""

from collections.abc import Iterable
from datetime import date, datetime

from backoffice.core.calendar import local_day
from backoffice.core.language import Language
from backoffice.settings.actions import LANGUAGES
from backoffice.settings.queries import Profile
from backoffice.shipping.documents.content import Letterhead
from backoffice.shipping.documents.stock import A4, LETTER

SPANISH = frozenset(
    {"ES", "MX", "AR", "CO", "CL", "PE", "VE", "EC", "GT", "CU", "BO", "DO", "HN", "PY", "SV", "NI", "CR", "PA", "UY"}
)
ENGLISH = frozenset({"GB", "IE", "US", "AU", "NZ", "MT"})


def letterhead(shop: Profile) -> Letterhead:
    """The shop as it shows itself on paper."""
    return Letterhead(
        name=shop.name,
        address=shop.address,
        logo=shop.logo or b"",
        email=shop.email,
        phone=shop.phone,
        website=shop.website,
        tax_number=shop.tax_id,
    )


def paper_size(shop: Profile) -> tuple[float, float]:
    """A4 or Letter, in millimetres."""
    return LETTER if shop.paper.casefold() == "letter" else A4


def language_for(spoken: str, country: str, shop: Profile) -> Language:
    """What a customer reads: the language known of them, else their country's, else the shop's.

    Only languages the program speaks count; `spoken` is a code such as "es" or "es_MX", "" where not known.
    """
    base = spoken.replace("-", "_").split("_")[0].casefold()
    if base in LANGUAGES:
        return Language(base)
    if country.upper() in SPANISH:
        return Language("es")
    return Language("en" if country.upper() in ENGLISH else shop.language)


def day_of(moments: Iterable[datetime], shop: Profile) -> date:
    """The day a document is of: that of the newest thing in it, so that printing it again gives the same file."""
    return local_day(max(moments), shop.zone)
