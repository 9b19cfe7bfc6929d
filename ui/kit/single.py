"""One window a shop: a second start raises the first window and goes away."""

import getpass
import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 500  # milliseconds


def _name(shop: Path) -> str:
    """A name of this user and this shop: the socket lies in the system's temporary folder."""
    told = f"{getpass.getuser()}\n{shop.expanduser().resolve()}"
    return "backoffice-" + hashlib.sha256(told.encode()).hexdigest()[:24]


def knock(shop: Path) -> bool:
    """Asks whoever has the shop open to come to the front; False where nobody answers."""
    socket = QLocalSocket()
    socket.connectToServer(_name(shop))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(b"raise\n")
    socket.waitForBytesWritten(_PATIENCE)
    socket.disconnectFromServer()
    return True


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
        self._server.newConnection.connect(self._answer)
        self._server.listen(_name(shop))

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def _answer(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self._knocked()
