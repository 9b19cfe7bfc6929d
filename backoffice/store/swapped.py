"""Tells a backup from a shop by its name and its mark, so that a restore with its two files swapped harms neither."""

from pathlib import Path

from backoffice.core.errors import Refused
from backoffice.store import places, shelf
from backoffice.store.engine import APPLICATION_ID
from backoffice.store.header import Header, NoHeader, header_of


def refuse_wrong_way(source: Path, shop: Path, *, from_shop: bool) -> None:
    """Refuses where `source` or `shop` is not what a restore needs in its place; both are absolute, nothing is changed.

    `store.restore-from-shop`: the source is a shop, which `from_shop` allows. `store.restore-onto-backup`: where the
    shop should be lies a backup. `store.restore-onto-other`: there lies a file that never was a shop. A damaged shop
    is known by what lies beside it.
    """
    if is_backup(shop):
        raise Refused("store.restore-onto-backup", file=source.name, shop=shop.name)
    if not from_shop and _is_shop(source):
        raise Refused("store.restore-from-shop", file=source.name, shop=shop.name)
    if shop.exists() and not _was_shop(shop):
        raise Refused("store.restore-onto-other", file=source.name, shop=shop.name)


def is_backup(file: Path) -> bool:
    """Whether the file is a backup by its name, lies among backups, or has their mark: one file without a log."""
    among = file.parent.name.endswith(places.BACKUPS) and any(file.parent.glob(f"*{shelf.ENDING}"))
    if among or file.name.endswith(shelf.ENDING):
        return True
    header = _header(file)
    return header is not None and header.application == APPLICATION_ID and not header.log


def _is_shop(file: Path) -> bool:
    """Whether it is a shop that is worked with: shops have a log, backups are written without one."""
    header = _header(file)
    named = file.name.endswith(shelf.ENDING)
    return header is not None and header.application == APPLICATION_ID and header.log and not named


def _was_shop(file: Path) -> bool:
    header = _header(file)
    if header is not None and header.application == APPLICATION_ID:
        return True
    return any(beside(file).exists() for beside in (places.backups_of, places.health_of))


def _header(file: Path) -> Header | None:
    try:
        return header_of(file)
    except (NoHeader, OSError):
        return None
