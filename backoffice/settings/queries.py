"""What the settings say, as frozen rows."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from backoffice.core.calendar import BusinessCalendar
from backoffice.core.errors import Refused
from backoffice.core.money import Rounding
from backoffice.core.postal import PostalAddress
from backoffice.core.text import fold
from backoffice.settings.model import Carrier, DeliveryOption, NumberSeries, ShopProfile
from backoffice.store.prepared import Prepared
from backoffice.store.rows import table_of

Row = TypeVar("Row", "CarrierRow", "DeliveryRow")

_EARLIER = "\n"


@dataclass(frozen=True)
class Profile:
    """The shop's profile as everybody else reads it."""

    name: str
    legal_name: str
    email: str
    phone: str
    website: str
    tax_id: str
    street: str
    city: str
    postcode: str
    region: str
    country: str
    currency: str
    zone: str
    language: str
    logo: bytes | None
    calendar: str
    cut_off: str
    prices_include_tax: bool
    default_tax_rate: str
    rounding: str
    rounding_scope: str
    label_stock: str
    paper: str
    slip_shows_prices: bool
    slip_message: str
    return_note: str
    customs_small: int | None
    backup_folder: str
    purge_after_months: int
    identity: str

    @property
    def hours(self) -> BusinessCalendar:
        """When the shop works, in its zone."""
        return _hours(self.calendar, self.zone)

    @property
    def cut_off_time(self) -> time:
        """Until when an order counts as today's, in the shop's zone."""
        return time.fromisoformat(self.cut_off)

    @property
    def address(self) -> PostalAddress:
        """Where the shop is: the sender."""
        return PostalAddress(
            name=self.legal_name or self.name,
            street=self.street,
            city=self.city,
            postcode=self.postcode,
            region=self.region,
            country=self.country,
        )

    @property
    def tax_rate(self) -> Decimal:
        """The usual rate as a fraction."""
        return Decimal(self.default_tax_rate)

    @property
    def rounding_mode(self) -> Rounding:
        """How half a minor unit is rounded."""
        return Rounding(self.rounding)


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """A carrier; `link(tracking)` is where the customer follows the parcel."""

    id: int
    name: str
    tracking_url: str
    handoff: str
    active: bool


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One way to deliver."""

    id: int
    code: str
    name: str
    lead_days: int
    transit_days_min: int
    transit_days_max: int
    carrier_id: int | None
    price_rules: list[dict[str, Any]]
    aliases: list[str]
    active: bool


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A number series; `shown` is its next number as it will be printed."""

    id: int
    name: str
    prefix: str
    next: int
    width: int
    yearly: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Series:
    """A number series: `next` is the next number to be given."""

    id: int
    prefix: str
    next: int
    width: int
    yearly: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Promise:
    """When a parcel leaves and when it should be there, as days of the shop's zone."""

    dispatch: date
    delivery: date


def usual_hours(zone: str) -> BusinessCalendar:
    """Monday to Friday, nine to five: what a new shop starts with."""
    day = ((time(9), time(17)),)
    return BusinessCalendar(zone=zone, week=(day, day, day, day, day, (), ()), holidays=frozenset())


@lru_cache(maxsize=8)
def _hours(calendar: str, zone: str) -> BusinessCalendar:
    """The calendar remembers the days it was asked for: as long as the settings stay, so does it."""
    kept = BusinessCalendar.from_json(calendar) if calendar else usual_hours(zone)
    return kept if kept.zone == zone else replace(kept, zone=zone)


_PROFILE = Prepared(sa.select(*(table_of(ShopProfile).c[field.name] for field in fields(Profile))))
_OPTIONS = Prepared(
    sa.select(*(table_of(DeliveryOption).c[field.name] for field in fields(DeliveryRow))).order_by(
        table_of(DeliveryOption).c.id
    )
)


_N = table_of(NumberSeries).c
_SERIES = Prepared(
    sa.select(*(_N[field.name] for field in fields(Series))).where(_N.name == sa.bindparam("name", type_=sa.String))
)


def profile(session: Session) -> Profile:
    """The shop's profile. Refuses `settings.no-profile` in a file that never got one."""
    found = _PROFILE.one(session)
    if found is None:
        raise Refused("settings.no-profile")
    return Profile(*found)


def carriers(session: Session, *, active_only: bool = False) -> list[CarrierRow]:
    """All carriers by name."""
    found = select(Carrier).order_by(col(Carrier.name))
    if active_only:
        found = found.where(col(Carrier.active))
    return [_row(CarrierRow, carrier) for carrier in session.exec(found)]


def delivery_options(session: Session, *, active_only: bool = False) -> list[DeliveryRow]:
    """All delivery options in the order they were made."""
    found = [DeliveryRow(*row) for row in _OPTIONS.all(session)]
    return [option for option in found if option.active] if active_only else found


def tracking_link(pattern: str, tracking: str) -> str:
    """Where a customer follows a parcel; empty without a pattern or a number."""
    return pattern.replace("{tracking}", quote(tracking, safe="")) if pattern and tracking else ""


def number_series(session: Session) -> dict[str, str]:
    """The next number of each series, as it will be printed."""
    found = session.exec(select(NumberSeries).where(~col(NumberSeries.name).contains(_EARLIER)))
    return {series.name: shown(series, year=series.year) for series in found}


def series_rows(session: Session) -> list[SeriesRow]:
    """The series in use, in the order they were made; those kept of a former prefix are left out."""
    found = session.exec(select(NumberSeries).order_by(col(NumberSeries.id)))
    return [
        SeriesRow(one.id or 0, one.name, one.prefix, one.next, one.width, one.yearly, shown(one, year=one.year))
        for one in found
        if one.name.isalpha()
    ]


def earlier_name(name: str, prefix: str, *, yearly: bool) -> str:
    """Under which name a series remembers how far it got with a prefix that it no longer has."""
    return _EARLIER.join((name, prefix, "yearly" if yearly else ""))


def earlier_series(session: Session, name: str, *, prefix: str, yearly: bool) -> NumberSeries | None:
    """How far a series got with a prefix that it no longer has; None where it never had it."""
    wanted = earlier_name(name, prefix, yearly=yearly)
    return session.exec(select(NumberSeries).where(NumberSeries.name == wanted)).one_or_none()


def series_named(session: Session, name: str) -> NumberSeries:
    """The series itself, as it now is, for the action that changes it. Refuses `settings.unknown`."""
    wanted = select(NumberSeries).where(NumberSeries.name == name).execution_options(populate_existing=True)
    found = session.exec(wanted).one_or_none()
    if found is None:
        raise Refused("settings.unknown", name=name)
    return found


def series_now(session: Session, name: str) -> Series:
    """How far the series is, for the actions that give numbers. Refuses `settings.unknown`."""
    found = _SERIES.one(session, name=name)
    if found is None:
        raise Refused("settings.unknown", name=name)
    return Series(*found)


def written(series: Series | NumberSeries, number: int, *, year: int | None) -> str:
    """A number of a series as it is written: prefix, year if yearly, digits."""
    middle = f"{year}-" if series.yearly and year else ""
    return f"{series.prefix}{middle}{number:0{series.width}d}"


def shown(series: NumberSeries, *, year: int | None) -> str:
    """A series' next number as it is written."""
    return written(series, series.next, year=year)


def option_named(options: list[DeliveryRow], name: str) -> DeliveryRow | None:
    """The option a channel means by `name`, by code, name or alias, without case and accents; else none."""
    wanted = fold(name.strip())
    for option in options:
        if wanted and wanted in map(fold, (option.code, option.name, *option.aliases)):
            return option
    return None


def promise(
    shop: Profile,
    option: DeliveryRow | None,
    placed_at: datetime,
    *,
    extra_days: int = 0,
    ship_by: date | None = None,
) -> Promise:
    """What may honestly be promised for an order placed then.

    An order after the cut-off, or on a day without business, counts as of the next business day; the option's lead
    time and `extra_days` are business days on top, its longest transit gives the delivery. A marketplace's own
    `ship_by` wins.
    """
    lead, transit = (option.lead_days, option.transit_days_max) if option else (1, 4)
    hours = shop.hours
    local = placed_at.astimezone(ZoneInfo(shop.zone))
    day = local.date()
    if local.time() >= shop.cut_off_time:
        day += timedelta(days=1)
    while not hours.is_business_day(day):
        day += timedelta(days=1)
    dispatch = ship_by or hours.add_days(day, lead + extra_days)
    return Promise(dispatch=dispatch, delivery=hours.add_days(dispatch, transit))


def _row(kind: type[Row], entity: object) -> Row:
    return kind(**{field.name: getattr(entity, field.name) for field in fields(kind)})
