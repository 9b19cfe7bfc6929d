"""Changes to the settings, and the giving out of numbers."""

import secrets
import zoneinfo
from typing import Any

from babel.core import Locale
from babel.numbers import list_currencies
from sqlmodel import Session

from backoffice.core.errors import Refused
from backoffice.settings.delivery import check_rules
from backoffice.settings.model import Carrier, DeliveryOption, NumberSeries, ShopProfile
from backoffice.settings.queries import series_named, shown
from backoffice.store.unit_of_work import UnitOfWork

LANGUAGES = ("en", "es")
SERIES = {"order": "", "shipment": "S-"}


def new_profile(*, name: str, currency: str, country: str, zone: str, language: str) -> ShopProfile:
    """A checked profile for a new shop, not yet in any database.

    Refuses `settings.no-name`, `settings.unknown-currency`, `settings.unknown-country`, `settings.unknown-zone`,
    `settings.unknown-language`.
    """
    profile = ShopProfile(
        name=name.strip(), currency=currency.upper(), country=country.upper(), zone=zone, language=language
    )
    _check(profile)
    profile.identity = secrets.token_hex(16)
    return profile


def begin(work: UnitOfWork, profile: ShopProfile) -> None:
    """Puts profile, number series and one usual way to deliver into an empty shop file."""
    work.add(profile)
    for name, prefix in SERIES.items():
        work.add(NumberSeries(name=name, prefix=prefix, width=4 if prefix else 5))
    work.add(DeliveryOption(code="standard", name="Standard"))
    work.record("shop.created", name=profile.name)


def change_profile(work: UnitOfWork, **values: Any) -> None:
    """Changes the named fields of the profile.

    Refuses what `new_profile` refuses, and `settings.currency-fixed` once the shop has amounts in its currency.
    """
    profile = work.get(ShopProfile, 1)
    before = {name: getattr(profile, name) for name in values if name != "logo"}
    if values.get("currency", profile.currency) != profile.currency:
        raise Refused("settings.currency-fixed", currency=profile.currency)
    for name, value in values.items():
        if name not in ShopProfile.model_fields or name in ("id", "identity"):
            raise ValueError(name)
        setattr(profile, name, value)
    _check(profile)
    changed = {name: old for name, old in before.items() if getattr(profile, name) != old}
    if changed or "logo" in values:
        work.record("shop.changed", fields=sorted({*changed, *({"logo"} & set(values))}))


def save_carrier(work: UnitOfWork, *, carrier_id: int | None = None, **values: Any) -> int:
    """Adds a carrier or changes one; its id. Refuses `settings.no-name`, `settings.bad-tracking-url`."""
    carrier = work.get(Carrier, carrier_id) if carrier_id else Carrier(name="")
    for name, value in values.items():
        setattr(carrier, name, value)
    if not carrier.name.strip():
        raise Refused("settings.no-name")
    url = carrier.tracking_url
    if url and (not url.startswith(("https://", "http://")) or url.count("{tracking}") != 1):
        raise Refused("settings.bad-tracking-url", url=url)
    return int(work.add(carrier).id or 0)


def save_delivery_option(work: UnitOfWork, *, option_id: int | None = None, **values: Any) -> int:
    """Adds a delivery option or changes one; its id.

    Refuses `settings.no-name`, `settings.bad-days`, and `settings.bad-price-rule` with the rule's place.
    """
    option = work.get(DeliveryOption, option_id) if option_id else DeliveryOption(code="", name="")
    for name, value in values.items():
        setattr(option, name, value)
    if not option.name.strip():
        raise Refused("settings.no-name")
    option.code = option.code.strip() or option.name.strip().casefold().replace(" ", "-")
    if not (0 <= option.lead_days <= 365 and 0 <= option.transit_days_min <= option.transit_days_max <= 365):
        raise Refused("settings.bad-days")
    check_rules(option.price_rules, currency=work.get(ShopProfile, 1).currency)
    return int(work.add(option).id or 0)


def change_series(work: UnitOfWork, name: str, *, prefix: str, following: int, width: int, yearly: bool) -> None:
    """Changes how a number series is written. Refuses `settings.number-used` where a number would be given twice."""
    series = series_named(work.session, name)
    if following < series.next and prefix == series.prefix:
        raise Refused("settings.number-used", number=shown(series, year=series.year))
    series.prefix, series.next, series.width, series.yearly = prefix, following, width, yearly


def take_number(work: UnitOfWork, name: str) -> str:
    """The next number of the series, given once; the gap of a rolled-back transaction is taken back with it."""
    return take_numbers(work.session, name, 1, year=work.now.year)[0]


def take_numbers(session: Session, name: str, count: int, *, year: int) -> list[str]:
    """`count` numbers in a row of the series."""
    series = series_named(session, name)
    if series.yearly and series.year != year:
        series.year, series.next = year, 1
    given = []
    for _ in range(count):
        given.append(shown(series, year=series.year))
        series.next += 1
    session.add(series)
    session.flush()
    return given


def _check(profile: ShopProfile) -> None:
    if not profile.name.strip():
        raise Refused("settings.no-name")
    if profile.currency not in list_currencies():
        raise Refused("settings.unknown-currency", currency=profile.currency)
    if len(profile.country) != 2 or profile.country not in Locale("en").territories:
        raise Refused("settings.unknown-country", country=profile.country)
    if profile.zone not in zoneinfo.available_timezones():
        raise Refused("settings.unknown-zone", zone=profile.zone)
    if profile.language not in LANGUAGES:
        raise Refused("settings.unknown-language", language=profile.language)
