"""Check my data names each planted fault of the mail desk."""

import pytest

from tests.builders import an_open_shop, faults
from tests.customers.people import an_order
from tests.mail.letters import a_bounce, a_hopeless_mail, a_mail, a_mailbox, comes_in


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        comes_in(shop, a_mail(rfc_id="<a@x>"), a_mail(answers="<a@x>"), a_bounce("ana@example.com"), a_hopeless_mail())
        yield shop


def plant(shop, *statements):
    with shop.work() as work:
        for statement in statements:
            work.session.connection().exec_driver_sql(statement)


def found(shop, name):
    return [fault for check in shop.check() if check.name == name for fault in check.faults]


def test_a_sound_mail_desk_has_no_fault(shop):
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("mail-states", "UPDATE message SET state = 'unreadable' WHERE id = 1"),
        ("mail-states", "UPDATE message SET conversation_id = NULL, state = 'spam' WHERE id = 1"),
        ("mail-once", "UPDATE message SET raw_id = 1 WHERE id = 2"),
        ("mail-held", "UPDATE message SET raw_id = NULL WHERE id = 2"),
        ("conversation-lists", "UPDATE conversation SET listed = 0 WHERE id = 1"),
        ("conversation-lists", "UPDATE conversation SET merged_into = 2 WHERE id = 1"),
        ("conversation-states", "UPDATE conversation SET state = 'closed' WHERE id = 1"),
        ("conversation-counts", "UPDATE conversation SET messages = 7 WHERE id = 1"),
        ("conversation-counts", "UPDATE conversation SET answers = 1 WHERE id = 1"),
        ("conversation-counts", "UPDATE conversation SET due_at = NULL WHERE id = 1"),
        ("mail-search", "DELETE FROM search_document WHERE kind = 'mail' AND record_id = 1"),
    ],
)
def test_a_planted_fault_is_named(shop, name, planted):
    plant(shop, planted)
    assert found(shop, name)


@pytest.mark.parametrize("bytes_put", ["x'00'", "x'789c030000000001'"])
def test_changed_bytes_are_named(shop, bytes_put):
    plant(
        shop,
        "INSERT INTO ledger_exception (id, purpose) VALUES (1, 'erase')",
        f"UPDATE raw_mail SET packed = {bytes_put} WHERE id = 1",
        "DELETE FROM ledger_exception",
    )
    assert found(shop, "mail-bytes")


def test_a_conversation_about_anothers_order_is_named(shop):
    plant(
        shop,
        "INSERT INTO customer (id, name, name_key, company, language, country, postcode, postcode_key, notes, tags,"
        " created_at, listed, order_count, version)"
        " VALUES (7, 'Eve', 'eve', '', '', '', '', '', '', '[]', '2026-03-01 00:00:00.000000', 1, 0, 1)",
    )
    with shop.work() as work:
        order = an_order(work, 7)
    plant(shop, f"UPDATE conversation SET order_id = {order} WHERE id = 1")
    assert found(shop, "conversation-customer")


OUTGOING = (
    "INSERT INTO outgoing_mail (id, key, account_id, raw_id, purpose, rfc_id, to_address, subject, state, created_at,"
    " due_at, send_later, attempts, answer, error, copied, conversation_id) VALUES ({id}, 'k{id}', 1, 1,"
    " 'acknowledgement', '<{id}@x>', 'ana@example.com', '', '{state}', '2026-03-02 09:00:00.000000',"
    " '2026-03-02 09:00:00.000000', 0, 0, '{answer}', '', 0, {id})"
)
CONFIRMED = (
    "INSERT INTO acknowledgement (conversation_id, message_id, outgoing_id, address, at, promised_at) VALUES"
    " ({id}, 1, {id}, 'ana@example.com', '2026-03-0{day} 09:00:00.000000', '2026-03-04 09:00:00.000000')"
)


def test_a_sent_mail_without_an_answer_is_named(shop):
    plant(shop, OUTGOING.format(id=1, state="sent", answer=""))
    assert found(shop, "mail-sent")


def test_two_confirmations_within_a_day_are_named(shop):
    plant(shop, *(OUTGOING.format(id=one, state="queued", answer="") for one in (1, 2)))
    plant(shop, CONFIRMED.format(id=1, day=2), CONFIRMED.format(id=2, day=3))
    assert not found(shop, "mail-confirmed")
    plant(shop, "UPDATE acknowledgement SET at = '2026-03-02 20:00:00.000000' WHERE conversation_id = 2")
    assert found(shop, "mail-confirmed")
