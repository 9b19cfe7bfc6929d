"""The list of customers: views, sorts, filters, pages, suggestions."""

import pytest
import sqlalchemy as sa

from backoffice.core.errors import Refused
from backoffice.core.postal import PostalAddress
from backoffice.customers import contacts, merging, queries
from backoffice.customers.queries import Filters
from backoffice.orders import actions as orders
from tests.builders import a_shop
from tests.customers.people import HOME, a_customer, an_order, moment


@pytest.fixture
def shop(tmp_path):
    with a_shop(tmp_path) as shop:
        yield shop


def names(shop, **wanted):
    return [row.name for row in shop.ask(queries.page, **wanted).rows]


def test_names_sort_without_case_and_accents(shop):
    with shop.work() as work:
        for name in ("Zoë", "ángel", "Ana", "eva"):
            a_customer(work, name)
    assert names(shop) == ["Ana", "ángel", "eva", "Zoë"]
    assert names(shop, descending=True) == ["Zoë", "eva", "ángel", "Ana"]


def test_a_firm_without_a_person_sorts_by_its_name(shop):
    with shop.work() as work:
        a_customer(work, "Zoë")
        a_customer(work, "", company="Cerámica SL")
    assert [row.name or row.company for row in shop.ask(queries.page).rows] == ["Cerámica SL", "Zoë"]


def test_views_tell_how_often_somebody_bought(shop):
    with shop.work() as work:
        never, once, twice = (a_customer(work, name) for name in ("Never", "Once", "Twice"))
        for buyer in (once, twice, twice):
            an_order(work, buyer)
        orders.cancel(work, an_order(work, never), reason="by mistake")
        an_order(work, never, as_draft=True)
    assert names(shop, view="no_orders") == ["Never"]
    assert names(shop, view="first") == ["Once"]
    assert names(shop, view="returning") == ["Twice"]
    assert [shop.ask(queries.count, view) for view in queries.VIEWS] == [3, 0, 1, 1, 1]


def test_the_last_order_and_the_number_of_orders_sort_and_page(shop):
    with shop.work() as work:
        for day, name in ((3, "Ana"), (5, "Eva"), (4, "Leo")):
            an_order(work, a_customer(work, name), placed_at=moment(day))
        a_customer(work, "Zoë")
    assert names(shop, sort="last_order", descending=True) == ["Eva", "Leo", "Ana", "Zoë"]
    seen, after = [], None
    for _ in range(4):
        page = shop.ask(queries.page, sort="last_order", descending=True, limit=1, after=after)
        seen += [row.name for row in page.rows]
        after = page.next
    assert (seen, after) == (["Eva", "Leo", "Ana", "Zoë"], None)


def test_filters_narrow_by_country_language_and_tag(shop):
    with shop.work() as work:
        a_customer(work, "Ana", country="ES", language="es", tags=("VIP",))
        a_customer(work, "Eva", addresses=(PostalAddress(name="Eva", country="PT"),), tags=("VIP list",))
    assert names(shop, filters=Filters(country="PT")) == ["Eva"]
    assert names(shop, filters=Filters(language="es")) == ["Ana"]
    assert names(shop, filters=Filters(tag="VIP")) == ["Ana"]
    assert shop.ask(queries.count, "all", Filters(country="PT")) == 1


@pytest.mark.parametrize("tag", ["%", "_", '"', "\\", "ñ", "]"])
def test_a_tag_of_strange_signs_finds_its_own_customers_only(shop, tag):
    with shop.work() as work:
        a_customer(work, "Ana", tags=(tag,))
        a_customer(work, "Eva", tags=("other",))
    assert names(shop, filters=Filters(tag=tag)) == ["Ana"]


@pytest.mark.parametrize("text", ["nune", "ANA nú", "ana@exam", "600", "600112", "28013", "cerámica"])
def test_a_customer_is_found_by_whatever_one_remembers(shop, text):
    with shop.work() as work:
        ana = a_customer(
            work, "Ana Núñez", "ana@example.com", company="Ceramica", phones=("600 11 22 33",), addresses=(HOME,)
        )
        a_customer(work, "Somebody Else")
    assert names(shop, filters=Filters(text=text)) == ["Ana Núñez"]
    assert [row.id for row in shop.ask(queries.suggestions, text)] == [ana]


def test_a_view_nobody_made_is_refused(shop):
    with pytest.raises(Refused, match=r"customers\.unknown-view"):
        shop.ask(queries.page, view="'; --")


def test_the_first_address_that_works_is_shown(shop):
    with shop.work() as work:
        a_customer(work, "Ana", "old@example.com", "new@example.com")
        work.session.connection().exec_driver_sql(
            "UPDATE customer_email SET state = 'dead' WHERE address = 'old@example.com'"
        )
    assert shop.ask(queries.page).rows[0].email == "new@example.com"


def test_the_same_name_and_postcode_is_proposed_and_nothing_more(shop):
    with shop.work() as work:
        one = a_customer(work, "Ana Núñez", addresses=(HOME,))
        other = a_customer(work, "ANA  NUNEZ", addresses=(HOME,))
        a_customer(work, "Ana Núñez", addresses=(PostalAddress(name="Ana Núñez", postcode="08001", country="ES"),))
    assert [row.id for row in shop.ask(queries.look_alikes, one)] == [other]
    assert shop.ask(queries.count) == 3


def test_a_merged_customer_leads_to_the_one_that_lives(shop):
    with shop.work() as work:
        ana, eva, leo = (a_customer(work, name) for name in ("Ana", "Eva", "Leo"))
        merging.merge(work, kept_id=eva, gone_id=leo)
        merging.merge(work, kept_id=ana, gone_id=eva)
    assert shop.ask(queries.living, leo) == ana
    assert shop.ask(queries.group, ana) == [ana, eva, leo]
    assert names(shop) == ["Ana"]


@pytest.mark.parametrize("sort", list(queries.SORTS))
@pytest.mark.parametrize("descending", [False, True])
def test_every_page_is_read_in_the_order_of_an_index(shop, sort, descending):
    with shop.work() as work:
        for number in range(30):
            a_customer(work, f"Customer {number}")
        plans = []

        def explain(connection, cursor, statement, given, *_rest):
            if statement.startswith("SELECT customer.id"):
                plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", given).fetchall()
                plans.append(" / ".join(row[3] for row in plan))

        sa.event.listen(work.session.get_bind(), "before_cursor_execute", explain)
        first = queries.page(work.session, sort=sort, descending=descending, limit=5)
        queries.page(work.session, sort=sort, descending=descending, limit=5, after=first.next)
    assert len(plans) >= 2
    assert not any("SCAN customer" in plan or "TEMP B-TREE" in plan for plan in plans)


def test_whoever_waits_longest_for_a_call_comes_first(shop):
    with shop.work() as work:
        for hour, name in ((15, "Late"), (11, "Soon")):
            contacts.promise_call_back(work, a_customer(work, name), moment(2, hour), phone="600")
        a_customer(work, "Nobody waits")
    page = shop.ask(queries.page, view="call_back", sort="call_back")
    assert [row.name for row in page.rows] == ["Soon", "Late"]
    assert page.rows[0].call_back_at == moment(2, 11)
    first = shop.ask(queries.page, view="call_back", sort="call_back", limit=1)
    assert names(shop, view="call_back", sort="call_back", after=first.next) == ["Late"]


def test_one_filters_by_what_some_customer_has(shop):
    with shop.work() as work:
        a_customer(work, "Ana", tags=("vip", "Älteste"), country="ES", language="es")
        a_customer(work, "Eva", tags=("vip",), country="FR")
        merging.merge(work, kept_id=a_customer(work, "Leo"), gone_id=a_customer(work, "Leo", country="DE"))
    found = shop.ask(queries.choices)
    assert (found.tags, found.countries, found.languages) == (["vip", "Älteste"], ["DE", "ES", "FR"], ["es"])


def test_marks_are_the_places_a_scroll_bar_jumps_to(shop):
    with shop.work() as work:
        for name in "ABC":
            a_customer(work, name)
    (second,) = shop.ask(queries.marks, every=2)
    assert names(shop, after=second) == ["C"]
