"""A tag for several customers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.kit.context import AppContext
from ui.kit.fields import TextField
from ui.kit.form import Form, FormDialog


@dataclass(frozen=True)
class Tag:
    """One word or a few."""

    tag: str = ""


def tag_dialog(app: AppContext, title: str, save: Callable[[str, Form], Any]) -> FormDialog:
    """Asks for one tag."""
    form = Form(Tag(), app.language)
    form.add(TextField("tag", app.words("Tag"), required=True, longest=60))
    made = FormDialog(app, title, form, app.words("Tag"), lambda draft: save(draft.tag, form))
    form.field("tag").setFocus()
    return made
