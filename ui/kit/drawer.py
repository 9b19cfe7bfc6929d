"""What is typed and not saved yet, in a private file beside the shop: a closed or killed program loses none of it."""

import json
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from backoffice.core.paths import write_private
from backoffice.store.typed import naming

log = logging.getLogger("backoffice.ui")

_PAUSE = 800  # milliseconds from a keystroke until it is on the disk, however fast one types on


@dataclass(frozen=True)
class Unsaved:
    """Something half-written. `key` is "feature/what", as the feature's screen knows to go on with it; `told` the
    marked sentence that offers it at the next opening, with the words `facts` in it.
    """

    key: str
    told: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def banner(self) -> str:
        """The banner that offers it; one at a time, whoever shows it."""
        return f"unsaved/{self.key}"


class Drawer(QObject):
    """Keeps what is half-written until it is saved or given up. Without a `file` only as long as the program runs."""

    def __init__(self, file: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self._kept: dict[str, dict[str, Any]] = _read(file) if file is not None else {}
        self._watched: dict[str, tuple[Unsaved, QObject, Callable[[], Any]]] = {}
        self._touched: set[str] = set()
        self._turn = threading.Lock()
        self._text = self._written = json.dumps(self._kept)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE)
        self._soon.timeout.connect(self._collect)

    def typed(self, key: str) -> Any:
        """What was typed and kept under this key; None where nothing was."""
        return self._kept.get(key, {}).get("typed")

    def watch(self, what: Unsaved, owner: QObject, typed: Callable[[], Any]) -> None:
        """From now on `typed()` is asked soon after each `touch`: None, or what JSON can write. While `owner` lives."""
        self._watched = {key: each for key, each in self._watched.items() if isValid(each[1])}
        self._watched[what.key] = (what, owner, typed)

    def touch(self, key: str) -> None:
        """A key was pressed there."""
        self._touched.add(key)
        if not self._soon.isActive():
            self._soon.start()

    def drop(self, key: str) -> None:
        """It was saved, or given up."""
        self._touched.discard(key)
        if self._kept.pop(key, None) is not None:
            self._write()

    def forget(self, names: Sequence[str]) -> None:
        """Nothing that names this person is kept any longer: they were erased."""
        for key in naming(self._kept, names):
            self.drop(key)

    def left(self) -> list[Unsaved]:
        """All that is half-written, the oldest first."""
        return [Unsaved(key, str(each["told"]), dict(each["facts"])) for key, each in self._kept.items()]

    def flush(self) -> None:
        """Everything typed is on the disk when this returns; before the window goes."""
        self._collect()
        self._save()

    def _collect(self) -> None:
        self._soon.stop()
        touched, self._touched = self._touched, set()
        for key in touched & self._watched.keys():
            what, owner, ask = self._watched[key]
            if not isValid(owner):
                continue
            typed = ask()
            if typed is None:
                self._kept.pop(key, None)
            else:
                self._kept[key] = {"told": what.told, "facts": dict(what.facts), "typed": typed}
        if touched:
            self._write()

    def _write(self) -> None:
        self._text = json.dumps(self._kept, ensure_ascii=False)
        if self._file is not None:
            threading.Thread(target=self._save, name="drawer").start()  # a slow disk must not hold a keystroke

    def _save(self) -> None:
        """Writes the newest text; one thread at a time, and nothing twice."""
        with self._turn:
            text = self._text
            if self._file is None or text == self._written:
                return
            try:
                if text == "{}":
                    self._file.unlink(missing_ok=True)
                else:
                    write_private(self._file, text.encode("utf-8", "surrogatepass"))
                self._written = text
            except OSError as error:
                log.warning("what is typed cannot be kept: %s", error.strerror)


def _read(file: Path) -> dict[str, dict[str, Any]]:
    """What the file holds; nothing where it is none of ours."""
    try:
        found = json.loads(file.read_bytes().decode("utf-8", "surrogatepass"))
        return {
            key: each
            for key, each in found.items()
            if isinstance(each["told"], str) and isinstance(each["facts"], dict) and each["typed"] is not None
        }
    except (OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}
