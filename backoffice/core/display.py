"""Whether there is a display for a window; to be asked before Qt is imported, which would abort, not raise."""

import ctypes
import os
import sys
from pathlib import Path


def display_answers() -> bool:
    """True where a window can be opened: always on Windows and macOS, elsewhere if a window system answers.

    A platform chosen by QT_QPA_PLATFORM is taken at its word, unless it is X11, which can be asked.
    """
    if not sys.platform.startswith(("linux", "freebsd")):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen and chosen != "xcb":
        return True
    return (not chosen and _wayland_is_there()) or _x_server_answers()


def _wayland_is_there() -> bool:
    socket = os.environ.get("WAYLAND_DISPLAY")
    return bool(socket) and Path(os.environ.get("XDG_RUNTIME_DIR", ""), str(socket)).exists()


def _x_server_answers() -> bool:
    """Connects as Qt would, so that a dead or a forbidden DISPLAY is found out too."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False  # Qt could not draw on it either
    xcb.xcb_connect.restype = ctypes.c_void_p
    link = ctypes.c_void_p(xcb.xcb_connect(None, None))
    broken: int = xcb.xcb_connection_has_error(link)
    xcb.xcb_disconnect(link)
    return not broken
