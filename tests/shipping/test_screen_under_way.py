"""A parcel on its way and back: it arrives, is lost, gets its number late, or was never to leave."""

import pytest

from backoffice.shipping.model import ShipmentState
from tests.shipping.hands import choose, packed, parcel, tabs, words_of


def test_the_tabs_count_the_parcels_on_their_way(shop, screen):
    ids = packed(shop, screen, 3)
    screen.acts.ship(ids[:2], tracking={}, costs={})
    assert tabs(screen)[2:] == [
        "Being packed  0",
        "Packed  1",
        "Dispatched today  2",
        "On the way  2",
        "Lost or back  0",
    ]


def test_a_parcel_arrives_and_is_on_its_way_again_at_undo(shop, app, screen):
    (each,) = packed(shop, screen, 1)
    screen.acts.ship([each], tracking={each: "T1"}, costs={})
    screen.show_record(each)
    assert screen.parcels.pane.page.step.title == "Delivered"
    screen.confirm()
    assert parcel(shop, each).state is ShipmentState.DELIVERED
    assert app.notices.undo_last()
    assert parcel(shop, each).state is ShipmentState.SHIPPED


@pytest.mark.parametrize(
    ("entry", "state"), [("It was lost", ShipmentState.LOST), ("It came back to us", ShipmentState.RETURNED_TO_SENDER)]
)
def test_a_parcel_that_went_wrong_is_noted_and_found_under_lost_or_back(shop, app, screen, entry, state):
    (each,) = packed(shop, screen, 1)
    screen.acts.ship([each], tracking={each: "T1"}, costs={})
    screen.show_record(each)
    choose(screen.parcels.pane, entry)
    assert parcel(shop, each).state is state
    screen.show_record(each)
    assert screen.parcels.tabs.key == "trouble"
    assert screen.parcels.pane.page.step.title == "On its way after all"
    screen.confirm()
    assert parcel(shop, each).state is ShipmentState.SHIPPED


def test_a_tracking_number_is_added_after_the_parcel_left(shop, screen):
    (each,) = packed(shop, screen, 1)
    screen.acts.ship([each], tracking={}, costs={})
    screen.show_record(each)
    assert screen.parcels.pane.page.step.title == "Add the tracking number…"
    screen.confirm()
    dialog = screen.acts.dialog
    dialog.form.field("tracking").editor.setText("T9")
    dialog.press()
    assert parcel(shop, each).tracking == "T9"
    assert "T9" in words_of(screen.parcels.pane)


def test_undo_after_a_dispatch_leaves_the_parcel_packed_with_its_number(shop, app, screen):
    ids = packed(shop, screen, 2)
    screen.acts.ship(ids, tracking={ids[0]: "T1"}, costs={})
    assert app.notices.toasts[-1] == "2 parcels dispatched"
    app.notices.undo_last()
    assert [parcel(shop, each).state for each in ids] == [ShipmentState.PACKED] * 2
    assert parcel(shop, ids[0]).tracking == "T1"
    assert app.notices.toasts[-1] == "2 parcels are packed again"


def test_a_dispatch_is_undone_from_the_parcel_s_page(shop, screen):
    (each,) = packed(shop, screen, 1)
    screen.acts.ship([each], tracking={}, costs={})
    screen.show_record(each)
    choose(screen.parcels.pane, "Undo the dispatch")
    assert parcel(shop, each).state is ShipmentState.PACKED


def test_a_parcel_that_left_is_unpacked_in_one_go(shop, screen):
    (each,) = packed(shop, screen, 1)
    screen.acts.ship([each], tracking={}, costs={})
    screen.show_record(each)
    choose(screen.parcels.pane, "Undo the dispatch and unpack")
    assert parcel(shop, each).state is ShipmentState.VOID


def test_a_parcel_is_unpacked_from_its_page(shop, app, screen):
    (each,) = packed(shop, screen, 1)
    screen.show_record(each)
    choose(screen.parcels.pane, "Unpack the parcel")
    assert parcel(shop, each).state is ShipmentState.VOID
    assert app.notices.toasts[-1] == "1 parcel unpacked: its order waits to be packed again"
