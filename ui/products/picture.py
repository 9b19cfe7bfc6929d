"""A product's picture: shown small, taken from a file by choice or by drop, made light before it is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from backoffice.inventory import pictures
from ui.kit import theme
from ui.kit.boxes import SPRING, column, held, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.fields import Field, Wrong
from ui.kit.icons import draw

LONGEST_SIDE = 1200  # pixels; more is never shown
_ENDINGS = "*.png *.jpg *.jpeg *.webp *.gif *.bmp"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file name in the shop, "" for none; with `content` a new one, not kept yet."""

    name: str = ""
    content: bytes = b""


class NoPicture(ValueError):
    """The file is no picture that can be read."""


def taken(path: Path) -> Picture:
    """A file made a light picture: turned as the camera says, at most 1200 pixels, nothing of the camera in it."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(QSize(LONGEST_SIDE, LONGEST_SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise NoPicture(path.name)
    clear = image.hasAlphaChannel()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG" if clear else "JPEG", -1 if clear else 88)
    return Picture(f"{path.stem}.{'png' if clear else 'jpg'}", bytes(buffer.data().data()))


def shown(shop: Path, picture: Picture) -> QImage:
    """The picture to be painted; a null image where there is none."""
    if picture.content:
        return QImage.fromData(picture.content)
    file = pictures.picture_of(shop, picture.name)
    if file is None:
        return QImage()
    reader = QImageReader(str(file))
    reader.setAutoTransform(True)
    return reader.read()


class PictureBox(QWidget):
    """A picture in a square, or the sign of one that is missing. `dropped` tells a file let fall on it."""

    dropped = Signal(object)

    def __init__(self, image: QImage, name: str, *, side: int = 96) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self.image = QImage()
        self.show_image(image)

    def show_image(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QPainterPath()
        edge.addRoundedRect(box, 6, 6)
        painter.fillPath(edge, theme.colour("window"))
        if self.image.isNull():
            draw(painter, self.rect().adjusted(32, 32, -32, -32), "picture", "muted")
        else:
            self._draw_image(painter, edge)
        painter.setPen(theme.colour("line"))
        painter.drawPath(edge)
        painter.end()

    def _draw_image(self, painter: QPainter, edge: QPainterPath) -> None:
        dots = self.size() * self.devicePixelRatioF()
        way = Qt.TransformationMode.SmoothTransformation
        small = self.image.scaled(dots, Qt.AspectRatioMode.KeepAspectRatio, way)
        small.setDevicePixelRatio(self.devicePixelRatioF())
        place = small.deviceIndependentSize()
        painter.setClipPath(edge)
        painter.drawImage(QRectF(self.rect()).center() - QRectF(0, 0, place.width(), place.height()).center(), small)
        painter.setClipping(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(_file(event))


class PictureField(Field):
    """A Picture: chosen from a file or dropped."""

    def __init__(self, key: str, title: str, app: AppContext, **more: Any) -> None:
        self._app = app
        self._picture = Picture()
        self._wrong = ""
        super().__init__(key, title, **more)

    def make_editor(self) -> QWidget:
        words = self._app.words
        self._box = PictureBox(QImage(), self.title)
        self._box.dropped.connect(self.take)
        self._choose = button(words("Choose a picture…"), self.choose, icon="picture")
        self._none = button(words("Take it away"), lambda: self._put(Picture()), quiet=True)
        buttons = column(self._choose, row(self._none, SPRING), SPRING, gap=theme.XS)
        made = held(row(self._box, buttons, SPRING, gap=theme.L))
        made.setFocusProxy(self._choose)
        return made

    def choose(self) -> None:
        words = self._app.words
        kinds = words("Pictures ({endings})").format(endings=_ENDINGS)
        path, _kind = QFileDialog.getOpenFileName(self, words("Choose a picture…"), str(Path.home()), kinds)
        if path:
            self.take(Path(path))

    def take(self, path: Path) -> None:
        """Reads the file away from the window and shows it; says so where it is no picture."""

        def failed(error: BaseException) -> None:
            if not isinstance(error, NoPicture | OSError):
                raise error
            self._wrong = self._app.words("{file} is not a picture that can be read.").format(file=path.name)
            self.typed()

        read = lambda _progress, _cancelled: taken(path)  # noqa: E731
        self._app.run(read, self._put, failed=failed, label=self._app.words("Reading the picture"), quiet=True)

    def _put(self, picture: Picture) -> None:
        self._wrong = ""
        self.write(picture)
        self.typed()

    def read(self) -> Picture:
        if self._wrong:
            raise Wrong(self._wrong)
        return self._picture

    def write(self, value: Picture) -> None:
        self._picture = value
        self._box.show_image(shown(self._app.shop.path, value))
        self._none.setVisible(bool(value.name))

    def is_empty(self) -> bool:
        return not self._picture.name


def _file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
