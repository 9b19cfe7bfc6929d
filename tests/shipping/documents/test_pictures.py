"""The logo comes from anywhere: only a whole PNG or JPEG of a sane size is drawn."""

import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.core.errors import Refused
from backoffice.shipping.documents.pictures import logo
from tests.shipping.documents.samples import a_logo


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_png_that_says(width: int, height: int) -> bytes:
    """A tiny file that claims to be this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_no_larger_than_paper_shows(kind: str) -> None:
    drawn = logo(a_logo((3000, 1000), kind))
    assert drawn.pixels == (900, 300)
    assert drawn.within(65, 20) == pytest.approx((60, 20))


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        a_logo()[:200],
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) run\n",
        b"GIF89a" + bytes(40),
        b"II*\x00" + bytes(60),
        a_png_that_says(0, 0),
        a_png_that_says(400, 400),
    ],
    ids=["empty", "bare", "cut", "svg", "eps", "gif", "tiff", "no-size", "too-few-rows"],
)
def test_what_is_no_whole_picture_is_refused(file: bytes) -> None:
    with pytest.raises(Refused, match="logo-unreadable"):
        logo(file)


@pytest.mark.parametrize(("width", "height"), [(40000, 40000), (8000, 8000), (2**31 - 1, 2**31 - 1)])
def test_a_small_file_of_a_huge_picture_is_refused_before_it_is_unpacked(width: int, height: int) -> None:
    with pytest.raises(Refused, match="logo-"):
        logo(a_png_that_says(width, height))


def test_a_file_above_ten_megabytes_is_refused_unread() -> None:
    with pytest.raises(Refused, match="logo-too-large"):
        logo(a_logo() + bytes(10_000_001))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_logo_is_drawn_or_refused_and_never_anything_else(data) -> None:
    file = bytearray(a_logo((60, 40), data.draw(st.sampled_from(["PNG", "JPEG"]))))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        logo(bytes(file))
    except Refused as refusal:
        assert refusal.code.startswith("shipping.logo-")
