"""The rules of the house as functions over a tree of source files; each answers the faults it finds."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

HALLS = ("backoffice", "ui", "tests", "tools", "benchmarks")
DOORS = ("main.py", "dev.py")
LONGEST_FILE = 400
LONGEST_FUNCTION = 50
MOST_ARGUMENTS = 6
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Source:
    """One file of the tree, read and parsed."""

    name: str  # from the tree's root, with slashes
    text: str
    tree: ast.Module

    def at(self, node: ast.AST, fault: str) -> str:
        """The fault with its place, as editors jump to it."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}: {fault}"

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the last part of what is called: `work.session.get(...)` is "get"."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


@lru_cache(maxsize=8)
def sources(root: Path, *halls: str) -> tuple[Source, ...]:
    """The Python files of the halls named, of all halls and both doors when none is."""
    doors = [root / name for name in DOORS if not halls and (root / name).exists()]
    files = [path for hall in halls or HALLS for path in sorted((root / hall).rglob("*.py"))]
    return tuple(
        Source(path.relative_to(root).as_posix(), text, ast.parse(text))
        for path in (*doors, *files)
        for text in (path.read_text(encoding="utf-8"),)
    )


def _by_hand(root: Path) -> list[Source]:
    """What people write: a migration's steps are generated and then never touched again."""
    return [each for each in sources(root) if "/migrations/versions/" not in each.name]


def long_files(root: Path) -> list[str]:
    """Files above 400 lines."""
    return [
        f"{each.name}: {lines} lines, at most {LONGEST_FILE}; part it where a second matter begins"
        for each in _by_hand(root)
        if (lines := len(each.text.splitlines())) > LONGEST_FILE
    ]


def long_functions(root: Path) -> list[str]:
    """Functions above 50 lines, docstring and all."""
    return [
        each.at(node, f"{node.name} has {lines} lines, at most {LONGEST_FUNCTION}")
        for each in _by_hand(root)
        for node in ast.walk(each.tree)
        if isinstance(node, FUNCTIONS) and (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    ]


def many_arguments(root: Path) -> list[str]:
    """Functions with more than six arguments that can be given by place; self does not count."""
    found = []
    for each in sources(root):
        for node in ast.walk(each.tree):
            if isinstance(node, FUNCTIONS):
                names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
                count = len(names) - (names[:1] in (["self"], ["cls"]))
                if count > MOST_ARGUMENTS:
                    found.append(each.at(node, f"{node.name} takes {count} arguments by place, at most 6: name some"))
    return found


def full_inits(root: Path) -> list[str]:
    """`__init__.py` files that hold anything: a name has one home, and packages re-export nothing."""
    return [f"{each.name}: not empty" for each in sources(root) if each.name.endswith("__init__.py") and each.text]


def silent_modules(root: Path) -> list[str]:
    """Modules that do not open with a sentence saying what they are."""
    found = []
    for each in sources(root):
        opening = (ast.get_docstring(each.tree) or "").split("\n\n")[0].strip()
        if not each.name.endswith("__init__.py") and not opening.endswith((".", ":", "?")):
            found.append(f"{each.name}: does not open with a docstring that is a sentence")
    return found


def rooms_without_tests(root: Path) -> list[str]:
    """Names in backoffice/ that have no room of the same name, with a test in it, in tests/."""
    found = []
    for path in sorted((root / "backoffice").iterdir()):
        lived_in = (
            any(each.stem != "__init__" for each in path.rglob("*.py")) if path.is_dir() else path.suffix == ".py"
        )
        if lived_in and path.stem != "__init__":
            room, file = root / "tests" / path.stem, root / "tests" / f"test_{path.stem}.py"
            if not file.exists() and not any(room.rglob("test_*.py")):
                found.append(f"backoffice/{path.name}: no tests/{path.stem}/test_*.py and no tests/{file.name}")
    return found


def smtp_by_hand(root: Path) -> list[str]:
    """Imports of smtplib, anywhere."""
    return [each.at(node, "smtplib") for each in sources(root) for node, name in _imports(each) if name == "smtplib"]


def floats_for_money(root: Path) -> list[str]:
    """float() or a Float column below the window, and float literals in modules that handle Money.

    Where pages are drawn, lengths in points are floats: modules that import reportlab may write them.
    """
    found = []
    for each in sources(root, "backoffice"):
        imported = {name for _, name in _imports(each)}
        drawn = any(name.startswith("reportlab") for name in imported) or "/documents/" in each.name
        found += [each.at(call, f"{name}()") for name, call in each.calls() if name in ("float", "Float") and not drawn]
        if "backoffice.core.money" in imported and not drawn:
            found += [
                each.at(node, f"the float {node.value!r} beside Money")
                for node in ast.walk(each.tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, float)
            ]
    return found


CLOCK = "backoffice/core/calendar.py"
_OWN_CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"), ("func", "now"),
    ("time", "time"), ("time", "time_ns"), ("QDate", "currentDate"), ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"), ("QDateTime", "currentDateTimeUtc"),
}  # fmt: skip
_SQL_CLOCK = re.compile(
    r"\bCURRENT_(TIMESTAMP|DATE|TIME)\b|\b(date|time|datetime|julianday|strftime|unixepoch)\([^)]*'now'"
)


def own_clocks(root: Path) -> list[str]:
    """Whoever looks at a clock of their own instead of the one injected; SQL's clocks count too."""
    found = []
    for each in sources(root, "backoffice", "ui"):
        for node in ast.walk(each.tree):
            if each.name == CLOCK:
                continue
            if isinstance(node, ast.Attribute):
                owner = getattr(node.value, "attr", getattr(node.value, "id", ""))
                if (owner, node.attr) in _OWN_CLOCKS:
                    found.append(each.at(node, f"{owner}.{node.attr}: ask the shop's clock"))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _SQL_CLOCK.search(node.value):
                found.append(each.at(node, "SQL looks at its own clock: pass the moment in"))
    return found


def unreadable_sentences(root: Path) -> list[str]:
    """words(), plural() and mark() over text that no extraction can read: f-strings, formatted or joined text.

    words() may be given a name for a sentence, or one looked up: that one is marked where it is written.
    """
    found = []
    for each in sources(root, "backoffice", "ui"):
        for name, call in each.calls():
            if name == "mark" and not isinstance(call.func, ast.Name):
                continue  # somebody's method
            texts = {"words": call.args[:1], "mark": call.args[:1], "plural": call.args[:2]}.get(name, [])
            for text in texts:
                if isinstance(text, (ast.JoinedStr, ast.BinOp)) or getattr(_called(text), "attr", "") in _MADE_UP:
                    found.append(each.at(call, f"{name}() needs the whole sentence; fill in its places outside"))
                elif name != "words" and not isinstance(text, ast.Constant) and each.name != _LANGUAGE:
                    found.append(each.at(call, f"{name}() needs the sentence itself, not a name for it"))
    return found


_LANGUAGE = "backoffice/core/language.py"
_MADE_UP = {"format", "join", "replace", "format_map"}


def _called(node: ast.expr) -> ast.expr | None:
    return node.func if isinstance(node, ast.Call) else None


@dataclass(frozen=True)
class Raised:
    """One place where a coded error is made."""

    kind: str  # "Refused" or "Outage"
    code: str
    facts: frozenset[str] | None  # None: filled from a mapping, known only when it runs
    place: str


TABLES = {"Refused": "REFUSALS", "Outage": "OUTAGES"}


def raised(root: Path) -> list[Raised]:
    """Every Refused("…") and Outage("…") whose code is written out."""
    found = []
    for each in sources(root, "backoffice", "ui"):
        for name, call in each.calls():
            if name in TABLES and call.args and isinstance(call.args[0], ast.Constant):
                open_ended = any(keyword.arg is None for keyword in call.keywords)
                facts = None if open_ended else frozenset(str(keyword.arg) for keyword in call.keywords)
                found.append(Raised(name, str(call.args[0].value), facts, f"{each.name}:{call.lineno}"))
    return found


def sentences(root: Path) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """(table, code) -> each (file, sentence) written for it in a words.py."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for each in sources(root, "backoffice"):
        if not each.name.endswith("/words.py"):
            continue
        for table, value in _tables(each.tree):
            for node in ast.walk(value):
                pairs = zip(node.keys, node.values, strict=True) if isinstance(node, ast.Dict) else ()
                for key, sentence in pairs:
                    if isinstance(key, ast.Constant):
                        texts = [n.value for n in ast.walk(sentence) if isinstance(n, ast.Constant)]
                        found.setdefault((table, str(key.value)), []).append((each.name, str(texts[0])))
    return found


def errors_without_words(root: Path) -> list[str]:
    """Codes raised that no words.py of their feature has a sentence for, or whose sentence lacks a fact."""
    written = sentences(root)
    found: dict[str, list[str]] = {}
    for error in [*raised(root), *_unknown_records(root)]:
        rooms = written.get((TABLES[error.kind], error.code), [])
        home = f"backoffice/{error.code.partition('.')[0]}/words.py"
        at_home = (root / home).parent.is_dir()
        fault = ""
        if not rooms:
            fault = f"{error.code} has no sentence in {TABLES[error.kind]} of {home if at_home else 'any words.py'}"
        elif at_home and home not in {room for room, _ in rooms}:
            fault = f"the sentence of {error.code} belongs in {home}"
        elif error.facts is not None:
            places = {place for _, text in rooms for _, place, _, _ in Formatter().parse(text) if place}
            lacking = ", ".join(sorted(places - error.facts))
            fault = f"the sentence of {error.code} asks for {lacking}" if lacking else ""
        if fault:
            found.setdefault(fault, []).append(error.place)
    return [f"{fault} ({', '.join(places)})" for fault, places in found.items()]


def words_without_errors(root: Path) -> list[str]:
    """Sentences for codes that nothing raises any more, and codes with two sentences."""
    spoken = {error.code for error in _unknown_records(root)}
    for each in sources(root, "backoffice", "ui"):
        if not each.name.endswith("/words.py"):
            spoken |= {str(node.value) for node in ast.walk(each.tree) if isinstance(node, ast.Constant)}
    found = []
    for (table, code), rooms in sentences(root).items():
        if code not in spoken:
            found.append(f"{rooms[0][0]}: nothing raises {code} of {table}")
        if len(rooms) > 1:
            found.append(f"{', '.join(room for room, _ in rooms)}: {code} has {len(rooms)} sentences")
    return found


def _unknown_records(root: Path) -> list[Raised]:
    """work.get refuses "<feature>.unknown" with the id for every kind of record a feature keeps."""
    found = {}
    for each in sources(root, "backoffice"):
        feature = each.name.split("/")[1]
        for node in ast.walk(each.tree):
            if isinstance(node, ast.ClassDef) and any(keyword.arg == "table" for keyword in node.keywords):
                found[feature] = Raised("Refused", f"{feature}.unknown", frozenset({"id"}), f"work.get, {each.name}")
    return [error for feature, error in found.items() if feature != "store"]


def _tables(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        if isinstance(node, ast.Assign):
            yield from ((t.id, node.value) for t in node.targets if getattr(t, "id", "") in TABLES.values())
        elif isinstance(node, ast.AnnAssign) and node.value and getattr(node.target, "id", "") in TABLES.values():
            yield getattr(node.target, "id", ""), node.value


def _imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
