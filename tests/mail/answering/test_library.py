"""The templates: whole in each language, without holes, and the shop's own words over them."""

import re

import pytest

from backoffice.core.paths import resource
from backoffice.mail.answering import fields, library
from backoffice.mail.answering.fields import FIELDS, LANGUAGES, About
from backoffice.mail.answering.words import TEMPLATES
from backoffice.mail.writing import templates
from tests.builders import MONDAY, an_open_shop, refused

EVERY = [(code, language) for code in TEMPLATES for language in LANGUAGES]
HOLES = re.compile(r"\s[,.;:!?](?!\d)|[ ]{2}|\( *\)|\{\{|\n{3}|\b(on|by|with|el|del|con) *[.,\n]")
FULL = {
    "customer.first_name": "Ana",
    "order.number": "#1001",
    "order.items": "2 × Cup",
    "order.total": "24,20 €",
    "order.placed_on": "2 March 2026",
    "order.refunded": "5,00 €",
    "order.promised_delivery": "6 March 2026",
    "shop.name": "Casa Lumbre",
    "shop.address": "Casa Lumbre\nCalle Mayor 1\n28013 Madrid",
    "order.status": "on its way",
    "answer.day": "Monday",
    "answer.time": "17:00",
}
FULLER = {name: f"<{name}>" for name in FIELDS} | {"shop.name": "Casa Lumbre"}


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def of(code, language):
    subject, text = library._file(code, language)
    return templates.compiled(subject, FIELDS), templates.compiled(text, FIELDS)


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_every_template_is_clean(code, language):
    subject, text = library._file(code, language)
    assert subject and len(text) < 2000
    assert templates.check(subject, FIELDS) == templates.check(text, FIELDS) == []


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_every_template_reads_well_however_much_is_known(code, language):
    subject, text = of(code, language)
    needed = {name: FULL[name] for name in (*subject.missing({}), *text.missing({}))}
    for values in (needed, FULL, FULLER, FULL | {"customer.first_name": ""}):
        assert not HOLES.search(text.render(values)), text.render(values)
        line = subject.render(values, one_line=True)
        assert line and not HOLES.search(line) and "\n" not in line


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_each_possible_standing_of_an_order_reads_well(code, language):
    _, text = of(code, language)
    some = ["travelling", "delivered", "preparing", "cancelled", "late", "to_follow", "tracking", "promised_dispatch"]
    for one in some:
        made = text.render(FULL | {f"order.{one}": "X1", "shop.name": "Casa Lumbre"})
        assert not HOLES.search(made), made


def test_a_hole_is_seen():
    for hole in ("Dear ,", "Hello !", "It goes to you on .", "left with\n", "a  b", "Call ()"):
        assert HOLES.search(hole)


def test_both_languages_have_the_same_templates_with_the_same_fields():
    for code in TEMPLATES:
        english, spanish = ("".join(library._file(code, language)) for language in LANGUAGES)
        assert templates.fields(english) == templates.fields(spanish)
    for language in LANGUAGES:
        assert {file.stem for file in resource(f"templates/mail/{language}").glob("*.txt")} == set(TEMPLATES)


def test_the_shops_own_words_stand_over_the_programs_and_can_be_taken_back(shop):
    with shop.work() as work:
        library.save(work, code="thanks", language="es", name="Gracias", subject="¡Gracias!", text="Hola.")
    assert shop.ask(library.template, "thanks", "es").text == "Hola."
    assert shop.ask(library.template, "thanks", "en").own is False
    with shop.work() as work:
        library.restore(work, "thanks", "es")
    assert shop.ask(library.template, "thanks", "es").own is False


def test_a_template_of_the_shops_own_gets_a_code_of_its_own(shop):
    with shop.work() as work:
        made = [
            library.save(work, code="", language="es", name="Aceite de oliva", subject="Aceite", text="Hola.")
            for _ in range(2)
        ]
    assert made == ["own-aceite-de-oliva", "own-aceite-de-oliva-2"]
    assert [each.code for each in shop.ask(library.all_templates, "es")][-2:] == made


def test_a_template_put_away_is_not_offered_until_it_is_restored(shop):
    with shop.work() as work:
        library.put_away(work, "damaged", "en")
    assert "damaged" not in {each.code for each in shop.ask(library.all_templates, "en")}
    assert "damaged" in {each.code for each in shop.ask(library.all_templates, "es")}
    with shop.work() as work:
        library.restore(work, "damaged", "en")
    assert "damaged" in {each.code for each in shop.ask(library.all_templates, "en")}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "{{nobody}}"}, "mail.bad-template"),
        ({"subject": "{{#order.number}}"}, "mail.bad-template"),
        ({"name": " "}, "mail.template-nameless"),
        ({"text": " "}, "mail.template-nameless"),
        ({"language": "tlh"}, "mail.template-language"),
        ({"name": "x" * 81}, "mail.too-long"),
        ({"text": "x" * 200_001}, "mail.bad-template"),
    ],
)
def test_a_template_that_could_not_be_used_is_refused(shop, change, code):
    good = {"code": "", "language": "en", "name": "Mine", "subject": "Hello", "text": "Hello"}
    with refused(code), shop.work() as work:
        library.save(work, **{**good, **change})


def test_an_empty_required_field_is_a_fault_and_no_hole(shop):
    filled = shop.ask(library.filled, "refund-made", About("en"), now=MONDAY)
    assert {fault.facts["field"] for fault in filled.faults} == {"order.number", "order.refunded"}


def test_a_template_without_needs_is_filled_for_somebody_unknown(shop):
    filled = shop.ask(library.filled, "thanks", About("es", who="Eva"), now=MONDAY)
    assert filled.faults == ()
    assert filled.text.startswith("Hola:\n\nGracias")
    assert filled.text.endswith("Un saludo,\nEva\nCasa Lumbre\n")


def test_every_field_a_template_may_have_has_a_value(shop):
    assert set(FIELDS) == set(shop.ask(fields.values, About("en"), now=MONDAY))
