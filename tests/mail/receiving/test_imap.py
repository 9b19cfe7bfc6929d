"""One connection to a server that is obedient, or wicked, or not there."""

import socket
import ssl
import threading

import pytest

from backoffice.core.errors import Outage
from backoffice.mail.model import Security, SignIn
from backoffice.mail.receiving import imap
from tests.mail.receiving.scripted import AUTHORITY, Box, serving

QUICK = imap.Patience(connect=1, read=1, answer=2)
MAIL = b"Message-ID: <1@example.com>\r\nFrom: Ana <ana@example.com>\r\nSubject: Hello\r\n\r\nHello\r\n"


def connected(port, secret="right", *, authority=AUTHORITY, **more):
    server = imap.Server("localhost", port, more.pop("security", Security.TLS), "shop", **more)
    return imap.connect(server, secret, authority=authority, patience=QUICK)


def failure(action):
    with pytest.raises(Outage) as told:
        action()
    return told.value.code


def test_a_mail_is_read_and_nothing_changes_on_the_server():
    box = Box(mails={3: MAIL, 9: MAIL + b"again\r\n"})
    with serving(box) as port, connected(port) as line:
        assert line.look("INBOX") == (7, 2)
        assert (line.highest(), line.uids(0, 9), line.uids(3, 9)) == (9, [3, 9], [9])
        assert [one.size for one in line.listed([3, 9])] == [len(MAIL), len(MAIL) + 7]
        assert line.heads([3])[3] == ("<1@example.com>", "", "Hello", "Ana <ana@example.com>")
        assert line.mails([3, 9]) == box.mails
    spoken = b" ".join(box.commands).upper()
    assert b"EXAMINE" in spoken and b"BODY.PEEK[]" in spoken
    assert not any(word in spoken for word in (b"STORE", b"SELECT", b"EXPUNGE", b" BODY[", b"RFC822 "))


@pytest.mark.parametrize(
    ("box", "code"),
    [
        (Box(password="other"), "mail.sign-in"),
        (Box(password="other", sign_in=b"NO [UNAVAILABLE] later"), "mail.busy"),
        (Box(cut="login"), "mail.cut"),
        (Box(cut="greeting"), "mail.cut"),
        (Box(silent="greeting"), "mail.silent"),
        (Box(silent="LOGIN"), "mail.silent"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_keeps_us_from_signing_in_has_its_own_code(box, code):
    quick = imap.Patience(connect=0.3, read=0.3, answer=2)
    with serving(box) as port:
        server = imap.Server("localhost", port, Security.TLS, "shop")
        assert failure(lambda: imap.connect(server, "right", authority=AUTHORITY, patience=quick)) == code


def test_a_certificate_nobody_vouches_for_is_refused():
    with serving(Box()) as port:
        assert failure(lambda: connected(port, authority=None)) == "mail.tls"


def test_a_certificate_for_another_name_is_refused():
    with serving(Box()) as port:
        server = imap.Server("127.0.0.2", port, Security.TLS, "shop")
        assert failure(lambda: imap.connect(server, "right", authority=AUTHORITY, patience=QUICK)) in (
            "mail.tls",
            "mail.refused",
        )
    assert imap.trust().check_hostname and imap.trust().verify_mode == ssl.CERT_REQUIRED


def test_a_server_without_encryption_is_never_spoken_to():
    """Whoever sits in between takes STARTTLS out of the list."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

        def plain():
            line, _ = door.accept()
            with line, line.makefile("rb") as file:
                line.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
                while words := file.readline().split():
                    heard.append(words[1].upper())
                    line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + words[0] + b" OK done\r\n")

        heard: list[bytes] = []
        threading.Thread(target=plain, daemon=True).start()
        assert failure(lambda: connected(port, security=Security.STARTTLS)) == "mail.tls"
        assert b"LOGIN" not in heard and b"AUTHENTICATE" not in heard


def test_a_server_that_is_gone_is_told():
    with serving(Box()) as port:
        pass
    assert failure(lambda: connected(port)) == "mail.refused"


@pytest.mark.parametrize(("number", "code"), [("EAI_NONAME", "mail.no-host"), ("EAI_AGAIN", "mail.offline")])
def test_a_name_nobody_knows_is_not_the_same_as_no_network(monkeypatch, number, code):
    def no_name(*_args, **_more):
        raise socket.gaierror(getattr(socket, number), "no")

    monkeypatch.setattr(socket, "getaddrinfo", no_name)
    assert failure(lambda: connected(1)) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"cut": "search"}, "mail.cut"),
        ({"cut": "literal"}, "mail.cut"),
        ({"silent": "UID FETCH"}, "mail.silent"),
        ({"garbage": "UID FETCH"}, "mail.garbled"),
    ],
)
def test_a_server_that_fails_later_is_told(changes, code):
    box = Box(mails={3: MAIL})
    with serving(box) as port, connected(port) as line:
        line.look("INBOX")
        for name, value in changes.items():
            setattr(box, name, value)
        assert failure(lambda: (line.uids(0, 9), line.mails([3]))) == code


def test_a_mail_withheld_is_left_out_and_no_error():
    box = Box(mails={3: MAIL, 4: MAIL}, withholds=frozenset({3}))
    with serving(box) as port, connected(port) as line:
        line.look("INBOX")
        assert list(line.mails([3, 4])) == [4]


def test_a_hundred_and_fifty_thousand_mails_are_listed_by_small_answers():
    box = Box(numbers=range(1, 150_001))
    with serving(box) as port, connected(port) as line:
        line.look("INBOX")
        found = [uid for _, uids in imap.windows(line.uids, 0, line.highest()) for uid in uids]
    assert found == list(range(1, 150_001))
    assert 100_000 < box.longest < 600_000


def test_numbers_with_a_large_gap_are_found_by_few_questions():
    box = Box(mails={5: MAIL, 40_000_000: MAIL})
    with serving(box) as port, connected(port) as line:
        line.look("INBOX")
        assert [uid for _, uids in imap.windows(line.uids, 0, line.highest()) for uid in uids] == [5, 40_000_000]
    assert len(box.commands) < 80


def test_a_literal_larger_than_any_mail_is_not_read_into_memory():
    box = Box(mails={3: MAIL})
    with serving(box) as port, connected(port) as line:
        line.look("INBOX")
        with pytest.raises(Outage), imap.telling("localhost"):
            line._client._imap.read(imap.LARGEST_ANSWER + 1)


def test_a_server_that_drips_is_cut_off():
    """Each byte comes within the time limit; the whole answer does not."""
    box = Box(mails={3: MAIL}, silent="UID FETCH")
    patient = imap.Patience(connect=1, read=30, answer=1)
    with serving(box) as port:
        server = imap.Server("localhost", port, Security.TLS, "shop")
        with imap.connect(server, "right", authority=AUTHORITY, patience=patient) as line:
            line.look("INBOX")
            assert failure(lambda: line.mails([3])) == "mail.cut"


def test_a_token_takes_the_place_of_the_password():
    box = Box()
    with serving(box) as port, connected(port, "token", sign_in=SignIn.XOAUTH2):
        pass
    assert b"AUTHENTICATE XOAUTH2" in box.commands and not any(one.startswith(b"LOGIN") for one in box.commands)


@pytest.mark.parametrize("secret", ["señal", "naïve ☂"])
def test_a_password_beyond_ascii_is_sent_as_it_is(secret):
    box = Box()
    with serving(box) as port, connected(port, secret):
        pass
    assert any(one.startswith(b"AUTHENTICATE PLAIN") for one in box.commands)


def test_a_line_break_in_a_password_says_nothing_to_the_server():
    box = Box()
    with serving(box) as port:
        assert failure(lambda: connected(port, 'x"\r\na2 DELETE INBOX')) == "mail.sign-in"
    assert not any(b"DELETE" in one for one in box.commands)
