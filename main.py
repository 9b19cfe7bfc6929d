"""Backoffice's front door: no arguments open the window, a command runs without one and without Qt."""

import sys
from multiprocessing import freeze_support

from backoffice.core.display import display_answers
from backoffice.core.version import VERSION

WINDOW = ("open", "pictures")
"""What the window's own half does: open a shop, take pictures of its screens."""
NO_DISPLAY = "There is no display for the window: put xvfb-run before the line, or try {program} demo --no-window."


def main(arguments: list[str]) -> int | None:
    """Opens the window or runs the command; 3 when there is no display to open a window on."""
    if arguments == ["--version"]:
        print(f"Backoffice {VERSION}")
        return 0
    if arguments and arguments[0] not in WINDOW:
        from backoffice.commands.app import main as command

        return command(arguments)
    if not display_answers():
        program = sys.executable if getattr(sys, "frozen", False) else "python3 dev.py"
        print(NO_DISPLAY.format(program=program), file=sys.stderr)
        return 3
    if arguments[:1] == ["pictures"]:
        from ui.pictures import main as window
    else:
        from ui.app import main as window
    return window(arguments[1:])


if __name__ == "__main__":
    freeze_support()  # the built app starts its worker processes through this very door
    sys.exit(main(sys.argv[1:]))
