"""One person's data handed out or taken away: what would go is said first; what is gone does not come back."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QWidget

from backoffice.core.errors import Refused
from backoffice.customers.person import erasing, queries
from backoffice.customers.words import ERASURE, KEPT
from backoffice.sentences import happening
from backoffice.settings.queries import profile
from ui.kit import theme
from ui.kit.boxes import SPRING, column, framed, held, row, rule, scrolled
from ui.kit.buttons import button
from ui.kit.card import section
from ui.kit.context import AppContext
from ui.kit.text import Label
from ui.kit.when_used import WhenUsed
from ui.shared.foreign import calm_line

export = WhenUsed("backoffice.customers.person.export")
_LONGEST = 40


def hand_out(app: AppContext, customer_id: int) -> None:
    """Asks for a folder and writes everything about the person into it, as JSON and PDF, in a job."""
    words = app.words
    folder = QFileDialog.getExistingDirectory(app.notices.window(), words("Folder for the two files"), str(Path.home()))
    if folder:
        write(app, customer_id, Path(folder))


def write(app: AppContext, customer_id: int, folder: Path) -> None:
    """Writes the two files and says so in the history."""
    words, language = app.words, app.language

    def task(_progress: Any, _cancelled: Any) -> Any:
        everything, shop = app.ask(queries.everything, customer_id), app.ask(profile)
        tell = lambda verb, facts: happening(verb, facts, language)  # noqa: E731
        return export.write(everything, folder, shop=shop, at=app.shop.clock.now(), language=language, tell=tell)

    def done(made: Any) -> None:
        said = words("{json} and {pdf} written").format(json=made.json.name, pdf=made.pdf.name)
        app.do(export.record, customer_id, said=said)

    def failed(error: BaseException) -> None:
        if isinstance(error, Refused):
            app.tell(error)
        elif isinstance(error, OSError):
            sentence = words("The files could not be written into {folder}. Choose another folder.")
            app.notices.fail(sentence.format(folder=folder.name), lambda: hand_out(app, customer_id))
        else:
            raise error

    app.run(task, done, failed=failed, label=words("Exporting a person"))


def take_away(app: AppContext, customer_id: int, show: Callable[[QDialog], object]) -> None:
    """The dry run first; why it cannot be done, where it cannot."""
    try:
        planned: erasing.Erasure = app.ask(erasing.plan, customer_id)
    except Refused as error:
        app.tell(error)
        return
    show(EraseDialog(app, planned))


class EraseDialog(QDialog):
    """What goes and what stays, in rows; the button asks once more, by name."""

    def __init__(self, app: AppContext, planned: erasing.Erasure) -> None:
        super().__init__(app.notices.window())
        self._app, self._planned = app, planned
        words = app.words
        self._name = calm_line(planned.name, most=_LONGEST) or words("this person")
        title = words("Erase {name}").format(name=self._name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        inner = QWidget()
        inner.setLayout(
            column(
                section(words("This goes"), self._rows(planned.erased, ERASURE)),
                section(words("This stays"), self._rows(planned.kept, KEPT)),
                SPRING,
                gap=theme.XL,
                margins=(theme.XL, theme.L, theme.XL, theme.L),
            )
        )
        leave = button(words("Keep the person"), self.reject)
        self.act = button(words("Erase…"), self.press, danger=True)
        told = Label(words("Nothing is changed yet."), "muted")
        head = framed(column(Label(title, "title"), told, gap=2, margins=(theme.XL, theme.XL, theme.XL, theme.S)))
        foot = framed(row(SPRING, leave, self.act, margins=(theme.XL, theme.M, theme.XL, theme.L)))
        self.setLayout(column(head, scrolled(inner, name=title), rule(), foot, gap=0))
        self.resize(600, 560)

    def _rows(self, counted: Mapping[str, int], sentences: Mapping[str, str]) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.L)
        grid.setVerticalSpacing(theme.XS)
        for at, (part, rows) in enumerate(counted.items()):
            number = Label(self._app.format.number(rows), "strong")
            grid.addWidget(held(column(row(SPRING, number), SPRING, gap=0)), at, 0)
            grid.addWidget(Label(self._app.words(sentences.get(part, part)), wrap=True), at, 1)
        grid.setColumnMinimumWidth(0, 32)
        grid.setColumnStretch(1, 1)
        return made

    def press(self) -> None:
        """Asks by name; then it is done, and a job wipes what is left unseen in the search."""
        app, words = self._app, self._app.words
        agreed = app.notices.ask(
            words("Erase {name} for good?").format(name=self._name),
            words("Erase {name}").format(name=self._name),
            detail=words("This cannot be undone, and no import brings this person back."),
            danger=True,
        )
        if not agreed:
            return
        person = self._planned.customer_ids[0]
        names = app.ask(erasing.known_as, person)
        if app.do(erasing.erase, person, said=words("The person is erased.")):
            app.drawer.forget(names)
            self.accept()
            app.run(lambda *_hands: _sweep(app), label=words("Wiping the search"))


def _sweep(app: AppContext) -> None:
    with app.shop.work() as work:
        erasing.sweep(work)
