"""A mended row is read as its file was: the date order and decimal sign of the whole file are kept with the import."""

from dataclasses import replace

from backoffice.channels import queries
from backoffice.channels.importing import mending, run
from backoffice.orders.queries import facts
from tests.builders import an_open_shop, the_order
from tests.channels.files import saved
from tests.channels.importing import counts

FILE = (
    "Order number;Order date;SKU;Quantity;Unit price;Email\n"
    "1;22/09/26;CUP;2;1.234,50;ana@example.com\n"
    "2;03/04/26;CUP;two;1.234;ana@example.com\n"
)


def test_a_date_that_can_be_two_is_read_as_in_its_file(tmp_path):
    with an_open_shop(tmp_path) as shop:
        found = shop.ask(run.detect, saved(tmp_path, FILE))
        found = replace(found, mapping=replace(found.mapping, date_order=""))  # as one kept for files of many months
        batch = run.apply(shop.store, found).batch_id
        (rejection,) = shop.ask(queries.rejections, batch)
        assert rejection.code == "not-a-quantity"
        cells = [[cell.replace("two", "2") for cell in row] for row in rejection.cells]
        assert counts(mending.mend(shop.store, rejection.id, cells)) == (1, 0, 0, 0)
        order = shop.ask(facts.id_of, "2")
        assert shop.ask(facts.head, order).placed_at.strftime("%d %B") == "02 April"  # midnight in Madrid, in UTC
        assert str(the_order(shop, order).total) == "2468.00"
