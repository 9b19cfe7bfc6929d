"""The inbox in the window: the conversations by the clock, what a mail may show, what a click does to the shop."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from backoffice.mail.answering import queries as answering
from backoffice.mail.conversations import states
from backoffice.mail.model import ConversationState
from tests import window
from tests.kit.accessible import assert_all_named
from tests.mail.answering.desk import ana_bought, number_of, outgoing
from tests.mail.letters import a_bounce, a_hopeless_mail, a_mail, a_mailbox, comes_in, the_conversation
from tests.orders.hands import answer, choose, press, words_of
from ui.inbox import files
from ui.inbox.acts import me
from ui.inbox.composer import Composer
from ui.inbox.screen import InboxScreen
from ui.kit.pictures import settle
from ui.kit.text import ChipLabel
from ui.shared import attention

shop, app, opened = window.shop, window.app, window.opened
HOSTILE = "<b>Hi</b><img src='http://x.example/a.png'>\u202eevil\u202c " + "W" * 5000


@pytest.fixture
def screen(app) -> Iterator[InboxScreen]:
    """The inbox as it is shown in the window, gone before the shop is closed."""
    made = InboxScreen(app)
    made.resize(*window.ROOM)
    made.show()
    yield made
    window.gone(made)


@pytest.fixture
def mailbox(shop) -> int:
    with shop.work() as work:
        return a_mailbox(work)


@pytest.fixture
def asked(shop, mailbox, screen) -> int:
    """Ana asks where her parcel is; the conversation is shown."""
    (made,) = comes_in(shop, a_mail("Where is my parcel?\n\nOn 1 March Shop wrote:\n> It left.\n"))
    screen.show_record(made)
    return made


def cells(screen, key):
    at = [column.key for column in screen.model.columns].index(key)
    return [screen.model.cells(row)[at] for row in range(screen.model.rowCount())]


def counts(screen):
    return {key: screen.tabs.tabText(at).split()[-1] for at, key in enumerate(screen._views)}


def composer(screen) -> Composer | None:
    settle()
    return screen.pane.page.findChild(Composer)


def test_an_empty_inbox_offers_to_bring_mails_in(screen):
    assert "Mails appear here when you bring them in" in words_of(screen)
    assert "Bring in mails…" in words_of(screen._middle.currentWidget())


def test_mails_are_brought_in_from_files_and_folders_and_read(screen, shop, app, tmp_path):
    (tmp_path / "mails").mkdir()
    for at in range(3):
        (tmp_path / "mails" / f"{at}.eml").write_bytes(a_mail(subject=f"Question {at}"))
    files.bring_in(app, [tmp_path / "mails"])
    assert app.notices.toasts == ["3 mails brought in."]
    screen.tabs.choose("all")
    assert sorted(cell.split(" — ")[0] for cell in cells(screen, "subject")) == [f"Question {at}" for at in range(3)]


def test_the_list_says_who_waits_and_the_sidebar_how_many(asked, screen, app):
    assert cells(screen, "sender") == ["Ana Núñez"]
    assert cells(screen, "due_at")[0].tone == "muted"
    assert counts(screen) | {"answer": "1", "open": "1", "all": "1", "closed": "0"} == counts(screen)
    assert attention.inbox(app) == 1


@pytest.mark.parametrize(("minutes", "tone"), [(0, "muted"), (200, "warn"), (300, "bad")])
def test_the_clock_is_amber_in_its_last_hour_and_red_once_it_is_late(asked, screen, shop, minutes, tone):
    shop.clock.advance(timedelta(minutes=minutes))
    screen.refresh()
    assert cells(screen, "due_at")[0].tone == tone


def test_what_was_quoted_is_folded_until_it_is_asked_for(asked, screen):
    assert "It left." not in words_of(screen.pane.page)
    press(screen.pane.page, "Show what was quoted")
    assert "It left." in words_of(screen.pane.page)


def test_a_hostile_mail_is_plain_text_and_stays_in_its_room(screen, shop, mailbox):
    (made,) = comes_in(shop, a_mail(HOSTILE, subject=HOSTILE[:400], sender='"<i>Eve</i>" <eve@example.com>'))
    screen.show_record(made)
    settle()
    labels = screen.pane.page.findChildren(QLabel)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert "<b>Hi</b>" in words_of(screen.pane.page)
    assert not any("\u202e" in label.text() for label in labels)
    assert screen.pane.page.scroll.horizontalScrollBar().maximum() == 0


def test_closing_can_be_taken_back(asked, shop, screen, app):
    press(screen.pane.page, "Close")
    assert the_conversation(shop, asked).state is ConversationState.CLOSED
    app.notices.undo_last()
    assert the_conversation(shop, asked).state is ConversationState.OPEN


def test_a_closed_conversation_is_opened_again(asked, shop, screen):
    with shop.work() as work:
        states.close(work, asked)
    press(screen.pane.page, "Reopen")
    assert the_conversation(shop, asked).state is ConversationState.OPEN


def test_several_are_closed_at_once_and_opened_again_by_undo(asked, shop, screen, app):
    (other,) = comes_in(shop, a_mail(sender="Bo <bo@example.com>", subject="Another"))
    screen.acts.close_all([the_conversation(shop, asked), the_conversation(shop, other)])
    assert the_conversation(shop, other).state is ConversationState.CLOSED
    app.notices.undo_last()
    assert {the_conversation(shop, one).state for one in (asked, other)} == {ConversationState.OPEN}


def test_a_conversation_put_off_comes_back_on_its_morning(asked, shop, screen, app):
    press(screen.pane.page, "Put off until…")
    assert answer(screen)
    until = the_conversation(shop, asked).snoozed_until
    assert until is not None and until - shop.clock.now() < timedelta(days=2)
    assert counts(screen)["snoozed"] == "1" and counts(screen)["answer"] == "0"
    app.notices.undo_last()
    assert the_conversation(shop, asked).snoozed_until is None


def test_a_note_is_seen_by_us_and_can_be_taken_back(asked, screen, app):
    press(screen.pane.page, "Note…")
    assert answer(screen, text="Ask the carrier first")
    assert "Ask the carrier first" in words_of(screen.pane.page)
    app.notices.undo_last()
    assert "Ask the carrier first" not in words_of(screen.pane.page)


def test_a_conversation_is_given_to_somebody(asked, shop, screen):
    choose(screen, "Give to…")
    assert answer(screen, who="Luis")
    assert the_conversation(shop, asked).assigned_to == "Luis"
    assert "given to Luis" in words_of(screen.pane.page)


def test_the_page_names_the_customer_and_leads_to_the_order(screen, shop, mailbox, opened):
    _ana, order = ana_bought(shop)
    number = number_of(shop, order)
    (made,) = comes_in(shop, a_mail(f"Where is order {number}?", subject=f"Order {number}"))
    with shop.work() as work:
        states.attach_order(work, made, order)
    screen.show_record(made)
    assert "Ana Núñez" in words_of(screen.pane.page)
    press(screen.pane.page, f"Order {number}")
    assert opened == [("orders", order)]


def test_a_mail_nobody_can_read_is_there_and_can_be_saved(screen, shop, mailbox, monkeypatch, tmp_path):
    raw = a_hopeless_mail()
    (made,) = comes_in(shop, raw)
    screen.show_record(made)
    assert "This mail could not be read." in words_of(screen.pane.page)
    assert counts(screen)["unreadable"] == "1"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "kept.eml"), ""))
    press(screen.pane.page, "Save the mail as it came…")
    assert (tmp_path / "kept.eml").read_bytes() == raw


def with_file(name: str) -> bytes:
    top, _, text = a_mail("See the file").partition(b"\n\n")
    kept = [line for line in top.split(b"\n") if not line.lower().startswith((b"content-", b"mime-"))]
    part = f'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n\nBYTES\n'
    return (
        b"\n".join(kept)
        + b'\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
        + b"Content-Type: text/plain\n\n"
        + text
        + b"\n--b\n"
        + part.encode()
        + b"\n--b--\n"
    )


@pytest.fixture
def saving(app, monkeypatch, tmp_path) -> tuple[Path, list[object]]:
    """Where the person saves to, and what they were asked; they always say no."""
    questions, path = [], tmp_path / "saved"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(path), ""))
    app.notices.asking = lambda question: bool(questions.append(question))
    return path, questions


@pytest.mark.parametrize(("name", "asks"), [("photo.jpg", 0), ("invoice.pdf.exe", 1), ("page.HTML", 1)])
def test_a_dangerous_file_is_saved_only_after_a_question(screen, shop, mailbox, saving, name, asks):
    (made,) = comes_in(shop, with_file(name))
    screen.show_record(made)
    press(screen.pane.page, "Save as…")
    path, questions = saving
    assert (len(questions), path.exists()) == (asks, not asks)


def test_who_waits_is_answered_and_the_answer_can_be_taken_back(asked, shop, screen, app):
    assert screen.pane.page.step.title == "Answer"
    press(screen.pane.page, "Answer")
    assert screen.pane.page.step.title == "Send"
    composer(screen).text.setPlainText("It left today.")
    screen.confirm()
    (mail,) = outgoing(shop)
    assert (mail["To"], mail["Subject"]) == ("ana@example.com", "Re: My parcel")
    assert composer(screen) is None and "In the outbox" in [c.word for c in chips(screen)]
    app.notices.undo_last()
    assert composer(screen).text.toPlainText().strip() == "It left today."
    assert the_conversation(shop, asked).due_at is not None


def chips(screen):
    settle()
    return [each._chip for each in screen.pane.page.findChildren(ChipLabel)]


def test_what_is_written_is_kept_and_there_again(asked, shop, screen, app):
    press(screen.pane.page, "Answer")
    composer(screen).text.setPlainText("Half a sen")
    assert composer(screen).keep()
    assert shop.ask(answering.current, asked, me(app)).text == "Half a sen"
    again = InboxScreen(app)
    again.show_record(asked)
    assert composer(again).text.toPlainText() == "Half a sen"
    window.gone(again)


def test_what_was_typed_last_is_kept_when_another_conversation_is_chosen(asked, shop, screen, app):
    (other,) = comes_in(shop, a_mail(sender="Bo <bo@example.com>", subject="Another"))
    press(screen.pane.page, "Answer")
    composer(screen).text.setPlainText("Half a sen")
    screen.show_record(other)
    settle()
    assert shop.ask(answering.current, asked, me(app)).text == "Half a sen"
    assert composer(screen) is None


def test_an_empty_answer_is_not_sent_and_says_why(asked, shop, screen):
    press(screen.pane.page, "Answer")
    screen.confirm()
    assert outgoing(shop) == []
    assert "There is no text yet." in words_of(screen.pane.page)


def test_what_came_in_meanwhile_is_shown_before_the_answer_leaves(asked, shop, screen):
    press(screen.pane.page, "Answer")
    composer(screen).text.setPlainText("It left today.")
    composer(screen).keep()
    shop.clock.advance(timedelta(minutes=1))
    comes_in(shop, a_mail("Never mind, cancel it!", subject="Re: My parcel", answers=the_rfc_id(shop, asked)))
    screen.confirm()
    assert outgoing(shop) == []
    assert "Never mind, cancel it!" in words_of(screen.pane.page)
    assert composer(screen).text.toPlainText() == "It left today."
    screen.confirm()
    assert len(outgoing(shop)) == 1


def the_rfc_id(shop, conversation):
    return the_conversation(shop, conversation).messages[-1].rfc_id


def test_a_template_is_filled_in_for_the_customer(asked, screen):
    press(screen.pane.page, "Answer")
    composer(screen).fill("thanks")
    assert composer(screen).text.toPlainText().strip()
    assert "{{" not in composer(screen).text.toPlainText()


def test_a_draft_is_discarded_and_undo_brings_it_back(asked, screen, app):
    press(screen.pane.page, "Answer")
    composer(screen).text.setPlainText("Half a sen")
    press(screen.pane.page, "Discard the draft")
    assert composer(screen) is None
    app.notices.undo_last()
    assert composer(screen).text.toPlainText() == "Half a sen"


def test_the_composer_fits_beside_the_list(asked, screen):
    press(screen.pane.page, "Answer")
    settle()
    assert screen.pane.width() <= 400
    assert screen.pane.page.scroll.horizontalScrollBar().maximum() == 0


def test_nobody_writes_to_a_machine_that_reads_nothing(screen, shop, mailbox):
    (made,) = comes_in(shop, a_bounce("gone@example.com"))
    screen.show_record(made)
    assert screen.pane.page.step.title == "Close"
    assert "Did not arrive" in [each.word for each in chips(screen)]
    assert "Answer" not in words_of(screen.pane.page).split("\n")


def test_everything_on_the_screen_has_a_name(asked, screen):
    press(screen.pane.page, "Answer")
    settle()
    assert_all_named(screen)
