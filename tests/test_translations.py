"""Every sentence a person can read stands in each language the program speaks."""

import pytest

from tools import translations

CODES = sorted(translations.ALWAYS | {path.parent.name for path in translations.FOLDER.glob("*/LC_MESSAGES")})


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_complete(code):
    path = translations.FOLDER / code / "LC_MESSAGES" / "backoffice.po"
    template = translations.extract()
    assert len(template) > 0, "the extraction finds no sentence at all"
    found = translations.faults(translations.read(path, code), template)
    assert not found, "run `python3 dev.py translate`, then fill in:\n" + "\n".join(found)
