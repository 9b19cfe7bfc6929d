"""Templates: filled and checked; what a customer wrote is never one."""

import string
import time

import pytest

from backoffice.mail.writing import templates
from tests.builders import refused

KNOWN = {"customer.first_name", "order.number", "order.tracking", "order.items", "shop.name"}


def filled(text, *, one_line=False, **values):
    values = {name.replace("__", "."): value for name, value in values.items()}
    return templates.compiled(text, KNOWN).render(values, one_line=one_line)


def codes(text):
    return [(fault.code.partition(".template-")[2], fault.line, fault.column) for fault in templates.check(text, KNOWN)]


def test_fields_are_filled_in():
    assert (
        filled("Order {{order.number}} of {{ shop.name }}", order__number="1", shop__name="Lumbre")
        == "Order 1 of Lumbre"
    )


def test_a_field_that_is_empty_says_what_stands_behind_the_bar():
    text = "Dear {{customer.first_name|customer}},"
    assert filled(text) == "Dear customer,"
    assert filled(text, customer__first_name="Ana") == "Dear Ana,"


def test_a_section_is_shown_when_its_field_is_filled():
    text = "Hello{{#customer.first_name}} {{customer.first_name}}{{/}}!"
    text += "{{#order.tracking}} No {{order.tracking}}{{/order.tracking}}"
    assert filled(text, customer__first_name="Ana") == "Hello Ana!"
    assert filled(text, order__tracking="X1") == "Hello! No X1"


def test_sections_in_sections_are_hidden_with_the_outer_one():
    text = "{{#order.number}}a{{#order.tracking}}b{{/}}c{{/}}d"
    assert filled(text, order__tracking="1") == "d"
    assert filled(text, order__number="1") == "acd"
    assert filled(text, order__number="1", order__tracking="1") == "abcd"


def test_a_hidden_section_with_lines_of_its_own_leaves_no_gap():
    text = "One\n\n{{#order.tracking}}\nTwo {{order.tracking}}\n\n{{/}}\nThree\n"
    assert filled(text) == "One\n\nThree\n"
    assert filled(text, order__tracking="x") == "One\n\nTwo x\n\nThree\n"
    assert filled("a\n\n{{#order.tracking}}b{{/}}\n\nc") == "a\n\nc"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello\n {{order.nubmer}}", [("unknown", 2, 2)]),
        ("{{#order.number}}x", [("unclosed", 1, 1)]),
        ("x{{/order.number}}", [("unopened", 1, 2)]),
        ("x{{/}}", [("unopened", 1, 2)]),
        ("{{#order.number}}x{{/shop.name}}", [("unopened", 1, 19)]),
        ("a {{order.number", [("malformed", 1, 3)]),
        ("a }} b", [("malformed", 1, 3)]),
        ("{{}}", [("malformed", 1, 1)]),
        ("{{order.number()}}", [("malformed", 1, 1), ("malformed", 1, 17)]),
        ("{{#order.number|x}}y{{/}}", [("malformed", 1, 1)]),
        ("\n\n{{x}}\n{{y}}{{z}}", [("unknown", 3, 1), ("unknown", 4, 1), ("unknown", 4, 6)]),
        ("{{#order.number}}" * 21 + "{{/}}" * 21, [("deep", 1, 341)]),
        ("Everything {is} fine } here {", []),
    ],
)
def test_faults_are_told_with_their_place(text, found):
    assert codes(text) == found


def test_a_template_with_a_fault_is_not_filled():
    with refused("mail.bad-template", line=2, place="nobody", why="mail.template-unknown"):
        filled("x\n{{nobody}}")


def test_what_a_customer_wrote_is_never_a_template():
    name = "{{order.number}} {{#shop.name}} {{/}} {0} {order} %s ${shop}"
    assert filled("Dear {{customer.first_name}}", customer__first_name=name, order__number="secret") == f"Dear {name}"


def test_a_subject_stays_one_line():
    breaks = "1\r\nBcc: a@b.example\x0b\x0c\x1c\x85\u2028\u2029x"
    subject = filled("Order {{order.number}}\n again", one_line=True, order__number=breaks)
    assert subject == "Order 1 Bcc: a@b.example x again"


def test_what_would_be_too_long_is_refused_before_it_is_made():
    with refused("mail.template-too-long"):
        filled("{{order.items}}" * 10_000, order__items="x" * 100_000)
    assert templates.check("x" * 200_001, KNOWN)[0].code == "mail.template-too-long"


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 100_000,
        "{{#order.number}}" * 11_000,
        "{{/}}" * 40_000,
        "{{order.number|" * 13_000,
        "{{ \t" * 50_000,
        "{{a" + "a" * 199_000,
        "\n{{x}}" * 33_000,
        "}}" * 100_000,
        "{{order.number|" + "x" * 199_000,
    ],
)
def test_the_worst_templates_are_read_in_linear_time(text):
    began = time.process_time()
    templates.check(text, KNOWN)
    assert time.process_time() - began < 2


def test_templates_run_no_code():
    escapes = [
        "{{order.number.__class__}}",
        "{{order.number|{{shop.name}}}}",
        "{{7*7}}",
        "{{ order.delete() }}",
        "{% for x in y %}",
        "${7*7}",
        "#{7*7}",
        "{{'x'*10}}",
        "{{order['number']}}",
        "{{#each order.items}}",
        "{{>partial}}",
        "{{&order.number}}",
        "{{!comment}}",
        "{{^order.number}}x{{/}}",
        "{{ORDER.NUMBER}}",
        "{{../x}}",
        "{{order.number!r}}",
        "{{order.number:>999999999}}",
    ]
    values = {name: "filled" for name in KNOWN}
    for text in escapes:
        if templates.check(text, KNOWN):
            with refused("mail.bad-template"):
                templates.compiled(text, KNOWN)
        else:
            assert templates.compiled(text, KNOWN).render(values) == text


def test_the_fields_of_a_template_are_known_without_filling_it():
    assert templates.fields("{{#a.b}}{{c|x}}{{/}} {{/a.b}} {d}") == {"a.b", "c"}


def test_letters_of_any_language_come_through():
    text = "".join(chr(n) for n in range(0x20, 0x3000) if chr(n) not in "{}") + string.whitespace
    assert filled(text) == templates._GAPS.sub("\n\n", text)


def test_a_template_says_which_fields_would_leave_a_hole():
    template = templates.compiled(
        "{{order.number}} {{customer.first_name|you}} {{#order.tracking}}{{order.tracking}} {{shop.name}}{{/}}", KNOWN
    )
    assert template.missing({}) == ["order.number"]
    assert template.missing({"order.tracking": "1", "order.number": " "}) == ["order.number", "shop.name"]
    assert template.missing({"order.tracking": "1", "order.number": "1", "shop.name": "x"}) == []
