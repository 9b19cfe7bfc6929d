"""Tasks for a worker process: it imports them by name, so they cannot stand inside a test."""

import os
import time

from backoffice.core.errors import Refused


def add(progress, cancelled, one, other):
    progress(1, 2, "adding")
    return one + other


def refuse(progress, cancelled, file):
    raise Refused("channels.not-csv", file=file)


def die(progress, cancelled):
    os._exit(9)


def wait_for_stop(progress, cancelled):
    progress(1)
    until = time.monotonic() + 15
    while not cancelled() and time.monotonic() < until:
        os.sched_yield() if hasattr(os, "sched_yield") else None
    return "stopped" if cancelled() else "waited in vain"
