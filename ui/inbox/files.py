"""Files at the mail desk: mails brought in, attachments saved; nothing is ever opened by itself."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from backoffice.core.errors import Refused
from backoffice.core.paths import safe_file_name
from backoffice.mail.conversations import joining
from backoffice.mail.conversations.joining import Read
from backoffice.mail.conversations.queries import whole
from backoffice.mail.conversations.queries.whole import FileRow, MessageRow
from backoffice.mail.receiving import files
from backoffice.mail.receiving.files import BroughtIn
from ui.kit.context import AppContext
from ui.shared.foreign import calm_line

_RUN = (
    "apk app bat chm cmd com cpl dll dmg docm exe hta htm html img inf iso jar js jse lnk mht msc msi msp pif ppsm pptm"
    " ps1 reg scf scr sh svg url vb vbe vbs vhd ws wsf wsh xhtml xlam xll xlsm xltm"
)
DANGEROUS = frozenset(_RUN.split())
"""What a double click would run, or what runs what stands in it: kept only after a question."""


def ask_for_files(app: AppContext) -> None:
    """Asks for mail files and brings them in."""
    words = app.words
    kinds = f"{words('Mails')} (*.eml *.mbox);;{words('All files')} (*)"
    window, title = app.notices.window(), words("Bring in mails")
    found, _kind = QFileDialog.getOpenFileNames(window, title, str(Path.home()), kinds)
    if found:
        bring_in(app, [Path(each) for each in found])


def ask_for_folder(app: AppContext) -> None:
    """Asks for a folder and brings in every mail in it."""
    title = app.words("Folder with mails")
    found = QFileDialog.getExistingDirectory(app.notices.window(), title, str(Path.home()))
    if found:
        bring_in(app, [Path(found)])


def bring_in(app: AppContext, paths: Sequence[Path]) -> None:
    """Takes the mails in and reads them, in a job; stopped, it keeps what is in and begun again it goes on."""
    if not app.may_write():
        return

    def task(progress: Any, cancelled: Any) -> tuple[list[BroughtIn], Read]:
        brought = files.bring_in(app.shop, paths, progress=progress, cancelled=cancelled)
        return brought, joining.read_waiting(app.shop, progress=progress, cancelled=cancelled)

    app.run(task, partial(_tell, app), label=app.words("Bringing in mails"))


def _tell(app: AppContext, made: tuple[list[BroughtIn], Read]) -> None:
    brought, _read = made
    new = sum(one.new for one in brought)
    left = [one for one in brought if one.fault]
    known = len(brought) - new - len(left)
    said = [app.plural("{n} mail brought in.", "{n} mails brought in.", new)]
    if known:
        said.append(app.plural("{n} was here already.", "{n} were here already.", known))
    app.notices.say(" ".join(said))
    if left:
        told = app.plural("{n} mail was left out: {why}", "{n} mails were left out: {why}", len(left))
        app.notices.refuse(told.replace("{why}", app.sentence(Refused(left[0].fault))))


def is_dangerous(name: str) -> bool:
    """Whether a file of this name could do something by itself when it is opened."""
    return Path(name.strip().rstrip(".")).suffix.casefold().removeprefix(".") in DANGEROUS


def save_file(app: AppContext, file: FileRow) -> None:
    """Asks where to, and for a dangerous kind asks first; then a job writes it."""
    if is_dangerous(file.name) and not _sure(app, file.name):
        return
    _save(app, file.name, lambda: app.ask(whole.file, file.id).content)


def save_original(app: AppContext, message: MessageRow) -> None:
    """Asks where to; then a job writes the mail as it came."""
    _save(app, f"mail-{message.id}.eml", lambda: app.ask(whole.original, message.id))


def _sure(app: AppContext, name: str) -> bool:
    words, shown = app.words, calm_line(name, most=60)
    return app.notices.ask(
        words("Save {name}?").format(name=shown),
        words("Save it all the same"),
        detail=words("A file of this kind can run as a program. Save it only if you expected it from this sender."),
        danger=True,
    )


def _save(app: AppContext, name: str, content: Callable[[], bytes]) -> None:
    words = app.words
    start = str(Path.home() / safe_file_name(name))
    path, _kind = QFileDialog.getSaveFileName(app.notices.window(), words("Save as"), start)
    if not path:
        return

    def failed(error: BaseException) -> None:
        if isinstance(error, Refused):
            app.tell(error)
        elif isinstance(error, OSError):
            sentence = words("{name} could not be written there. Choose another folder.")
            app.notices.fail(sentence.format(name=Path(path).name), lambda: _save(app, name, content))
        else:
            raise error

    said = words("{name} saved").format(name=Path(path).name)
    write = lambda *_hands: Path(path).write_bytes(content())  # noqa: E731
    app.run(write, lambda _n: app.notices.say(said), failed=failed, label=words("Saving a file"))
