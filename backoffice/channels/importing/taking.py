"""What all chunks of one import share: the shop's terms, the promises already reckoned, the products known."""

from dataclasses import dataclass, field
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from backoffice.channels.importing.products import ProductFinder
from backoffice.settings import queries as settings


@dataclass(slots=True)
class Taking:
    """One import under way."""

    batch_id: int
    channel: str
    file_name: str
    shop: settings.Profile
    options: list[settings.DeliveryRow]
    finder: ProductFinder
    zone: ZoneInfo
    cut_off: time
    promises: dict[tuple[int, bool, int | None], settings.Promise] = field(default_factory=dict)
    named: dict[str, settings.DeliveryRow | None] = field(default_factory=dict)

    @classmethod
    def begin(cls, session: Session, *, batch_id: int, channel: str, file_name: str) -> "Taking":
        """Reads what an import needs to know of the shop."""
        shop = settings.profile(session)
        return cls(
            batch_id=batch_id,
            channel=channel,
            file_name=file_name,
            shop=shop,
            options=settings.delivery_options(session),
            zone=ZoneInfo(shop.zone),
            cut_off=shop.cut_off_time,
            finder=ProductFinder(channel, batch_id),
        )

    def option(self, name: str) -> settings.DeliveryRow | None:
        """The delivery option a channel means; the shop's first where the file names one that nobody knows."""
        if name not in self.named:
            found = settings.option_named(self.options, name)
            self.named[name] = found or next((option for option in self.options if option.active), None)
        return self.named[name]

    def promise(self, option: settings.DeliveryRow | None, placed_at: datetime) -> settings.Promise:
        """The promise for an order of that moment; one reckoning for all orders of half a day."""
        local = placed_at.astimezone(self.zone)
        key = (local.toordinal(), local.time() >= self.cut_off, option.id if option else None)
        if key not in self.promises:
            self.promises[key] = settings.promise(self.shop, option, placed_at)
        return self.promises[key]
