"""How customers are greeted."""

import pytest

from backoffice.mail.answering.names import first_name, full_name


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Ana Núñez", "Ana"),
        ("ANA NÚÑEZ", "Ana"),
        ("ana núñez", "Ana"),
        ("NÚÑEZ LÓPEZ, ANA MARÍA", "Ana María"),
        ("Núñez, Ana", "Ana"),
        ("MARÍA JOSÉ RUIZ", "María José"),
        ("María José", "María"),
        ("José Luis Gómez Pérez", "José Luis"),
        ("Sra. Ana Núñez", "Ana"),
        ("Dr. Michael O'Brien", "Michael"),
        ("D. Pedro Gil", "Pedro"),
        ("Dª Marta Gil", "Marta"),
        ("MARY-ANN SMITH", "Mary-Ann"),
        ("DeShawn Carter", "DeShawn"),
        ("Ana", "Ana"),
        ("王小明", "王小明"),
        ("J. Smith", ""),
        ("J Smith", ""),
        ("ana77", ""),
        ("ana_nunez", ""),
        ("ana@example.com", ""),
        ("Talleres Gil S.L.", ""),
        ("Acme Ltd", ""),
        ("https://win.example", ""),
        ("Ana\u202e<script>", ""),
        ("{{order.number}}", ""),
        ("", ""),
        (" , ", ""),
        ("x" * 200, ""),
    ],
)
def test_a_greeting_uses_the_name_a_person_would_use(name, greeted):
    assert first_name(name) == greeted


def test_what_stands_before_the_at_is_nobodys_name():
    assert first_name("ana.nunez", ("ana.nunez@example.com",)) == ""
    assert first_name("Ana", ("ana@example.com",)) == "Ana"
    assert full_name("ananunez", ("ananunez@example.com",)) == ""


def test_a_whole_name_does_not_shout():
    assert full_name("ANA  NÚÑEZ") == "Ana Núñez"
    assert full_name("Talleres GIL SL") == "Talleres GIL SL"
