"""The shop's logo on paper: a file from anywhere, looked at with suspicion, then redrawn at printing size."""

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache
from struct import error as StructError

from PIL import Image
from reportlab.lib.utils import ImageReader

from backoffice.core.errors import Refused

MOST_BYTES = 10_000_000
MOST_PIXELS = 40_000_000
_PRINTED_PIXELS = (900, 450)
"""60 × 30 mm at 380 dpi: more is not seen, and would be in every file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An opaque picture ready to draw, with its size in pixels."""

    reader: ImageReader
    pixels: tuple[int, int]

    def within(self, width: float, height: float) -> tuple[float, float]:
        """The largest (width, height) in the same unit that keeps the picture's shape inside the given box."""
        scale = min(width / self.pixels[0], height / self.pixels[1])
        return self.pixels[0] * scale, self.pixels[1] * scale


@lru_cache(maxsize=4)
def logo(file: bytes) -> Picture:
    """The picture in a PNG or JPEG file's bytes, on white, no larger than paper shows.

    Refused("shipping.logo-too-large") above 10 MB or 40 million pixels, Refused("shipping.logo-unreadable") for
    anything that is not a whole PNG or JPEG picture.
    """
    if len(file) > MOST_BYTES:
        raise Refused("shipping.logo-too-large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(file)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Refused("shipping.logo-too-large") from fault
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, StructError) as fault:
        raise Refused("shipping.logo-unreadable") from fault


def _redrawn(file: bytes) -> Picture:
    with Image.open(io.BytesIO(file), formats=("PNG", "JPEG")) as found:
        if found.width * found.height > MOST_PIXELS:
            raise Refused("shipping.logo-too-large")
        found.draft("RGB", _PRINTED_PIXELS)
        found.load()
        found.thumbnail(_PRINTED_PIXELS)
        seen = found.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return Picture(ImageReader(paper), paper.size)
