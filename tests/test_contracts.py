"""Each import contract holds on the tree, and turns red when it alone is broken on purpose."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
CONTRACTS = {
    each["id"]: each["name"]
    for each in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# The contract's id, the module the breach is planted in, the breach.
BREACHES = [
    ("halls", "backoffice/orders/breach.py", "import ui.kit"),
    ("no-window-below", "backoffice/orders/breach.py", "from PySide6 import QtCore"),
    ("floors", "backoffice/core/breach.py", "import backoffice.store"),
    ("floors", "backoffice/inventory/breach.py", "import backoffice.customers"),
    ("floors", "backoffice/giftcards/__init__.py", ""),
    ("rooms", "backoffice/orders/model.py", "import backoffice.orders.actions"),
    ("ground", "backoffice/core/breach.py", "import sqlmodel"),
    ("window-asks", "ui/kit/breach.py", "import sqlite3"),
    ("screens", "ui/kit/breach.py", "import ui.app"),
    ("screens", "ui/orders/breach.py", "import ui.customers"),
    ("screens", "ui/loose.py", ""),
    ("circles", "backoffice/store/breach.py", "import backoffice.store.engine"),
    ("engine", "backoffice/orders/breach.py", "import backoffice.store.engine"),
    ("keyring", "backoffice/store/breach.py", "import keyring"),
    ("mailbox", "backoffice/mail/breach.py", "import imapclient"),
    ("mailbox", "backoffice/orders/breach.py", "import yagmail"),
    ("post", "ui/kit/breach.py", "import smtplib"),
]


def lint(tree: Path, *contracts: str) -> str:
    chosen = [part for contract in contracts for part in ("--contract", contract)]
    answer = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache", *chosen],
        cwd=tree,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return answer.stdout + answer.stderr


@pytest.fixture
def tree(tmp_path):
    only_python = shutil.ignore_patterns("__pycache__", "*.mo", "*.po")
    for hall in ("backoffice", "ui"):
        shutil.copytree(ROOT / hall, tmp_path / hall, ignore=only_python)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract(tree):
    told = lint(tree)
    assert [name for name in CONTRACTS.values() if f"{name} KEPT" not in told] == [], told


def test_every_contract_is_broken_below():
    assert {contract for contract, _, _ in BREACHES} == set(CONTRACTS)


@pytest.mark.parametrize(("contract", "module", "breach"), BREACHES)
def test_a_breach_turns_its_contract_red(tree, contract, module, breach):
    file = tree / module
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    with file.open("a", encoding="utf-8") as writing:
        writing.write(f"\n{breach}\n")
    if contract == "circles":
        with (tree / "backoffice/store/engine.py").open("a", encoding="utf-8") as writing:
            writing.write("\nimport backoffice.store.breach\n")
    told = lint(tree, contract)
    assert f"{CONTRACTS[contract]} BROKEN" in told, told
