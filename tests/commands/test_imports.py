"""Files taken in from the command line: what a dry run says is what comes true."""

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
