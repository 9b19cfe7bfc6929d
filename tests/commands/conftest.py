"""How a test speaks to the command line: in this process, with what it printed and how it ended."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from backoffice.commands.app import main


@dataclass(frozen=True)
class Said:
    """What a command printed and the code it ended with."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`run("orders", shop, "--json")`: one command, as main.py would run it."""

    def one(*arguments: object) -> Said:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return one
