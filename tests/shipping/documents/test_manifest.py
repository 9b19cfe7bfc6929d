"""Manifests: every parcel of the day in the carrier's hand, and a barcode for the list itself."""

from pathlib import Path

import pytest

from backoffice.core.errors import Refused
from backoffice.shipping.documents.content import ManifestContent, ManifestRow
from backoffice.shipping.documents.manifest import weight, write_manifest
from tests.shipping.documents.reading import picture, scanned, text_of, told
from tests.shipping.documents.samples import ABROAD, DAY, EN, SHOP


def a_manifest(parcels: int) -> ManifestContent:
    rows = tuple(
        ManifestRow(f"SH-{i:06d}", str(1000 + i), ABROAD[i % len(ABROAD)], f"PQ4F7V{i:012d}", "Express", 400 + i)
        for i in range(parcels)
    )
    return ManifestContent("Correos", DAY, rows, EN, "MF-000007")


def test_every_parcel_is_on_it_and_the_number_scans(tmp_path: Path) -> None:
    done = write_manifest(tmp_path / "m.pdf", a_manifest(60), letterhead=SHOP, made_on=DAY)
    said = text_of(done.file)
    assert all(f"SH-{i:06d}" in said and f"PQ4F7V{i:012d}" in said for i in range(60))
    assert scanned(picture(done.file, 0, 203)) == told(done, 0)
    assert "Received by" in said and "Page 1 of" in said


def test_weights_are_told_as_people_read_them() -> None:
    assert [weight(grams, EN) for grams in (0, 850, 1000, 1250, 12345)] == [
        "0 g",
        "850 g",
        "1 kg",
        "1.25 kg",
        "12.34 kg",
    ]


def test_an_empty_day_needs_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing-to-print"):
        write_manifest(tmp_path / "m.pdf", a_manifest(0), letterhead=SHOP, made_on=DAY)
