"""What conversations know of the rooms above them by name is still so there."""

import pytest

from backoffice.mail.answering.model import MailSettings
from backoffice.mail.conversations.above import ANSWER, FIRST_ANSWER, NEVER_LEFT, NEXT_ANSWER, OUTGOING, SETTINGS, TASK
from backoffice.mail.outbox.model import OutboxState, Purpose
from tools.newest_revision import all_metadata

TABLES = all_metadata().tables


@pytest.mark.parametrize("light", [OUTGOING, SETTINGS, TASK], ids=lambda light: light.name)
def test_a_light_table_has_columns_of_the_real_one(light):
    assert set(light.columns.keys()) <= set(TABLES[light.name].columns.keys())


def test_states_and_purposes_exist():
    assert ANSWER in set(Purpose)
    assert set(NEVER_LEFT) <= set(OutboxState)


def test_the_usual_standards_are_the_desks_own():
    usual = MailSettings()
    assert (usual.answer_minutes, usual.next_minutes) == (FIRST_ANSWER, NEXT_ANSWER)
