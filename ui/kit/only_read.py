"""A window that only looks: somebody else has the shop open, on another computer or as another user."""

from collections.abc import Callable

from ui.kit.context import AppContext


def tell_only_read(app: AppContext, look_again: Callable[[], object]) -> None:
    """The calm line above the screens, as long as this window is open."""
    words = app.words
    at = app.format.moment(app.shop.clock.now())
    said = words("Somebody else has this shop open. You see it as it was {moment}, and can change nothing here.")
    act = words("Look again")
    app.notices.banner("only-read", said.format(moment=at), tone="note", act=act, run=look_again)
