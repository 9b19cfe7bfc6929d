"""`mail SHOP ingest`: mails in from files, and what is said of each."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.shop import Shop
from tests.builders import an_open_shop, faults
from tests.customers.people import an_order, rows_of
from tests.mail.letters import a_bounce, a_hopeless_mail, a_mail

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("BACKOFFICE_CORPORA") or ROOT.parent / "shared" / "data") / "mail"


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "shop").mkdir()
    with an_open_shop(tmp_path / "shop") as shop, shop.work() as work:
        an_order(work, customers.create(work, CustomerDraft(name="Ana", emails=("ana@example.com",))))
    return tmp_path / "shop" / "shop.backoffice"


@pytest.fixture
def mails(tmp_path):
    folder = tmp_path / "mails"
    folder.mkdir()
    (folder / "a.eml").write_bytes(
        a_mail("Where is order 00001?\n\nOn Monday, the shop wrote:\n> Sent", rfc_id="<a@x>")
    )
    (folder / "b.eml").write_bytes(a_mail("It came, but one is broken.", answers="<a@x>"))
    (folder / "c.eml").write_bytes(a_bounce("ana@example.com"))
    (folder / "d.eml").write_bytes(a_hopeless_mail())
    return folder


def test_each_mail_is_told(run, shop, mails):
    said = run("mail", shop, "ingest", mails, "--json")
    assert (said.code, said.answer["total"], said.answer["new"], said.answer["unreadable"]) == (1, 4, 4, 1)
    first, second, bounce, hopeless = said.answer["rows"]
    assert (first["kind"], first["from"], first["subject"], first["order"]) == (
        *("human", "ana@example.com", "My parcel", "00001"),
    )
    assert (first["customer"]["name"], first["new_text"].strip()) == ("Ana", "Where is order 00001?")
    assert first["acknowledgement"] == {"send": True, "why": ""}
    assert (second["conversation"], second["acknowledgement"]["send"]) == (first["conversation"], False)
    assert (bounce["kind"], bounce["bounce"]["addresses"]) == ("bounce", ["ana@example.com"])
    assert (hopeless["state"], bool(hopeless["message"])) == ("unreadable", True)


def test_a_second_time_changes_nothing(run, shop, mails):
    first = run("mail", shop, "ingest", mails, "--json").answer
    second = run("mail", shop, "ingest", mails, "--json").answer
    assert second["new"] == 0
    assert [{**row, "new": True} for row in second["rows"]] == first["rows"]


def test_without_files_it_says_what_is_missing(run, shop):
    assert run("mail", shop, "ingest").code == 2
    assert run("mail", shop, "ingest", "/nowhere.eml").code == 3


def ingested(shop, mails, **environment):
    command = [sys.executable, "main.py", "mail", str(shop), "ingest", str(mails), "--json"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, env=os.environ | environment, check=False).returncode


def as_it_stands(path):
    with Shop.open(path) as shop:
        assert faults(shop) == []
        told = ("state", "kind", "from_address", "subject", "text", "conversation_id", "reason", "fault")
        return [{name: row[name] for name in told} for row in rows_of(shop, "message")]


def test_killed_anywhere_it_goes_on_where_it_was(shop, mails, tmp_path):
    undisturbed = tmp_path / "undisturbed.backoffice"
    undisturbed.write_bytes(shop.read_bytes())
    log = tmp_path / "passes"
    ingested(undisturbed, mails, BACKOFFICE_CRASH_LOG=str(log))
    whole = as_it_stands(undisturbed)
    passes = [point for point in log.read_text().split() if point.startswith("mail.")]
    assert {point: passes.count(point) for point in passes} == {"mail.took-in": 4, "mail.read": 4}
    for point, n in [("mail.took-in", 1), ("mail.took-in", 4), ("mail.read", 1), ("mail.read", 3), ("mail.read", 4)]:
        path = tmp_path / f"{point}-{n}.backoffice"
        path.write_bytes(shop.read_bytes())
        assert ingested(path, mails, BACKOFFICE_CRASH_AT=f"{point}:{n}") == -signal.SIGKILL
        ingested(path, mails)
        assert as_it_stands(path) == whole


@pytest.mark.skipif(not CORPORA.is_dir(), reason="The folder of real mails is not on this machine.")
def test_real_mails_go_in_whole(run, shop):
    said = run("mail", shop, "ingest", CORPORA, "--json").answer
    taken = [row for row in said["rows"] if row["state"]]
    states = {state: sum(row["state"] == state for row in taken) for state in {row["state"] for row in taken}}
    print(f"\n{len(taken)} mails: {states}; {len(said['rows']) - len(taken)} files that are none")
    assert len(taken) > 250
    assert "to_read" not in states
    with Shop.open(shop) as opened:
        assert faults(opened) == []
    assert run("mail", shop, "ingest", CORPORA, "--json").answer["new"] == 0
