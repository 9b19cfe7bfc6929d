"""Secrets live in the keyring or in memory, never in a file."""

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import InitError, KeyringError, KeyringLocked

from backoffice.core.secrets import Kept, SecretStore

LONG = "señal🔑" * 2000


class LikeWindows:
    """Refuses what Windows' credential manager refuses: over 2,560 bytes of UTF-16."""

    def __init__(self, memory):
        self.memory, self.plain = memory, memory.set_password

    def __call__(self, service, name, secret):
        if len(secret.encode("utf-16-le")) > 2560:
            raise OSError(1783, "The stub received bad data")
        self.plain(service, name, secret)


@pytest.fixture
def windows(memory_keyring, monkeypatch):
    monkeypatch.setattr(memory_keyring, "set_password", LikeWindows(memory_keyring))
    return memory_keyring


@pytest.mark.parametrize("secret", ["", "pässwörd", "x" * 1200, "x" * 1201, LONG, "\x02parts:3:abc", "\x02parts:x"])
def test_a_kept_secret_outlives_the_program(windows, secret):
    assert SecretStore("shop").save("ana@x.test", secret) is Kept.KEPT
    assert SecretStore("shop").read("ana@x.test") == secret


def test_a_new_secret_leaves_nothing_of_the_old(windows):
    store = SecretStore("shop")
    store.save("ana", LONG)
    assert len(windows.kept) > 10
    store.save("ana", "short")
    assert windows.kept == {("shop", "ana"): "short"}
    store.save("ana", LONG)
    assert store.forget("ana")
    assert windows.kept == {}
    assert store.read("ana") is None


def test_shops_do_not_read_each_others_secrets():
    SecretStore("one").save("ana", "secret")
    assert SecretStore("two").read("ana") is None


def test_forgetting_what_was_never_kept_is_fine():
    assert SecretStore("shop").forget("nobody")


def test_without_a_keyring_a_secret_lasts_for_the_session():
    keyring.set_keyring(NoKeyring())
    store = SecretStore("shop")
    assert store.save("ana", "secret") is Kept.SESSION_ONLY
    assert store.read("ana") == "secret"
    assert SecretStore("shop").read("ana") is None
    store.forget("ana")
    assert store.read("ana") is None


@pytest.mark.parametrize(
    "error",
    [
        KeyringError("x"),
        KeyringLocked("x"),
        InitError("dismissed"),
        RuntimeError("x"),
        OSError(5, "x"),
        ValueError("x"),
    ],
)
def test_a_keyring_that_fails_never_stops_the_program(memory_keyring, monkeypatch, error):
    def fail(*_):
        raise error

    for name in ("set_password", "get_password", "delete_password"):
        monkeypatch.setattr(memory_keyring, name, fail)
    store = SecretStore("shop")
    assert store.save("ana", LONG) is Kept.SESSION_ONLY
    assert store.read("ana") == LONG
    assert not store.forget("ana")
    assert store.read("ana") is None


def test_a_keyring_that_fails_half_way_leaves_no_parts(windows, monkeypatch):
    store = SecretStore("shop")
    store.save("ana", "old")
    plain, left = windows.set_password, [3]

    def tiring(service, name, secret):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(1783, "The stub received bad data")
        plain(service, name, secret)

    monkeypatch.setattr(windows, "set_password", tiring)
    assert store.save("ana", LONG) is Kept.SESSION_ONLY
    assert store.read("ana") == LONG
    assert windows.kept == {("shop", "ana"): "old"}


def test_a_long_secret_that_lost_a_part_is_no_secret(windows):
    SecretStore("shop").save("ana", LONG)
    part = next(key for key in windows.kept if key[1].endswith("#4"))
    del windows.kept[part]
    assert SecretStore("shop").read("ana") is None


def test_a_secret_beyond_all_measure_lasts_for_the_session():
    store = SecretStore("shop")
    assert store.save("ana", "x" * 200_000) is Kept.SESSION_ONLY
    assert store.read("ana") == "x" * 200_000


def test_no_secret_reaches_a_file_or_a_text(tmp_path, capfd, caplog, own_data_folder):
    keyring.set_keyring(NoKeyring())
    store = SecretStore("shop")
    store.save("ana", "CANARY-7f3a")
    assert "CANARY" not in repr(store) + str(store) + caplog.text + "".join(capfd.readouterr())
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=3000))
def test_any_secret_comes_back_as_it_was(secret):
    store = SecretStore("any")
    assert store.save("ana", secret) is Kept.KEPT
    assert SecretStore("any").read("ana") == secret
    assert store.forget("ana")
