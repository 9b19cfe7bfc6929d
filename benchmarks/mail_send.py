"""Mails sent over one connection, each phase written to the disk, beside the library's own sendmail on one connection.

The server runs in a process of its own and answers each command after what a near provider takes; the goal is a rate
of 0.8 of the library's. What the phases cost without a network, CPU time a mail, is told beside it.
"""

import itertools
import multiprocessing
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import yagmail

from backoffice.mail.outbox.connection import tls_context
from backoffice.mail.outbox.sending import send_due
from backoffice.mail.writing.composing import compose
from backoffice.shop import Shop
from benchmarks.floor import Measure, compare, cpu_seconds, within
from tests.builders import a_shop
from tests.mail.outbox.letters import a_letter, an_account, connecting, queued
from tests.mail.outbox.scripted import AUTHORITY, Script, a_server

MAILS = 50
ANSWERS_AFTER = 0.01
"""Seconds a command; a provider on the same continent takes 20 to 50 ms."""
_shops = itertools.count()


def _serve(pipe: Pipe, answers_after: float) -> None:
    with a_server(Script(answers_after=answers_after)) as port:
        pipe.send(port)
        pipe.recv()


def a_far_server(answers_after: float) -> tuple[Pipe, int]:
    """A server in another process: the pipe that ends it, and its port."""
    here, there = multiprocessing.Pipe()
    multiprocessing.get_context("spawn").Process(target=_serve, args=(there, answers_after), daemon=True).start()
    return here, here.recv()


def _a_full_outbox(folder: Path, port: int) -> Shop:
    place = folder / str(next(_shops))
    place.mkdir()
    shop = a_shop(place)
    with shop.work() as work:
        account = an_account(work, port=port)
        for n in range(MAILS):
            queued(work, account, n)
    return shop


def ours(shop: Shop) -> None:
    """The program's way."""
    if send_due(shop, connect=connecting()).sent != MAILS:
        raise RuntimeError("not all were sent")


def floor(raw: bytes, port: int) -> None:
    """The library's way: connect once, sendmail each."""
    line = yagmail.SMTP(
        "hola@casa.example", "right", host="localhost", port=port, context=tls_context(str(AUTHORITY)), timeout=30
    )
    line.set_logging(None)
    line.login()
    for n in range(MAILS):
        line.smtp.sendmail("hola@casa.example", [f"ana{n}@x.example"], raw)
    line.close()


def main(_scale: int) -> Iterator[Measure]:
    """Mails are sent by the batch, whatever the shop's size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        raw = _a_mail(folder)
        for answers_after, goal in ((ANSWERS_AFTER, 1 / 0.8), (0.0, 0.0)):
            pipe, port = a_far_server(answers_after)
            ours(_a_full_outbox(folder, port))  # what is prepared once is prepared

            def fresh(port: int = port) -> Shop:
                return _a_full_outbox(folder, port)

            told = compare(
                f"{MAILS} mails, {answers_after * 1000:.0f} ms an answer",
                ours=ours,
                floor=lambda _shop, port=port: floor(raw, port),
                goal=goal,
                fresh=fresh,
                rounds=3,
                clock=time.perf_counter if answers_after else cpu_seconds,
            )
            if answers_after:
                yield told
            else:
                yield within("CPU time of a mail", ours=told.ours / MAILS * 1000, goal=5, unit="ms")
            pipe.send("end")


def _a_mail(folder: Path) -> bytes:
    (folder / "one").mkdir()
    with a_shop(folder / "one") as shop, shop.work() as work:
        return compose(a_letter(work, rfc_id="<one@casa.example>"))
