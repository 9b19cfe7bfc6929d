"""Makes the demo shop: profile, carriers, delivery, pictures, and its files taken in."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backoffice.channels import actions as channels
from backoffice.channels.importing import run as importing
from backoffice.channels.mapping import Mapping
from backoffice.core.calendar import Clock
from backoffice.core.paths import resource
from backoffice.demo import files
from backoffice.inventory import actions as inventory
from backoffice.inventory import pictures
from backoffice.inventory import queries as stock
from backoffice.inventory.drafts import ProductDraft
from backoffice.settings import actions as settings
from backoffice.settings.queries import carriers, delivery_options
from backoffice.shop import Shop

_AT_BIRTH = ("name", "currency", "country", "zone", "language")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One file and its counts."""

    file: str
    new: int
    changed: int
    unchanged: int
    rejected: int


def begin(path: Path, *, language: str = "", clock: Clock | None = None) -> Shop:
    """The empty demo shop with its own settings; `language` is the owner's, else the one it was written in."""
    told = files.description()
    profile = dict(told["profile"])
    if language:
        profile |= {"language": language, **told["in_language"].get(language, {})}
    shop = Shop.create(path, clock=clock, **{name: profile[name] for name in _AT_BIRTH})
    rest = {name: value for name, value in profile.items() if name not in _AT_BIRTH}
    rest["calendar"] = json.dumps(told["calendar"])
    rest["logo"] = (resource("demo") / told["logo"]).read_bytes()
    with shop.work() as work:
        settings.change_profile(work, **rest)
        for one in told["carriers"]:
            settings.save_carrier(work, **one)
    _deliver(shop, told["delivery_options"])
    return shop


def take_in(shop: Shop, folder: Path) -> list[TakenIn]:
    """Takes the moved files in, one after the other."""
    told = files.description()
    taken = []
    for one in told["files"]:
        name = _learn(shop, one["mapping"]) if "mapping" in one else ""
        found = shop.ask(importing.detect, folder / one["file"], mapping=name)
        tally = importing.apply(shop.store, found).tally
        taken.append(TakenIn(one["file"], tally.new, tally.changed, tally.unchanged, tally.rejected))
    return taken


def furnish(shop: Shop) -> int:
    """Puts pictures beside the shop and tells the products what no file says; how many pictures."""
    told = files.description()
    kept = [pictures.keep(shop.path, source) for source in sorted((resource("demo") / told["pictures"]).iterdir())]
    with shop.work() as work:
        for sku, more in told["goods"].items():
            product_id = stock.id_of_sku(work.session, sku)
            if product_id is not None:
                now = stock.details(work.session, product_id)
                known = {name: value for name, value in (now | more).items() if name in ProductDraft.__slots__}
                draft = ProductDraft(**{**known, "tags": tuple(known["tags"])})
                inventory.change(work, product_id, draft, version=now["version"])
    return len(kept)


def _learn(shop: Shop, file: str) -> str:
    mapping = Mapping.from_json((resource("demo") / file).read_text(encoding="utf-8"))
    with shop.work() as work:
        channels.remember_mapping(work, mapping)
    return mapping.name


def _deliver(shop: Shop, options: list[dict[str, Any]]) -> None:
    by_name = {carrier.name: carrier.id for carrier in shop.ask(carriers)}
    with shop.work() as work:
        usual = delivery_options(work.session)[0].id
        for one in options:
            values = {name: value for name, value in one.items() if name != "carrier"}
            values["carrier_id"] = by_name.get(one["carrier"])
            settings.save_delivery_option(work, option_id=usual if one["code"] == "standard" else None, **values)
