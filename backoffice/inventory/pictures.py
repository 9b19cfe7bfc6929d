"""Product pictures: plain image files in a folder beside the shop, found by name and never by a path."""

from pathlib import Path

from backoffice.core.paths import private_folder, safe_file_name, write_private

LARGEST = 5_000_000


def folder_of(shop: Path) -> Path:
    """Where a shop keeps its pictures: "Casa pictures" beside "Casa.backoffice"."""
    return shop.parent / f"{shop.stem} pictures"


def picture_of(shop: Path, name: str) -> Path | None:
    """The picture's file; none where there is no such file or the name is more than a name."""
    if not name or name != safe_file_name(name):
        return None
    file = folder_of(shop) / name
    return file if file.is_file() and file.stat().st_size <= LARGEST else None


def keep_new(shop: Path, name: str, content: bytes) -> str:
    """Keeps a picture under a name that no other picture has; that name. OSError as the disk says.

    The same picture under the same name is kept once; another one gets a number: "cup-2.png".
    """
    wanted = Path(safe_file_name(name))
    folder = private_folder(folder_of(shop))
    turn, file = 1, folder / wanted
    while file.exists() and file.read_bytes() != content:
        turn += 1
        file = folder / f"{wanted.stem}-{turn}{wanted.suffix}"
    if not file.exists():
        write_private(file, content)
    return file.name


def keep(shop: Path, source: Path) -> str:
    """Copies a picture into the shop's folder; the name it is found by."""
    name = safe_file_name(source.name)
    folder = private_folder(folder_of(shop))
    write_private(folder / name, source.read_bytes())
    return name
