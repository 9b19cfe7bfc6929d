"""From the packed parcel to the carrier's hand: tracking, dispatch, and what is printed for it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.orders import writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.settings import actions as settings
from backoffice.shipping import actions, packing
from backoffice.shipping.model import ShipmentState
from backoffice.shipping.queries import parcels
from tests.builders import ANA, a_product, an_order, stock_of
from tests.kit.accessible import assert_all_named
from tests.shipping.hands import choose, packed, parcel, press, show, words_of
from tests.shipping.parcels import remembered
from ui.dispatch import desk_list
from ui.dispatch.tracking_table import COST, TRACKING
from ui.kit import preview
from ui.kit.paper import PrinterRefused
from ui.kit.pictures import settle


def dispatching(screen):
    """The dialog that Dispatch… opens."""
    press(screen.parcels, "Dispatch…")
    return screen.acts.dialog


def type_in(dialog, code):
    QTest.keyClicks(dialog.field, code)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


@pytest.fixture
def to_a_file(monkeypatch):
    """What the file dialogs answer from now on."""

    def answer(path):
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, staticmethod(lambda *_asked: (str(path), "")))

    return answer


def test_scanned_tracking_numbers_go_from_parcel_to_parcel(shop, screen):
    ids = packed(shop, screen, 3)
    dialog = dispatching(screen)
    for number in ("T1", "T2", "T3"):
        type_in(dialog, number)
    assert dialog.said.text() == "Every parcel has its tracking number."
    assert dialog.act.shortcut().toString() == "Ctrl+Return"
    dialog.act.click()
    assert [parcel(shop, each).tracking for each in ids] == ["T1", "T2", "T3"]
    assert {parcel(shop, each).state for each in ids} == {ShipmentState.SHIPPED}


def test_a_parcels_own_number_says_whose_tracking_comes_next(shop, screen):
    ids = packed(shop, screen, 3)
    dialog = dispatching(screen)
    type_in(dialog, "S-0003")
    assert "S-0003" in dialog.said.text()
    type_in(dialog, "T3")
    assert dialog.model.tracking == {ids[2]: "T3"}


def test_one_tracking_number_is_not_given_twice(shop, screen):
    packed(shop, screen, 2)
    dialog = dispatching(screen)
    type_in(dialog, "T1")
    type_in(dialog, "T1")
    assert dialog.said.text() == "T1 is the tracking number of parcel S-0001 already."
    assert len(dialog.model.tracking) == 1


def test_a_tracking_number_that_cannot_be_one_is_refused_at_once(shop, screen):
    packed(shop, screen, 2)
    dialog = dispatching(screen)
    assert not dialog.model.setData(dialog.model.index(0, TRACKING), "ñandú")
    assert "60 plain letters" in dialog.said.text()


def test_parcels_without_a_tracking_number_leave_too_and_are_counted(shop, app, screen):
    ids = packed(shop, screen, 2)
    dialog = dispatching(screen)
    assert "2 without a tracking number" in words_of(dialog)
    dialog.press()
    assert {parcel(shop, each).state for each in ids} == {ShipmentState.SHIPPED}
    assert app.notices.toasts[-1] == "2 parcels dispatched"


def test_undo_of_dispatch_brings_the_goods_back_without_loss(shop, app, screen):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        order = an_order(work, (cup, 2))
    before = stock_of(shop, cup)
    show(screen)
    screen.acts.pack([order], anyway=True)
    screen.confirm()  # print label
    screen.printing.dialog.reject()
    screen.acts.dispatch([shop.ask(parcels.of_order, order)[0].id])
    screen.acts.dialog.press()
    assert stock_of(shop, cup)[0] == before[0] - 2
    assert app.notices.undo_last()
    assert stock_of(shop, cup) == before
    assert shop.ask(parcels.of_order, order)[0].state is ShipmentState.PACKED


def test_what_each_label_cost_is_kept_one_for_all_or_one_by_one(shop, screen):
    ids = packed(shop, screen, 2)
    dialog = dispatching(screen)
    dialog.cost.editor.setText("4.20")
    assert dialog.model.setData(dialog.model.index(1, COST), "5.9")
    assert not dialog.model.setData(dialog.model.index(1, COST), "five")
    assert dialog.said.text() == "This is no amount in EUR."
    dialog.press()
    assert [parcel(shop, each).label_cost for each in ids] == [Money(420, "EUR"), Money(590, "EUR")]


def test_another_carrier_is_chosen_for_all(shop, screen):
    with shop.work() as work:
        carrier = settings.save_carrier(work, name="Vencejo")
    ids = packed(shop, screen, 2)
    dialog = dispatching(screen)
    dialog.carrier.setCurrentIndex(dialog.carrier.findData(carrier))
    type_in(dialog, "T1")
    dialog.press()
    assert parcel(shop, ids[0]).carrier == "Vencejo"


def test_the_carriers_file_brings_the_numbers(shop, screen, to_a_file, tmp_path):
    ids = packed(shop, screen, 3)
    file = tmp_path / "carrier.csv"
    file.write_text("Reference,Tracking number\nS-0001,T1\nS-0003,T3\nS-0099,T99\n", encoding="utf-8")
    to_a_file(file)
    dialog = dispatching(screen)
    press(dialog, "From the carrier's file…")
    assert dialog.model.tracking == {ids[0]: "T1", ids[2]: "T3"}
    assert dialog.said.text().startswith("2 numbers out of the file. Line 4: There is no order or parcel S-0099")
    assert dialog.at == 1


def test_a_file_that_is_no_list_of_tracking_numbers_says_so(shop, screen, tmp_path):
    packed(shop, screen, 2)
    file = tmp_path / "poem.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    dialog = dispatching(screen)
    dialog.take_file(file)
    assert "poem.csv" in dialog.said.text()
    assert dialog.model.tracking == {}


def test_the_numbers_can_be_kept_for_later(shop, app, screen):
    ids = packed(shop, screen, 2)
    dialog = dispatching(screen)
    type_in(dialog, "T1")
    press(dialog, "Keep the numbers, dispatch later")
    assert (parcel(shop, ids[0]).tracking, parcel(shop, ids[0]).state) == ("T1", ShipmentState.PACKED)
    assert app.notices.toasts[-1] == "1 tracking number kept"


def test_leaving_the_dialog_with_numbers_typed_asks(shop, app, screen):
    packed(shop, screen, 2)
    dialog = dispatching(screen)
    asked = []
    app.notices.asking = lambda question: bool(asked.append(question.act))
    dialog.reject()
    assert not asked
    dialog = dispatching(screen)
    type_in(dialog, "T1")
    dialog.reject()
    assert asked == ["Discard the numbers"]
    assert dialog.isVisible()


def test_a_parcel_that_may_not_leave_is_listed_and_the_others_leave(shop, app, screen):
    ids = packed(shop, screen, 2)
    screen.acts.unpack(ids[:1])
    screen.acts.ship(ids, tracking={}, costs={})
    assert app.notices.toasts[-1] == "1 parcel dispatched. 1 parcel was not dispatched"
    (refusal,) = screen.refusals.shown
    assert refusal.number == "S-0001"
    press(screen.refusals, "S-0001")
    assert screen.pane.record == ids[0]


def test_what_can_be_done_to_the_chosen_depends_on_where_they_are(shop, screen):
    ids = packed(shop, screen, 2)
    bar = [made.text() for made in screen.parcels._acts if not made.isHidden()]
    assert bar == ["Print slips", "Print labels", "Dispatch…", "Unpack"]
    screen.acts.ship(ids, tracking={}, costs={})
    screen.show_view("under-way")
    screen.parcels.choose(ids)
    bar = [made.text() for made in screen.parcels._acts if not made.isHidden()]
    assert bar == ["Delivered", "Lost", "Came back", "Undo the dispatch"]


def test_slips_are_shown_for_the_chosen_and_count_when_they_are_saved(shop, screen, to_a_file, tmp_path):
    packed(shop, screen, 2)
    press(screen.parcels, "Print slips")
    shown = screen.printing.dialog
    assert shown.windowTitle() == "Packing slips"
    assert len(shown.pages.sizes) == 2
    assert "Counts as printed once you print or save it." in words_of(shown)
    assert shown.focusWidget().text() == "Save as PDF…"
    assert remembered(shop) == {}
    to_a_file(tmp_path / "slips.pdf")
    shown.save()
    assert set(remembered(shop).values()) == {1}
    assert len(remembered(shop)) == 2


def test_slips_sent_to_the_printer_count_and_refused_ones_do_not(shop, screen, monkeypatch):
    packed(shop, screen, 1)
    monkeypatch.setattr(preview, "printers", lambda: ["Desk"])
    monkeypatch.setattr(preview, "printer_named", lambda name: name)

    def refuse(_file, printer, *_hands):
        raise PrinterRefused(printer)

    for works, times in ((refuse, []), (lambda *_sent: 1, [1])):
        monkeypatch.setattr(preview, "put_on_paper", works)
        screen.printing.slips(screen.parcels.table.selected_ids())
        screen.printing.dialog.print()
        assert list(remembered(shop).values()) == times


def test_the_customs_declaration_is_offered_where_a_border_is_crossed(shop, app, screen):
    leeds = PostalAddress(name="Jane Doe", street="5 High Street", city="Leeds", postcode="LS1 4AP", country="GB")
    with shop.work() as work:
        cup = a_product(work, on_hand=2, weight_g=350, hs_code="691200", origin="PT")
        home, abroad = (packing.pack(work, an_order(work, (cup, 1), ship_to=to)) for to in (ANA, leeds))
    show(screen)
    screen.show_record(home)
    with pytest.raises(AssertionError):
        choose(screen.parcels.pane, "Print the customs declaration")
    screen.show_record(abroad)
    choose(screen.parcels.pane, "Print the customs declaration")
    assert len(screen.printing.dialog.pages.sizes) == 1
    screen.printing.customs([home, abroad])
    assert screen.refusals.shown == []
    screen.printing.customs([home])
    assert app.notices.toasts[-1] == "None of these parcels crosses a customs border."


def test_the_tracking_file_for_the_shop_tells_each_parcel_once(shop, app, screen, to_a_file, tmp_path):
    with shop.work() as work:
        line = LineDraft(product_id=a_product(work, on_hand=1), quantity=1)
        order = writing.create(work, OrderDraft(lines=(line,), ship_to=ANA), channel="shopify")
    show(screen)
    screen.acts.pack([order], anyway=True)
    each = shop.ask(parcels.of_order, order)[0].id
    screen.acts.ship([each], tracking={each: "T1"}, costs={})
    to_a_file(tmp_path / "told.csv")
    press(screen.parcels, "Tracking file for the shop…")
    dialog = screen.printing.dialog
    assert "1 parcel was not told of yet." in words_of(dialog)
    dialog.press()
    assert "T1" in (tmp_path / "told.csv").read_text(encoding="utf-8")
    assert app.notices.toasts[-1] == "told.csv saved: 1 parcel"


def test_with_nothing_to_tell_the_shop_a_sentence_says_so(shop, app, screen):
    packed(shop, screen, 1)
    press(screen.parcels, "Tracking file for the shop…")
    assert screen.printing.dialog is None
    assert "nothing to tell" in app.notices.toasts[-1]


def test_the_carriers_program_gets_its_file(shop, app, screen, to_a_file, tmp_path):
    ids = packed(shop, screen, 2)
    to_a_file(tmp_path / "out.csv")
    screen.printing.carrier_file(ids)
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 3
    assert app.notices.toasts[-1] == "Saved as out.csv"


def test_a_manifest_of_several_carriers_says_what_to_do(shop, app, screen):
    with shop.work() as work:
        carrier = settings.save_carrier(work, name="Vencejo")
    ids = packed(shop, screen, 2)
    screen.acts.ship(ids[:1], tracking={ids[0]: "T1"}, costs={}, carrier_id=carrier)
    screen.printing.manifest(ids)
    assert "A manifest is for one carrier" in app.notices.toasts[-1]


def test_the_dialog_and_the_pane_can_be_named(shop, screen):
    packed(shop, screen, 2)
    assert_all_named(screen.parcels.pane)
    assert_all_named(dispatching(screen))


@pytest.mark.parametrize("view", ["ship-by", "packed", "under-way", "today"])
def test_each_view_fits_the_smallest_window_before_and_while_rows_are_chosen(shop, screen, view):
    with shop.work() as work:
        cup = a_product(work, on_hand=9)
        for left in (False, False, True, True):
            each = packing.pack(work, an_order(work, (cup, 1)))
            if left:
                actions.ship(work, each)
        an_order(work, (cup, 1))
    show(screen).show_view(view)
    settle()
    assert screen.minimumSizeHint().width() <= 1072
    screen._list.table.selectAll()
    settle()
    assert screen.minimumSizeHint().width() <= 1072


def test_with_very_many_chosen_the_bar_still_offers_only_what_fits_them(shop, screen, monkeypatch):
    packed(shop, screen, 3)
    monkeypatch.setattr(desk_list, "_LOOKED_AT", 2)
    screen.parcels.table.clearSelection()
    screen.parcels.table.selectAll()
    bar = [made.text() for made in screen.parcels._acts if not made.isHidden()]
    assert bar == ["Print slips", "Print labels", "Dispatch…", "Unpack"]
