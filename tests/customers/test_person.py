"""Everything about one person goes out as a file for machines and a file for people."""

import json
import stat

import pypdfium2
import pytest

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.customers import actions, contacts, merging
from backoffice.customers.model import ContactKind
from backoffice.customers.person import export, queries
from backoffice.orders import payments
from backoffice.settings import queries as settings
from tests.builders import MONDAY, a_shop
from tests.customers.people import HOME, a_customer, an_order, moment


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def exported(shop, customer, folder, language="en"):
    person = shop.ask(queries.everything, customer)
    profile = shop.ask(settings.profile)
    tell = "{0}: {1}".format
    return export.write(person, folder, shop=profile, at=MONDAY, tell=tell, language=Language(language))


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in pages), len(pages)
    finally:
        pages.close()


def a_rich_life(work):
    ana = a_customer(
        work,
        "Ana Núñez",
        "ana@example.com",
        phones=("600 11 22 33",),
        addresses=(HOME,),
        notes="Likes blue",
        tags=("vip",),
    )
    order = an_order(work, ana, price=17925, placed_at=moment(1), gift_message="Felicidades", notes="Ring twice")
    payments.record_payment(work, order, Money(17925, "EUR"), method="card", reference="ch_1")
    actions.learn(work, ana, identity=("etsy", "ana-buys"))
    actions.consent(work, ana, granted=True, source="order form", text="Send me news")
    contacts.note(work, ana, ContactKind.CALL, "Asks for a bigger cup")
    return ana


def test_nothing_the_shop_knows_of_a_person_is_left_out(shop, tmp_path):
    with shop.work() as work:
        ana = a_rich_life(work)
        an_order(work, a_customer(work, "Eva Ruiz", "eva@example.com"), email="eva@example.com")
    files = exported(shop, ana, tmp_path / "out")
    person = json.loads(files.json.read_text(encoding="utf-8"))
    assert (person["customer"]["name"], person["customer"]["notes"]) == ("Ana Núñez", "Likes blue")
    assert person["identities"] == [{"channel": "etsy", "id": "ana-buys"}]
    assert person["consents"][0]["text"] == "Send me news"
    order = person["orders"][0]
    assert (order["total"], order["currency"], order["gift_message"]) == ("179.25", "EUR", "Felicidades")
    assert (order["placed_at"], order["lines"][0]["gross"]) == ("2026-03-01T09:00:00Z", "179.25")
    assert order["payments"][0]["amount"] == "179.25"
    assert "Asks for a bigger cup" in {line["facts"].get("text") for line in person["timeline"]}
    assert "Eva" not in files.json.read_text(encoding="utf-8")


def test_the_paper_says_the_same_in_the_shops_language(shop, tmp_path):
    with shop.work() as work:
        ana = a_rich_life(work)
    text, _pages = text_of(exported(shop, ana, tmp_path / "out").pdf)
    for part in ("Ana Núñez", "ana@example.com", "600 11 22 33", "Likes blue", "€179.25", "ch_1", "etsy: ana-buys"):
        assert part in text, part
    assert "Asks for a bigger cup" in text


def test_nobody_else_may_read_the_files(shop, tmp_path):
    with shop.work() as work:
        ana = a_customer(work)
    files = exported(shop, ana, tmp_path / "out")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (files.json, files.pdf)} == {0o600}
    assert stat.S_IMODE(files.json.parent.stat().st_mode) == 0o700


def test_somebody_merged_is_exported_as_the_one_they_are_now(shop, tmp_path):
    with shop.work() as work:
        ana, eva = a_customer(work, "Ana"), a_customer(work, "Eva", "eva@example.com", notes="Allergic")
        merging.merge(work, kept_id=ana, gone_id=eva)
    person = shop.ask(queries.everything, eva)
    assert person["customer"]["id"] == ana
    assert [(one["name"], one["notes"]) for one in person["merged"]] == [("Eva", "Allergic")]


@pytest.mark.parametrize(
    "name",
    ["<img src='file:///etc/passwd'>", "آنا نونيز", "Ana\u202e gnp", "x" * 200, "日本語", "{name}", "&amp;"],
)
def test_a_hostile_name_is_printed_as_it_is_and_names_no_file(shop, tmp_path, name):
    address = PostalAddress(name=name, street=name, city=name, country="ES")
    with shop.work() as work:
        ana = a_customer(work, name, addresses=(address,), notes=name * 50)
        an_order(work, ana, ship_to=address)
    files = exported(shop, ana, tmp_path / "out")
    assert files.pdf.name == f"person-{ana}.pdf"
    text, _pages = text_of(files.pdf)
    if name.isascii() and len(name) < 40:
        assert name in text


@pytest.mark.parametrize(("name", "said"), [("Ana \U0001f6d2", True), ("Ana Núñez", False)])
def test_the_paper_says_where_it_shows_boxes_for_signs_that_no_font_has(shop, tmp_path, name, said):
    with shop.work() as work:
        ana = a_customer(work, name)
    text, _pages = text_of(exported(shop, ana, tmp_path / "out").pdf)
    assert ("An empty box stands for a sign" in text) is said


def test_a_long_history_goes_over_many_pages(shop, tmp_path):
    with shop.work() as work:
        ana = a_customer(work)
        for number in range(120):
            contacts.note(work, ana, ContactKind.NOTE, f"Note {number}")
    text, pages = text_of(exported(shop, ana, tmp_path / "out").pdf)
    assert pages > 2
    assert all(f"Note {number}" in text for number in range(120))


def test_rows_that_could_not_be_imported_belong_to_the_person_too(shop):
    with shop.work() as work:
        ana = a_customer(work, "Ana", "ana@example.com")
        a_rejection(work, [["1001", "ANA@example.com", "not-a-date"]])
        a_rejection(work, [["1002", "mariana@example.com", "not-a-date"]])
    found = shop.ask(queries.everything, ana)["not_imported"]
    assert [row["cells"] for row in found] == [[["1001", "ANA@example.com", "not-a-date"]]]


def test_handing_out_is_written_down(shop):
    with shop.work() as work:
        ana = a_customer(work)
        export.record(work, ana)
    assert shop.ask(queries.everything, ana)["timeline"][0]["verb"] == "customer.exported"


def test_nobody_is_refused(shop):
    with pytest.raises(Refused, match=r"customers\.unknown"):
        shop.ask(queries.everything, 99)


def a_rejection(work, cells):
    """A row kept aside by some import."""
    connection = work.session.connection()
    connection.exec_driver_sql(
        "INSERT OR IGNORE INTO import_batch (id, at, who, reader, channel, mapping, file_name, file_hash, state,"
        " done_rows, new, changed, unchanged, rejected) VALUES (1, '2026-03-01 09:00:00.000000', '', 'csv', 'csv',"
        " '{}', 'a.csv', '', 'done', 0, 0, 0, 0, 0)"
    )
    connection.exec_driver_sql(
        "INSERT INTO rejection (batch_id, line, code, facts, header, cells, state)"
        " VALUES (1, 2, 'channels.bad-date', '{}', '[]', ?, 'open')",
        (json.dumps(cells),),
    )
