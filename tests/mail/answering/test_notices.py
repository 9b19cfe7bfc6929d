"""What customers are told without asking: once, when it is true, and only where the owner wants it."""

from datetime import timedelta

import pytest

from backoffice.mail.answering import desk, notices, queries
from backoffice.settings.model import Carrier
from backoffice.shipping import actions as shipping
from backoffice.shipping import packing
from tests.builders import MONDAY, a_product, an_open_shop, an_order, line_ids, refused
from tests.customers.people import rows_of
from tests.mail.answering.desk import ana_bought, asks, number_of, outgoing
from tests.mail.letters import a_mailbox


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
            desk.change(work, notices=desk.NOTICES)
        yield shop


def ships(shop, order, **more):
    with shop.work() as work:
        parcel = packing.pack(work, order)
        shipping.ship(work, parcel, **more)
        return parcel


def subjects(shop):
    return [mail["Subject"] for mail in outgoing(shop)]


def only(shop, *kinds):
    with shop.work() as work:
        desk.change(work, notices=kinds)


def test_a_shop_that_switched_nothing_on_tells_nobody_anything(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            a_mailbox(work)
        _, order = ana_bought(shop)
        ships(shop, order)
        assert outgoing(shop) == [] and rows_of(shop, "mail_task") == []


def test_each_notice_is_switched_on_by_itself(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    assert outgoing(shop) == []
    ships(shop, order)
    assert len(outgoing(shop)) == 1


def test_a_new_order_is_confirmed_with_its_promise_in_the_customers_language(shop):
    _, order = ana_bought(shop)
    (mail,) = outgoing(shop)
    text = mail.get_content()
    assert mail["Subject"] == f"Tenemos tu pedido {number_of(shop, order)}"
    assert mail["To"] == "ana@example.com"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert text.startswith("Hola, Ana:") and "2 × Cup" in text and "Saldrá como muy tarde el" in text


def test_an_order_of_long_ago_is_not_confirmed(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        an_order(work, (cup, 1), email="ana@example.com", placed_at=MONDAY - timedelta(days=30))
    assert outgoing(shop) == [] and rows_of(shop, "mail_task") == []


def test_a_parcel_that_left_is_told_with_its_number_some_minutes_later(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    with shop.work() as work:
        carrier = work.add(Carrier(name="Correos", tracking_url="https://carrier.example/{tracking}"))
    ships(shop, order, tracking="PQ1", carrier_id=carrier.id)
    (mail,), (row,) = outgoing(shop), rows_of(shop, "outgoing_mail")
    assert "https://carrier.example/PQ1" in mail.get_content()
    assert row["due_at"].startswith("2026-03-02 09:10")


def test_a_dispatch_undone_is_not_told_and_the_real_one_is_told_once(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    parcel = ships(shop, order)
    with shop.work() as work:
        shipping.undo_dispatch(work, parcel)
    assert [row["state"] for row in rows_of(shop, "outgoing_mail")] == ["cancelled"]
    with shop.work() as work:
        shipping.ship(work, parcel)
    assert [row["state"] for row in rows_of(shop, "outgoing_mail")] == ["cancelled", "queued"]


def test_each_parcel_of_an_order_is_told_and_what_is_to_follow(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    with shop.work() as work:
        parcel = packing.pack(work, order, only={line_ids(work, order)[0]: 1})
        shipping.ship(work, parcel)
    ships(shop, order)
    first, second = (mail.get_content() for mail in outgoing(shop))
    assert "El resto sale" in first and "1 × Cup" in first
    assert "El resto sale" not in second


def test_an_event_that_comes_twice_is_told_once(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    parcel = ships(shop, order)
    for _ in range(3):
        with shop.work() as work:
            notices.dispatched(work, notices.ShipmentShipped(parcel))
    assert len(outgoing(shop)) == 1


def test_a_delay_is_told_with_the_new_date_and_the_choice(shop):
    _, order = ana_bought(shop)
    later = MONDAY.date() + timedelta(days=20)
    for _ in range(2):
        with shop.work() as work:
            notices.delayed(work, order, later)
    text = outgoing(shop)[1].get_content()
    assert "22 de marzo de 2026" in text and "4. Cancelad el pedido" in text
    with shop.work() as work:
        notices.delayed(work, order, later + timedelta(days=7))
    assert len(outgoing(shop)) == 3
    with refused("mail.past-time"), shop.work() as work:
        notices.delayed(work, order, MONDAY.date() - timedelta(days=1))


def delivered(shop):
    only(shop, "delivered")
    _, order = ana_bought(shop)
    parcel = ships(shop, order)
    with shop.work() as work:
        shipping.deliver(work, parcel)
    return order


def test_three_days_after_delivery_it_is_asked_once_whether_all_is_well(shop):
    delivered(shop)
    assert notices.follow_up(shop) == 0
    shop.clock.advance(timedelta(days=3, hours=1))
    assert [notices.follow_up(shop) for _ in range(2)] == [1, 0]
    assert subjects(shop)[0].startswith("¿Todo bien")


def test_whom_nobody_answered_yet_and_deliveries_of_long_ago_are_not_asked(shop):
    delivered(shop)
    asks(shop, "One cup is broken! What do we do now?")
    shop.clock.advance(timedelta(days=4))
    assert notices.follow_up(shop) == 0
    shop.clock.advance(timedelta(days=40))
    assert notices.follow_up(shop) == 0


def test_without_an_address_the_letter_is_a_draft_with_a_task(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5, name="Cup")
        order = an_order(work, (cup, 1))
    assert outgoing(shop) == []
    (task,) = rows_of(shop, "mail_task")
    assert (task["kind"], task["order_id"]) == ("gate", order)
    assert "mail.no-receiver" in task["facts"]
    draft = shop.ask(queries.current, task["conversation_id"], "Eva")
    assert draft.subject.startswith(("We have your order", "Tenemos tu pedido"))


def test_a_shop_without_a_mailbox_still_sends_its_parcels(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            desk.change(work, notices=desk.NOTICES)
        _, order = ana_bought(shop)
        ships(shop, order)
        assert len(rows_of(shop, "mail_task")) == 2
        assert next(row for row in rows_of(shop, "orders"))["dispatch"] == "shipped"


def test_a_dead_address_is_not_written_to(shop):
    only(shop, "dispatched")
    _, order = ana_bought(shop)
    with shop.work() as work:
        work.session.connection().exec_driver_sql("UPDATE customer_email SET state = 'dead'")
    ships(shop, order)
    assert outgoing(shop) == [] and len(rows_of(shop, "mail_task")) == 1


def test_an_order_of_somebody_unknown_is_confirmed_at_its_own_address(shop):
    with shop.work() as work:
        cup = a_product(work, on_hand=5)
        an_order(work, (cup, 1), email="luis@example.com")
    assert [row["facts"] for row in rows_of(shop, "mail_task")] == []
    assert [mail["To"] for mail in outgoing(shop)] == ["luis@example.com"]
