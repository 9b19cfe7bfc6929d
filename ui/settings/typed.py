"""Hours, holidays and price rules as people type them, and back."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})")
Week = tuple[tuple[tuple[time, time], ...], ...]


def hours_text(day: Sequence[tuple[time, time]]) -> str:
    """ "09:00–14:00, 16:00–19:00"; empty for a closed day."""
    return ", ".join(f"{opens:%H:%M}–{'24:00' if closes == time.max else f'{closes:%H:%M}'}" for opens, closes in day)


def hours_of(text: str) -> tuple[tuple[time, time], ...]:
    """The spans of a typed day in order. ValueError where it cannot be read, or spans overlap."""
    spans = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _SPAN.fullmatch(part)
        if found is None:
            raise ValueError(part)
        opens = time(int(found[1]), int(found[2]))
        closes = time.max if (found[3], found[4]) == ("24", "00") else time(int(found[3]), int(found[4]))
        if closes <= opens or (spans and opens < spans[-1][1]):
            raise ValueError(part)
        spans.append((opens, closes))
    return tuple(spans)


def days_text(days: Sequence[date]) -> str:
    """One day a line, in order."""
    return "\n".join(day.isoformat() for day in sorted(days))


def days_of(text: str) -> frozenset[date]:
    """Days typed one a line as 2026-12-25. ValueError for anything else."""
    return frozenset(date.fromisoformat(line.strip()) for line in text.splitlines() if line.strip())


def rules_text(rules: Sequence[Mapping[str, Any]]) -> str:
    """One rule a line: countries; weight limit in grams; from order value; price."""
    return "\n".join(
        "; ".join(
            (
                " ".join(rule.get("countries", [])),
                str(rule.get("max_weight_g", "") or ""),
                str(rule.get("min_value", "") or ""),
                str(rule["price"]),
            )
        )
        for rule in rules
    )


def rules_of(text: str) -> list[dict[str, Any]]:
    """The rules of `rules_text`. ValueError with the line's number where one has not four parts."""
    rules = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(";")]
        if len(parts) != 4 or (parts[1] and not parts[1].isdigit()):
            raise ValueError(number)
        rule: dict[str, Any] = {"price": parts[3]}
        if parts[0]:
            rule["countries"] = parts[0].upper().replace(",", " ").split()
        if parts[1]:
            rule["max_weight_g"] = int(parts[1])
        if parts[2]:
            rule["min_value"] = parts[2]
        rules.append(rule)
    return rules
