"""The house keeps its rules; and each rule is seen to fail on a tree that breaks it."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import rules
from tools import locks

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(ROOT.glob("*.lock"), key=lambda path: path.name)
CODED = {
    "backoffice/orders/model.py": "class Order(SQLModel, table=True): ...",
    "backoffice/orders/words.py": 'REFUSALS = {"orders.unknown": mark("No order {id}."), "orders.held": mark("Held.")}',
    "backoffice/orders/actions.py": 'raise Refused("orders.held")',
}
# Rule -> a tree of files that breaks it, and what the fault says.
BREACHES: dict[Callable[[Path], list[str]], tuple[dict[str, str], str]] = {
    rules.long_files: ({"ui/big.py": "x = 1\n" * 401}, "ui/big.py: 401 lines"),
    rules.long_functions: ({"tests/a.py": "def f():\n" + "    x = 1\n" * 50}, "f has 51 lines"),
    rules.many_arguments: ({"ui/a.py": "def f(a, b, c, d, e, f, g, *, h): ..."}, "f takes 7 arguments"),
    rules.full_inits: ({"backoffice/orders/__init__.py": "from x import y"}, "not empty"),
    rules.silent_modules: ({"ui/a.py": "import os"}, "does not open with"),
    rules.rooms_without_tests: ({"backoffice/mail/model.py": ""}, "backoffice/mail: no tests/mail"),
    rules.smtp_by_hand: ({"backoffice/mail/smtp.py": "from smtplib import SMTP"}, "smtplib"),
    rules.floats_for_money: ({"backoffice/orders/queries.py": "total = float(total)"}, "float()"),
    rules.own_clocks: ({"backoffice/orders/actions.py": "at = datetime.datetime.now(UTC)"}, "datetime.now"),
    rules.unreadable_sentences: ({"ui/a.py": 'language.words(f"Order {n}")'}, "needs the whole sentence"),
    rules.errors_without_words: (CODED | {"ui/a.py": 'raise Outage("orders.held")'}, "has no sentence in OUTAGES"),
    rules.words_without_errors: (CODED | {"backoffice/orders/actions.py": ""}, "nothing raises orders.held"),
}


def planted(folder: Path, files: dict[str, str]) -> Path:
    for name, text in ({"backoffice/__init__.py": ""} | files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("rule", BREACHES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule):
    faults = rule(ROOT)
    assert not faults, "\n".join([str(rule.__doc__).splitlines()[0], *faults])


@pytest.mark.parametrize(("rule", "breach"), BREACHES.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_a_breach_is_seen(rule, breach, tmp_path):
    files, fault = breach
    found = rule(planted(tmp_path, files))
    assert len(found) == 1, found
    assert fault in found[0]


def test_a_tree_without_breach_is_clean(tmp_path):
    tree = planted(tmp_path, {name: f'"""A room."""\n\n{text}' for name, text in CODED.items()})
    planted(tmp_path, {"tests/orders/test_actions.py": '"""Orders."""'})
    assert [fault for rule in BREACHES for fault in rule(tree)] == []


@pytest.mark.parametrize(
    ("files", "fault"),
    [
        ({"backoffice/orders/actions.py": 'raise Refused("orders.lost")'}, "orders.lost has no sentence"),
        ({"backoffice/orders/words.py": 'REFUSALS = {"orders.held": mark("x")}'}, "orders.unknown has no sentence"),
        ({"backoffice/orders/words.py": CODED["backoffice/orders/words.py"].replace("{id}", "{no}")}, "asks for no"),
        ({"backoffice/stock/words.py": 'REFUSALS = {"orders.held": mark("x")}'}, "2 sentences"),
    ],
)
def test_codes_and_sentences_belong_together(files, fault, tmp_path):
    tree = planted(tmp_path, CODED | files)
    found = [*rules.errors_without_words(tree), *rules.words_without_errors(tree)]
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    "text",
    ["day = date.today()", "at = time.time()", 'sql = "SELECT CURRENT_TIMESTAMP"', "sql = \"SELECT date('now')\""],
)
def test_each_kind_of_own_clock_is_seen(text, tmp_path):
    assert len(rules.own_clocks(planted(tmp_path, {"backoffice/store/a.py": text}))) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('words("Order {n}".format(n=n))', 1),
        ('words("Order " + number)', 1),
        ("plural(one, many, n)", 2),
        ("mark(SENTENCE)", 1),
        ("words(VERBS.get(verb, verb))", 0),
        ("sidebar.mark(key)", 0),
        ('plural("{n} order", "{n} orders", n)', 0),
    ],
)
def test_only_whole_sentences_can_be_translated(text, faults, tmp_path):
    assert len(rules.unreadable_sentences(planted(tmp_path, {"ui/a.py": text}))) == faults


def test_a_float_beside_money_is_seen_and_one_on_a_page_is_not(tmp_path):
    text = "from backoffice.core.money import Money\nhalf = 0.5\n"
    assert len(rules.floats_for_money(planted(tmp_path, {"backoffice/orders/a.py": text}))) == 1
    drawn = planted(tmp_path, {"backoffice/orders/a.py": "", "backoffice/orders/b.py": f"import reportlab\n{text}"})
    rules.sources.cache_clear()
    assert rules.floats_for_money(drawn) == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_a_host(lock):
    assert locks.hosts(lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line", ["--index-url https://pypi.example/simple", "--find-links /srv/wheels", "yagmail @ file:///srv/yagmail.whl"]
)
def test_a_lock_that_names_a_host_is_seen(line):
    assert locks.hosts(f"alembic==1.20.1 \\\n{line}\n") == [line]


def test_every_locked_line_has_its_hashes_and_both_locks_agree():
    runtime, everything = (_pins(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert runtime and all(hashes for hashes in everything.values())
    assert {name: hashes for name, hashes in runtime.items() if everything.get(name) != hashes} == {}


def _pins(lock: Path) -> dict[str, list[str]]:
    """`name==version ; marker` -> its hashes."""
    pins: dict[str, list[str]] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            pins[line.rstrip(" \\")] = []
        else:
            pins[list(pins)[-1]] += re.findall(r"sha256:[0-9a-f]{64}", line)
    return pins


def test_qt_keeps_its_references_to_none(qapp):
    """PySide6 6.12.0 on Python 3.11 gives one away with each call that returns nothing, and aborts in the end."""
    from PySide6.QtWidgets import QLabel  # noqa: PLC0415  # only this test needs it

    label = QLabel()
    before = sys.getrefcount(None)
    for _ in range(2000):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 200
