"""A file appears whole or not at all, is its owner's alone, and a batch can be watched and stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backoffice.core.errors import Outage, Refused
from backoffice.shipping.documents.label import write_labels
from backoffice.shipping.documents.paper import pdf
from backoffice.shipping.documents.stock import stock_of
from tests.shipping.documents.samples import DAY, EN, SHOP, a_label

ROOT = Path(__file__).resolve().parents[3]
STOCK = {"stock": stock_of("100x150"), "letterhead": SHOP, "language": EN, "made_on": DAY}


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    done = write_labels(tmp_path / "labels.pdf", [a_label()], **STOCK)
    assert done.file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in tmp_path.iterdir()] == ["labels.pdf"]


def test_what_breaks_in_the_middle_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "page.pdf"
    file.write_bytes(b"older")
    with pytest.raises(KeyError), pdf(file, (100, 100), title="", made_on=DAY, language="en"):
        raise KeyError
    assert [found.name for found in tmp_path.iterdir()] == ["page.pdf"]
    assert file.read_bytes() == b"older"


def test_a_batch_tells_how_far_it_is(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    labels = [a_label(i) for i in range(45)]
    write_labels(tmp_path / "labels.pdf", labels, progress=lambda done, total: seen.append((done, total)), **STOCK)
    assert seen == [(0, 45), (20, 45), (40, 45), (45, 45)]


def test_a_stopped_batch_leaves_no_file(tmp_path: Path) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Refused) as refusal:
        write_labels(tmp_path / "labels.pdf", [a_label(i) for i in range(90)], cancelled=lambda: next(asked), **STOCK)
    assert (refusal.value.code, refusal.value.facts) == ("shipping.printing-stopped", {"done": 40, "total": 90})
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_print_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="nothing-to-print"):
        write_labels(tmp_path / "labels.pdf", [], **STOCK)


def test_a_folder_that_is_not_there_is_an_outage(tmp_path: Path) -> None:
    with pytest.raises(Outage) as outage:
        write_labels(tmp_path / "away" / "labels.pdf", [a_label()], **STOCK)
    assert outage.value.code == "shipping.file-not-written"


BATCH = """
import sys
from pathlib import Path
from tests.shipping.documents.test_paper import STOCK, a_label, write_labels
write_labels(Path(sys.argv[1]), [a_label(i) for i in range(45)], **STOCK)
"""


def run_batch(file: Path, **environment: str) -> int:
    command = [sys.executable, "-c", BATCH, str(file)]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, timeout=60, check=False).returncode


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows knows no SIGKILL.")
def test_a_batch_killed_anywhere_leaves_the_whole_file_or_none_and_can_run_again(tmp_path: Path) -> None:
    log, whole = tmp_path / "passes", tmp_path / "whole.pdf"
    assert run_batch(whole, BACKOFFICE_CRASH_LOG=str(log)) == 0
    passes = log.read_text().split()
    assert passes == ["label-batch"] * 5
    for place in range(1, 6):
        file = tmp_path / f"killed-{place}" / "labels.pdf"
        file.parent.mkdir()
        assert run_batch(file, BACKOFFICE_CRASH_AT=f"label-batch:{place}") == -signal.SIGKILL
        assert file.exists() == (place == 5)
        write_labels(file, [a_label(i) for i in range(45)], **STOCK)
        assert file.read_bytes() == whole.read_bytes()
        assert [found.name for found in file.parent.iterdir()] == ["labels.pdf"]
