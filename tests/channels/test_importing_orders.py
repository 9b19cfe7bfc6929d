"""Orders come in from a file: previewed, taken in once, brought up to date, never over somebody's own work."""

from backoffice.inventory import queries as inventory
from backoffice.orders import actions
from backoffice.orders.model import OrderStatus, PaymentStatus
from backoffice.orders.queries import facts, lists, whole
from tests.builders import MONDAY, a_product, an_open_shop
from tests.channels.files import an_item, an_order
from tests.channels.importing import a_file, counts, everything, faults, look, take

TODAY = MONDAY.date()


def test_a_preview_writes_nothing_and_tells_what_applying_will_do(tmp_path):
    file = a_file(tmp_path, an_order("#1"), an_order("#2", Lineitem_quantity="two"))
    with an_open_shop(tmp_path) as shop:
        before = everything(shop)
        seen = look(shop, file)
        assert everything(shop) == before
        assert counts(seen) == counts(take(shop, file)) == (1, 0, 0, 1)
        assert seen.tally.rejections[0].line == 3


def test_the_same_file_again_changes_nothing(tmp_path):
    file = a_file(tmp_path, an_order("#1"), an_item("#1", Lineitem_sku="JUG"), an_order("#2"))
    with an_open_shop(tmp_path) as shop:
        assert counts(take(shop, file)) == (2, 0, 0, 0)
        before = everything(shop)
        again = take(shop, file)
        assert counts(again) == (0, 0, 2, 0)
        assert again.batch_id is None
        assert everything(shop) == before


def test_an_order_that_came_in_reserves_stock_and_is_promised_a_day(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=5, sku="CUP-1")
        take(shop, a_file(tmp_path, an_order("#1")))
        (row,) = shop.ask(lists.page, today=TODAY, view="ship-by").rows
        assert shop.ask(inventory.product_row, cup).committed == 2
        assert row.promised_dispatch is not None
        assert shop.ask(whole.order, row.id).lines[0].allocated == 2
        assert faults(shop) == []


def test_the_last_one_sold_on_two_channels_is_shown_as_oversold(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            cup = a_product(work, on_hand=2, sku="CUP-1")
        take(shop, a_file(tmp_path, an_order("#1"), an_order("#2")))
        assert [row.id for row in shop.ask(inventory.page, view="oversold").rows] == [cup]
        assert faults(shop) == []


def test_a_payment_that_came_later_is_booked_once(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Financial_Status="pending")))
        order = shop.ask(facts.id_of, "#1")
        assert shop.ask(facts.head, order).payment is PaymentStatus.UNPAID
        later = a_file(tmp_path, an_order("#1", Financial_Status="paid"), name="later.csv")
        assert counts(take(shop, later)) == (0, 1, 0, 0)
        assert counts(take(shop, later)) == (0, 0, 1, 0)
        assert [str(row.amount) for row in shop.ask(whole.order, order).payments] == ["24.90"]
        assert faults(shop) == []


def test_what_the_owner_edited_by_hand_is_shown_and_stays(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Notes="ring twice")))
        order = shop.ask(facts.id_of, "#1")
        with shop.work() as work:
            actions.note(work, order, "leave with the neighbour")
        changed = a_file(tmp_path, an_order("#1", Notes="ring once"), name="later.csv")
        ((_name, changes),) = look(shop, changed).tally.changes
        assert [(change.field, change.kept) for change in changes if change.field == "notes"] == [("notes", True)]
        take(shop, changed)
        assert shop.ask(whole.order, order).notes == "leave with the neighbour"


def test_the_files_total_is_kept_as_evidence_beside_our_own(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Total="24.91")))
        found = shop.ask(whole.order, shop.ask(facts.id_of, "#1"))
        assert (str(found.total), str(found.imported_total), str(found.difference)) == ("24.90", "24.91", "0.01")


def test_a_product_nobody_knows_becomes_a_draft_once(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1", Lineitem_sku="NEW-1"), an_order("#2", Lineitem_sku="NEW-1")))
        assert [row.sku for row in shop.ask(inventory.page, view="drafts").rows] == ["NEW-1"]


def test_the_same_person_is_one_customer(tmp_path):
    rows = [an_order("#1"), an_order("#2"), an_order("#3", Email="ANA@example.com")]
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, *rows))
        assert everything(shop)["customer"] == 1
        assert [row.earlier for row in shop.ask(lists.page, today=TODAY, view="all", sort="number").rows][-1] == 0


def test_stopping_keeps_whole_chunks_and_going_on_takes_the_rest(tmp_path, monkeypatch):
    monkeypatch.setattr("backoffice.channels.importing.run.CHUNK", 2)
    file = a_file(tmp_path, *[an_order(f"#{n}") for n in range(1, 7)])
    asked = iter([False, False, True])
    with an_open_shop(tmp_path) as shop:
        stopped = take(shop, file, cancelled=lambda: next(asked))
        assert stopped.stopped
        assert everything(shop)["orders"] == 4
        assert counts(take(shop, file)) == (2, 0, 4, 0)
        assert faults(shop) == []


def test_an_open_order_is_open(tmp_path):
    with an_open_shop(tmp_path) as shop:
        take(shop, a_file(tmp_path, an_order("#1")))
        assert shop.ask(facts.head, shop.ask(facts.id_of, "#1")).status is OrderStatus.OPEN
