"""Names from files that nobody knew: which product each one is, asked once."""

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.inventory import queries
from backoffice.inventory.model import Product
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from tests.builders import a_product, stock_of
from tests.kit.accessible import assert_all_named
from tests.orders.hands import answer, press, words_of


@pytest.fixture
def names(shop, screen):
    """A draft as an import makes one, wanted by an order, and the cup it really is."""
    with shop.work() as work:
        cup = a_product(work, sku="CUP-BLUE", name="Blue cup", on_hand=5)
        draft = a_product(work, sku="FAIR-1", name="Cup blue (fair)")
        work.get(Product, draft).draft = True
        line = LineDraft(product_id=draft, quantity=2)
        writing.create(work, OrderDraft(lines=(line,), ship_to=PostalAddress(name="Ana", country="ES")))
    screen.tabs.choose("drafts")
    screen.show_record(draft)
    return draft, cup


def test_a_proposal_is_taken_with_two_clicks_and_the_order_is_served(names, shop, screen):
    draft, cup = names
    assert screen.pane.page.step.title == "Match to a product…"
    press(screen.pane.page, "Match to a product…")
    assert "1 order is served" in words_of(screen.acts.dialog)
    press(screen.acts.dialog, "Blue cup")
    assert answer(screen)
    assert stock_of(shop, cup) == (5, 2, 3)
    assert not shop.ask(queries.product_row, draft).listed
    assert shop.ask(queries.count, view="drafts") == 0


def test_nothing_is_matched_without_a_choice(names, screen):
    press(screen.pane.page, "Match to a product…")
    assert not answer(screen)
    assert screen.acts.dialog.search.problem() == "This is needed."
    assert_all_named(screen.acts.dialog)


def test_it_can_be_a_product_of_its_own_and_undo_asks_again(names, shop, screen, app):
    draft, _cup = names
    press(screen.pane.page, "It is a new one…")
    assert answer(screen, price="9.90")
    assert not shop.ask(queries.product_row, draft).draft
    app.notices.undo_last()
    assert shop.ask(queries.product_row, draft).draft
