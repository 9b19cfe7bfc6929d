"""The start: painted before anything heavy is imported, and alive from then on; ends in order."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "babel",
    "sqlalchemy",
    "sqlmodel",
    "pydantic",
    "platformdirs",
    "dataclasses",
    "PySide6.QtNetwork",
    "ui.kit.table",
)

FIRST_PAINT = """
import builtins, sys
import ui.app
def load(window, memory, arguments):
    from PySide6 import QtCore
    print("loaded", [name for name in {heavy!r} if name in sys.modules])
    print("namespace", "Qt" in vars(QtCore))
    print("plain import", builtins.__import__ is ui.app._PLAIN_IMPORT)
    window.close()
ui.app._load = load
sys.exit(ui.app.main([]))
"""

WHOLE = """
import sys
import ui.app
from pathlib import Path
begin = ui.app._begin
def hooked(window, memory, arguments, error):
    from PySide6.QtCore import QTimer
    begin(window, memory, arguments, error)
    print("begun", error)
    def look():
        if window.screen_shown is not None:
            print("title", window.windowTitle())
            window.close()
    timer = QTimer(window, interval=50)
    timer.timeout.connect(look)
    timer.start()
ui.app._begin = hooked
import ui.window
ui.window.SCREENS = (ui.window.Place("today", "Today", "today", "ui.kit.screen:Screen"),)
ui.window.Window.__init__.__defaults__ = (ui.window.SCREENS,)
sys.exit(ui.app.main(sys.argv[1:]))
"""

FIRST_SCREEN = """
import sys
import ui.app
def begin(window, memory, arguments, error):
    print("later", error, [name for name in {later!r} if name in sys.modules])
    window.close()
ui.app._begin = begin
sys.exit(ui.app.main([]))
"""
LATER = ("ui.orders.screen", "ui.dispatch.screen", "ui.products.screen", "ui.customers.screen", "ui.settings.screen")

EVERY_SCREEN = """
import sys
from importlib import import_module
from ui.window import SCREENS
for place in SCREENS:
    import_module(place.made_by.partition(":")[0])
print([name for name in {printing!r} if name in sys.modules])
"""
PRINTING = ("reportlab", "PIL", "pypdfium2", "PySide6.QtPrintSupport", "alembic")


def run(script, *arguments, home):
    environment = {**os.environ, "BACKOFFICE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        cwd=home,
    )
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_the_first_paint_waits_for_nothing_it_does_not_need(tmp_path):
    code, told, errors = run(FIRST_PAINT.format(heavy=HEAVY), home=tmp_path)
    assert told == ["loaded []", "namespace False", "plain import True"], errors
    assert code == 0


def test_the_first_screen_waits_for_no_other(tmp_path):
    code, told, errors = run(FIRST_SCREEN.format(later=LATER), home=tmp_path)
    assert told == ["later None []"], errors
    assert code == 0


def test_no_screen_waits_for_what_only_printing_needs(tmp_path):
    code, told, errors = run(EVERY_SCREEN.format(printing=PRINTING), home=tmp_path)
    assert told == ["[]"], errors
    assert code == 0


def test_the_window_opens_a_shop_and_ends_in_order(tmp_path, shop_file):
    code, told, errors = run(WHOLE, str(shop_file), home=tmp_path)
    assert told == ["begun None", "title Cerámica Luz – Backoffice"], errors
    assert code == 0, errors
    assert not list(tmp_path.glob("*.lock"))
