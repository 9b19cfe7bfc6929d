"""10,000 replies filled in from a template, beside the same text by str.format."""

from collections.abc import Iterator

from backoffice.mail.writing import templates
from benchmarks.floor import Measure, compare

REPLIES = 10_000
TEMPLATE = """Dear {{customer.first_name|customer}},

thank you for writing. Your order {{order.number}} of {{order.placed_on}} left us with {{order.carrier}}.
{{#order.tracking}}

Its tracking number is {{order.tracking}}; you can follow it here:
{{order.tracking_url}}
{{/}}
{{#order.promised_delivery}}

It should be with you by {{order.promised_delivery}}.
{{/}}

In it: {{order.items}}

Kind regards
{{agent.name}}
{{shop.name}}
"""
PLAIN = """Dear {first_name},

thank you for writing. Your order {number} of {placed_on} left us with {carrier}.

Its tracking number is {tracking}; you can follow it here:
{tracking_url}

It should be with you by {promised_delivery}.

In it: {items}

Kind regards
{agent}
{shop}
"""
VALUES = {
    "customer.first_name": "Ana",
    "order.number": "#1001",
    "order.placed_on": "2 March 2026",
    "order.carrier": "Correos",
    "order.tracking": "PQ4F6P0000000101",
    "order.tracking_url": "https://carrier.example/PQ4F6P0000000101",
    "order.promised_delivery": "6 March 2026",
    "order.items": "2 x Cup, 1 x Saucer",
    "agent.name": "Eva",
    "shop.name": "Casa Lumbre",
}


def main(scale: int) -> Iterator[Measure]:
    """The scale does not matter: a reply is a reply."""
    yield compare("mail-render, 10,000 replies", ours=_ours, floor=_floor, goal=10)


def _ours() -> None:
    for _ in range(REPLIES):
        templates.compiled(TEMPLATE, VALUES).render(VALUES)


def _floor() -> None:
    plain = {name.rpartition(".")[2]: value for name, value in VALUES.items()}
    plain |= {"agent": VALUES["agent.name"], "shop": VALUES["shop.name"]}
    for _ in range(REPLIES):
        PLAIN.format(**plain)
