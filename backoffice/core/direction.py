"""The order in which a line's signs are drawn from left to right, where some of it is written from the right."""

import re

from bidi import get_display
from bidi.mirror import MIRRORED

_MIRRORED = re.compile(f"[{re.escape(''.join(MIRRORED))}]")
# Two marks without a picture of their own, taken from all foreign text before: a mark goes where its sign goes, so
# the order of the two tells the direction of the sign before them.
_PROBE = "\ufe00\ufe01"
_TURNED = re.compile(f"{_PROBE[::-1]}(.)")
_LEFT_OVER = str.maketrans("", "", _PROBE)


def as_drawn(line: str, *, from_right: bool | None = None) -> str:
    """The line by the Unicode bidirectional algorithm, brackets turned round where they stand among Hebrew or Arabic.

    `from_right` says on which side it begins; None lets its first letter say it. Arabic comes joined already.
    """
    side = None if from_right is None else "R" if from_right else "L"
    clean = line.translate(_LEFT_OVER)
    if not _MIRRORED.search(clean):
        return str(get_display(clean, base_dir=side))
    # python-bidi's quick algorithm sets the signs in their order but turns no bracket round.
    drawn = str(get_display(_MIRRORED.sub(rf"\g<0>{_PROBE}", clean), base_dir=side))
    return _TURNED.sub(lambda found: MIRRORED[found[1]], drawn).translate(_LEFT_OVER)
