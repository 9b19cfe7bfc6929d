"""The log file beside the shops: codes of outages and reports of faults, never a name; a few small files, private."""

import logging
from logging.handlers import RotatingFileHandler

from backoffice.core.paths import data_folder, private_file

SIZE = 500_000  # bytes
KEPT = 3
NAME = "backoffice.log"


def begin() -> None:
    """Writes what the program logs from now on; where the folder cannot be written, nothing is logged."""
    log = logging.getLogger("backoffice")
    log.propagate = False
    if log.handlers:
        return
    try:
        path = private_file(data_folder() / NAME)
        handler: logging.Handler = RotatingFileHandler(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
