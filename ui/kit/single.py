"""One window a shop: a second start raises the first window and goes away."""

import getpass
import hashlib
import os
import re
import socket
import stat
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDir, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 500  # milliseconds
_OURS = re.compile(r"backoffice-[0-9a-f]{24}")
_RAISE = b"raise\n"


def _name(shop: Path) -> str:
    """A name of this user and this shop: the socket lies in the system's temporary folder."""
    told = f"{getpass.getuser()}\n{shop.expanduser().resolve()}"
    return "backoffice-" + hashlib.sha256(told.encode()).hexdigest()[:24]


def knock(shop: Path) -> bool:
    """Asks whoever has the shop open to come to the front; False where nobody answers."""
    caller = QLocalSocket()
    caller.connectToServer(_name(shop))
    if not caller.waitForConnected(_PATIENCE):
        return False
    caller.write(_RAISE)
    caller.waitForBytesWritten(_PATIENCE)
    caller.disconnectFromServer()
    return True


def sweep(folder: Path) -> None:
    """Removes the doors that killed programs of this user left in this folder; Windows leaves none."""
    if not hasattr(socket, "AF_UNIX"):
        return
    for found in folder.glob("backoffice-*"):
        if _OURS.fullmatch(found.name) and _is_left(found):
            found.unlink(missing_ok=True)


def _is_left(found: Path) -> bool:
    """Whether this is a socket of ours that nobody listens at; a listener takes no notice of being asked."""
    try:
        known = found.lstat()
        if not stat.S_ISSOCK(known.st_mode) or known.st_uid != os.getuid():
            return False
        with socket.socket(socket.AF_UNIX) as asking:
            asking.settimeout(_PATIENCE / 1000)
            asking.connect(str(found))
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


class Door(QObject):
    """Listens for knocks while a shop is open; the shop's side lock has said that we are the only one."""

    def __init__(self, knocked: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._knocked = knocked
        self._server: QLocalServer | None = None

    def open(self, shop: Path) -> None:
        self.close()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(shop))  # left behind by a program that was killed
        sweep(Path(QDir.tempPath()))
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(shop))

    def close(self) -> None:
        """Listens no more and leaves nothing behind."""
        if self._server is not None:
            name = self._server.serverName()
            self._server.close()
            QLocalServer.removeServer(name)
            self._server.deleteLater()
            self._server = None

    def _answer(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.readyRead.connect(lambda caller=caller: self._hear(caller))
            caller.disconnected.connect(caller.deleteLater)
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if bytes(caller.readAll().data()).startswith(_RAISE):
            self._knocked()
