"""The demo shop as it is begun."""

import pytest

from backoffice.demo import making
from backoffice.settings.queries import profile


@pytest.mark.parametrize(
    ("language", "thanks"), [("en", "Thank you for your order. If"), ("es", "Gracias por tu pedido. Si")]
)
def test_what_lies_in_the_parcel_is_in_one_language(tmp_path, language, thanks):
    with making.begin(tmp_path / "demo.backoffice", language=language) as shop:
        found = shop.ask(profile)
    assert found.slip_message.startswith(thanks)
    assert ("días" in found.return_note) is (language == "es")
