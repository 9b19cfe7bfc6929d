"""Until the reader is there, a tiny one of compat32 stands in its place."""

import importlib.util
import sys
import types

if importlib.util.find_spec("backoffice.mail.reading.read") is None:
    from tests.mail import fake_reading

    made = types.ModuleType("backoffice.mail.reading.read")
    for name in ("Mail", "Mailbox", "Part", "Bounce", "BouncedReceiver", "Unreadable", "read"):
        setattr(made, name, getattr(fake_reading, name))
    sys.modules[made.__name__] = made
