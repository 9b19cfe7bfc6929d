"""Files for carriers' programs: which parcels go where. A plain one, and Royal Mail's Click & Drop."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from babel.core import get_global
from sqlmodel import Session

from backoffice.core.calendar import local_day
from backoffice.core.errors import Refused
from backoffice.core.money import Money, round_fraction
from backoffice.core.text import lines_of, one_line
from backoffice.settings.queries import Profile, profile
from backoffice.shipping.csv_files import write_csv
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.printing.problems import Problem, refusal
from backoffice.shipping.printing.queries.parcels import Parcel, parcels, siblings
from backoffice.shipping.queries import customs
from backoffice.shipping.queries import hand_off as queries
from backoffice.shipping.queries.customs import Goods
from backoffice.store.unit_of_work import Store

_OBSOLETE = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}
_ALPHA3 = {
    codes[0]: alias
    for alias, codes in get_global("territory_aliases").items()
    if len(alias) == 3 and alias.isalpha() and alias not in _OBSOLETE and len(codes) == 1
}
SMALL, LARGEST = 2_000, 20_000
"""Grams of a small parcel and of the largest one inside the United Kingdom."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A parcel as a carrier's file tells of it: `goods` is one line where each has a row, `value` what all is worth."""

    parcel: Parcel
    shop: Profile
    placed_on: date
    email: str
    phone: str
    shipping: Money
    value: Money
    contents: tuple[Goods, ...]
    goods: Goods | None = None

    @property
    def street(self) -> list[str]:
        """The street in three lines at most, nothing left out."""
        lines = lines_of(self.parcel.ship_to.street)
        return [*lines[:2], ", ".join(lines[2:]), "", ""][:3] if len(lines) > 3 else [*lines, "", "", ""][:3]

    @property
    def kilograms(self) -> str:
        """The weight with three decimals; "" where not known."""
        return f"{Decimal(self.parcel.weight) / 1000:.3f}" if self.parcel.weight else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, what stands in it, and how many letters the carrier takes (0: as many as there are)."""

    header: str
    cell: Callable[[Handed], str]
    most: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """A carrier's file; `per_item` repeats the parcel for each line in it."""

    columns: tuple[Column, ...]
    per_item: bool = False
    latin: bool = False
    """Names and addresses must be in Latin letters."""


GENERIC = Layout(
    (
        Column("reference", lambda it: it.parcel.number),
        Column("order_numbers", lambda it: ", ".join(it.parcel.order_numbers)),
        Column("service", lambda it: it.parcel.service),
        Column("name", lambda it: it.parcel.ship_to.name),
        Column("company", lambda it: it.parcel.ship_to.company),
        Column("address_1", lambda it: it.street[0]),
        Column("address_2", lambda it: it.street[1]),
        Column("address_3", lambda it: it.street[2]),
        Column("city", lambda it: it.parcel.ship_to.city),
        Column("region", lambda it: it.parcel.ship_to.region),
        Column("postcode", lambda it: it.parcel.ship_to.postcode),
        Column("country", lambda it: it.parcel.ship_to.country),
        Column("email", lambda it: it.email),
        Column("phone", lambda it: it.phone),
        Column("weight_kg", lambda it: it.kilograms),
        Column("contents", lambda it: "; ".join(f"{goods.name} x {goods.quantity}" for goods in it.contents)),
        Column("value", lambda it: str(it.value)),
        Column("currency", lambda it: it.value.currency),
    )
)
CLICK_AND_DROP = Layout(
    (
        Column("Order reference", lambda it: it.parcel.number, 40),
        Column("Special instructions", lambda _it: "", 100),
        Column("Date", lambda it: f"{it.placed_on:%d/%m/%y}", 8),
        Column("Weight", lambda it: it.kilograms),
        Column("Package Size", lambda it: _package_size(it)),
        Column("Sub-total", lambda it: str(it.value)),
        Column("Shipping Cost", lambda it: str(it.shipping)),
        Column("Total", lambda it: str(it.value + it.shipping)),
        Column("Currency Code", lambda it: it.value.currency, 20),
        Column("Service code", lambda it: _service_code(it), 100),
        Column("Full name", lambda it: it.parcel.ship_to.name, 200),
        Column("Company Name", lambda it: it.parcel.ship_to.company, 100),
        Column("Address Line 1", lambda it: it.street[0], 100),
        Column("Address Line 2", lambda it: it.street[1], 100),
        Column("Address Line 3", lambda it: it.street[2], 100),
        Column("City", lambda it: it.parcel.ship_to.city, 100),
        Column("County", lambda it: it.parcel.ship_to.region, 100),
        Column("Postcode", lambda it: it.parcel.ship_to.postcode, 20),
        Column("Country", lambda it: _alpha3(it.parcel.ship_to.country), 200),
        Column("Email", lambda it: it.email if "@" in it.email and "." in it.email else "", 100),
        Column("Phone", lambda it: _digits(it.phone), 25),
        Column("Product SKU", lambda it: it.goods.sku if it.goods else "", 100),
        Column("Product name", lambda it: it.goods.name if it.goods else ""),
        Column("Quantity", lambda it: str(it.goods.quantity) if it.goods else ""),
        Column("Unit price", lambda it: _unit_price(it.goods) if it.goods else ""),
        Column("Unit weight", lambda it: f"{Decimal(it.goods.weight_g) / 1000:.3f}" if it.goods else ""),
        Column("Customs description", lambda it: _short(it.goods.name) if it.goods else "", 50),
        Column("Customs code", lambda it: it.goods.hs_code if it.goods else ""),
        Column("Country of origin", lambda it: _alpha3(it.goods.origin) if it.goods else ""),
    ),
    per_item=True,
    latin=True,
)
"""Royal Mail Click & Drop, order import: its field names, lengths and formats (dd/mm/yy, kilograms, ISO 3166 alpha-3)
as its field specification lists them. Rows of one order reference are one parcel."""

LAYOUTS: Mapping[str, Layout] = {"generic": GENERIC, "royal-mail": CLICK_AND_DROP}


def hand_off(
    store: Store, shipment_ids: Sequence[int], file: Path, *, like: str = "generic", skip_problems: bool = False
) -> list[Problem]:
    """These parcels as a carrier's file of the layout called `like`; what was left out of it.

    Refused, and nothing written: `shipping.unknown-layout`, `shipping.unknown`, `shipping.nothing-to-print`, and
    with all problems (`skip_problems` writes the rest) `shipping.taken-back`, `shipping.field-too-long`,
    `shipping.not-latin`. Outage("shipping.file-not-written").
    """
    if like not in LAYOUTS:
        raise Refused("shipping.unknown-layout", layout=like, known=", ".join(LAYOUTS))
    shape = LAYOUTS[like]
    found = store.ask(handed, shipment_ids)
    problems = [problem for each in found if (problem := _problem(each, shape))]
    bad = {problem.number for problem in problems}
    good = [each for each in found if each.parcel.number not in bad]
    if problems and not (skip_problems and good):
        raise refusal(problems)
    rows = [row for each in good for row in _rows(each, shape)]
    header = [column.header for column in shape.columns]
    write_csv(file, header, ([column.cell(row) for column in shape.columns] for row in rows))
    return problems


def handed(session: Session, shipment_ids: Sequence[int]) -> list[Handed]:
    """The parcels with all that carriers ask. Refuses `shipping.unknown`, `shipping.nothing-to-print`."""
    if not shipment_ids:
        raise Refused("shipping.nothing-to-print")
    shop, found = profile(session), parcels(session, shipment_ids)
    orders = list(dict.fromkeys(order.id for parcel in found for order in parcel.orders))
    heads, first_of = queries.orders(session, orders), siblings(session, orders)
    goods = customs.of_parcels(session, [parcel.id for parcel in found])
    return [_handed(parcel, shop, heads, first_of, goods.get(parcel.id, [])) for parcel in found]


def _handed(
    parcel: Parcel,
    shop: Profile,
    heads: dict[int, queries.HandOffOrder],
    first_of: dict[int, list[int]],
    goods: list[Goods],
) -> Handed:
    """Delivery is told once: with the first parcel of the order that paid it."""
    orders = [heads[order.id] for order in parcel.orders]
    currency = orders[0].currency if orders else shop.currency
    value = sum((_value(each) for each in goods if each.currency == currency), Fraction(0))
    paid_here = [each for each in orders if first_of.get(each.id, [])[:1] == [parcel.id] and each.currency == currency]
    return Handed(
        parcel=parcel,
        shop=shop,
        placed_on=local_day(min((each.placed_at for each in orders), default=parcel.created_at), shop.zone),
        email=next((each.email for each in orders if each.email), ""),
        phone=next((each.ship_phone for each in orders if each.ship_phone), ""),
        shipping=Money(sum(each.shipping for each in paid_here), currency),
        value=Money(round_fraction(value), currency),
        contents=tuple(goods),
    )


def _rows(each: Handed, shape: Layout) -> list[Handed]:
    if not shape.per_item:
        return [each]
    told = {name: getattr(each, name) for name in Handed.__slots__ if name != "goods"}
    return [Handed(**told, goods=goods) for goods in each.contents]


def _problem(each: Handed, shape: Layout) -> Problem | None:
    number, orders = each.parcel.number, each.parcel.order_numbers
    if each.parcel.state is ShipmentState.VOID:
        return Problem(number, Refused("shipping.taken-back", number=number), orders)
    for row in _rows(each, shape):
        for column in shape.columns:
            text = one_line(column.cell(row))
            if column.most and len(text) > column.most:
                facts = {"number": number, "field": column.header, "text": text[:80], "most": column.most}
                return Problem(number, Refused("shipping.field-too-long", **facts), orders)
    address = each.parcel.ship_to
    said = f"{address.name}{address.company}{address.street}{address.city}"
    if shape.latin and any(ord(sign) > _LAST_LATIN and sign.isalpha() for sign in said):
        return Problem(number, Refused("shipping.not-latin", number=number), orders)
    return None


_LAST_LATIN = 0x24F


def _value(goods: Goods) -> Fraction:
    return Fraction(goods.gross * goods.quantity, goods.ordered)


def _unit_price(goods: Goods) -> str:
    return str(Money(round_fraction(Fraction(goods.gross, goods.ordered)), goods.currency))


def _package_size(each: Handed) -> str:
    """By weight alone, as the post's own limits go; "" where it cannot be told. Small and medium are for home only."""
    country = each.parcel.ship_to.country
    if country and country != "GB":
        return "parcel"
    if not 0 < each.parcel.weight <= LARGEST:
        return ""
    return "small parcel" if each.parcel.weight <= SMALL else "medium parcel"


def _service_code(each: Handed) -> str:
    """Only what looks like a service's code: a name the post does not know would refuse the row."""
    service = each.parcel.service.strip()
    is_code = service.isascii() and service.isalnum() and service.isupper() and 3 <= len(service) <= 6
    return service if is_code else ""


def _digits(phone: str) -> str:
    """As the post wants it, digits only: a leading + is 00."""
    written = "00" + phone.strip()[1:] if phone.strip().startswith("+") else phone
    return "".join(sign for sign in written if sign in "0123456789")


def _alpha3(country: str) -> str:
    return _ALPHA3.get(country.upper(), country)


def _short(name: str) -> str:
    """At most 50 letters, whole words; the full name stands in its own column."""
    line = one_line(name)
    return line if len(line) <= 50 else line[:50].rpartition(" ")[0] or line[:50]
