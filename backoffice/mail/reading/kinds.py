"""What wrote a mail: a person, a machine, a mail server that gives it back, a list, a complaint desk, or the shop."""

from backoffice.mail.model import MailKind
from backoffice.mail.reading import automatic
from backoffice.mail.reading.bounces import Bounce, bounce_of
from backoffice.mail.reading.message import Node


def kind_of(
    root: Node, *, sender: str, subject: str, own: frozenset[str], receivers: frozenset[str]
) -> tuple[MailKind, str, Bounce | None]:
    """The kind, what it was told by (a header's name, "report", "letter", "sender", "subject"; "" for a person), and
    what a bounce says. `sender`, `own` and `receivers` are addresses in lower case."""
    if sender and sender in own:
        return MailKind.OWN, "own", None
    if _holds(root, "message/feedback-report") or root.parameters.get("report-type", "").lower() == "feedback-report":
        return MailKind.FEEDBACK, "report", None
    bounce = bounce_of(root, sender, subject, own | receivers)
    if bounce:
        return MailKind.BOUNCE, "report" if _holds(root, "message/delivery-status") else "letter", bounce
    by_list = automatic.listed(root.headers)
    by_machine = automatic.machine(root.headers, sender)
    if by_list and by_machine in ("", "sender", "precedence"):
        return MailKind.LIST, by_list, None
    if by_machine == "precedence":
        stated = {value.strip().lower() for value in root.headers.all("precedence")}
        return (MailKind.LIST if stated & {"bulk", "list", "junk"} else MailKind.AUTOMATIC), by_machine, None
    if by_machine and by_machine != "x-spam-flag":
        return MailKind.AUTOMATIC, by_machine, None
    if automatic.says_away(subject):
        return MailKind.AUTOMATIC, "subject", None
    return MailKind.HUMAN, "", None


def _holds(root: Node, media_type: str) -> bool:
    return any(node.media_type == media_type for node in root.walk())
