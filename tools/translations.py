"""Brings the catalogues up to the sentences in the code; needs Babel, so it runs inside the environment."""

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.places import ROOT

FOLDER = ROOT / "resources" / "translations"
SOURCES = ("backoffice", "ui")
KEYWORDS = {"words": None, "plural": (1, 2), "mark": None}
ALWAYS = {"es"}
_NOISE = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To|Generated-By): '
)
_PLACE = re.compile(r"\{[^{}]*\}")


def extract(root: Path = ROOT) -> Catalog:
    """Every sentence marked in the code by words(), plural() or mark(), with the files it stands in."""
    template = _named(Catalog(charset="utf-8"))
    for source in SOURCES:
        found = extract_from_dir(root / source, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, _comments, _context in found:
            template.add(message, locations=[(f"{source}/{Path(name).as_posix()}", 0)])
    return template


def read(path: Path, code: str) -> Catalog:
    """The catalogue in a .po file, an empty one where there is no file."""
    if not path.exists():
        return _named(Catalog(locale=code, charset="utf-8"))
    with path.open("rb") as file:
        return _named(read_po(file, locale=code))


def update(catalogue: Catalog, template: Catalog) -> Catalog:
    """The catalogue with exactly the template's sentences: new ones empty, never guessed; old ones gone."""
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def faults(catalogue: Catalog, template: Catalog) -> list[str]:
    """What keeps a catalogue from being complete: sentences missing, unused, guessed, or with other {places}."""
    known = {message.id for message in catalogue if message.id}
    wanted = {message.id for message in template if message.id}
    found = [f"not in the catalogue: {_one(each)!r}" for each in wanted - known]
    found += [f"no longer in the code: {_one(each)!r}" for each in known - wanted]
    for message in catalogue:
        if message.id in wanted:
            found += [f"{fault}: {_one(message.id)!r}" for fault in _faults_of(message, catalogue.num_plurals)]
    return sorted(found)


def as_text(catalogue: Catalog) -> str:
    """The .po file: sorted, without dates and line numbers, so that it changes only where sentences do."""
    made = io.BytesIO()
    write_po(made, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = made.getvalue().decode("utf-8").splitlines()
    return "\n".join(line for line in lines if not _NOISE.match(line)).rstrip() + "\n"


def main() -> int:
    """Writes the template and each language's catalogue and compiles it; 1 while one is not complete."""
    template = extract()
    _write(FOLDER / "backoffice.pot", as_text(template))
    complete = True
    for code in sorted(ALWAYS | {path.parent.name for path in FOLDER.glob("*/LC_MESSAGES")}):
        path = FOLDER / code / "LC_MESSAGES" / "backoffice.po"
        catalogue = update(read(path, code), template)
        _write(path, as_text(catalogue))
        found = faults(catalogue, template)
        print(f"{code}: {len(catalogue)} sentences, {len(found)} to do", *found, sep="\n  ")
        complete = complete and not found
    compile_all()
    return 0 if complete else 1


def compile_all() -> None:
    """A .mo beside each .po, for a quicker start; git does not keep it."""
    for source in FOLDER.glob("*/LC_MESSAGES/backoffice.po"):
        with source.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(source, source.parents[1].name))


def _named(catalogue: Catalog) -> Catalog:
    catalogue.project, catalogue.version = "Backoffice", ""
    catalogue.header_comment = "# The sentences of Backoffice; `python3 dev.py translate` keeps this file."
    catalogue.fuzzy = False
    return catalogue


def _faults_of(message: Message, plurals: int) -> list[str]:
    texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if len(texts) != (plurals if message.pluralizable else 1) or not all(texts):
        return ["not translated"]
    found = ["only guessed"] if message.fuzzy else []
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = set().union(*(_PLACE.findall(each) for each in ids))
    # A plural may leave its number out ("one order"); any other place must stand in each form.
    free = {"{n}"} if message.pluralizable else set()
    if any(set(_PLACE.findall(text)) - free != wanted - free for text in texts):
        found.append("other {places} than the English")
    return found


def _one(identity: str | Sequence[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
