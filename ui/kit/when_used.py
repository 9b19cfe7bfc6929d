"""Modules that are imported when something of them is first used: what a screen rarely does, and is heavy.

Printing is the case: ReportLab, Pillow, pdfium and the fonts take 120 ms and 14 MB, and most sessions look at lists.
"""

import threading
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_turn = threading.RLock()  # ReportLab imports in circles: two jobs that begin it at once would get half of it


class WhenUsed:
    """Stands for the module of this name. First use what is heavy in a job: its import takes as long as it takes."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        self.fetch()
        return getattr(import_module(self._name), attribute)

    def fetch(self) -> None:
        """Imports it now: in a job, before somebody waits for it."""
        with _turn:
            import_module(self._name)


def hook(name: str) -> Any:
    """What a "module:name" says; None where that room is not built."""
    module, _, attribute = name.partition(":")
    if find_spec(module.rpartition(".")[0]) is None or find_spec(module) is None:
        return None
    return getattr(import_module(module), attribute)
