"""Headers of our mails come out as they were meant, whatever stands in them."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.mail.writing.policy import MAIL_POLICY

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
SUBJECTS = st.text(LETTERS | st.sampled_from(' ,;:"<>@()=?_ñ€'), min_size=1, max_size=150).filter(
    lambda text: text == text.strip()
)
NAMES = st.text(LETTERS | st.sampled_from(' ,;:"<>@()=?_\\é'), max_size=80).map(str.strip)
ADDRESSES = st.from_regex(
    r"[a-z0-9!#$&+_=-]{1,20}(\.[a-z0-9_]{1,8})?@[a-z0-9]{1,12}(\.[a-z]{2,6}){1,2}", fullmatch=True
)
IDS = st.from_regex(r"<[A-Za-z0-9.$=+_-]{1,120}@[a-z0-9.]{1,60}>", fullmatch=True)
BAD_NAMES = ("Casa, " * 12 + "<evil@x.test>, fin", "María, <evil@x.test>, fin", '"', "a\\", "=?utf-8?q?x?=")


def lines_of(raw: bytes) -> list[bytes]:
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(re.match(rb"[A-Za-z-]+: |[ \t]", line) for line in lines), lines
    return lines


def subject_came_out(subject: str, rules: policy.EmailPolicy) -> bool:
    mail = EmailMessage(policy=rules)
    mail["Subject"] = subject
    raw = mail.as_bytes()
    lines_of(raw)
    read = str(message_from_bytes(raw, policy=policy.compat32)["Subject"])
    return str(make_header(decode_header(read))).replace("\r\n", "") == subject


def addresses_came_out(mailboxes: list[Address], rules: policy.EmailPolicy) -> bool:
    mail = EmailMessage(policy=rules)
    mail["To"] = mailboxes
    raw = mail.as_bytes()
    lines_of(raw)
    read = str(message_from_bytes(raw, policy=policy.compat32)["To"]).replace("\r\n", "")
    found = [(str(make_header(decode_header(name))), spec) for name, spec in getaddresses([read])]
    return found == [(each.display_name, each.addr_spec) for each in mailboxes]


@settings(max_examples=3000)
@given(SUBJECTS)
def test_a_subject_comes_out_with_every_blank(subject):
    assert subject_came_out(subject, MAIL_POLICY)


@settings(max_examples=1000)
@given(st.lists(st.builds(lambda name, spec: Address(name, addr_spec=spec), NAMES, ADDRESSES), min_size=5, max_size=5))
def test_receivers_come_out_as_so_many_with_the_same_names(mailboxes):
    assert addresses_came_out(mailboxes, MAIL_POLICY)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_never_becomes_a_receiver(name):
    assert addresses_came_out([Address(name, addr_spec="ana@x.test"), Address("", addr_spec="b@x.test")], MAIL_POLICY)


@settings(max_examples=300)
@given(st.lists(IDS, min_size=1, max_size=12))
def test_ids_are_never_encoded_or_glued(ids):
    mail = EmailMessage(policy=MAIL_POLICY)
    mail["References"] = " ".join(ids)
    raw = mail.as_bytes()
    lines_of(raw)
    assert str(message_from_bytes(raw)["References"]).split() == ids


def test_the_librarys_own_folding_is_seen_to_fail():
    name = BAD_NAMES[0]
    assert not addresses_came_out([Address(name, addr_spec="ana@x.test")], policy.SMTP)
    mail = EmailMessage(policy=policy.SMTP)
    mail["References"] = f"<{'a' * 100}@x.test> <{'b' * 100}@x.test>"
    assert b"=?" in mail.as_bytes()
