"""Files taken in from the command line: what a dry run says is what comes true."""

import pytest

from tests.channels.files import an_order, text_of

NEW = ("--name", "Casa", "--currency", "EUR", "--country", "ES", "--timezone", "Europe/Madrid")
SAID = ("rows", "new", "changed", "unchanged", "rejected")


def test_a_dry_run_of_files_that_need_each_other_says_what_the_import_will_do(run, tmp_path):
    shop, products, counts = tmp_path / "casa.backoffice", tmp_path / "products.csv", tmp_path / "counts.csv"
    products.write_text("SKU,Name,Price\nCUP,Cup,20.00\n")
    counts.write_text("SKU,Quantity\nCUP,7\nJUG,1\n")
    run("new", shop, *NEW)
    before = run("stock", shop, "--json").answer
    dry = run("import", shop, products, counts, "--dry-run", "--json")
    assert run("stock", shop, "--json").answer == before
    assert [file["batch"] for file in dry.answer["files"]] == [None, None]
    wet = run("import", shop, products, counts, "--json")
    told = [[[file[name] for name in SAID] for file in said.answer["files"]] for said in (dry, wet)]
    assert told[0] == told[1]
    assert (dry.code, wet.code) == (1, 1)  # nobody knows the jug
    assert [file["new"] for file in wet.answer["files"]] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "SKU,Name\nCUP,Cup\n",
        "Name,Phone model,Colour\nBob,X1,red\n",
        "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,disposition,reason\n"
        "2026-01-01,1,CUP,A,F,Cup,1,X,SELLABLE,WHY\n",
        "Code,Count\nES,40\nFR,12\n",
        "Name,Price,Lat,Lon,Opened,Rooms\nRiver hotel,80.00,41.2,2.1,yes,12\n",
        "Order ID,Date,Ship name,Carrier,Tracking\n1,2026-09-22,Ana,GLS,9\n",
    ],
    ids=["two columns", "people", "returns", "countries", "hotels", "parcels"],
)
def test_a_table_of_anything_is_refused_with_its_columns_and_what_to_do(text, run, tmp_path):
    shop, file = tmp_path / "casa.backoffice", tmp_path / "any.csv"
    run("new", shop, *NEW)
    file.write_text(text)
    said = run("import", shop, file, "--json")
    (answer,) = said.answer["files"]
    assert (said.code, answer["detected"], answer["new"]) == (1, None, 0)
    assert "--kind" in said.err and "--map" in said.err
    assert text.split(",")[0] in said.err
    assert answer["rows"] == answer["rejected_count"] == text.count("\n") - 1
    assert run("stock", shop, "--json").answer["total"] == 0


def test_what_a_file_holds_can_be_said(run, tmp_path):
    shop, file = tmp_path / "casa.backoffice", tmp_path / "any.csv"
    run("new", shop, *NEW)
    file.write_text("SKU,Name\nCUP,Cup\n")
    assert run("import", shop, file, "--kind", "products", "--json").answer["files"][0]["new"] == 1
    assert run("import", shop, file, "--kind", "hats").code == 2
    said = run("import", shop, file, "--kind", "orders")
    assert said.code == 1
    assert "SKU, Name" in said.err


def test_a_refused_file_is_told_with_all_its_lines(run, tmp_path):
    shop, file = tmp_path / "casa.backoffice", tmp_path / "orders.csv"
    run("new", shop, *NEW)
    file.write_text('SKU,Name,Price\nCUP,Cup,20.00\nJUG,"Jug,3.00\nBOWL,Bowl,4.00\n')
    (answer,) = run("import", shop, file, "--json").answer["files"]
    assert answer["rejected"][0]["line"] == 3
    assert (answer["new"], answer["lines"], answer["rejected_count"]) == (0, 3, 3)
    (missing,) = run("import", shop, tmp_path / "none.csv", "--json").answer["files"]
    assert (missing["rows"], missing["rejected_count"], missing["refused"]) == (0, 0, True)


def test_a_shop_that_is_not_there_is_the_worlds_fault(run, tmp_path):
    assert run("import", tmp_path / "none.backoffice", tmp_path / "a.csv").code == 3


def test_what_changed_and_what_stays_is_said(run, tmp_path):
    shop, first, later = (tmp_path / name for name in ("casa.backoffice", "first.csv", "later.csv"))
    run("new", shop, *NEW)
    first.write_text(text_of([an_order("#1", Financial_Status="pending")]))
    later.write_text(text_of([an_order("#1", Lineitem_quantity="3", Subtotal="30.00", Total="34.90")]))
    begun = run("import", shop, first, "--json").answer["files"][0]["batch"]
    (answer,) = run("import", shop, later, "--json").answer["files"]
    told = {one["field"]: (one["old"], one["new"]) for one in answer["changes"][0]["differences"]}
    assert told["line-quantity"] == (2, 3)
    assert told["total"] == ("24.90", "34.90")
    undone = run("undo-import", shop, str(begun), "--json").answer
    assert undone["kept_because"][0]["reason"] == "later-import"
    assert "later.csv" in undone["kept_because"][0]["message"]
