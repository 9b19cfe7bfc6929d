"""Where the new part of an answer ends: what follows is folded on the screen, never deleted.

Linear in the text's length: every pattern looks at one line, or at a few lines of bounded length.
"""

import re
from itertools import pairwise

from backoffice.mail.reading import quote_words as table


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ALL_LABELS = {word.casefold(): kind for kind, words in table.LABELS.items() for word in words}
_VERB = re.compile(
    rf"\b(?:{_any(table.VERBS)})\b"
    r"(?=[^\n]{0,200}(?:\n[^\n]{1,120})?:[ \t*_]*(?:\n|\Z)|[ \t]*(?:-{2,}[ \t]*)?(?:\n|\Z))",
    re.IGNORECASE,
)
_STAMPED = re.compile(
    r"^(?=[^\n]{0,300}\d{1,2}[.:]\d\d)[^\n<>]{4,300}<[ \t]?[^\s<>]{1,100}@[^\s<>]{1,100}>[ \t]*:[ \t]*$", re.MULTILINE
)
_OPENER = re.compile(rf"[ \t>*_-]*(?:{_any(table.OPENERS)})\b", re.IGNORECASE)
_NAMES_SOMEBODY = re.compile(r"\d|@|<")
_STAMP = re.compile(r"\d{1,2}[.:]\d\d")
_BEFORE_QUOTE = re.compile(
    r"^(?![ \t]*>)(?=[^\n]{0,300}(?:@|\d{1,2}[:.h]\d\d|\d{4}))"
    r"[^\n]{4,300}[:>][ \t]*\n(?:[ \t]*\n){0,2}[ \t]*>",
    re.MULTILINE,
)
_LABEL = re.compile(rf"^[ \t>*_]*({_any(tuple(_ALL_LABELS))})[ \t\xa0]*\*?:", re.M | re.I)
_SEPARATOR = re.compile(
    rf"^[ \t>*]*(?:[-_=–—]{{2,}}[ \t]*(?:{_any(table.SEPARATORS)})\b[^\n]{{0,40}}|(?:{_any(table.FORWARDS)})[ \t]*)$",
    re.M | re.I,
)
_RULE = re.compile(r"[ \t>]*(?:_{8,}|-{8,}|={4,}|\*{8,}|[—–]{4,}|-{2,})[ \t]*")
_MOBILE = re.compile(
    rf"[ \t*_<\[(>—–-]*(?:{'|'.join(table.SENT_WITH)})[ \t:]"
    rf"(?:[^\n.!?,;<]{{1,40}}<https?:[^\n]*"
    rf"|[^\n.!?,;]{{0,60}}?(?:{table.DEVICES})[^\n.!?,;]{{0,60}}(?:\(?<?https?:[^\n]*)?)[.\])>*_]*[ \t]*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^--[ \t]?$", re.MULTILINE)
_LONGEST_SIGNATURE = 12
_ANSWER = re.compile(r"^(?![ \t]*>)[^\n]*[^\s][^\n]*", re.MULTILINE)
_QUOTED = re.compile(r"^[ \t]*>", re.MULTILINE)
_FOOTER = re.compile(r"^(?:_{2,}|--[ \t]?|-{5,})$", re.MULTILINE)
_WINDOW = 700
_LONGEST = 300_000  # letters that are looked at
_LONG_LINE = 50


def new_length(text: str) -> int:
    """How many characters of the text are new; the rest quotes what was said before, or is a signature above it.

    len(text) where nothing is quoted, and where nothing new would remain.
    """
    whole, text = len(text), text[:_LONGEST]
    block = min(_separator(text), _header_block(text))
    begun, after = _attribution(text[:block])
    end = min(begun, block)
    if begun < block:
        end = _last_answer(text, begun, after, block)
    elif _QUOTED.search(text, 0, block):
        end = block
    if end == len(text) < whole:
        return whole
    end = _without_tail(text, end)
    return end if text[:end].strip() else whole


def _separator(text: str) -> int:
    found = _SEPARATOR.search(text)
    return found.start() if found else len(text)


def _header_block(text: str) -> int:
    """Where From, Sent, To and Subject stand one under another: who, and two things more, within a few lines."""
    found = [(each.start(), _ALL_LABELS[each[1].casefold()]) for each in _LABEL.finditer(text)]
    for at, (begun, _) in enumerate(found):
        kinds: set[str] = set()
        near = found[at : at + 6]
        for (start, kind), (following, _) in pairwise([*near, (len(text), "")]):
            kinds.add(kind)
            if following - start > _WINDOW or text.count("\n", start, following) > 3:
                break
        if "from" in kinds and len(kinds) >= 3 and len(kinds & {"date", "subject"}) >= 1:
            return begun
    return len(text)


def _attribution(text: str) -> tuple[int, int]:
    """Where the line "On … wrote:", perhaps wrapped, begins and ends; the text's end twice without one."""
    best = (len(text), len(text))
    for verb in _VERB.finditer(text):
        end = text.find(":", verb.end())
        end = end if end >= 0 else len(text)
        line = text.rfind("\n", 0, verb.start()) + 1
        begun = _opened(text, line, end)
        if begun is not None:
            stop = text.find("\n", text.find(":", _colon(text, verb.end())))
            best = (begun, stop if stop >= 0 else len(text))
            break
    plain = _BEFORE_QUOTE.search(text)
    if plain and plain.start() < best[0]:
        best = (plain.start(), text.rfind("\n", 0, plain.end()))
    stamped = _STAMPED.search(text)
    return stamped.span() if stamped and stamped.start() < best[0] else best


def _colon(text: str, after: int) -> int:
    """The last colon of the line, or of the next one where this has none."""
    stop = text.find("\n", after)
    stop = len(text) if stop < 0 else stop
    if ":" not in text[after:stop]:
        following = text.find("\n", stop + 1)
        stop = len(text) if following < 0 else following
    return text.rfind(":", after, stop)


def _opened(text: str, line: int, end: int) -> int | None:
    """Where the attribution whose verb stands on this line begins: on it, or up to three lines above."""
    begun, quoted = (
        line,
        bool(_QUOTED.match(text, text.find("\n", end) + 1)) if "\n" in text[end : end + 400] else False,
    )
    for _ in range(4):
        if _OPENER.match(text, begun):
            told = text[begun:end]
            return begun if len(told) < _WINDOW and (_NAMES_SOMEBODY.search(told) or quoted) else None
        if begun == 0 or begun < 2 or not text[text.rfind("\n", 0, begun - 1) + 1 : begun].strip():
            break
        begun = text.rfind("\n", 0, begun - 1) + 1
    if begun < line and _STAMP.search(text, begun, line) and ("@" in text[line:end] or quoted):
        return text.rfind("\n", 0, line - 1) + 1
    told = text[line : end + 1]
    return line if len(told) < 300 and ("@" in told or quoted) and not _QUOTED.match(text, line) else None


def _last_answer(text: str, begun: int, after: int, block: int) -> int:
    """The quote's beginning; or, with answers written between or below its lines, where the last answer ends."""
    first = _ANSWER.search(text, after, block)
    quote = _QUOTED.search(text, after, block)
    if quote is None or (first and first.start() < quote.start()):
        return begun
    footer = _FOOTER.search(text, quote.end(), block)
    last = begun
    for answer in _ANSWER.finditer(text, quote.end(), footer.start() if footer else block):
        if not _is_wrapped(text, answer):
            last = answer.end()
    return last


def _is_wrapped(text: str, line: re.Match[str]) -> bool:
    """Whether a line is the end of a long quoted line that a program broke: it goes on in small letters."""
    above = text.rfind("\n", 0, line.start() - 1) + 1
    return line.start() - above > _LONG_LINE and bool(_QUOTED.match(text, above)) and line[0][:1].islower()


def _without_tail(text: str, end: int) -> int:
    """The end without the empty lines, quoted lines, rules and signatures right above it."""
    begun = end
    signature = None
    for each in _SIGNATURE.finditer(text, max(0, end - 3_000), end):
        signature = each
    if signature and signature.start() and text.count("\n", signature.end(), end) <= _LONGEST_SIGNATURE:
        end = signature.start()
    while end > 0:
        stripped = len(text[max(0, end - 4_000) : end].rstrip()) + max(0, end - 4_000)
        line = text.rfind("\n", 0, stripped) + 1
        if stripped < end:
            end = stripped
        elif line < end and _is_tail(text, line, end):
            end = line
        else:
            break
    return end if text[:end].strip() else begun


def _is_tail(text: str, line: int, end: int) -> bool:
    """Whether a line is quoted, a rule or a mobile signature."""
    if _QUOTED.match(text, line):
        return True
    return end - line <= 160 and bool(_RULE.fullmatch(text, line, end) or _MOBILE.fullmatch(text, line, end))
