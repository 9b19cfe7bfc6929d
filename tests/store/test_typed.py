"""What is typed and not saved names nobody who was erased."""

import json

import pytest

from backoffice.core.paths import write_private
from backoffice.store import typed
from backoffice.store.places import typed_of

ANA = {"told": "A note about {name} is not kept yet.", "facts": {"name": "Ana Núñez"}, "typed": {"text": "llamar"}}
SALE = {"told": "A new order is not saved yet.", "facts": {}, "typed": {"email": "Ana@Example.com"}}
CUP = {"told": "A new product is not saved yet.", "facts": {}, "typed": {"name": "Banana cup"}}


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "shop.backoffice"
    write_private(typed_of(path), json.dumps({"note": ANA, "order": SALE, "product": CUP}).encode())
    return path


def test_what_names_an_erased_person_goes_and_the_rest_stays(shop):
    assert typed.forget(shop, ["ANA NUNEZ", "ana@example.com"]) == 2
    assert json.loads(typed_of(shop).read_text()) == {"product": CUP}


def test_a_name_with_quotation_marks_is_known_too(shop):
    note = {"told": "x", "facts": {}, "typed": {"text": 'call Ana "Nina" \\ Núñez\nat nine'}}
    write_private(typed_of(shop), json.dumps({"note": note}).encode())
    assert typed.forget(shop, ['ana "nina" \\ nunez']) == 1


def test_a_name_of_three_letters_takes_nothing_along(shop):
    assert typed.forget(shop, ["Ana"]) == 0
    assert len(json.loads(typed_of(shop).read_text())) == 3


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1]", b"{"])
def test_what_nobody_can_read_goes_whole(shop, content):
    typed_of(shop).write_bytes(content)
    typed.forget(shop, ["Ana Núñez"])
    assert not typed_of(shop).exists()


def test_a_shop_in_which_nothing_was_typed_has_nothing_to_forget(tmp_path):
    assert typed.forget(tmp_path / "shop.backoffice", ["Ana Núñez"]) == 0
