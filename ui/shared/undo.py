"""What the Undo of a toast does."""

from collections.abc import Callable
from typing import Any

from ui.kit.context import AppContext


def undoing(app: AppContext, action: Callable[..., Any], *arguments: Any, **more: Any) -> Callable[[Any], object]:
    """Runs the inverse `action(work, …)`, whatever the act itself answered."""
    return lambda _value: app.do(action, *arguments, **more)
