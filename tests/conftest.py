"""What every test stands on: no screen, no network but loopback, no real keyring, its own data folder."""

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt: without it Qt aborts
os.environ["LANGUAGE"] = "en"  # what the command line says without a shop

import keyring
import pytest
from hypothesis import HealthCheck, settings
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

_calm = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", max_examples=100, **_calm)
settings.register_profile("ci", max_examples=60, derandomize=True, print_blob=True, **_calm)
settings.register_profile("thorough", max_examples=1000, **_calm)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


class MemoryKeyring(KeyringBackend):
    """A keyring that lives as long as one test."""

    priority = 0  # type: ignore[assignment]  # keyring's own way to declare a backend

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def memory_keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """Each test has an empty keyring; programs it starts have none."""
    before = keyring.get_keyring()
    ours = MemoryKeyring()
    keyring.set_keyring(ours)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    yield ours
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's data folder is a folder of this test, here and in programs the test starts."""
    home = tmp_path / "home"
    monkeypatch.setenv("BACKOFFICE_HOME", str(home))
    return home


class NetworkForbidden(AssertionError):
    """A test tried to leave this machine."""


def _is_this_machine(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_outside(address: object) -> None:
    if isinstance(address, tuple) and address and not _is_this_machine(address[0]):
        raise NetworkForbidden(f"no network in tests: {address[0]!r}")


def _guarded(original: Callable[..., Any], address_at: int) -> Callable[..., Any]:
    def call(self: socket.socket, *args: Any) -> Any:
        _refuse_outside(args[address_at] if args else None)
        return original(self, *args)

    return call


@pytest.fixture(autouse=True)
def no_network_but_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting, sending or looking up a name outside this machine fails the test."""
    monkeypatch.setattr(socket.socket, "connect", _guarded(socket.socket.connect, 0))
    monkeypatch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex, 0))
    monkeypatch.setattr(socket.socket, "sendto", _guarded(socket.socket.sendto, -1))
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_outside((host,))
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
