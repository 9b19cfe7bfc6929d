"""What the window remembers between two starts: places and sizes, chosen columns, saved views, the last shop."""

import json
import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings


class Memory:
    """A file window.ini beside the shops (BACKOFFICE_HOME) or where the system keeps such things.

    Qt's own states (geometry, splitters, headers) go in as they are; everything else as JSON text, because
    QSettings gives back "3" for 3.
    """

    def __init__(self) -> None:
        home = os.environ.get("BACKOFFICE_HOME")
        if home:
            self._settings = QSettings(str(Path(home) / "window.ini"), QSettings.Format.IniFormat)
        else:
            form, scope = QSettings.Format.IniFormat, QSettings.Scope.UserScope
            self._settings = QSettings(form, scope, "Backoffice", "window")

    def state(self, key: str) -> QByteArray:
        """A state Qt wrote; empty where there is none."""
        value = self._settings.value(f"state/{key}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_state(self, key: str, state: QByteArray) -> None:
        self._settings.setValue(f"state/{key}", state)

    def read(self, key: str, default: Any = None) -> Any:
        """A value that `keep` wrote; the default where there is none or it is spoilt."""
        text = self._settings.value(f"kept/{key}")
        try:
            return json.loads(text) if isinstance(text, str) else default
        except ValueError:
            return default

    def keep(self, key: str, value: Any) -> None:
        """Keeps anything JSON can write."""
        self._settings.setValue(f"kept/{key}", json.dumps(value))
