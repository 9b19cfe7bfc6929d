"""Commands in a hostile terminal: a narrow encoding, a full disk behind the answer, bytes that are no text."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backoffice.commands.app import main
from tests.builders import ANA, a_product, a_shop, an_order

ROOT = Path(__file__).parents[2]
NAME = "Ελένη \x1b[31m\u202eΜαυρο\nφεγγάρη"


@pytest.fixture
def shop(tmp_path) -> Path:
    with a_shop(tmp_path) as made:
        with made.work() as work:
            an_order(work, (a_product(work, on_hand=5), 1), ship_to=replace(ANA, name=NAME))
        return made.path


def said(*line: object, out: object = subprocess.PIPE, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "main.py", *line],
        stdout=out,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUTF8": "0", **environment},
        check=False,
    )


def test_a_terminal_that_cannot_write_a_name_shows_the_rest(shop):
    told = said("orders", shop, PYTHONIOENCODING="ascii")
    assert (told.returncode, told.stderr) == (0, b"")
    assert b"00001" in told.stdout


def test_json_is_utf_8_whatever_the_terminal_speaks(shop):
    told = said("orders", shop, "--json", PYTHONIOENCODING="latin-1")
    assert "Ελένη" in json.loads(told.stdout.decode("utf-8"))["rows"][0]["customer"]


def test_a_name_does_not_speak_to_the_terminal(run, shop):
    told = run("orders", shop)
    assert not set("\x1b\u202e") & set(told.out)
    assert "\x1b" not in run("orders", shop, "--number", "00001").out


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_a_full_disk_behind_the_answer_is_told_in_one_sentence(shop, flags):
    with open("/dev/full", "wb") as full:
        told = said("orders", shop, *flags, out=full)
    assert told.returncode == 3
    assert told.stderr.count(b"\n") == 1


def test_a_program_without_a_console_works_on(run, shop, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["orders", str(shop)]) == 0
    assert main(["orders", str(shop), "--number", "none"]) == 1


@pytest.mark.parametrize("line", [("orders", "{shop}", "--number", "\udcff"), ("stock", "{shop}", "--sku", "\udcff")])
def test_bytes_that_are_no_text_are_wrong_usage(run, shop, line):
    told = run(*(part.format(shop=shop) for part in line))
    assert told.code == 2
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "line", [("undo-import", "{shop}", "9" * 30), ("export-person", "{shop}", "9" * 30, "-o", "x")]
)
def test_a_number_no_record_can_have_is_wrong_usage(run, shop, line):
    assert run(*(part.format(shop=shop) for part in line)).code == 2


def test_what_is_refused_is_told_in_the_shops_language(run, tmp_path):
    shop = tmp_path / "casa.backoffice"
    new = ("--name", "Casa", "--currency", "EUR", "--country", "ES", "--timezone", "Europe/Madrid")
    run("new", shop, *new, "--language", "es")
    assert "pedido" in run("orders", shop, "--number", "none").err


def test_a_shop_that_cannot_be_opened_is_told_in_the_systems_language(run, tmp_path, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "es_MX:en")
    assert "carpeta" in run("orders", tmp_path).err


def test_a_backup_that_fails_at_closing_is_told(run, shop, monkeypatch):
    (shop.parent / f"{shop.name}-backups").rename(shop.parent / "away")
    (shop.parent / f"{shop.name}-backups").write_text("in the way")
    told = run("pack", shop, "00001")
    assert "backup" in told.err
    assert told.err.count("\n") == 1


def test_the_day_of_an_order_is_the_shops_own(run, tmp_path):
    with a_shop(tmp_path) as made, made.work() as work:
        an_order(work, (a_product(work), 1), placed_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert "2026-03-02" in run("orders", made.path).out
