"""Offers what was half-written when the program ended, and opens it again."""

from collections.abc import Callable
from functools import partial

from backoffice.core.errors import Refused
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.screen import Screen

MOST = 3  # lines: what needs one now is to stay in sight

Go = Callable[[str], Screen]  # shows the screen of a feature


def offer_unsaved(app: AppContext, go: Go) -> None:
    """A line above the screens for each of the newest things that were half-written; older ones are there again when
    their form is opened.
    """
    for what in app.drawer.left()[-MOST:]:
        said = app.words(what.told).format(**what.facts)
        again = partial(_go_on, app, go, what)
        app.notices.banner(what.banner, said, tone="note", act=app.words("Go on with it"), run=again)


def _go_on(app: AppContext, go: Go, what: Unsaved) -> None:
    feature, _, rest = what.key.partition("/")
    app.notices.unbanner(what.banner)
    try:
        go(feature).go_on(rest)
    except Refused as refusal:  # what it was about is no more
        app.drawer.drop(what.key)
        app.tell(refusal)
