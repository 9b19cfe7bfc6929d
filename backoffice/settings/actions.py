"""Changes to the settings, and the giving out of numbers."""

import re
import secrets
import zoneinfo
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from babel.numbers import list_currencies
from sqlmodel import Session

from backoffice.core.calendar import BusinessCalendar, local_day
from backoffice.core.document import RoundingPer
from backoffice.core.errors import Refused
from backoffice.core.language import Language, mark
from backoffice.core.money import Rounding
from backoffice.core.postal import is_country
from backoffice.core.text import one_line
from backoffice.settings.delivery import check_rules
from backoffice.settings.model import Carrier, DeliveryOption, NumberSeries, ShopProfile
from backoffice.settings.queries import (
    Series,
    carriers,
    delivery_options,
    earlier_name,
    earlier_series,
    series_named,
    series_now,
    written,
)
from backoffice.settings.queries import profile as profile_now
from backoffice.settings.rates import is_tax_rate
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of
from backoffice.store.unit_of_work import UnitOfWork

LANGUAGES = ("en", "es")
USUAL_DELIVERY = mark("Standard")
"""What a new shop's one way to deliver is called, in the shop's language."""
SERIES = {"order": "", "shipment": "S-"}
_N = table_of(NumberSeries).c
_TAKE = Prepared(
    sa.update(NumberSeries)
    .where(_N.id == sa.bindparam("series"), _N.next == sa.bindparam("was"))
    .values(next=sa.bindparam("new_next"), year=sa.bindparam("new_year"))
)
_NO_MONEY = frozenset({"XXX", "XTS"})
"""ISO 4217: "no currency" and "for tests"."""
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def new_profile(*, name: str, currency: str, country: str, zone: str, language: str) -> ShopProfile:
    """A checked profile for a new shop, not yet in any database.

    Refuses `settings.no-name`, `settings.unknown-currency`, `settings.unknown-country`, `settings.unknown-zone`,
    `settings.unknown-language`.
    """
    profile = ShopProfile(
        name=one_line(name), currency=currency.upper(), country=country.upper(), zone=zone, language=language
    )
    _check(profile)
    profile.identity = secrets.token_hex(16)
    return profile


def begin(work: UnitOfWork, profile: ShopProfile) -> None:
    """Puts profile, number series and one usual way to deliver into an empty shop file."""
    work.add(profile)
    for name, prefix in SERIES.items():
        work.add(NumberSeries(name=name, prefix=prefix, width=4 if prefix else 5))
    work.add(DeliveryOption(code="standard", name=Language(profile.language).words(USUAL_DELIVERY)))
    work.record("shop.created", name=profile.name)


def change_profile(work: UnitOfWork, **values: Any) -> None:
    """Changes the named fields of the profile.

    Refuses what `new_profile` refuses, `settings.currency-fixed`, `settings.bad-calendar`, `settings.bad-cut-off`,
    `settings.bad-rate`, `settings.bad-rounding`, `settings.bad-customs` and `settings.bad-age`.
    """
    profile = work.get(ShopProfile, 1)
    if unknown := set(values) - (set(ShopProfile.model_fields) - {"id", "identity"}):
        raise ValueError(unknown)
    if values.get("currency", profile.currency) != profile.currency:
        raise Refused("settings.currency-fixed", currency=profile.currency)
    if "name" in values:
        values["name"] = one_line(values["name"])
    _check(ShopProfile(**(profile.model_dump() | values)))
    changed = sorted(name for name, value in values.items() if getattr(profile, name) != value)
    for name in changed:
        setattr(profile, name, values[name])
    work.session.flush()
    if changed:
        work.record("shop.changed", fields=changed)


def save_carrier(work: UnitOfWork, *, carrier_id: int | None = None, **values: Any) -> int:
    """Adds a carrier or changes one; its id.

    Refuses `settings.no-name`, `settings.name-taken`, `settings.bad-tracking-url`.
    """
    carrier = work.get(Carrier, carrier_id) if carrier_id else Carrier(name="")
    wanted = Carrier(**(carrier.model_dump() | values))
    wanted.name = values["name"] = wanted.name.strip()
    if not wanted.name:
        raise Refused("settings.no-name")
    others = {other.name.casefold() for other in carriers(work.session) if other.id != carrier_id}
    if wanted.name.casefold() in others:
        raise Refused("settings.name-taken", name=wanted.name)
    url = wanted.tracking_url
    if url and (not url.startswith(("https://", "http://")) or url.count("{tracking}") != 1):
        raise Refused("settings.bad-tracking-url", url=url)
    return _save(work, carrier, values)


def save_delivery_option(work: UnitOfWork, *, option_id: int | None = None, **values: Any) -> int:
    """Adds a delivery option or changes one; its id.

    Refuses `settings.no-name`, `settings.name-taken` for its code, `settings.bad-days`, `settings.unknown` for a
    carrier that is not there, and `settings.bad-price-rule` with the rule's place.
    """
    option = work.get(DeliveryOption, option_id) if option_id else DeliveryOption(code="", name="")
    wanted = DeliveryOption(**(option.model_dump() | values))
    if not wanted.name.strip():
        raise Refused("settings.no-name")
    values["code"] = wanted.code.strip() or wanted.name.strip().casefold().replace(" ", "-")
    if any(other.code == values["code"] and other.id != option_id for other in delivery_options(work.session)):
        raise Refused("settings.name-taken", name=values["code"])
    if not (0 <= wanted.lead_days <= 365 and 0 <= wanted.transit_days_min <= wanted.transit_days_max <= 365):
        raise Refused("settings.bad-days")
    if wanted.carrier_id is not None:
        work.get(Carrier, wanted.carrier_id)
    check_rules(wanted.price_rules, currency=work.get(ShopProfile, 1).currency)
    return _save(work, option, values)


def change_series(work: UnitOfWork, name: str, *, prefix: str, following: int, width: int, yearly: bool) -> None:
    """Changes how a number series is written and which number comes next.

    Refuses `settings.bad-series`, and `settings.number-used` where a number would be given twice, also by a prefix
    that the series had before.
    """
    series = series_named(work.session, name)
    plain = prefix.isascii() and prefix.isprintable() and len(prefix) <= 12  # it is printed as a barcode
    if not plain or not 1 <= width <= 12 or not 1 <= following < 10**12:
        raise Refused("settings.bad-series")
    year = _year(work)
    if (prefix, yearly) == (series.prefix, series.yearly):
        known = NumberSeries(name="", prefix=prefix, next=series.next, width=width, yearly=yearly, year=series.year)
    else:
        known = earlier_series(work.session, name, prefix=prefix, yearly=yearly) or NumberSeries(name="")
        _keep_series(work, series)
    begun = not yearly or (known.year or 0) >= year
    if begun and following < known.next:
        raise Refused("settings.number-used", number=written(known, known.next - 1, year=known.year))
    series.prefix, series.next, series.width, series.yearly = prefix, following, width, yearly
    series.year = max(year, known.year or 0) if yearly else None
    work.session.flush()
    work.record("shop.changed", fields=[f"{name} numbers"])


def take_number(work: UnitOfWork, name: str) -> str:
    """The next number of the series, given once; the gap of a rolled-back transaction is taken back with it."""
    return _take(work.session, series_now(work.session, name), 1, year=lambda: _year(work))[0]


def take_numbers(session: Session, name: str, count: int, *, year: int) -> list[str]:
    """`count` numbers in a row of the series. A yearly one begins anew with the year, and never goes back to one."""
    return _take(session, series_now(session, name), count, year=lambda: year)


def _take(session: Session, series: Series, count: int, *, year: Callable[[], int]) -> list[str]:
    now, first = series.year, series.next
    if series.yearly and (today := year()) > (now or 0):
        now, first = today, 1
    taken = _TAKE.run(session, series=series.id, was=series.next, new_next=first + count, new_year=now)
    assert taken == 1  # the write lock is ours
    return [written(series, number, year=now) for number in range(first, first + count)]


def _save(work: UnitOfWork, entity: Carrier | DeliveryOption, values: dict[str, Any]) -> int:
    for name, value in values.items():
        setattr(entity, name, value)
    return int(work.add(entity).id or 0)


def _year(work: UnitOfWork) -> int:
    return local_day(work.now, profile_now(work.session).zone).year


def _keep_series(work: UnitOfWork, series: NumberSeries) -> None:
    """Remembers how far the series got under the prefix it gives up."""
    old = earlier_series(work.session, series.name, prefix=series.prefix, yearly=series.yearly)
    old = old or NumberSeries(name=earlier_name(series.name, series.prefix, yearly=series.yearly))
    old.prefix, old.width, old.yearly = series.prefix, series.width, series.yearly
    old.next, old.year = series.next, series.year
    work.add(old)


def _check(profile: ShopProfile) -> None:
    if not profile.name.strip():
        raise Refused("settings.no-name")
    if profile.currency not in list_currencies() or profile.currency in _NO_MONEY:
        raise Refused("settings.unknown-currency", currency=profile.currency)
    if not is_country(profile.country):
        raise Refused("settings.unknown-country", country=profile.country)
    if profile.zone not in zoneinfo.available_timezones():
        raise Refused("settings.unknown-zone", zone=profile.zone)
    if profile.language not in LANGUAGES:
        raise Refused("settings.unknown-language", language=profile.language)
    if not _CLOCK.fullmatch(profile.cut_off):
        raise Refused("settings.bad-cut-off", time=profile.cut_off[:20])
    if not is_tax_rate(profile.default_tax_rate):
        raise Refused("settings.bad-rate", rate=profile.default_tax_rate[:20])
    if profile.purge_after_months and not 6 <= profile.purge_after_months <= 600:
        raise Refused("settings.bad-age", months=profile.purge_after_months)
    if profile.customs_small is not None and profile.customs_small < 0:
        raise Refused("settings.bad-customs")
    if profile.rounding not in set(Rounding) or profile.rounding_scope not in set(RoundingPer):
        raise Refused("settings.bad-rounding")
    if profile.calendar:
        try:
            BusinessCalendar.from_json(profile.calendar)
        except ValueError:
            raise Refused("settings.bad-calendar") from None
