"""Each language has its words, amounts, numbers and days; several at once."""

import os
import re
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core import language as rooms
from backoffice.core.language import Language, catalogue, languages, mark
from backoffice.core.money import Money

PO = """
msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Import of {file} finished"
msgstr "Importación de {file} terminada"

msgid "{n} order"
msgid_plural "{n} orders"
msgstr[0] "{n} pedido"
msgstr[1] "{n} pedidos"

#, fuzzy
msgid "Order"
msgstr "Orden"

msgid "Untranslated"
msgstr ""
"""
AT = datetime(2026, 11, 22, 17, 23, tzinfo=UTC)


@pytest.fixture
def spanish(tmp_path, monkeypatch):
    """The program's translations are one small Spanish catalogue."""
    file = tmp_path / "translations" / "es" / "LC_MESSAGES" / "backoffice.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, "utf-8")
    monkeypatch.setattr(rooms, "resource", lambda name: tmp_path / name)
    rooms._catalogue.cache_clear()
    yield file
    rooms._catalogue.cache_clear()


def plain(text):
    return text.replace("\xa0", " ")


def test_a_sentence_is_said_in_each_language(spanish):
    sentence = mark("Import of {file} finished")
    assert Language("es").words(sentence).format(file="a.csv") == "Importación de a.csv terminada"
    assert Language("es_MX").words(sentence) == "Importación de {file} terminada"
    assert Language("en").words(sentence) == Language("fr").words(sentence) == sentence


def test_plurals_carry_their_number(spanish):
    assert Language("es").plural("{n} order", "{n} orders", 1) == "1 pedido"
    assert Language("es").plural("{n} order", "{n} orders", 12345) == "12.345 pedidos"
    assert Language("en").plural("{n} order", "{n} orders", 1) == "1 order"
    assert Language("en").plural("{n} order of {name}", "{n} orders of {name}", 0) == "0 orders of {name}"


def test_doubtful_and_empty_translations_are_left_in_english(spanish):
    assert Language("es").words("Order") == "Order"
    assert Language("es").words("Untranslated") == "Untranslated"
    assert Language("es").words("") == ""


def test_the_languages_are_those_with_words(spanish):
    assert languages() == ["en", "es"]


def test_an_older_compiled_catalogue_is_not_trusted(spanish, tmp_path):
    compiled = spanish.with_suffix(".mo")
    compiled.write_bytes(b"\xde\x12\x04\x95" + bytes(24))
    os.utime(compiled, (1, 1))
    assert catalogue(tmp_path / "translations", "es").gettext("{n} order") == "{n} pedido"
    os.utime(spanish, (0, 0))
    assert catalogue(tmp_path / "translations", "es").gettext("{n} order") == "{n} order"


def test_a_catalogue_is_read_once(spanish):
    assert Language("es").words("{n} order") == "{n} pedido"
    spanish.unlink()
    assert Language("es").words("{n} order") == "{n} pedido"


@pytest.mark.parametrize("code", ["../../etc", "", "xx", "ES", "e" * 200_000, "es/../es", "es\x00"])
def test_a_code_that_is_no_language_speaks_english(code, spanish):
    assert Language(code).words("{n} order") == "{n} order"
    assert plain(Language(code).money(Money(123450, "EUR"))) == "€1,234.50"


@pytest.mark.parametrize(
    ("code", "amount", "text"),
    [
        ("es", Money(123450, "EUR"), "1.234,50 €"),
        ("en", Money(123450, "EUR"), "€1,234.50"),
        ("es", Money(-500, "JPY"), "-500 JPY"),
        ("en", Money(1234, "RSD"), "RSD 12.34"),
        ("es", Money(1234567, "KWD"), "1.234,567 KWD"),
        ("fr", Money(123456789, "EUR"), "1 234 567,89 €"),
        ("en", Money(-5, "USD"), "-$0.05"),
        ("es", Money(0, "CLP"), "0 CLP"),
    ],
)
def test_an_amount_is_written_with_its_currencys_decimals(code, amount, text):
    assert plain(Language(code).money(amount)) == text


def test_amounts_do_not_break_over_lines_nor_need_rare_blanks():
    written = Language("es").money(Money(1, "EUR")) + Language("fr").money(Money(123456, "EUR"))
    assert " " not in written
    assert "\u202f" not in written + Language("en").moment(AT, "UTC")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["en", "es", "fr", "de"]))
def test_an_amount_written_is_read_back(minor, code):
    speaker = Language(code)
    number = re.sub(r"[^\d.,\xa0-]", "", speaker.money(Money(minor, "EUR"))).strip("\xa0")
    assert speaker.parse_decimal(number) == Money(minor, "EUR").decimal


def test_numbers_keep_all_their_digits():
    assert Language("es").number(Decimal("1234567.1234567")) == "1.234.567,1234567"
    assert Language("en").number(-1234) == "-1,234"
    assert plain(Language("es").percent(Decimal("0.055"))) == "5,5 %"
    assert Language("en").percent(Decimal("0.21")) == "21%"


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [
        ("es", "1.234,50", "1234.50"),
        ("es", "1234,5", "1234.5"),
        ("es", " -5 ", "-5"),
        ("es", "\u22125,5", "-5.5"),
        ("es", "1.000.000", "1000000"),
        ("en", "1,234.50", "1234.50"),
        ("en", "0.00", "0.00"),
        ("fr", "1 234,5", "1234.5"),
        ("fr", "1\xa0234,5", "1234.5"),
        ("fr", "1\u202f234,5", "1234.5"),
        ("de_CH", "1'234.5", "1234.5"),
    ],
)
def test_a_typed_number_is_read(code, text, number):
    assert Language(code).parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("es", "1234.5"),
        ("es", "12.34"),
        ("es", "0.5"),
        ("en", "12,34"),
        ("en", "1 234"),
        ("es", "1.23,4"),
        ("es", "1.2.3,4"),
        ("es", "1e5"),
        ("es", "NaN"),
        ("es", "Infinity"),
        ("es", "1_000"),
        ("es", "\u0663"),
        ("es", "--5"),
        ("es", ""),
        ("es", ","),
        ("es", "5 €"),
        ("es", "1" * 200_000),
        ("es", "1." * 100_000),
        ("es", "5" + " " * 200_000),
    ],
)
def test_a_doubtful_number_is_refused(code, text):
    begun = time.process_time()
    with pytest.raises(ValueError, match="no number"):
        Language(code).parse_decimal(text)
    assert time.process_time() - begun < 3


def test_days_and_moments_are_those_of_the_zone():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert Language("es").day(date(2026, 11, 22)) == "22 nov 2026"
    assert Language("es").day(date(2026, 11, 22), "full") == "domingo, 22 de noviembre de 2026"
    assert plain(Language("es").moment(late, "Europe/Madrid")) == "23 nov 2026, 0:30"
    assert plain(Language("en").moment(AT, "Europe/Madrid")) == "Nov 22, 2026, 6:23 PM"


def test_a_near_day_is_short_and_has_its_year_only_where_it_is_another():
    today = date(2026, 11, 22)
    assert [Language(code).near_day(date(2026, 11, 9), today) for code in ("en", "es")] == ["Nov 9", "9 nov"]
    assert [Language(code).near_day(date(2025, 11, 9), today) for code in ("en", "es")] == ["11/9/25", "9/11/25"]


def test_a_moment_is_no_day():
    with pytest.raises(ValueError, match="not a moment"):
        Language("es").day(AT)
    with pytest.raises(ValueError, match="without a zone"):
        Language("es").moment(datetime(2026, 11, 22), "UTC")
    with pytest.raises(ValueError, match="no style"):
        Language("es").day(date(2026, 11, 22), "yyyy")


@pytest.mark.parametrize(
    ("away", "text"),
    [
        (timedelta(minutes=-2), "hace 2 minutos"),
        (timedelta(days=3), "dentro de 3 días"),
        (timedelta(seconds=-5), "just now"),
    ],
)
def test_how_long_ago(spanish, away, text):
    assert Language("es").ago(AT + away, AT) == text


def test_countries_have_names():
    assert Language("es").country("gb") == "Reino Unido"
    assert Language("en").country("XX") == "XX"
