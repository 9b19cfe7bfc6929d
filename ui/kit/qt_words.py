"""What Qt's own translations lack: a few words of its file dialog, seen where the system has no dialog of its own."""

from PySide6.QtCore import QObject, QTranslator

from backoffice.core.language import Language, mark

_LACKING = {
    ("QFileDialog", "&Look in:"): mark("Look in:"),
    ("QFileDialog", "Files of &type:"): mark("Files of type:"),
    ("QAbstractFileIconProvider", "Folder"): mark("Folder"),
    ("QAbstractFileIconProvider", "Drive"): mark("Drive"),
}


class QtWords(QTranslator):
    """To be installed before Qt's own, which is then asked first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.language: Language | None = None

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None where it is not ours to say: Qt then keeps its own word."""
        ours = _LACKING.get((context, source))
        return self.language.words(ours) if ours and self.language is not None else None
