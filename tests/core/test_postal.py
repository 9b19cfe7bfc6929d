"""Addresses are written as the post of their country writes them, whatever somebody typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.core.postal import PostalAddress, country_code

# name, company, street, city, postcode, region, country; then the lines.
WRITTEN = [
    (
        ("Ana Pérez Núñez", "", "Calle Mayor 12, 3º dcha.", "Alcalá de Guadaíra", "41500", "SE", "ES"),
        ["Ana Pérez Núñez", "Calle Mayor 12, 3º dcha.", "41500 ALCALÁ DE GUADAÍRA", "SEVILLA", "SPAIN"],
    ),
    (
        ("Ana Pérez", "", "Gran Vía 1", "Madrid", "28013", "Madrid", "ES"),
        ["Ana Pérez", "Gran Vía 1", "28013 MADRID", "SPAIN"],
    ),
    (
        ("Ann Lee", "Acme Ltd", "221B Baker Street", "London", "nw16xe", "ENG", "GB"),
        ["Ann Lee", "Acme Ltd", "221B Baker Street", "LONDON", "NW1 6XE", "UNITED KINGDOM"],
    ),
    (
        ("John Doe", "", "1600 Amphitheatre Pkwy\nApt 4", "Mountain View", "94043", "California", "US"),
        ["John Doe", "1600 Amphitheatre Pkwy", "Apt 4", "MOUNTAIN VIEW, CA 94043", "UNITED STATES"],
    ),
    (
        ("Erika Muster", "Muster GmbH", "Unter den Linden 78", "Berlin", "D-10117", "Berlin", "DE"),
        ["Erika Muster", "Muster GmbH", "Unter den Linden 78", "10117 Berlin", "GERMANY"],
    ),
    (
        ("Jean Dupont", "Société X", "1 rue de Rivoli", "Paris", "75001", "Île-de-France", "FR"),
        ["Société X", "Jean Dupont", "1 rue de Rivoli", "75001 PARIS", "FRANCE"],
    ),
    (
        ("Mario Rossi", "", "Via Nazionale 5", "Tivoli", "00019", "Roma", "IT"),
        ["Mario Rossi", "Via Nazionale 5", "00019 TIVOLI RM", "ITALY"],
    ),
    (
        ("Rui Silva", "", "Av. da Liberdade 1", "Lisboa", "1250096", "", "PT"),
        ["Rui Silva", "Av. da Liberdade 1", "1250-096 Lisboa", "PORTUGAL"],
    ),
    (
        ("Jan de Vries", "", "Damrak 1", "Amsterdam", "1012js", "NH", "NL"),
        ["Jan de Vries", "Damrak 1", "1012 JS Amsterdam", "NETHERLANDS"],
    ),
    (
        ("山田太郎", "", "霞が関1-3-2", "千代田区", "1008798", "東京都", "JP"),
        ["〒100-8798", "東京都千代田区", "霞が関1-3-2", "山田太郎", "JAPAN"],
    ),
    (
        ("Taro Yamada", "", "1-3-2 Kasumigaseki", "Chiyoda-ku", "100-8798", "JP-13", "JP"),
        ["Taro Yamada", "1-3-2 Kasumigaseki", "Chiyoda-ku, TOKYO", "100-8798", "JAPAN"],
    ),
    (
        ("Carlos Rossi", "", "Av. João Jorge, 112\nVila Industrial", "Campinas", "13035680", "São Paulo", "BR"),
        ["Carlos Rossi", "Av. João Jorge, 112", "Vila Industrial", "CAMPINAS-SP", "13035-680", "BRAZIL"],
    ),
    (
        ("Jo Tremblay", "", "111 rue Crémazie", "Québec", "g1r2b1", "Québec", "CA"),
        ["JO TREMBLAY", "111 RUE CRÉMAZIE", "QUÉBEC QC G1R 2B1", "CANADA"],
    ),
    (
        ("Jo Smith", "", "1 George Street", "Sydney", "2000", "New South Wales", "AU"),
        ["Jo Smith", "1 George Street", "SYDNEY NSW 2000", "AUSTRALIA"],
    ),
    (
        ("Luz García", "", "Av. Juárez 1\nCol. Centro", "Guadalajara", "44100", "JAL", "MX"),
        ["Luz García", "Av. Juárez 1", "Col. Centro", "44100 GUADALAJARA, JAL.", "MEXICO"],
    ),
    (
        ("Νίκος Παπάς", "", "Ερμού 1", "Αθήνα", "10557", "", "GR"),
        ["Νίκος Παπάς", "Ερμού 1", "105 57 Αθήνα", "GREECE"],
    ),
    (
        ("Erich Müller", "Müller AG", "Bahnhofstrasse 4", "Zürich", "CH-8001", "ZH", "CH"),
        ["Müller AG", "Erich Müller", "Bahnhofstrasse 4", "8001 Zürich", "SWITZERLAND"],
    ),
    (
        ("Seán Byrne", "", "12 Main Street", "Bray", "a98x2y4", "WW", "IE"),
        ["Seán Byrne", "12 Main Street", "Bray", "Co. Wicklow", "A98 X2Y4", "IRELAND"],
    ),
    (
        ("Lars Ek", "", "Regeringsgatan 65", "Stockholm", "10390", "", "SE"),
        ["Lars Ek", "Regeringsgatan 65", "SE-103 90 Stockholm", "SWEDEN"],
    ),
    (
        ("Kim Lee", "", "1 Raffles Place", "Singapore", "048616", "", "SG"),
        ["Kim Lee", "1 Raffles Place", "SINGAPORE 048616", "SINGAPORE"],
    ),
    (
        ("Ali Said", "", "Sheikh Zayed Road 5", "Dubai", "00000", "", "AE"),
        ["Ali Said", "Sheikh Zayed Road 5", "Dubai", "UNITED ARAB EMIRATES"],
    ),
    (
        ("Jan Nowak", "", "ul. Nowa 3", "Kraków", "30001", "", "PL"),
        ["Jan Nowak", "ul. Nowa 3", "30-001 Kraków", "POLAND"],
    ),
    (
        ("Kofi", "", "5 High Street", "Accra", "GA-107", "Greater Accra", "GH"),
        ["Kofi", "5 High Street", "Accra GA-107", "Greater Accra", "GHANA"],
    ),
]


@pytest.mark.parametrize(("fields", "lines"), WRITTEN, ids=[f"{fields[6]}-{fields[0]}" for fields, _ in WRITTEN])
def test_an_address_is_written_as_its_country_does(fields, lines):
    address = PostalAddress(*fields)
    assert address.lines() == lines
    assert address.missing() == []


def test_many_countries_are_written_here():
    assert len({fields[6] for fields, _ in WRITTEN}) >= 12


def test_at_home_the_country_is_not_written():
    assert PostalAddress("Ana", "", "Calle 1", "Soria", "42001", "", "es").lines(sender_country="ES") == [
        "Ana",
        "Calle 1",
        "42001 SORIA",
    ]
    at_home = PostalAddress("Lars", "", "Gatan 1", "Stockholm", "103 90", "", "SE").lines(sender_country="SE")
    assert at_home[-1] == "103 90 Stockholm"


def test_a_region_the_postcode_tells_is_filled_in():
    assert PostalAddress("M", "", "Via 1", "Alba", "12051", "", "IT").lines()[-2] == "12051 ALBA CN"
    assert PostalAddress("J", "", "Road 1", "Berkeley", "94704", "", "US").lines()[-2] == "BERKELEY, CA 94704"


def test_an_unknown_country_is_written_plainly_and_reported():
    nowhere = PostalAddress("Ana", "", "Street 1", "City", "123", "Region", "XX")
    assert nowhere.lines() == ["Ana", "Street 1", "123 City", "Region", "XX"]
    assert nowhere.missing() == ["country"]
    assert PostalAddress("Ana", "", "Street 1", "City").lines() == ["Ana", "Street 1", "City"]


def test_what_the_destination_needs_and_lacks_is_named():
    assert PostalAddress(country="US").missing() == ["name", "street", "city", "region", "postcode"]
    assert PostalAddress("", "Acme", "Road 1", "Springfield", "", "", "US").missing() == ["region", "postcode"]
    assert PostalAddress("A", "", "Road 1", "London", "12345", "", "GB").missing() == ["postcode"]
    assert PostalAddress("A", "", "Calle 1", "Soria", "4200", "Soria", "ES").missing() == ["postcode"]
    assert PostalAddress("A", "", " \n ", "Soria", "42001", "", "ES").missing() == ["street"]
    assert PostalAddress("A", "", "Street 1", "Dublin", "", "", "IE").missing() == []
    assert PostalAddress().missing() == ["name", "street", "city", "country"]


def test_long_lines_are_not_cut():
    name, street = "Ana " + "María " * 40 + "Pérez", "Calle " + "de la Virgen " * 40 + "1"
    assert PostalAddress(name, "", street, "Soria", "42001", "", "ES").lines()[:2] == [name, street]


def test_hostile_fields_make_no_lines_and_no_tricks_of_their_own():
    address = PostalAddress(
        name="Ana\x00 Pérez\r\nEvil Corp\u2028\u202egnp.exe\u2066",
        company="\x1b[31mRed\x85\u200bCo",
        street="Calle\t1\x0b\r\n\n  \u200f 2º\u2069\nPuerta \ud800A",
        city="So\nria\ufeff",
        postcode="42\u200b001\n",
        region="\u202e",
        country="es\n",
    )
    assert address.lines() == [
        "Ana Pérez Evil Corp gnp.exe",
        "[31mRed Co",
        "Calle 1",
        "2º",
        "Puerta A",
        "42001 SO RIA",
        "SORIA",
        "SPAIN",
    ]


@given(
    st.lists(st.text(max_size=30), min_size=6, max_size=6), st.sampled_from(["ES", "JP", "US", "GB", "CN", "XX", ""])
)
def test_any_text_gives_clean_lines(fields, country):
    address = PostalAddress(*fields, country)
    for line in address.lines():
        assert line == " ".join(line.split()) != ""
        line.encode()
    assert set(address.missing()) <= {"name", "street", "city", "region", "postcode", "country"}
    address.key().encode()


@pytest.mark.parametrize("field", ["name", "company", "street", "city", "postcode", "region", "country"])
@pytest.mark.parametrize("junk", ["x", "\n", " ", "9", "\u202e", "é", "a\n", "-", "\u0301\u0323", "\u0e38\u05b4"])
@pytest.mark.parametrize("country", ["ES", "GB", "JP"])
def test_a_field_of_200_kilobytes_is_not_slow(field, junk, country):
    address = PostalAddress(**({"country": country} | {field: (junk * 200_000)[:200_000]}))
    begun = time.process_time()
    address.lines()
    address.missing()
    address.key()
    assert time.process_time() - begun < 3


def test_one_address_in_two_writings_has_one_key():
    one = PostalAddress("Ana Pérez", "", "C/ Mayor, 1", "Málaga", "29001", "Málaga", "ES")
    other = PostalAddress("ANA PEREZ", "", "c/mayor 1", "MALAGA ", "29 001", "", "es")
    assert one.key() == other.key()
    assert one.key() != PostalAddress("Ana Pérez", "", "C/ Mayor, 11", "Málaga", "29001", "", "ES").key()
    assert one.key() != PostalAddress("Ana Pérez", "", "C/ Mayor, 1", "Málaga", "29001", "", "PT").key()
    assert PostalAddress(city="Dubai", region="Dubai", country="AE").key() == (
        PostalAddress(city="DUBAI", region="دبي", country="AE").key()
    )


def test_other_scripts_keep_their_marks_in_a_key():
    assert PostalAddress("が").key() != PostalAddress("か").key()
    assert PostalAddress("कि").key() != PostalAddress("का").key()
    assert PostalAddress("Łódź Straße Øre").key() == PostalAddress("lodz strasse ore").key()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("es", "ES"),
        ("Spain", "ES"),
        (" españa ", "ES"),
        ("UK", "GB"),
        ("United Kingdom", "GB"),
        ("EIRE", "IE"),
        ("USA", "US"),
        ("Deutschland", "DE"),
        ("Hong Kong", "HK"),
        ("Czech Republic", "CZ"),
        ("Côte d'Ivoire", "CI"),
        ("European Community", ""),
        ("Unspecified", ""),
        ("EU", ""),
        ("ZZ", ""),
        ("", ""),
        ("x" * 200_000, ""),
    ],
)
def test_a_country_named_in_a_file_is_found(text, code):
    assert country_code(text) == code
