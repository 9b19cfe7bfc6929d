"""Labels that are only looked at."""

import pytest

from backoffice.core.postal import PostalAddress
from backoffice.shipping import label_sheets, packing
from backoffice.shipping.printing.drafts import draft_labels
from backoffice.shipping.printing.labels import print_labels
from backoffice.shipping.queries import sheets
from backoffice.shipping.queries.printed import printed_for
from tests.builders import ANA, a_product, an_open_shop, an_order, history, refused


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as opened:
        yield opened


def a_parcel(shop, ship_to=ANA):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=1), 1), ship_to=ship_to)
        return order, packing.pack(work, order)


def test_looking_at_labels_records_nothing_and_takes_no_cell(shop, tmp_path):
    order, parcel = a_parcel(shop)
    with shop.work() as work:
        label_sheets.set_next_cell(work, "L7163", 4)
    before = history(shop, order)
    draft = draft_labels(shop.store, [parcel], file=tmp_path / "draft.pdf", stock="L7163")
    assert draft.pages == 1
    assert shop.ask(printed_for, "label", [parcel]) == {}
    assert shop.ask(sheets.sheet, "L7163").next_cell == 4
    assert history(shop, order) == before


def test_what_is_looked_at_is_what_is_printed(shop, tmp_path):
    _order, parcel = a_parcel(shop)
    draft = draft_labels(shop.store, [parcel], file=tmp_path / "a.pdf", stock="L7163", start_cell=3)
    real = print_labels(shop.store, [parcel], file=tmp_path / "b.pdf", stock="L7163", start_cell=3)
    assert draft.file.read_bytes() == real.file.read_bytes()


def test_a_label_without_an_address_is_named_and_the_others_are_shown(shop, tmp_path):
    _order, good = a_parcel(shop)
    _order, bad = a_parcel(shop, PostalAddress(name="Ana", country="ES"))
    draft = draft_labels(shop.store, [good, bad], file=tmp_path / "draft.pdf", stock="100x150")
    assert [problem.reason.code for problem in draft.left_out] == ["shipping.no-address"]
    assert draft.pages == 1
    with refused("shipping.no-address"):
        draft_labels(shop.store, [bad], file=tmp_path / "none.pdf", stock="100x150")
