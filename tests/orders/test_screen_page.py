"""The page of one order: its one next step, and what its buttons do to the shop."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from backoffice.core.money import Money
from backoffice.orders import actions, writing
from backoffice.orders.drafts import LineDraft, OrderDraft
from backoffice.orders.model import OrderStatus, PaymentKind
from backoffice.orders.queries import lists
from backoffice.settings import actions as settings
from backoffice.shipping import actions as shipping
from backoffice.shipping import packing
from backoffice.shipping.queries import parcels
from tests.builders import MONDAY, a_customer, a_product, an_order, faults, history, pay, the_order
from tests.orders.hands import answer, choose, press, words_of
from ui.orders.kept import KeptForm


@pytest.fixture
def cup(shop):
    with shop.work() as work:
        return a_product(work, on_hand=5, name="Cup", sku="CUP")


@pytest.fixture
def order(shop, cup):
    """An open order of two cups at 12.10, all reserved, nothing paid."""
    with shop.work() as work:
        return an_order(work, (cup, 2), customer_id=a_customer(work), email="ana@example.com")


def page(screen, order_id):
    """The page of an order, in a list that it never leaves."""
    screen.tabs.choose("all")
    screen.show_record(order_id)
    return screen.pane.page


def step(screen, order_id):
    """The word on the page's one filled button."""
    screen.refresh()
    found = page(screen, order_id).step
    return found.title if found else None


def status(shop, order_id):
    return the_order(shop, order_id).row.status


def test_a_draft_is_to_be_confirmed(screen, shop, cup):
    with shop.work() as work:
        draft = an_order(work, (cup, 9), as_draft=True)
    assert step(screen, draft) == "Confirm"
    press(screen, "Confirm")
    assert status(shop, draft) is OrderStatus.OPEN
    assert "4 units are missing on the shelf." in screen.app.notices.toasts[0]
    assert screen.app.notices.undo_last()
    assert (status(shop, draft), step(screen, draft)) == (OrderStatus.DRAFT, "Confirm")


def test_an_order_confirmed_too_early_is_made_a_draft_again_later_on(screen, shop, order):
    page(screen, order)
    choose(screen, "Make it a draft again")
    assert status(shop, order) is OrderStatus.DRAFT
    assert screen.app.notices.undo_last()
    assert status(shop, order) is OrderStatus.OPEN


def test_an_order_walks_from_packing_to_its_end(screen, shop, order):
    assert step(screen, order) == "Pack"
    press(screen, "Pack")
    assert step(screen, order) == "Dispatch…"
    press(screen, "Dispatch…")
    assert answer(screen)
    assert step(screen, order) == "Record payment"
    press(screen, "Record payment")
    assert answer(screen)
    assert step(screen, order) == "Close"
    press(screen, "Close")
    assert step(screen, order) is None
    assert status(shop, order) is OrderStatus.CLOSED
    assert faults(shop) == []


def test_ctrl_enter_presses_the_next_step(screen, shop, order):
    screen.show_record(order)
    screen.confirm()
    assert the_order(shop, order).row.dispatch == "packed"


def test_packing_is_taken_back_by_undo(screen, shop, order):
    page(screen, order)
    press(screen, "Pack")
    assert screen.app.notices.undo_last()
    assert the_order(shop, order).row.dispatch == "unfulfilled"


def test_what_waits_for_stock_says_what_is_missing_and_leads_to_the_product(screen, shop, cup, qtbot):
    with shop.work() as work:
        order = an_order(work, (cup, 7))
    assert step(screen, order) == "Pack what is there"
    said = words_of(screen.pane.page)
    assert "2 are missing on the shelf." in said and "Still missing: Stock, Payment" in said
    with qtbot.waitSignal(screen.app.opening) as opened:
        press(screen.pane.page, "Why?")
    assert opened.args == ["products", cup]


def test_an_order_waits_until_a_day_and_goes_on(screen, shop, order):
    page(screen, order)
    choose(screen, "Put on hold…")
    until = (MONDAY + timedelta(days=5)).date()
    assert answer(screen, reason="asks for a gift wrap", until=until)
    assert status(shop, order) is OrderStatus.ON_HOLD
    assert the_order(shop, order).holds[0].until == until
    assert "asks for a gift wrap" in words_of(screen.pane.page)
    press(screen, "Release")
    assert status(shop, order) is OrderStatus.OPEN
    assert screen.app.notices.undo_last()
    assert (status(shop, order), the_order(shop, order).holds[-1].until) == (OrderStatus.ON_HOLD, until)


def test_a_hold_without_a_reason_is_said_at_the_field(screen, shop, order):
    page(screen, order)
    choose(screen, "Put on hold…")
    assert not answer(screen, until=date(2020, 1, 1))
    assert screen.acts.dialog.form.field("reason").under.text() == "This is needed."
    assert not answer(screen, reason="asks")
    assert screen.acts.dialog.form.field("until").under.text() == "Choose a day after today."
    screen.acts.dialog.form.saved()
    screen.acts.dialog.reject()


def test_cancelling_says_what_is_to_be_refunded_and_is_taken_back(screen, shop, order):
    with shop.work() as work:
        pay(work, order, 2420)
    page(screen, order)
    choose(screen, "Cancel the order…")
    assert "€24.20 is then to be refunded." in words_of(screen.acts.dialog)
    assert answer(screen, reason="changed her mind")
    number = the_order(shop, order).row.number
    assert screen.app.notices.toasts == [f"Order {number} is cancelled. €24.20 is to be refunded."]
    assert step(screen, order) == "Record refund"
    press(screen, "Restore")
    assert status(shop, order) is OrderStatus.OPEN
    assert faults(shop) == []


def test_a_packed_order_is_not_cancelled_and_says_why(screen, shop, order):
    with shop.work() as work:
        packing.pack(work, order)
    page(screen, order)
    choose(screen, "Cancel the order…")
    assert not answer(screen, reason="too late")
    assert "Take the parcel back first." in words_of(screen.acts.dialog)
    assert screen.acts.dialog.form.field("reason").value() == "too late"
    screen.acts.dialog.form.saved()
    screen.acts.dialog.reject()


def test_a_payment_is_booked_with_its_day_and_undone(screen, shop, order):
    page(screen, order)
    press(screen.pane.page, "Add a payment")
    assert screen.acts.dialog.form.field("amount").value() == Money(2420, "EUR")
    assert answer(screen, amount="10", method="Transfer", day=date(2026, 2, 27))
    (row,) = the_order(shop, order).payments
    assert (row.amount.minor, row.method, row.at.date()) == (1000, "Transfer", date(2026, 2, 27))
    assert screen.app.notices.undo_last()
    assert not the_order(shop, order).paid


def test_the_method_typed_last_is_proposed(screen, shop, order):
    page(screen, order)
    press(screen.pane.page, "Add a payment")
    assert answer(screen, amount="1", method="Bizum")
    press(screen.pane.page, "Add a payment")
    assert screen.acts.dialog.form.field("method").value() == "Bizum"
    screen.acts.dialog.reject()


def test_a_refund_beyond_what_was_paid_is_refused_and_nothing_typed_is_lost(screen, shop, order):
    with shop.work() as work:
        pay(work, order, 1000)
    page(screen, order)
    press(screen.pane.page, "Refund")
    assert not answer(screen, amount="10.01", reference="gesture")
    assert "Only €10.00" in words_of(screen.acts.dialog)
    assert screen.acts.dialog.form.field("reference").value() == "gesture"
    assert answer(screen, amount="10")
    assert the_order(shop, order).row.payment == "refunded"


def test_a_wrong_row_of_the_ledger_is_reversed_and_booked_anew(screen, shop, order):
    with shop.work() as work:
        pay(work, order, 2420)
    found = page(screen, order)
    (reverse,) = (each for each in found.findChildren(QWidget) if each.accessibleName() == "Reverse this row of €24.20")
    reverse.click()
    assert the_order(shop, order).row.payment == "unpaid"
    assert "Payment, reversed" in words_of(screen.pane.page)
    assert screen.app.notices.undo_last()
    assert the_order(shop, order).row.payment == "paid"


def test_a_parcel_leaves_with_its_number_and_is_followed(screen, shop, order):
    with shop.work() as work:
        settings.save_carrier(
            work, name="Vencejo", tracking_url="https://vencejo.example/{tracking}", handoff="generic"
        )
        packing.pack(work, order)
    page(screen, order)
    press(screen, "Dispatch…")
    key = next(key for key in screen.acts.dialog.form._fields if key.startswith("parcel_"))
    carrier = screen.acts.dialog.form.field("carrier").editor.itemData(1)
    assert answer(screen, **{key: "VC 1", "carrier": carrier})
    (parcel,) = shop.ask(parcels.of_order, order)
    assert (parcel.state, parcel.tracking, parcel.tracking_link) == (
        "shipped",
        "VC 1",
        "https://vencejo.example/VC%201",
    )
    assert "VC 1" in words_of(screen.pane.page)
    assert screen.app.notices.undo_last()
    assert the_order(shop, order).row.dispatch == "packed"
    assert faults(shop) == []


def test_a_tracking_number_is_added_later(screen, shop, order):
    with shop.work() as work:
        shipping.ship(work, packing.pack(work, order))
    page(screen, order)
    press(screen.pane.page, "Add the tracking number")
    (key,) = (key for key in screen.acts.dialog.form._fields if key.startswith("parcel_"))
    assert not answer(screen, **{key: ""})
    assert answer(screen, **{key: "ZX9"})
    assert shop.ask(parcels.of_order, order)[0].tracking == "ZX9"


def test_a_parcel_is_taken_back(screen, shop, order):
    with shop.work() as work:
        packing.pack(work, order)
    found = page(screen, order)
    number = shop.ask(parcels.of_order, order)[0].number
    (back,) = (each for each in found.findChildren(QWidget) if each.accessibleName() == f"Unpack parcel {number}")
    back.click()
    assert step(screen, order) == "Pack"
    assert "Unpacked" not in words_of(screen.pane.page)  # its chip is drawn, its words are the toast's
    assert screen.app.notices.toasts == [f"Parcel {number} is unpacked."]


def test_labels_and_slips_are_printed_again_and_count_once_they_are_saved(screen, shop, order, monkeypatch, tmp_path):
    with shop.work() as work:
        packing.pack(work, order)
    place = staticmethod(lambda *_asked: (str(tmp_path / "saved.pdf"), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", place)
    page(screen, order)
    choose(screen, "Print the packing slip")
    assert len(screen.prints.shown.pages.sizes) == 1
    assert [verb for verb, _facts in history(shop, order)][-1] == "shipment.packed"
    screen.prints.shown.save()
    choose(screen, "Print the label")
    screen.prints.shown.save()
    assert [verb for verb, _facts in history(shop, order)][-2:] == ["shipment.slip-printed", "shipment.label-printed"]


def test_what_has_no_parcel_cannot_be_printed_and_says_so(screen, shop, order):
    screen.show_record(order)
    screen.print()
    assert the_order(shop, order).row.number in screen.app.notices.toasts[0]


def test_notes_and_tags_are_kept_when_one_goes_on(screen, shop, order):
    found = page(screen, order)
    form = found.findChild(KeptForm)
    form.form.field("notes").editor.setPlainText("ring twice")
    form.form.field("tags").write(("gift",))
    screen.table.clearSelection()
    screen.pane.show_page(None, None)
    assert (the_order(shop, order).notes, the_order(shop, order).tags) == ("ring twice", ["gift"])
    assert screen.app.notices.toasts == ["Notes kept.", "Tags kept."]
    assert screen.app.notices.undo_last() and screen.app.notices.undo_last()
    assert (the_order(shop, order).notes, the_order(shop, order).tags) == ("", [])


def test_reading_again_does_not_take_a_half_written_note_away(screen, shop, order, cup):
    found = page(screen, order)
    form = found.findChild(KeptForm)
    form.form.field("notes").editor.setPlainText("ring")
    with shop.work() as work:
        an_order(work, (cup, 1))
    assert screen.pane.page is found
    assert form.form.field("notes").value() == "ring"


def test_a_past_order_is_bought_again_in_two_clicks(screen, shop, order):
    page(screen, order)
    choose(screen, "Reorder")
    again = screen.pane.record
    assert again != order and status(shop, again) is OrderStatus.DRAFT
    assert [line.ordered for line in the_order(shop, again).lines] == [2]
    assert screen.app.notices.undo_last()
    assert status(shop, again) is OrderStatus.CANCELLED


def test_a_closed_order_is_opened_again(screen, shop, order):
    with shop.work() as work:
        shipping.ship(work, packing.pack(work, order))
        actions.close(work, order)
    page(screen, order)
    press(screen, "Open again")
    assert status(shop, order) is OrderStatus.OPEN
    assert screen.app.notices.undo_last()
    assert status(shop, order) is OrderStatus.CLOSED


def test_a_file_s_own_total_is_shown_calmly(screen, shop, order):
    found = the_order(shop, order)
    assert "The file said" not in words_of(page(screen, order))
    with shop.work() as work:
        actions._remember(work, order, imported_total=2500)
    screen.refresh()
    assert "The file said €25.00, €0.80 more than our own sum." in words_of(screen.pane.page)
    assert found.total == the_order(shop, order).total


def test_the_customer_is_one_click_away(screen, shop, order, qtbot):
    page(screen, order)
    with qtbot.waitSignal(screen.app.opening) as opened:
        press(screen.pane.page, "Ana Núñez")
    assert opened.args == ["customers", the_order(shop, order).buyer.id]


def test_an_order_that_is_gone_is_refused_calmly(screen, app):
    screen.show_record(4711)
    assert app.notices.toasts == ["There is no such order. Check the number or search for the customer."]
    assert screen.pane.page is None


def test_money_that_came_twice_is_to_be_refunded(screen, shop, order):
    with shop.work() as work:
        pay(work, order, 2420)
        pay(work, order, 2420)
        shipping.ship(work, packing.pack(work, order))
    assert step(screen, order) == "Record refund"
    press(screen, "Record refund")
    assert screen.acts.dialog.form.field("amount").value() == Money(2420, "EUR")
    assert answer(screen)
    assert PaymentKind.REFUND in [row.kind for row in the_order(shop, order).payments]


def test_a_begun_parcel_is_gone_on_with_at_dispatch(screen, shop, order, qtbot):
    with shop.work() as work:
        parcel = packing.start(work, [order])
    assert step(screen, order) == "Go on packing"
    with qtbot.waitSignal(screen.app.opening) as opened:
        press(screen, "Go on packing")
    assert opened.args == ["dispatch", parcel]


def test_the_page_is_the_same_after_another_one_was_shown(screen, shop, order, cup):
    with shop.work() as work:
        other = an_order(work, (cup, 1))
    for each in (order, other, order):
        screen.show_record(each)
        assert the_order(shop, each).row.number in words_of(screen.pane.page)
    assert len(shop.ask(lists.rows_of, [order, other])) == 2


@pytest.mark.parametrize(("included", "told"), [(True, "Rounding of the tax"), (False, "Rounding")])
def test_rounding_once_per_document_is_a_line_of_the_sums(screen, shop, included, told):
    pin = LineDraft(quantity=1, name="Pin", amount=10 if included else 8, rates=(("", "0.20"),))
    with shop.work() as work:
        settings.change_profile(work, rounding_scope="document")
        order = writing.create(work, OrderDraft(lines=(pin,) * 3, shipping=0, prices_include_tax=included))
    shown = words_of(page(screen, order))
    assert told in shown and screen.app.format.money(Money(-1, "EUR")) in shown
