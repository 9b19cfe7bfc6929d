"""What every screen is handed: the shop behind one door, and what it takes to tell the user how it went."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from backoffice.core.errors import Outage, Refused
from backoffice.core.language import Language
from ui.kit.drawer import Drawer
from ui.kit.format import Format
from ui.kit.jobs import Job, Jobs, Task
from ui.kit.memory import Memory
from ui.kit.notices import Notices

log = logging.getLogger("backoffice.ui")

Sentence = Callable[[Refused | Outage, Language], str]


class Errors(Protocol):
    """Whoever can show a refusal where it belongs: a Form."""

    def show_refusal(self, error: Refused, sentence: str) -> bool:
        """True if it was shown at a field."""


@dataclass(frozen=True, slots=True)
class Done:
    """How an action went; true if it was done. `value` is what it returned, `error` why it was not."""

    value: Any = None
    error: Refused | Outage | None = None

    def __bool__(self) -> bool:
        return self.error is None


class AppContext(QObject):
    """The shop, its language and formats, jobs, notices, and the way to other records."""

    changed = Signal(object)  # frozenset of features, in the main thread
    opening = Signal(str, object)  # feature, record id or None
    beginning = Signal(str)  # feature whose form for something new is wanted
    leaving = Signal()
    _heard = Signal(object)

    def __init__(
        self,
        shop: Any,
        language: Language,
        *,
        zone: str,
        sentence: Sentence,
        jobs: Jobs | None = None,
        notices: Notices | None = None,
        memory: Memory | None = None,
        drawer: Drawer | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.shop = shop
        self.language = language
        self.words = language.words
        self.plural = language.plural
        self.format = Format(language, zone, shop.clock)
        self.jobs = jobs or Jobs(self)
        self.notices = notices or Notices(language, self)
        self.memory = memory or Memory()
        self.drawer = drawer or Drawer(parent=self)
        self.choose_files: Callable[[], object] = lambda: None
        """Asks for files to be taken in; an empty list offers it."""
        self._sentence = sentence
        self._heard.connect(
            self.changed
        )  # a job's commit comes from another thread: queued, so that screens re-read here
        self._closed = False
        shop.listen(self._hear)

    def _hear(self, changes: frozenset[str]) -> None:
        """Called in the thread that wrote."""
        if not self._closed:
            self._heard.emit(changes)

    def close(self) -> None:
        """Hears nothing any more; another context takes its place."""
        self._closed = True

    @property
    def closed(self) -> bool:
        return self._closed

    def ask(self, query: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What `query(session, …)` answers, in a read transaction."""
        return self.shop.ask(query, *args, **kwargs)

    def do(
        self,
        action: Callable[..., Any],
        *args: Any,
        said: str = "",
        undo: Callable[[Any], object] | None = None,
        form: Errors | None = None,
        **kwargs: Any,
    ) -> Done:
        """Runs `action(work, …)` in one write transaction and tells how it went.

        `said` is the toast when it is done, `undo(value)` what its Undo button does with what the action returned.
        A refusal is shown at the form's field where `form` knows it, else as a notice; an outage with "Try again".
        """
        try:
            with self.shop.work() as work:
                value = action(work, *args, **kwargs)
        except (Refused, Outage) as error:
            again = partial(self.do, action, *args, said=said, undo=undo, form=form, **kwargs)
            self.tell(error, again=again, form=form)
            return Done(error=error)
        if said:
            self.notices.say(said, None if undo is None else lambda: undo(value))
        return Done(value)

    def may_write(self) -> bool:
        """Whether anything can be changed; if not, tells why. Asked before somebody begins to type."""
        if getattr(self.shop, "only_read", False):
            self.tell(Refused("shop.only-read"))
            return False
        return True

    def run(
        self,
        task: Task,
        done: Callable[[Any], object] | None = None,
        *,
        label: str,
        failed: Callable[[BaseException], object] | None = None,
        quiet: bool = False,
    ) -> Job:
        """Runs `task(progress, cancelled)` as a job; what goes wrong is told, with "Try again" for an outage."""

        def tell(error: BaseException) -> None:
            if failed is not None:
                failed(error)
            elif isinstance(error, Refused | Outage):
                self.tell(error, again=lambda: self.run(task, done, label=label, quiet=quiet))
            else:
                sys.excepthook(type(error), error, error.__traceback__)

        return self.jobs.run(task, done, tell, label=label, quiet=quiet)

    def tell(
        self, error: Refused | Outage, *, again: Callable[[], object] | None = None, form: Errors | None = None
    ) -> None:
        """Shows a refusal (at the form's field, or as a notice) or an outage (with "Try again", and logged)."""
        sentence = self.sentence(error)
        if isinstance(error, Outage):
            log.warning("outage %s", error.code)  # the code alone: facts may name a customer
            self.notices.fail(sentence, again)
        elif form is None or not form.show_refusal(error, sentence):
            self.notices.refuse(sentence)

    def sentence(self, error: Refused | Outage) -> str:
        """What a person reads for this error."""
        return self._sentence(error, self.language)

    def open(self, feature: str, record_id: Any = None) -> None:
        """Shows the screen of a feature, on this record if one is named."""
        self.opening.emit(feature, record_id)

    def begin(self, feature: str) -> None:
        """Shows the screen of a feature with its form for something new."""
        self.beginning.emit(feature)

    def back(self) -> None:
        """Goes back to where one came from."""
        self.leaving.emit()
