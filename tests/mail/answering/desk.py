"""Builders for answering: a customer who wrote about an order, and what was put into the outbox."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from backoffice.customers import actions as customers
from backoffice.customers.drafts import CustomerDraft
from backoffice.mail import queries as mails
from backoffice.mail.answering import drafts, replying
from backoffice.shop import Shop
from tests.builders import a_product, an_order
from tests.customers.people import rows_of
from tests.mail.letters import a_mail, comes_in


def ana_bought(shop: Shop, *, name: str = "Ana Núñez", language: str = "es") -> tuple[int, int]:
    """(customer, order) of two cups, with the address all test mails come from."""
    with shop.work() as work:
        ana = customers.create(work, CustomerDraft(name=name, emails=("ana@example.com",), language=language))
        cup = a_product(work, on_hand=5, name="Cup")
        return ana, an_order(work, (cup, 2), customer_id=ana)


def number_of(shop: Shop, order_id: int) -> str:
    """The order's own number."""
    return str(next(row["number"] for row in rows_of(shop, "orders") if row["id"] == order_id))


def asks(shop: Shop, text: str = "Where is my parcel?", **more: str) -> int:
    """A mail comes in; its conversation."""
    return comes_in(shop, a_mail(text, **more))[0]


def writes(shop: Shop, conversation: int, text: str = "Hello Ana", **more: object) -> None:
    """A draft is kept."""
    values = {"to": "ana@example.com", "subject": "Re: My parcel", **more}
    with shop.work() as work:
        drafts.keep(work, conversation, text=text, **values)


def sends(shop: Shop, conversation: int, **more: object) -> int:
    """The draft is sent; its outbox id."""
    with shop.work() as work:
        return replying.send(work, conversation, **more)


def outgoing(shop: Shop) -> list[EmailMessage]:
    """Every mail in the outbox, as it is frozen."""
    return [
        message_from_bytes(shop.ask(mails.raw_bytes, row["raw_id"]), policy=policy.default)  # type: ignore[misc]
        for row in rows_of(shop, "outgoing_mail")
    ]
