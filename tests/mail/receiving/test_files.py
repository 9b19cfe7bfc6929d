"""Mails out of files and folders."""

import os

import pytest

from backoffice.core.errors import Outage
from backoffice.mail.receiving import files
from tests.builders import an_open_shop
from tests.customers.people import rows_of
from tests.mail.letters import a_mail

ONE, TWO, THREE = (a_mail(text).replace(b"\r\n", b"\n") for text in ("One", "Two", "Three"))
FROM = b"From ana@example.com Mon Mar  2 10:00:00 2026\n"


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "shop").mkdir()
    with an_open_shop(tmp_path / "shop") as shop:
        yield shop


def found_in(*paths):
    return [(one.raw, one.fault) for one in files.mails(paths)]


def an_mbox(path, *mails):
    path.write_bytes(b"".join(FROM + mail + b"\n" for mail in mails))
    return path


def test_a_file_is_a_mail(tmp_path):
    (tmp_path / "a.eml").write_bytes(ONE)
    assert found_in(tmp_path / "a.eml") == [(ONE, "")]


def test_an_mbox_holds_many(tmp_path):
    assert found_in(an_mbox(tmp_path / "a.mbox", ONE, TWO, THREE)) == [(ONE, ""), (TWO, ""), (THREE, "")]


def test_an_mbox_is_told_by_its_content_and_a_last_line_without_end_is_kept(tmp_path):
    (tmp_path / "inbox").write_bytes(FROM + ONE + b"\n" + FROM + TWO.rstrip(b"\n"))
    assert found_in(tmp_path / "inbox") == [(ONE, ""), (TWO.rstrip(b"\n"), "")]


def test_a_content_length_that_lies_is_not_believed(tmp_path):
    lying = b"Content-Length: 99999\n" + ONE
    assert [raw for raw, _ in found_in(an_mbox(tmp_path / "a.mbox", lying, TWO))] == [lying, TWO]


def test_a_quoted_from_is_given_back_and_one_within_a_line_begins_nothing(tmp_path):
    stored = ONE + b"\n>From here on\nFrom the start I liked it\n\nFrom what I know, 2 cups\n"
    (found,) = found_in(an_mbox(tmp_path / "a.mbox", stored))
    assert found[0] == ONE + b"\nFrom here on\nFrom the start I liked it\n\nFrom what I know, 2 cups\n"


def test_a_folder_is_walked_and_links_are_not_followed(tmp_path):
    inner = tmp_path / "mails" / "2026" / "03"
    inner.mkdir(parents=True)
    (inner / "b.eml").write_bytes(TWO)
    (tmp_path / "mails" / "a.eml").write_bytes(ONE)
    (tmp_path / "mails" / "README").write_bytes(b"These are mails\n")
    (tmp_path / "secret.eml").write_bytes(THREE)
    os.symlink(tmp_path / "secret.eml", inner / "c.eml")
    os.symlink(tmp_path, inner / "round")
    os.mkfifo(inner / "pipe")
    assert found_in(tmp_path / "mails") == [(b"", "mail.not-a-mail-file"), (ONE, ""), (TWO, "")]


def test_a_mail_above_the_limit_is_listed_and_blocks_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1000)
    large = ONE + b"x" * 2000 + b"\n"
    (tmp_path / "large.eml").write_bytes(large)
    assert found_in(tmp_path / "large.eml", an_mbox(tmp_path / "a.mbox", large, TWO)) == [
        (b"", "mail.too-large"),
        (b"", "mail.too-large"),
        (TWO, ""),
    ]


def test_an_empty_file_and_one_that_is_gone(tmp_path):
    (tmp_path / "a.eml").write_bytes(b"")
    assert found_in(tmp_path / "a.eml") == [(b"", "mail.empty-file")]
    with pytest.raises(Outage):
        found_in(tmp_path / "none.eml")


def test_a_second_time_nothing_is_new(shop, tmp_path):
    mbox = an_mbox(tmp_path / "a.mbox", ONE, TWO, ONE)
    assert [one.new for one in files.bring_in(shop, [mbox])] == [True, True, False]
    assert [one.new for one in files.bring_in(shop, [mbox])] == [False, False, False]
    assert len(rows_of(shop, "message")) == 2


def test_stopped_it_keeps_what_is_in_and_goes_on(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 1)
    mbox = an_mbox(tmp_path / "a.mbox", ONE, TWO, THREE)
    stop = iter([False, False, False, True])
    assert len(files.bring_in(shop, [mbox], cancelled=lambda: next(stop))) == 2
    assert [one.new for one in files.bring_in(shop, [mbox])] == [False, False, True]


def test_progress_is_told_in_bytes(tmp_path):
    mbox, told = an_mbox(tmp_path / "a.mbox", ONE, TWO), []
    list(files.mails([mbox], progress=lambda done, whole: told.append((done, whole))))
    assert told == [(mbox.stat().st_size,) * 2]
