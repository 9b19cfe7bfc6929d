"""Bytes into text whatever the mail says they are: a wrong or unknown charset never stops the reading."""

import codecs
import re
from functools import lru_cache

# What the name means in the mails that bear it: each is a superset of the charset named.
_MEANT = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "7bit": "utf-8",
    "8bit": "utf-8",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "iso-2022-jp": "iso2022_jp_ext",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
_NOT_FOR_MAIL = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
_LONGEST_NAME = 40
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decode(raw: bytes, declared: str = "") -> str:
    """The text of the bytes: by the charset declared, then UTF-8, then Windows-1252, then Latin-1, which takes all."""
    for name in (_codec(declared[:_LONGEST_NAME]), "utf-8", "cp1252"):
        if name:
            try:
                return raw.decode(name)
            except (UnicodeError, ValueError, LookupError):
                continue
    return raw.decode("latin-1")


def plain(text: str) -> str:
    """The text with line feeds only, without control characters and lone surrogates, which no database takes."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub("", text.replace("\0", ""))


@lru_cache(maxsize=256)
def _codec(declared: str) -> str:
    """Python's name for a charset; empty where it has none, or where it is no charset of texts."""
    name = declared.strip(" \t\r\n\"'<>;,").lower()
    if not name or not name.isascii() or "\0" in name:
        return ""
    try:
        found = codecs.lookup(_MEANT.get(name, name))
        b"".decode(found.name)  # refuses codecs of bytes: base64, zip, rot13
    except (LookupError, ValueError):
        return ""
    return "" if found.name.replace("_", "-") in _NOT_FOR_MAIL else found.name
