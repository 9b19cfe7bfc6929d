"""Real mails written by others: all are read, bounces are told with their address, and quotes are found."""

import email
from email import policy

import pytest

from backoffice.mail.model import MailKind
from backoffice.mail.reading.bodies import content
from backoffice.mail.reading.message import split
from backoffice.mail.reading.quotes import new_length
from backoffice.mail.reading.read import read
from tests.mail.reading.bounced_addresses import FAILED, LATER
from tests.mail.reading.collections import MAILS, all_mails, an_html_mail, bounces, needs_mails
from tests.mail.reading.replies_by_eye import NEW

pytestmark = needs_mails
REPLIES = {"zapier": "zapier_reply_parser/test/emails", "crisp": "crisp_reply_parser/test/fixtures"}


def told(capsys: pytest.CaptureFixture[str], what: str, right: int, of: int) -> float:
    with capsys.disabled():
        print(f"\n{what}: {right} of {of} ({right / of:.1%})", end="")
    return right / of


def test_every_mail_is_read(capsys):
    found = [read(path.read_bytes()) for path in all_mails()]
    assert told(capsys, "mails read", len(found), len(all_mails())) == 1


def test_every_part_stands_where_the_standard_library_finds_it(capsys):
    same = sum(_parts_of(path.read_bytes()) == _parts_by_the_library(path.read_bytes()) for path in all_mails())
    assert told(capsys, "mails with the parts compat32 finds", same, len(all_mails())) > 0.98


def _parts_of(raw: bytes) -> list[tuple[str, bytes]]:
    leaves = [node for node in split(raw).walk() if not node.parts and _leaf(node.media_type)]
    return [(node.media_type, content(node).strip()) for node in leaves if content(node).strip()]


def _parts_by_the_library(raw: bytes) -> list[tuple[str, bytes]]:
    """Without what is inside mails carried along: that is one part to us."""
    found: list[tuple[str, bytes]] = []
    waiting = [email.message_from_bytes(raw, policy=policy.compat32)]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting = [*part.get_payload(), *waiting]
        elif _leaf(part.get_content_type()):
            found.append((part.get_content_type(), (part.get_payload(decode=True) or b"").strip()))
    return [each for each in found if each[1]]


def _leaf(media_type: str) -> bool:
    return not media_type.startswith(("message/", "multipart/"))


def test_bounces_are_told_with_their_address(capsys):
    right = kept = 0
    for path in bounces():
        mail = read(path.read_bytes())
        named = {each.address for each in mail.bounce.receivers} if mail.bounce else set()
        right += named == set(FAILED.get(path.stem, "").split())
        kept += mail.kind is MailKind.BOUNCE
    told(capsys, "mails of the bounce collection taken for bounces", kept, len(bounces()))
    assert told(capsys, "bounces with exactly their addresses", right, len(bounces())) >= 0.94


def test_who_goes_on_trying_is_not_given_up(capsys):
    named = {path.stem: read(path.read_bytes()).bounce for path in bounces()}
    later = {stem for stem, each in named.items() if each and any(one.action == "delayed" for one in each.receivers)}
    assert told(capsys, "delays told from failures", len(named) - len(later ^ LATER), len(named)) >= 0.98
    assert not any(one.hard for stem in LATER if (each := named[stem]) for one in each.receivers)


@pytest.mark.parametrize("collection", REPLIES)
def test_the_new_part_of_replies(collection, capsys):
    right = 0
    texts = sorted((MAILS / REPLIES[collection]).glob("*.txt"))
    for path in texts:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        length = new_length(text)
        assert 0 <= length <= len(text)
        right += len(text[:length].rstrip()) == NEW[f"{collection}/{path.stem}"]
    assert told(capsys, f"replies of {collection} with the new part exactly right", right, len(texts)) >= 0.95


def test_the_new_part_of_replies_by_mail_program(capsys):
    mails = sorted(MAILS.glob("talon/tests/fixtures/standard_replies/*.eml"))
    found = [read(path.read_bytes()) for path in mails]
    right = sum(mail.text[: mail.new_length].strip() == "Hello" for mail in found)
    assert told(capsys, "talon's mails with the new part exactly right", right, len(mails)) >= 0.9


def test_the_new_part_of_html_replies(capsys):
    pages = sorted(MAILS.glob("talon/tests/fixtures/html_replies/*.html"))
    right = 0
    for page in pages:
        mail = read(an_html_mail(page.read_text(encoding="utf-8", errors="replace")))
        assert "How are you?" in mail.text
        right += mail.text[: mail.new_length].split() == ["Hi.", "I", "am", "fine.", "Thanks,", "Alex"]
    assert told(capsys, "talon's HTML with the new part exactly right", right, len(pages)) >= 0.8
