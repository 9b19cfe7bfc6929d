"""What is typed and not saved survives the program: kept while one types, there again at the next opening."""

import os
import stat
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget

from backoffice.core.language import Language
from ui.kit.drawer import Drawer, Unsaved
from ui.kit.fields import CheckField, ChoiceField, IntField, MultiLine, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.tag_field import TagField

NOTE = Unsaved("customers/note/1", "A note about {name} is not kept yet.", {"name": "Ana"})


@dataclass(frozen=True)
class Draft:
    text: str = ""
    lines: str = ""
    units: int | None = None
    kind: str = "a"
    sure: bool = False
    tags: tuple[str, ...] = ()


def a_form():
    form = Form(Draft(), Language("en"))
    form.add(TextField("text", "Text"), MultiLine("lines", "Lines"), IntField("units", "Units"))
    form.add(TagField("tags", "Tags"))
    kinds = [("a", "First"), ("b", "Second")]
    return form.add(ChoiceField("kind", "Kind", kinds, required=True), CheckField("sure", "Sure"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "shop.backoffice-typed"


@pytest.fixture
def dialog(app, file, qtbot):
    """Opens the dialog as a program does that was just started."""

    def make(saved=lambda _draft: True):
        app.drawer = Drawer(file, app)
        made = FormDialog(app, "Note", a_form(), "Keep", saved, keep=NOTE)
        qtbot.addWidget(made)
        return made

    return make


def type_all(form):
    form.field("text").editor.setText("Ana called ")
    form.field("lines").editor.setPlainText("one\ntwo")
    form.field("units").editor.setText("no number")
    form.field("kind").editor.setCurrentIndex(1)
    form.field("sure").editor.setChecked(True)
    form.field("tags").retype(["gift"])


def test_what_was_typed_stands_there_again_also_what_cannot_be_read(app, dialog):
    type_all(dialog().form)
    app.drawer.flush()
    again = dialog().form
    assert {key: again.field(key).raw() for key in ("text", "lines", "units", "kind", "sure", "tags")} == {
        "text": "Ana called ",
        "lines": "one\ntwo",
        "units": "no number",
        "kind": '"b"',
        "sure": True,
        "tags": ["gift"],
    }
    assert again.dirty
    assert [each.key for each in app.drawer.left()] == ["customers/note/1"]
    assert app.drawer.left()[0].facts == {"name": "Ana"}


def test_it_is_on_the_disk_soon_after_a_key_though_nobody_closes_anything(file, dialog, qtbot):
    dialog().form.field("text").editor.setText("half a sent")
    qtbot.waitUntil(file.exists, timeout=5000)
    assert Drawer(file).typed(NOTE.key) == {"text": "half a sent"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_nobody_else_may_read_it(app, file, dialog):
    type_all(dialog().form)
    app.drawer.flush()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_one_may_begin_afresh(app, dialog, file):
    type_all(dialog().form)
    app.drawer.flush()
    made = dialog()
    made.show()
    link = next(each for each in made.findChildren(QWidget) if each.accessibleName() == "Begin afresh")
    link.click()
    app.drawer.flush()
    assert made.form.draft() == Draft() and not file.exists()


@pytest.mark.parametrize("end", ["saved", "given up"])
def test_nothing_is_left_of_what_was_saved_or_given_up(app, dialog, file, end):
    made = dialog()
    made.form.field("text").editor.setText("said")
    app.drawer.flush()
    assert file.exists()
    app.notices.asking = lambda _question: True
    made.press() if end == "saved" else made.reject()
    app.drawer.flush()
    assert not file.exists() and app.drawer.left() == []


def test_a_dialog_that_is_not_saved_keeps_what_is_typed(app, dialog, file):
    made = dialog(saved=lambda _draft: False)
    made.form.field("text").editor.setText("said")
    made.press()
    app.drawer.flush()
    assert app.drawer.typed(NOTE.key) == {"text": "said"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1]", b'{"a/b": 1}', b'{"a": {"told": 1}}', b"[" * 100_000])
def test_a_spoilt_file_is_an_empty_drawer(file, content):
    file.write_bytes(content)
    assert Drawer(file).left() == []


def test_a_foreign_value_spoils_no_form(app, file, dialog):
    file.write_text('{"customers/note/1": {"told": "x", "facts": {}, "typed": {"tags": 3, "gone": 1, "kind": "z"}}}')
    assert dialog().form.draft() == Draft()


def test_what_names_somebody_erased_is_not_kept(file):
    drawer = Drawer(file)
    drawer.watch(NOTE, drawer, lambda: "call on Monday")
    drawer.touch(NOTE.key)
    drawer.flush()
    assert [each.key for each in drawer.left()] == [NOTE.key]
    drawer.forget(["Bea Ruiz"])
    assert drawer.left() != []
    drawer.forget(["bea@example.com", "a note about"])
    assert drawer.left() == []
