"""What is typed about a customer is checked at its field; foreign text stays text."""

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, keys
from backoffice.customers.drafts import CustomerDraft
from tests.builders import a_shop
from tests.customers.people import the_card


def codes(draft: CustomerDraft) -> list[tuple[str, str]]:
    return [(fault.name, fault.code.removeprefix("customers.")) for fault in draft.faults()]


def test_somebody_needs_a_name_a_company_or_an_address():
    assert codes(CustomerDraft()) == [("name", "nameless")]
    assert not codes(CustomerDraft(company="Cerámica SL"))
    assert not codes(CustomerDraft(emails=("ana@example.com",)))


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (CustomerDraft(name="x" * 200_000), "name", "too-long"),
        (CustomerDraft(name="Ana", notes="x" * 20_001), "notes", "too-long"),
        (CustomerDraft(name="Ana", language="spanish"), "language", "bad-language"),
        (CustomerDraft(name="Ana", country="Spain"), "country", "bad-country"),
        (CustomerDraft(name="Ana", country="XX"), "country", "bad-country"),
        (CustomerDraft(name="Ana", country="ZZ"), "country", "bad-country"),
        (CustomerDraft(name="Ana", emails=("a@b.example", "ana")), "emails.2", "bad-email"),
        (CustomerDraft(name="Ana", phones=("call me",)), "phones.1", "bad-phone"),
        (CustomerDraft(name="Ana", tags=(" ",)), "tags.1", "bad-tag"),
        (CustomerDraft(name="Ana", tags=("a",) * 51), "tags", "too-many"),
        (CustomerDraft(name="Ana", addresses=(PostalAddress(city="x" * 201),)), "addresses.1.city", "too-long"),
        (CustomerDraft(name="Ana", addresses=(PostalAddress(country="spain"),)), "addresses.1.country", "bad-country"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(draft, field, code):
    assert (field, code) in codes(draft)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ana@Example.COM ", "ana@example.com"),
        ("'ana@example.com", "ana@example.com"),
        ("ñandú@correo.example", "ñandú@correo.example"),
        ("ana@example.com\r\nBcc: all@example.com", ""),
        ("<script>@example.com", ""),
        ('"ana"@example.com', ""),
        ("ana@example..com", ""),
        ("ana", ""),
        ("a" * 250 + "@example.com", ""),
        ("x" * 200_000 + "@example.com", ""),
        ("\u202eana@example.com", "ana@example.com"),
        ("", ""),
    ],
)
def test_an_address_is_kept_tidy_or_not_at_all(typed, kept):
    assert keys.tidy_email(typed) == kept


HOSTILE = [
    "<b onmouseover=alert(1)>Ana</b>",
    "Ana\u202e gnp.exe",
    "=HYPERLINK('http://x')",
    "'; DROP TABLE customer; --",
    "{name} {0.__class__} %s",
    "\x00\x07Ana\x1b[31m",
    "آنا نونيز",
    "😀" * 150,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_as_plain_text_on_one_line(tmp_path, name):
    with a_shop(tmp_path) as shop:
        with shop.work() as work:
            one = actions.create(work, CustomerDraft(name=name, company="C", notes=name))
        kept = the_card(shop, one).name
    assert kept == keys.tidy_name(name)
    assert kept and len(kept) <= 200
    assert not set(kept) & set("\x00\x07\x1b\u202e\n\r")


def test_a_name_of_200_kilobytes_is_cut_where_nobody_checks_it():
    assert keys.tidy_name("Ana " + "x" * 200_000) == ("Ana " + "x" * 196)


def test_names_and_postcodes_fold_for_comparing():
    assert keys.name_key("  ANA  NÚÑEZ ") == keys.name_key("Ana Nunez")
    assert keys.name_key("", "Cerámica SL") == "ceramica sl"
    assert keys.postcode_key("SW1A 1AA") == keys.postcode_key("sw1a-1aa")
