"""Which time zones a country has, the one most people live in first."""

from functools import cache
from importlib.resources import files


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The zones of a country, ISO 3166 alpha-2, in the order of tzdata's zone.tab; none where it names none."""
    try:
        table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    except (OSError, ModuleNotFoundError):  # a system that brings its own zones may leave the table out
        return ()
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return tuple(parts[2] for parts in lines if len(parts) > 2 and parts[0] == country)
