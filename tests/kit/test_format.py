"""Values are written as the language wants them."""

import pytest

from backoffice.core.calendar import SystemClock
from backoffice.core.language import Language
from ui.kit.format import Format


@pytest.mark.parametrize(
    ("code", "octets", "told"),
    [("es", 600_000, "0,6\xa0MB"), ("en", 1_240_000, "1.2\xa0MB"), ("en", 900, "0.1\xa0MB"), ("es", None, "")],
)
def test_a_file_s_size_is_in_the_language(code, octets, told):
    assert Format(Language(code), "UTC", SystemClock()).size(octets) == told
