"""The search finds by the beginning of any word, in any order, accents or not, and no text can break it."""

import sqlite3
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from backoffice.core.text import fold
from backoffice.shop import Shop
from backoffice.store import search
from backoffice.store.check import STORE_CHECKS
from tests.store.shops import a_shop

DOCUMENTS = [
    ("customer", 1, "Iñaki Núñez Peña", "inaki.nunez@gmail.com +34 600 111 222 28013 Madrid"),
    ("customer", 2, "Straße & Söhne GmbH", "post@strasse-soehne.example Łódź"),
    ("customer", 3, "Søren Sørensen-Weiß", "søren.sørensen@smørrebrød.example 8000"),
    ("product", 1, "CUP-12.5/B", "Cup with a handle, blue CUP-12.5/B 8412345678905"),
    ("product", 2, "LAMP-7", "Desk lamp LAMP-7 O'Brien's"),
    ("order", 1, "00017", "00017 #1001 Iñaki Núñez inaki.nunez@gmail.com CUP-12.5/B"),
    ("order", 2, "00018", "00018 114-3941689-8772232 Ana García ana@example.org LAMP-7"),
    ("order", 3, "00019", "00019 Αθήνα Μαρία 東京 القاهرة"),
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with a_shop(tmp_path_factory.mktemp("search")) as opened:
        with opened.work() as work:
            for kind, record_id, title, text in DOCUMENTS:
                search.put(work.session, kind=kind, record_id=record_id, title=title, text=text)
        yield opened


@pytest.fixture
def own_shop(tmp_path):
    with a_shop(tmp_path) as opened:
        yield opened


def hits(shop: Shop, text: str, **more: object) -> list[tuple[str, int]]:
    return [(found.kind, found.record_id) for found in shop.ask(search.find, text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nunez", [("order", 1), ("customer", 1)]),
        ("NÚÑ", [("order", 1), ("customer", 1)]),
        ("núñez iñaki", [("order", 1), ("customer", 1)]),
        ("pena nun", [("customer", 1)]),
        ("inaki.nunez@gmail.com", [("order", 1), ("customer", 1)]),
        ("inaki.nu", [("order", 1), ("customer", 1)]),
        ("inaki.n", [("order", 1), ("customer", 1)]),
        ("inaki.nunez@gmai", [("order", 1), ("customer", 1)]),
        ("inaki.nunez@gmai ana", []),
        ("nunez@gmail", [("order", 1), ("customer", 1)]),
        ("nunez@example", []),
        ("gmail", [("order", 1), ("customer", 1)]),
        ("CUP-12.5/B", [("order", 1), ("product", 1)]),
        ("cup-12", [("order", 1), ("product", 1)]),
        ("cup 12.5", [("order", 1), ("product", 1)]),
        ("cup-13", []),
        ("00018", [("order", 2)]),
        ("0001", [("order", 3), ("order", 2), ("order", 1)]),
        ("#1001", [("order", 1)]),
        ("114-3941689", [("order", 2)]),
        ("8412345678905", [("product", 1)]),
        ("o'brien", [("product", 2)]),
        ("sohne", [("customer", 2)]),
        ("łódź", [("customer", 2)]),
        ("lodz", [("customer", 2)]),
        ("ŁÓDŹ", [("customer", 2)]),
        ("strasse", [("customer", 2)]),
        ("straße", [("customer", 2)]),
        ("sorensen", [("customer", 3)]),
        ("Sørensen", [("customer", 3)]),
        ("soren.s@xn", []),
        ("soren.sorensen@smorrebrod", [("customer", 3)]),
        ("weiss", [("customer", 3)]),
        ("μαρία", [("order", 3)]),
        ("μαρια", [("order", 3)]),
        ("αθηνα", [("order", 3)]),
        ("東京", [("order", 3)]),
        ("القاهرة", [("order", 3)]),
        ("garcia lamp", [("order", 2)]),
        ("garcia cup", []),
        ("a", [("product", 1)]),
        ("blue a", [("product", 1)]),
        ("garcia z", [("order", 2)]),
    ],
)
def test_what_is_typed_finds_what_is_meant_newest_first(shop, text, expected):
    assert hits(shop, text) == expected


@pytest.mark.parametrize("text", ["", "   ", "-", "@ . /", "'", '"', "\0", "★ ♥", "z"])
def test_nothing_to_look_for_finds_nothing(shop, text):
    assert hits(shop, text) == []
    assert shop.ask(search.count, text) == 0


@pytest.mark.parametrize(
    "text",
    [
        'nunez" OR "', "nunez*", "nunez AND", "title:nunez", "kind:order", "{title}: x", "NEAR(a b)", "^nunez",
        "a OR b", "NOT nunez", "(", "nunez)", "-nunez", "+", 'x" * "y', "search_index", "'; DROP TABLE orders; --",
        "\ud800", "nu\0nez", "x" * 100_000, "a " * 50_000, "%", "_", "\\", "⁂\u202e",
    ],
)  # fmt: skip
def test_no_text_breaks_the_search(shop, text):
    hits(shop, text)
    assert shop.ask(search.count, text) >= 0


@given(st.text(max_size=60))
def test_any_text_is_safe(shop, text):
    assert len(hits(shop, text, kinds=["order", "product"])) <= len(DOCUMENTS)


def test_operators_are_words_like_others(shop):
    assert hits(shop, "nunez OR") == []
    assert hits(shop, "kind:order") == []
    assert hits(shop, 'kind : "order"') == []


def test_a_kind_is_asked_for_and_never_found_as_a_word(shop):
    assert hits(shop, "nunez", kinds=["order"]) == [("order", 1)]
    assert hits(shop, "nunez", kinds=["order", "customer"]) == [("order", 1), ("customer", 1)]
    assert hits(shop, "nunez", kinds=[]) == []
    assert hits(shop, "nunez", kinds=['order" OR "']) == []
    assert hits(shop, "customer") == []


def test_a_hit_shows_the_words_around_what_was_looked_for(own_shop):
    with own_shop.work() as work:
        text = " ".join(f"word{n}" for n in range(200)) + " porcelain end"
        search.put(work.session, kind="product", record_id=1, title="CUP", text=text)
    (found,) = own_shop.ask(search.find, "porcel")
    assert found.title == "CUP"
    assert "porcelain" in found.detail and len(found.detail) < 160


def test_a_record_is_found_by_its_newest_words_only(own_shop):
    with own_shop.work() as work:
        search.put(work.session, kind="order", record_id=1, title="1", text="Ana")
        search.put(work.session, kind="order", record_id=2, title="2", text="Bea")
        search.put(work.session, kind="order", record_id=1, title="1", text="Carla")
    assert (hits(own_shop, "ana"), hits(own_shop, "carla")) == ([], [("order", 1)])
    with own_shop.work() as work:
        search.forget(work.session, kind="order", record_id=1)
        search.forget(work.session, kind="order", record_id=9)
    assert (hits(own_shop, "carla"), hits(own_shop, "bea")) == ([], [("order", 2)])
    assert next(each for each in own_shop.check() if each.name == "search-index").faults == []


def test_many_are_put_in_at_once(own_shop):
    select = "SELECT 'series', id, name, prefix || ' number' FROM number_series WHERE id > ? ORDER BY id"
    with own_shop.work() as work:
        search.put_all(work.session, select, (0,))
    assert hits(own_shop, "shipm") == [("series", 2)]
    assert hits(own_shop, "number", limit=1) == [("series", 2)]


def test_many_put_in_at_once_are_found_without_their_accents(own_shop):
    with own_shop.work() as work:
        search.put_all(
            work.session, "SELECT 'order', 1, '00001', 'Łukasz Weiß Ὀδυσσεύς' UNION ALL SELECT 'order', 2, 'Ø', ''"
        )
    for text in ("lukasz", "Łukasz", "weiss", "WEISS luk", "οδυσσευς"):
        assert hits(own_shop, text) == [("order", 1)]
    assert hits(own_shop, "o") == hits(own_shop, "ø") == [("order", 2)]
    assert next(each for each in own_shop.check() if each.name == "search-index").faults == []


def test_every_letter_of_europe_is_found_as_it_is_and_as_it_is_folded(own_shop):
    letters = [chr(code) for code in (*range(0xAA, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))]
    words = [f"qx{letter}zz" for letter in letters if letter.isalnum()]
    with own_shop.work() as work:
        for at, word in enumerate(words):
            search.put(work.session, kind="order", record_id=at + 1, title="", text=word)
    ask = partial(own_shop.ask, search.ids_found, kind="order")
    lost = [word for at, word in enumerate(words) for typed in (word, fold(word)) if at + 1 not in ask(typed)]
    assert lost == []


def test_counts_stop_at_their_cap(own_shop):
    with own_shop.work() as work:
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
        search.put_all(work.session, f"{numbers} SELECT 'order', i, CAST(i AS TEXT), 'common' FROM n")
    assert own_shop.ask(search.count, "common") == search.COUNTED_UP_TO
    assert own_shop.ask(search.count, "common 12") == 111


def test_an_index_that_lost_rows_is_found_out_and_rebuilt(own_shop):
    def faults(session: Session) -> int:
        return len(next(check for check in STORE_CHECKS if check.name == "search-index").run(session)[1])

    with own_shop.work() as work:
        search.put(work.session, kind="order", record_id=1, title="00017", text="Ana")
        search.put(work.session, kind="order", record_id=2, title="00018", text="Bea")
    driver = sqlite3.connect(own_shop.path, isolation_level=None)
    (guard,) = driver.execute("SELECT sql FROM sqlite_schema WHERE name = 'search_document_update'").fetchone()
    driver.execute("DROP TRIGGER search_document_update")
    driver.execute("UPDATE search_document SET title = 'ORDER-17' WHERE record_id = 1")
    driver.execute(guard)
    assert own_shop.ask(faults) == 1
    driver.execute("DELETE FROM search_index_docsize")
    assert own_shop.ask(faults) >= 2
    driver.close()
    with own_shop.work() as work:
        search.rebuild(work.session)
    assert own_shop.ask(faults) == 0


def test_a_kind_is_a_plain_word(own_shop):
    with pytest.raises(ValueError, match="Order 1"), own_shop.work() as work:
        search.put(work.session, kind="Order 1", record_id=1, title="", text="")
