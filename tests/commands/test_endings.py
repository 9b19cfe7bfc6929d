"""How a command ends when it cannot do what was asked: a code, a sentence, and with --json one document."""

import pytest

from tests.builders import a_product, a_shop, an_order

NEW = ("--name", "Casa", "--currency", "EUR", "--country", "ES", "--timezone", "Europe/Madrid")


@pytest.mark.parametrize(
    ("line", "code", "names"),
    [
        (("orders",), 2, "SHOP"),
        (("orders", "{shop}", "--limit", "0"), 2, "--limit"),
        (("print", "{shop}", "poster", "1", "-o", "x.pdf"), 2, "pick-list"),
        (("undo-import", "{shop}", "seven"), 2, "BATCH"),
        (("nonsense",), 2, "nonsense"),
        (("orders", "{shop}", "--number", "0'1"), 1, "order"),
        (("stock", "{shop}", "--sku", "none"), 1, "none"),
        (("orders", "{empty}"), 3, "empty.backoffice"),
        (("orders", "{cut}"), 3, "cut.backoffice"),
        (("orders", "{folder}"), 1, "folder"),
    ],
)
def test_a_command_that_cannot_says_why_in_one_sentence_and_one_document(run, tmp_path, line, code, names):
    shop, empty, cut = (tmp_path / f"{name}.backoffice" for name in ("casa", "empty", "cut"))
    assert run("new", shop, *NEW).code == 0
    empty.touch()
    cut.write_bytes(shop.read_bytes()[:30_000])
    places = {"shop": shop, "empty": empty, "cut": cut, "folder": tmp_path}
    said = run(*(part.format(**places) for part in line), "--json")
    assert said.code == code
    assert said.err.count("\n") == 1
    assert names in said.err or code == 1
    assert said.answer["error"]["message"] == said.err.strip()
    assert "Value error" not in said.err


def test_without_json_nothing_is_answered(run, tmp_path):
    said = run("orders", tmp_path / "none.backoffice")
    assert (said.code, said.out) == (3, "")


def test_a_file_that_is_no_import_is_refused_once(run, tmp_path):
    shop, file = tmp_path / "casa.backoffice", tmp_path / "bank.csv"
    run("new", shop, *NEW)
    file.write_text("Foo,Bar\n1,2\n")
    said = run("import", shop, file)
    assert said.code == 1
    assert "None" not in said.out + said.err
    assert (said.out + said.err).count("which column means what") == 1


def test_the_list_of_commands_cuts_no_sentence(run):
    said = run("--help")
    assert said.code == 0
    assert "..." not in said.out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("nonsense",), "No such command 'nonsense'. --help lists the commands."),
        (("undo-import", "casa", "seven"), "Invalid value for 'BATCH': It must be a whole number."),
        (("undo-import", "casa", "0"), "Invalid value for 'BATCH': The least is 1."),
        (("orders", "casa", "--limit", "99999"), "Invalid value for '--limit': The most is 10000."),
    ],
)
def test_wrong_usage_is_told_in_plain_words(run, line, told):
    said = run(*line)
    assert (said.code, said.err) == (2, told + "\n")


@pytest.mark.parametrize("command", ["import", "orders", "undo-import", "purge-people", "ship"])
def test_help_names_no_types_of_a_programmer(run, command):
    said = run(command, "--help")
    assert said.code == 0
    assert not any(word in said.out for word in ("list[", "int range", "<str>", "x<=", "<path>"))


def test_a_refused_file_is_told_once(run, tmp_path):
    (tmp_path / "junk.csv").write_text("a,b\n1,2\n")
    with a_shop(tmp_path) as shop:
        pass
    said = run("import", shop.path, tmp_path / "junk.csv")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_an_order_tells_its_money_as_the_list_does(run, tmp_path):
    with a_shop(tmp_path) as shop, shop.work() as work:
        an_order(work, (a_product(work, price=4300), 1))
    assert "€43.00" in run("orders", shop.path).out
    one = run("orders", shop.path, "--number", "00001").out
    assert "total €43.00, paid €0.00" in one and "EUR" not in one
