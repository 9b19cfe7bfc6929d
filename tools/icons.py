"""Draws the app's icon in the forms the systems want, from its one SVG: python -m tools.icons, in .venv."""

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from tools.places import ROOT

SOURCE = ROOT / "resources" / "icons" / "backoffice.svg"
PNG = 256
ICO = (16, 24, 32, 48, 64, 128, 256)
ICNS = (32, 64, 128, 256, 512, 1024)


def draw(source: Path, size: int) -> Image.Image:
    """The SVG drawn `size` × `size` pixels on nothing; drawn at each size, for scaling blurs the edges."""
    canvas = QImage(size, size, QImage.Format.Format_RGBA8888)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(canvas.constBits()))


def main() -> int:
    """Writes the .png, .ico (Windows) and .icns (macOS) beside the SVG."""
    _app = QGuiApplication.instance() or QGuiApplication([])
    drawn = {size: draw(SOURCE, size) for size in {PNG, *ICO, *ICNS}}
    drawn[PNG].save(SOURCE.with_suffix(".png"), optimize=True)
    largest = max(ICO)
    drawn[largest].save(
        SOURCE.with_suffix(".ico"),
        sizes=[(size, size) for size in ICO],
        append_images=[drawn[size] for size in ICO if size != largest],
    )
    drawn[max(ICNS)].save(SOURCE.with_suffix(".icns"), append_images=[drawn[size] for size in ICNS])
    return 0


if __name__ == "__main__":
    sys.exit(main())
