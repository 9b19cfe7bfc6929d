"""Where an HTML answer begins to quote, by the marks mail programs leave in it."""

import re

from backoffice.mail.reading.html_tokens import VOID, Kind, Token, tokens

_CLASS = re.compile(
    r"(?:^|\s)(?:gmail_quote(?:_container)?|gmail_extra|gmail_attr|yahoo_quoted|moz-cite-prefix"
    r"|protonmail_quote|zmail_extra|tutanota_quote"
    r"|quotedmessage|history_container|x_gmail_quote|ms-outlook-mobile-reference-message|freshdesk_quote"
    r"|front-blockquote)(?:\s|$)",
    re.IGNORECASE,
)
_ID = re.compile(
    r"(?:x_)*(?:divRplyFwdMsg|appendonsend|reply-intro|OLK_SRC_BODY_SECTION"
    r"|mail-editor-reference-message-container|yahoo_quoted_\d+"
    r"|stopSpelling|hm_replyheader|isReplyContent|orc-email-signature-quote|ms-outlook-mobile-reference-message"
    r"|zmail_extra)",
    re.IGNORECASE,
)
_RULE = re.compile(r"border-top\s*:\s*solid\s*(?:#?(?:B5C4DF|E1E1E1|CCCCCC)|windowtext)", re.IGNORECASE)  # Outlook's


def split_html(html: str) -> tuple[str, str]:
    """The new part and the quoted part; joined they are the whole. ("…", "") where nothing is marked as quoted,
    where nothing would remain, or where something is said below the quote."""
    waiting: list[str] = []  # the quote's open elements, its own first
    mark = -1
    begins_to_end = said = False
    for token in tokens(html):
        if mark < 0:
            if token.kind is Kind.OPEN and said and (found := _marks(token)):
                mark, begins_to_end = token.start, found == "rest"
                waiting = [] if token.name in VOID else [token.name]
            said = said or (token.kind is Kind.TEXT and _says(token))
        elif begins_to_end:
            break
        elif waiting:
            _follow(token, waiting)
        elif token.kind is Kind.TEXT and _says(token):
            mark, said = -1, True  # an answer below: look for the next quote
        elif token.kind is Kind.OPEN and _marks(token) and token.name not in VOID:
            waiting = [token.name]
    return (html, "") if mark < 0 else (html[:mark], html[mark:])


def _marks(token: Token) -> str:
    """ "element" where the tag holds a quote, "rest" where all that follows is quoted, "" where neither."""
    if token.name == "blockquote":
        return "element" if not token.attribute("style").startswith("margin: 0 0 0 40px") else ""
    if len(token.text) < 4:
        return ""
    if _ID.fullmatch(token.attribute("id").strip()):
        return "rest"
    if _CLASS.search(token.attribute("class")):
        return "rest" if "prefix" in token.attribute("class") else "element"
    if token.name in ("div", "p") and _RULE.search(token.attribute("style")):
        return "rest"
    return ""


def _follow(token: Token, waiting: list[str]) -> None:
    """Keeps the quote's own element count: only tags of its name tell where it ends."""
    if token.name == waiting[0] and token.kind is Kind.OPEN:
        waiting.append(token.name)
    elif token.name == waiting[0] and token.kind is Kind.CLOSE:
        waiting.pop()


def _says(token: Token) -> bool:
    return bool(token.text.replace("&nbsp;", " ").strip())
