"""Which places need customs papers between them: countries, and corners of countries that stand alone."""

import pytest

from backoffice.core.customs_areas import area, needs_declaration

MADRID, LAS_PALMAS, LONDON, BELFAST = ("ES", "28001"), ("ES", "35001"), ("GB", "SW1A 1AA"), ("GB", "BT1 5GS")


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        *[("ES", "35001"), ("ES", "38700"), ("ES", "51001"), ("ES", "52006"), ("FI", "22100"), ("AX", "22100")],
        *[("IT", "23041"), ("IT", "22061"), ("DE", "27498"), ("DE", "D-78266"), ("GR", "630 86"), ("GR", "63087")],
        *[("FR", "97110"), ("FR", "97200"), ("FR", "97300"), ("FR", "97400"), ("FR", "97600"), ("FR", "98800")],
        *[("RE", "97400"), ("GL", "3900"), ("FO", "100"), ("CH", "8001"), ("GB", "LS1 4AP"), ("GB", "JE2 3AB")],
        *[("NO", "0150"), ("SM", "47890"), ("AD", "AD500"), ("GI", ""), ("US", "90210")],
    ],
)
def test_outside_the_union_s_customs_or_tax_area_a_parcel_from_madrid_is_declared(country, postcode):
    assert needs_declaration(MADRID, (country, postcode))
    assert needs_declaration((country, postcode), MADRID)


@pytest.mark.parametrize(
    ("country", "postcode"),
    [
        *[("ES", "07001"), ("ES", ""), ("PT", "9000-001"), ("FR", "20000"), ("FR", "98000"), ("MC", "98000")],
        *[("IT", "23040"), ("DE", "27497"), ("GR", "63075"), ("FI", "20100"), ("IE", "D02"), ("GB", "BT1 5GS")],
        ("", "35001"),
    ],
)
def test_inside_the_union_a_parcel_from_madrid_is_not_declared(country, postcode):
    assert not needs_declaration(MADRID, (country, postcode))


def test_a_shop_in_the_canaries_declares_to_the_mainland_and_not_to_the_next_island():
    assert needs_declaration(LAS_PALMAS, MADRID)
    assert not needs_declaration(LAS_PALMAS, ("ES", "38001"))
    assert needs_declaration(LAS_PALMAS, ("ES", "51001"))


def test_northern_ireland_is_open_to_both_sides_and_great_britain_to_one():
    assert not needs_declaration(LONDON, BELFAST)
    assert not needs_declaration(MADRID, BELFAST)
    assert needs_declaration(MADRID, LONDON)
    assert not needs_declaration(LONDON, ("IM", "IM1 1AA"))
    assert needs_declaration(LONDON, ("JE", "JE2 3AB"))


def test_switzerland_reaches_to_liechtenstein_and_buesingen():
    assert area("LI") == area("CH", "8001") == area("DE", "78266")
