"""How values are written in the window: the one place that asks the Language, with "" for what is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from backoffice.core.calendar import Clock, local_day
from backoffice.core.language import Language
from backoffice.core.money import Money

RIGHT = frozenset({"money", "number", "percent", "size"})
_MB = 1_000_000
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Format:
    """Writes values as the language and the shop's zone want them. `kind` is what a table's column names."""

    language: Language
    zone: str
    clock: Clock

    def money(self, amount: Money | None) -> str:
        return "" if amount is None else self.language.money(amount)

    def number(self, n: int | Decimal | None) -> str:
        return "" if n is None else self.language.number(n)

    def percent(self, share: Decimal | None) -> str:
        return "" if share is None else self.language.percent(share)

    def size(self, octets: int | None) -> str:
        """How large a file is, in megabytes of one decimal: "0,6 MB"."""
        if octets is None:
            return ""
        return self.number(max(_TENTH, (Decimal(octets) / _MB).quantize(_TENTH))) + "\xa0MB"

    def day(self, d: date | None) -> str:
        return "" if d is None else self.language.day(d)

    def moment(self, at: datetime | None) -> str:
        return "" if at is None else self.language.moment(at, self.zone)

    def day_of(self, at: datetime | None) -> str:
        """The day of a moment in the shop's zone."""
        return "" if at is None else self.language.day(local_day(at, self.zone))

    def ago(self, at: datetime | None) -> str:
        return "" if at is None else self.language.ago(at, self.clock.now())

    def country(self, code: str | None) -> str:
        return self.language.country(code) if code else ""

    def text(self, value: object) -> str:
        """One line of anything else."""
        return "" if value is None else " ".join(str(value).split())

    def by_kind(self, kind: str) -> Callable[[object], str]:
        """The writer of a kind: text, money, number, percent, size, day, moment, day_of, ago, country."""
        return getattr(self, kind)

    @property
    def today(self) -> date:
        """This day in the shop's zone."""
        return local_day(self.clock.now(), self.zone)
