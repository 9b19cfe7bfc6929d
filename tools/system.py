"""The few system libraries and programs that no Python package brings, and how this system gets them."""

import ctypes
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tools.places import Stop, say

# Library -> Debian package, found by starting Qt on a bare Debian 12 and adding what it missed, one at a time.
DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
}
X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
PROGRAMS = {"objdump": "binutils"}
# Servers that tests start by themselves, each in a folder of its own. Tests that lack one are left out and say so.
TEST_PROGRAMS = {"dovecot": "dovecot-imapd"}


def window_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """What Qt loads besides, library -> Debian package, for the window system the environment names."""
    chosen = environment.get("QT_QPA_PLATFORM") or ("wayland" if environment.get("WAYLAND_DISPLAY") else "xcb")
    return WAYLAND if chosen.startswith("wayland") else X11 if chosen == "xcb" else {}


def loads(library: str) -> bool:
    """Whether the dynamic linker finds this library and all it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def is_the_systems(python: str) -> bool:
    """Whether this Python came with the system, so that the system's packages complete it."""
    return Path(python).resolve().is_relative_to("/usr/bin")


def provide(
    wanted: Mapping[str, str],
    *,
    present: Callable[[str], object],
    root: bool | None = None,
    debian: bool | None = None,
) -> None:
    """Sees to it that each of `wanted` (name -> Debian package) is `present`; does nothing off Linux.

    On Debian and its kin root installs what is missing and everybody else is told the line to run; on another
    Linux the names are told. Raises Stop unless all is there at the end.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in wanted if not present(name)]
    if not missing:
        return
    lines = install_lines(wanted[name] for name in missing)
    told = ", ".join(missing)
    if not (_is_debian() if debian is None else debian):
        raise Stop(f"This system lacks {told}: install them with its package manager, then call again.")
    if not (os.geteuid() == 0 if root is None else root):
        as_root = " && ".join(f"sudo {shlex.join(line)}" for line in lines)
        raise Stop(f"This system lacks {told}: run this line, then call again.\n{as_root}")
    say(f"Installing what this system lacks: {told}.")
    _install(lines)
    still = [name for name in missing if not present(name)]
    if still:
        raise Stop(f"This system still lacks {', '.join(still)}, though the packages are installed.")


def provide_for_tests(wanted: Mapping[str, str] = TEST_PROGRAMS, *, serves: bool | None = None) -> None:
    """As `provide`, but what is missing is only named: the tests run without it.

    Where systemd runs (`serves`) nothing is installed, because it would start each server for the whole machine.
    """
    runs = Path("/run/systemd/system").exists() if serves is None else serves
    try:
        provide(wanted, present=server_program, root=False if runs else None)
    except Stop as stop:
        say(f"The tests that need what is named next are left out. {stop.sentence}")


def server_program(name: str) -> str | None:
    """Where a server's program lies; such stand in folders that are in nobody's path but root's."""
    return shutil.which(
        name, path=os.environ.get("PATH", "") + os.pathsep + "/usr/sbin" + os.pathsep + "/usr/local/sbin"
    )


def install_lines(packages: Iterable[str]) -> list[list[str]]:
    """The two commands that bring these Debian packages, and nothing they merely recommend."""
    return [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", *sorted(set(packages))],
    ]


def _is_debian() -> bool:
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def _install(lines: list[list[str]]) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for line in lines:
        done = subprocess.run(line, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        # An update that missed one of many lists may still have brought the one needed: the install decides.
        if done.returncode and "install" in line:
            say(done.stdout)
            raise Stop(f"This line failed, as told above: {shlex.join(line)}")
