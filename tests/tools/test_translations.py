"""The catalogues follow the code, guess nothing, and change only where sentences do."""

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tools import translations


def a_catalogue(**sentences):
    made = Catalog(locale="es", charset="utf-8")
    for english, spanish in sentences.items():
        made.add(english, spanish)
    return made


def code(tmp_path, text):
    for hall in translations.SOURCES:
        (tmp_path / hall).mkdir()
    (tmp_path / "backoffice" / "words.py").write_text(text, encoding="utf-8")
    return translations.extract(tmp_path)


def test_sentences_are_found_wherever_they_are_marked(tmp_path):
    template = code(
        tmp_path,
        """
A = {"x": mark("One" " sentence")}
language.words("Another")
self.app.language.plural("{n} order", "{n} orders", n)
print("Not this")
""",
    )
    assert {message.id for message in template if message.id} == {
        "One sentence",
        "Another",
        ("{n} order", "{n} orders"),
    }


def test_nothing_is_guessed_and_old_sentences_go(tmp_path):
    template = code(tmp_path, 'mark("Orders of today")\n')
    kept = translations.update(a_catalogue(**{"Orders of toda": "Pedidos de hoy"}), template)
    assert [message.id for message in kept if message.id] == ["Orders of today"]
    assert not kept["Orders of today"].string


def test_a_catalogue_changes_only_where_sentences_do(tmp_path):
    template = code(tmp_path, '# moved\n\n\nmark("Zoo")\nmark("Apple")\n')
    first = translations.as_text(translations.update(a_catalogue(Zoo="Zoológico"), template))
    again = translations.update(read_po(io.BytesIO(first.encode()), locale="es"), template)
    assert translations.as_text(again) == first
    assert "Date" not in first and ":4" not in first
    assert first.index("Apple") < first.index("Zoo")
    assert "nplurals=2" in first


@pytest.mark.parametrize(
    ("spanish", "fault"),
    [
        ("", "not translated"),
        ("Pedido", "other {places}"),
        ("Pedido {numero}", "other {places}"),
        ("Pedido {number}", None),
    ],
)
def test_what_is_wrong_with_a_translation_is_told(spanish, fault):
    found = translations.faults(a_catalogue(**{"Order {number}": spanish}), a_catalogue(**{"Order {number}": ""}))
    assert found == [] if fault is None else fault in found[0]


def test_a_plural_needs_each_form_but_may_leave_its_number_out():
    english = ("{n} order of {name}", "{n} orders of {name}")
    template, whole, half = (Catalog(locale="es") for _ in range(3))
    template.add(english)
    whole.add(english, ("Un pedido de {name}", "{n} pedidos de {name}"))
    half.add(english, ("{n} pedido de {name}", ""))
    assert translations.faults(whole, template) == []
    assert "not translated" in translations.faults(half, template)[0]


def test_a_sentence_missing_or_unused_or_guessed_is_told():
    template = a_catalogue(New="", Kept="")
    there = a_catalogue(Kept="Guardado", Old="Viejo")
    there["Kept"].flags.add("fuzzy")
    assert translations.faults(there, template) == [
        "no longer in the code: 'Old'",
        "not in the catalogue: 'New'",
        "only guessed: 'Kept'",
    ]
