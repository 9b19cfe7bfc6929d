"""Every reason has its sentence, and every sentence its facts."""

import ast
from pathlib import Path
from string import Formatter

import pytest

from backoffice.channels import rows, words
from backoffice.channels.cells import BadCell
from backoffice.channels.readers import MAPPED, READERS
from backoffice.channels.reading import open_table
from tests.channels.files import bytes_of, read, saved, taken
from tests.channels.hostile import ROWS, Expect
from tests.channels.hostile_cells import CELLS, ORDERS

FOLDER = Path(rows.__file__).parent
TABLES = {"REFUSALS": words.REFUSALS, "OUTAGES": words.OUTAGES, "REJECTIONS": words.REJECTIONS, "NOTES": words.NOTES}
REJECTING = {name: case for cases in (ROWS, CELLS, ORDERS) for name, case in cases.items()
             if isinstance(case[1], Expect) and case[1].rejected}  # fmt: skip


def reasons_given() -> set[str]:
    """The codes that the readers' code gives to BadCell and rejected()."""
    given: set[str] = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("BadCell", "rejected"):
                places = [child for argument in node.args for child in ast.walk(argument)]
                given |= {
                    str(place.value)
                    for place in places
                    if isinstance(place, ast.Constant) and "-" in str(place.value) and " " not in str(place.value)
                }
    return given - {"-"}


def test_every_reason_has_a_sentence():
    assert reasons_given() - words.REJECTIONS.keys() == set()
    assert len(reasons_given()) > 30


def test_every_reader_has_a_name():
    assert {reader.key for reader in (*READERS, *MAPPED.values())} == words.READERS.keys()


def test_every_sentence_is_one_and_says_what_to_do():
    for table in TABLES.values():
        for sentence in table.values():
            assert sentence.rstrip("”")[-1] in ".}?", sentence


@pytest.mark.parametrize("name", REJECTING)
def test_the_facts_of_a_rejection_fill_its_sentence(name, tmp_path):
    for each in read(saved(tmp_path, REJECTING[name][0])):
        if hasattr(each, "code"):
            places = {place for _, place, _, _ in Formatter().parse(words.REJECTIONS[each.code]) if place}
            assert places <= each.facts.keys()
            assert each.facts.get("column", "x"), each


def test_notes_have_sentences(tmp_path):
    table = open_table(saved(tmp_path, b"About\n\n" + bytes_of(["x", "y\0", *["z"] * 19]) + b"3 records\n"))
    assert taken(table.rows())
    assert {note.code for note in table.notes()} <= words.NOTES.keys()


def test_a_bad_cell_is_quoted_on_one_short_line():
    assert BadCell("not-a-date", "a\n" + "b" * 500).facts == {"value": "a " + "b" * 77 + "…"}
