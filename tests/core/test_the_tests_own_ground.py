"""The ground all tests stand on keeps them on this machine."""

import os
import socket

import keyring
import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "mail.example.com"])
def test_a_test_cannot_leave_this_machine(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as line, pytest.raises(AssertionError, match="no network"):
        line.connect((host, 25))


def test_a_test_cannot_look_up_a_name():
    with pytest.raises(AssertionError, match="no network"):
        socket.create_connection(("example.com", 80), timeout=1)


def test_a_test_cannot_send_a_datagram_out():
    with (
        socket.socket(type=socket.SOCK_DGRAM) as line,
        pytest.raises(AssertionError, match="no network"),
    ):
        line.sendto(b"?", ("192.0.2.1", 53))


def test_loopback_is_open():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as line,
    ):
        assert line.getpeername() == server.getsockname()


def test_each_test_starts_with_an_empty_keyring(memory_keyring):
    assert keyring.get_password("Backoffice", "ana") is None
    keyring.set_password("Backoffice", "ana", "secret")
    assert memory_keyring.kept == {("Backoffice", "ana"): "secret"}


def test_the_data_folder_belongs_to_the_test(tmp_path):
    assert os.environ["BACKOFFICE_HOME"].startswith(str(tmp_path))


def test_qt_needs_no_screen():
    assert os.environ["QT_QPA_PLATFORM"]
