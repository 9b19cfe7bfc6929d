"""The inbox: the conversations by the clock, and one of them beside the list, where it is answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer

from backoffice.mail import words as desk
from backoffice.mail.answering import queries as answering
from backoffice.mail.conversations.queries import lists, whole
from backoffice.mail.conversations.queries.lists import Narrowed
from backoffice.mail.conversations.queries.whole import WholeConversation
from ui.inbox import columns, files
from ui.inbox.acts import Acts, me
from ui.inbox.composer import Composer
from ui.inbox.page import conversation_page, receiver
from ui.kit.buttons import Action
from ui.kit.card import Empty
from ui.kit.context import AppContext
from ui.kit.detail import Detail
from ui.kit.filters import Filter
from ui.kit.list_screen import ListScreen
from ui.kit.paging import Listing, QuerySource
from ui.kit.table import Column
from ui.kit.views import View


class InboxScreen(ListScreen):
    """What customers wrote, in the list and one by one."""

    feature = "inbox"
    watches = frozenset({"mail", "customers", "orders"})

    def __init__(self, app: AppContext) -> None:
        self.acts = Acts(app)
        self._answering: int | None = None
        super().__init__(app)

    # the list

    def title(self) -> str:
        return self.words("Inbox")

    def views(self) -> Sequence[View]:
        return [View(key, self.words(desk.VIEWS[key])) for key in lists.VIEWS]

    def columns(self) -> Sequence[Column]:
        return columns.columns(self.app)

    def source(self) -> QuerySource:
        return QuerySource(self.app, lists.page, count=lists.count, marks=lists.marks, arguments=self._arguments)

    def filters(self) -> Sequence[Filter]:
        return [Filter("text", self.words("Words, sender or number"), width=264)]

    def counts(self) -> Mapping[str, int | None]:
        return self.app.ask(lists.counts, self._narrowed())

    def heads(self) -> Sequence[Action]:
        words = self.words
        return [
            Action(words("Bring in a folder…"), lambda: files.ask_for_folder(self.app), icon="folder"),
            Action(words("Bring in mails…"), lambda: files.ask_for_files(self.app), icon="import"),
        ]

    def actions(self) -> Sequence[Action]:
        words, acts = self.words, self.acts
        return [
            Action(words("Close"), lambda _ids: acts.close_all(self.table.selected()), icon="done", when=_some_open),
            Action(words("Put off until…"), lambda _ids: acts.put_off(self.table.selected()[0]), many=False),
            Action(words("Give to…"), lambda _ids: acts.give(self.table.selected()[0]), many=False),
        ]

    def empty(self, view: str) -> Empty:
        words = self.words
        sentences = {
            "answer": words("Nobody waits for an answer."),
            "open": words("Nothing is open."),
            "waiting": words("No customer has the next word."),
            "snoozed": words("Nothing is put off."),
            "mine": words("Nothing is given to you."),
            "closed": words("Nothing was closed yet."),
            "unreadable": words("Every mail could be read."),
        }
        if view in sentences and self.counts()["all"]:
            return Empty(sentences[view], icon="done")
        sentence = words("Mails appear here when you bring them in from .eml or .mbox files.")
        return Empty(sentence, words("Bring in mails…"), lambda: files.ask_for_files(self.app), icon="inbox")

    def _narrowed(self, text: str = "") -> Narrowed:
        return Narrowed(now=self.app.shop.clock.now(), who=me(self.app), text=text)

    def _arguments(self, listing: Listing) -> dict[str, Any]:
        return {"by": self._narrowed(listing.filter("text", "")), "view": listing.view, "sort": listing.sort}

    # the page

    def detail(self, record_id: int) -> Detail:
        found: WholeConversation = self.app.ask(whole.conversation, record_id)
        if record_id != self._answering:
            self._answering = None
        writes = self._answering == record_id or self.app.ask(answering.current, record_id, me(self.app)) is not None
        composer = Composer(self.app, found, receiver(found), self._left) if writes else None
        return conversation_page(self, found, composer)

    def answer(self, found: WholeConversation) -> None:
        """Shows the composer under what was said, with the cursor in it."""
        if not self.app.may_write():
            return
        self._answering = found.id
        self._show(found.id)
        page = self.pane.page if self.pane is not None else None
        composer = page.findChild(Composer) if page is not None else None
        if page is not None and composer is not None:
            composer.text.setFocus()
            QTimer.singleShot(0, composer, lambda: page.scroll.ensureWidgetVisible(composer, 0, 8))

    def _left(self) -> None:
        """The answer is gone, or something came in: the page is read again."""
        self._answering = None
        if self.pane is not None and self.pane.record is not None:
            self._show(self.pane.record)

    # hands

    def go_on(self, what: str) -> None:
        """A note that was half-written."""
        _kind, _, number = what.partition("/")
        self.show_record(int(number))
        self.acts.note(self.app.ask(whole.conversation, int(number)))

    def help(self) -> str:
        return self.words(
            "What customers wrote, the most urgent first: each conversation says by when an answer is due.\n\n"
            "Mails are shown as plain text and nothing in them is opened or fetched. Quoted parts are folded, files are"
            " saved only when you say where to.\n\n"
            "Put a conversation off and it comes back on its day, with a reply or with news of its order. Notes are"
            " seen by nobody outside."
        )


def _some_open(rows: Sequence[Any]) -> bool:
    return any(row.state != "closed" for row in rows)
