"""Files dropped on the window or chosen in the menu: recognised, previewed, taken in, undone."""

from collections.abc import Sequence
from pathlib import Path

from ui.imports.dialog import ImportDialog
from ui.kit.context import AppContext


def take_files(app: AppContext, files: Sequence[Path]) -> ImportDialog:
    """Opens the import's dialog on these files."""
    dialog = ImportDialog(app, list(files))
    dialog.open()
    dialog.look()
    return dialog
