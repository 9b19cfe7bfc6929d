"""A real Dovecot on loopback, in a folder of its own and as nobody in particular; whoever lacks it is told so."""

import getpass
import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.mail.receiving.scripted import CERTIFICATES
from tools import system

PROGRAM = system.server_program("dovecot")
with_dovecot = pytest.mark.skipif(
    not PROGRAM, reason="left out: no Dovecot here (Debian's dovecot-imapd), so no real server was fetched from"
)
_SETTINGS = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain_port}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/mail
mail_fsync = never
first_valid_uid = 1
passdb {{
  driver = static
  args = password=right
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}
}}
namespace inbox {{
  inbox = yes
  mailbox "Correo enviado" {{
    special_use = \\Sent
    auto = create
  }}
}}
"""


class Dovecot:
    """The server, its folder and its ports: TLS from the first byte, and plain until STARTTLS."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        name = "nobody" if os.geteuid() == 0 else getpass.getuser()
        self._who = pwd.getpwnam(name)
        with socket.create_server(("127.0.0.1", 0)) as door, socket.create_server(("127.0.0.1", 0)) as other:
            self.port, self.plain_port = door.getsockname()[1], other.getsockname()[1]
        self._running: subprocess.Popen[bytes] | None = None
        for part in ("run", "mail/cur", "mail/new", "mail/tmp"):
            (folder / part).mkdir(parents=True)
        for name in ("server.pem", "server.key"):
            shutil.copyfile(CERTIFICATES / name, folder / name)
        self._write_settings()

    def _write_settings(self) -> None:
        import grp  # noqa: PLC0415  # not on every system

        values = {
            "folder": self.folder,
            "port": self.port,
            "plain_port": self.plain_port,
            "user": self._who.pw_name,
            "uid": self._who.pw_uid,
        }
        values |= {"gid": self._who.pw_gid, "group": grp.getgrgid(self._who.pw_gid).gr_name}
        (self.folder / "conf").write_text(_SETTINGS.format(**values), encoding="utf-8")

    def hold(self, mails: list[bytes]) -> None:
        """Puts mails into the inbox, as a delivery would."""
        for number, mail in enumerate(mails):
            (self.folder / "mail" / "new" / f"{1_772_440_000 + number}.M{number}P1.host").write_bytes(mail)

    def files(self) -> list[str]:
        """The inbox's files without the flags of their names."""
        found = [*(self.folder / "mail" / "new").iterdir(), *(self.folder / "mail" / "cur").iterdir()]
        return sorted(each.name.partition(":")[0] for each in found)

    def start(self) -> None:
        """Starts the server and waits until it lets somebody in."""
        owner = {"user": self._who.pw_uid, "group": self._who.pw_gid, "extra_groups": []}
        if os.geteuid() == 0:
            for each in (self.folder, *self.folder.rglob("*")):
                os.chown(each, self._who.pw_uid, self._who.pw_gid)
        else:
            owner = {}
        command = [str(PROGRAM), "-F", "-c", str(self.folder / "conf")]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._running = subprocess.Popen(command, start_new_session=True, **quiet, **owner)  # type: ignore[call-overload]
        for _ in range(200):
            if self._greets():
                return
            threading.Event().wait(0.05)
        log = self.folder / "log"
        raise AssertionError(f"Dovecot does not answer: {log.read_text() if log.exists() else 'no log'}")

    def _greets(self) -> bool:
        context = ssl.create_default_context(cafile=str(CERTIFICATES / "authority.pem"))
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=2) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as line,
        ):
            return line.recv(4) == b"* OK"
        return False

    def stop(self) -> None:
        """Stops the server and all it started."""
        if self._running is not None:
            self._running.terminate()
            self._running.wait(10)
            with suppress(ProcessLookupError):  # a session goes on for a while without its master
                os.killpg(self._running.pid, signal.SIGKILL)
            self._running = None


@contextmanager
def a_dovecot() -> Iterator[Dovecot]:
    """A server that is not started yet, and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))  # pytest's own folders are closed to others
    folder.chmod(0o755)
    server = Dovecot(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
