"""Files lie where they should, readable by their owner only, under names good on every system."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core import paths
from backoffice.core.paths import data_folder, private_file, private_folder, resource, safe_file_name, write_private

posix = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such modes")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_environment_names_the_data_folder(own_data_folder):
    assert data_folder() == own_data_folder
    assert own_data_folder.is_dir()


def test_without_it_the_system_names_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv("BACKOFFICE_HOME")
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda name, appauthor: tmp_path / name)
    assert data_folder() == tmp_path / "Backoffice"


@posix
def test_folders_and_files_are_their_owners_only(tmp_path):
    before = os.umask(0)
    try:
        assert mode(private_folder(tmp_path / "a" / "b")) == mode(tmp_path / "a") == 0o700
        assert mode(private_file(tmp_path / "shop")) == 0o600
        assert mode(write_private(tmp_path / "slip.pdf", b"%PDF")) == 0o600
    finally:
        os.umask(before)


@posix
def test_an_open_file_is_closed_to_others_and_keeps_its_content(tmp_path):
    shop = tmp_path / "shop"
    shop.write_bytes(b"orders")
    shop.chmod(0o644)
    assert private_file(shop).read_bytes() == b"orders"
    assert mode(shop) == 0o600


def test_a_folder_that_exists_keeps_its_mode(tmp_path):
    before = mode(tmp_path)
    assert mode(private_folder(tmp_path)) == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    slip = write_private(tmp_path / "slip.pdf", b"first")

    def broken(handle):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="no space"):
        write_private(slip, b"second")
    assert slip.read_bytes() == b"first"
    assert list(tmp_path.glob("*.pdf")) == [slip]
    assert not list(tmp_path.glob("*.partial"))


def test_the_temporary_name_lies_beside_the_file(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(os, "replace", lambda name, path: seen.append(Path(name)))
    write_private(tmp_path / "slip.pdf", b"%PDF")
    assert seen[0].parent == tmp_path  # a rename between disks is no rename


def test_resources_lie_in_the_source_tree():
    assert resource("icons/order.svg") == Path(paths.__file__).parents[2] / "resources" / "icons" / "order.svg"


def test_resources_lie_in_the_bundle_of_the_built_program(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons/order.svg") == tmp_path / "resources" / "icons" / "order.svg"


@pytest.mark.parametrize("name", ["/etc/passwd", "../secret", "icons/../../secret"])
def test_a_resource_never_leaves_its_folder(name):
    with pytest.raises(ValueError, match="no resource"):
        resource(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Factura 2026-17.pdf", "Factura 2026-17.pdf"),
        ("Año Núñez ñ.pdf", "Año Núñez ñ.pdf"),
        ("../../etc/passwd", "etc_passwd"),
        ("..\\..\\Windows\\system32\\x.dll", "Windows_system32_x.dll"),
        ("C:\\Users\\ana\\x.exe", "C__Users_ana_x.exe"),
        ("/abs/path", "abs_path"),
        ("a\x00b\r\nc\x1b[0m.txt", "ab c[0m.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1 .log.gz", "_com1 .log.gz"),
        ("LPT¹", "_LPT¹"),
        ("CONSUL.txt", "CONSUL.txt"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        (".bashrc", "bashrc"),
        ("-rf.txt", "rf.txt"),
        ("name. . ", "name"),
        ("", "unnamed"),
        ("...", "unnamed"),
        ("////", "unnamed"),
        ("\u202e\u200b", "unnamed"),
    ],
)
def test_a_foreign_name_becomes_a_safe_one(text, name):
    assert safe_file_name(text) == name


def test_a_long_name_keeps_its_ending():
    assert safe_file_name("x" * 500 + ".pdf") == "x" * 116 + ".pdf"
    emoji = safe_file_name("📦" * 500 + ".pdf")
    assert emoji.endswith(".pdf") and len(emoji.encode()) <= 240
    assert len(safe_file_name("a." + "b" * 500)) <= 120


@given(st.text())
def test_any_text_gives_a_name_that_stays_in_its_folder(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp() / "names"
    folder.mkdir(exist_ok=True)
    name = safe_file_name(text)
    assert name == Path(name).name not in ("", ".", "..")
    assert safe_file_name(name) == name
    (folder / name).write_bytes(b"")
    (folder / name).unlink()


@pytest.mark.parametrize("junk", ["a", "/", ".", " ", "\u0301\u0323", "CON.", "\u202e", "-", "../"])
def test_a_name_of_200_kilobytes_is_not_slow(junk):
    begun = time.process_time()
    assert len(safe_file_name(junk * (200_000 // len(junk)))) <= 121
    assert time.process_time() - begun < 3
