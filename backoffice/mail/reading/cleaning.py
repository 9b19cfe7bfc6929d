"""A mail's HTML made safe to show, by an allow-list; and as plain text, for mails that bring nothing else.

What comes out fetches nothing, runs nothing, and leads only to http, https, mailto and tel. Colours and fonts go too:
the mail is read in the window's own, light or dark.
"""

import re
from functools import cache
from html import unescape

import nh3

from backoffice.mail.reading.charsets import plain
from backoffice.mail.reading.html_tokens import BLOCKS, Kind, tokens

LARGEST = 2**20
"""Letters of HTML that are cleaned at all."""
_DEEPEST = 60
_DEEPEST_TABLE = 4
_MOST_TAGS = 5_000  # of those that can nest without end: the parser's time grows with their square
_MOST_CELLS = 40_000
_MOST_REFERENCES = 50_000
_MOST_NAMES = 30_000  # different words a tag's attributes could be called: likewise a square
_SMALL = 2**17
_WIDEST_SPAN = 50
_LARGEST_SIZE = 2_000
_LONGEST_LINK = 4_000
_LONGEST_PICTURE = 200_000

_TAGS = set(
    [
        "a",
        "abbr",
        "address",
        "article",
        "b",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_ATTRIBUTES = {
    "*": {"dir", "lang", "title", "align"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "valign"},
    "th": {"colspan", "rowspan", "valign"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "li": {"value"},
}
_DROPPED = {
    "script", "style", "title", "head", "noscript", "template", "iframe", "object", "svg", "math", "select", "textarea",
}  # fmt: skip
_NUMBERS = {
    "colspan": _WIDEST_SPAN, "rowspan": _WIDEST_SPAN, "span": _WIDEST_SPAN, "width": _LARGEST_SIZE,
    "height": _LARGEST_SIZE, "start": 100_000, "value": 100_000,
}  # fmt: skip
_SHORT = re.compile(r"[^\x00-\x1f\x7f<>\"]{0,200}")
_LINK = re.compile(
    r"(?:https?://|mailto:|tel:)"
    r"[^\x00-\x20\x7f-\xa0<>\"'`\\\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+",
    re.IGNORECASE,
)
_CID = re.compile(r"cid:[A-Za-z0-9!#$%&*+=?^_{|}~.@-]{1,200}", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=]+", re.IGNORECASE)
_OPEN = re.compile(r"<[a-zA-Z]")
_CELL = re.compile(r"<(?:p|li|td|th|tr|br|hr|img|dd|dt|tbody|thead|col)\b", re.IGNORECASE)
_MADE = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = {"br", "hr", "img", "col", "wbr"}
_MANY_LINES = re.compile(r"\n{3,}")


def clean(html: str) -> str:
    """The HTML with nothing but harmless tags, attributes and links; "" when it could not be made safe.

    That is: larger than 1 MB, nested deeper than 60 elements or 4 tables, or built to keep a parser busy. The
    caller then shows the text. Each takes less than half a second.
    """
    if not html.strip() or _is_bomb(html):
        return ""
    cleaned = _cleaner().clean(plain(html))
    return "" if _is_too_deep(cleaned) else cleaned.strip()


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel=None,
    )


def as_text(html: str) -> str:
    """The HTML as a person would read it in plain text, the targets of its links in angle brackets behind them."""
    out: list[str] = []
    link, said = "", 0
    for token in tokens(html[: 2 * LARGEST]):
        if token.kind is Kind.TEXT:
            words = " ".join(unescape(token.text).split())
            lead = " " if token.text[:1].isspace() and out and not out[-1][-1:].isspace() else ""
            tail = " " if token.text[-1:].isspace() and words else ""
            if words or lead:
                out.append(lead + words + tail)
        elif token.name == "br":
            out.append("\n")
        elif token.name == "a":
            shown = "".join(out[said:]).strip()
            if link and not _shows(shown, link):
                out.append(f" <{link}>" if shown else f"<{link}>")
            link, said = "" if token.kind is Kind.CLOSE else _target(token.attribute("href")), len(out)
        elif token.name == "img" and token.kind is Kind.OPEN:
            out.append(" ".join(unescape(token.attribute("alt")).split())[:200])
        elif token.name in BLOCKS:
            out.append("\n- " if token.name == "li" and token.kind is Kind.OPEN else "\n")
        elif token.name in ("td", "th") and token.kind is Kind.CLOSE:
            out.append(" ")
    lines = [line.strip(" \t") for line in plain("".join(out)).replace("\xa0", " ").split("\n")]
    return _MANY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def _shows(shown: str, link: str) -> bool:
    """Whether the words of a link are its target already."""
    return link.rstrip("/") in {before + shown.rstrip("/") for before in ("", "mailto:", "tel:", "https://", "http://")}


def _kept(tag: str, name: str, value: str) -> str | None:
    """What stays of an attribute; None where it goes."""
    if name == "href":
        value = value.strip()
        return value if len(value) <= _LONGEST_LINK and _LINK.fullmatch(value) else None
    if name == "src":
        value = value.strip()
        is_picture = len(value) <= _LONGEST_PICTURE and _PICTURE.fullmatch(value)
        return value if is_picture or _CID.fullmatch(value) else None
    if name in _NUMBERS:
        number = value.strip().rstrip("px%")
        is_one = number.isascii() and number.isdigit() and len(number) < 9
        return str(min(int(number), _NUMBERS[name])) if is_one else None
    return value if _SHORT.fullmatch(value) else None


def _is_bomb(html: str) -> bool:
    """Whether a parser of HTML would be kept busy: by size, by tags, by attributes, by references."""
    if len(html) > LARGEST:
        return True
    opened = len(_OPEN.findall(html))
    cells = len(_CELL.findall(html))
    if opened - cells > _MOST_TAGS or cells > _MOST_CELLS or html.count("&") > _MOST_REFERENCES:
        return True
    return len(html) > _SMALL and len(set(re.split(r"[\s/>=]+", html))) > _MOST_NAMES


def _is_too_deep(cleaned: str) -> bool:
    """Exact, for what nh3 writes is well formed and holds no < or > but those of its tags."""
    depth = tables = 0
    for closing, name in _MADE.findall(cleaned):
        if name in _VOID:
            continue
        step = -1 if closing else 1
        depth += step
        tables += step if name == "table" else 0
        if depth > _DEEPEST or tables > _DEEPEST_TABLE:
            return True
    return False


def _target(href: str) -> str:
    value = unescape(href).strip()
    return value if len(value) <= _LONGEST_LINK and _LINK.fullmatch(value) else ""
