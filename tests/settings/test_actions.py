"""The shop's settings: who it is, who carries its parcels, how it delivers."""

import pytest

from backoffice.core.language import Language
from backoffice.settings import actions
from backoffice.settings.model import ShopProfile
from backoffice.settings.queries import carriers, delivery_options, option_named, profile, tracking_link
from backoffice.shop import Shop
from tests.builders import an_open_shop, journal_of, refused


def change(shop, **values):
    with shop.work() as work:
        actions.change_profile(work, **values)


def test_a_profile_keeps_what_is_typed_and_the_history_says_which_fields(tmp_path):
    with an_open_shop(tmp_path) as shop:
        change(shop, name="  Casa Nueva ", country="PT", logo=b"png")
        found = shop.ask(profile)
        assert (found.name, found.country, found.logo) == ("Casa Nueva", "PT", b"png")
        assert journal_of(shop, "shop.changed") == [{"fields": ["country", "logo", "name"]}]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "settings.no-name"),
        ({"country": "Spain"}, "settings.unknown-country"),
        ({"country": "QX"}, "settings.unknown-country"),
        ({"country": "ZZ"}, "settings.unknown-country"),
        ({"country": "EU"}, "settings.unknown-country"),
        ({"zone": "Mars/Olympus"}, "settings.unknown-zone"),
        ({"language": "tlh"}, "settings.unknown-language"),
        ({"currency": "USD"}, "settings.currency-fixed"),
        ({"cut_off": "25:00"}, "settings.bad-cut-off"),
        ({"cut_off": "14:00+02:00"}, "settings.bad-cut-off"),
        ({"default_tax_rate": "21 %"}, "settings.bad-rate"),
        ({"rounding": "down"}, "settings.bad-rounding"),
        ({"rounding_scope": "month"}, "settings.bad-rounding"),
        ({"calendar": "always"}, "settings.bad-calendar"),
        (
            {"calendar": '{"zone": "Europe/Madrid", "week": [[],[],[],[],[],[],[]], "holidays": []}'},
            "settings.bad-calendar",
        ),
    ],
)
def test_a_profile_that_could_not_be_worked_with_is_refused_and_nothing_is_kept(tmp_path, values, code):
    with an_open_shop(tmp_path) as shop:
        before = shop.ask(profile)
        with refused(code):
            change(shop, legal_name="Casa Lumbre S.L.", **values)
        assert shop.ask(profile) == before


def test_no_shop_counts_in_what_is_no_money():
    with refused("settings.unknown-currency", currency="XXX"):
        actions.new_profile(name="Casa", currency="XXX", country="ES", zone="Europe/Madrid", language="es")


def test_a_shops_name_is_one_plain_line(tmp_path):
    with an_open_shop(tmp_path) as shop:
        change(shop, name="Casa\x1b[31m\nLumbre")
        assert shop.ask(profile).name == "Casa[31m Lumbre"


def test_a_field_that_is_none_is_a_bug(tmp_path):
    with an_open_shop(tmp_path) as shop, pytest.raises(ValueError):
        change(shop, identity="0" * 32)


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"name": " "}, "settings.no-name"),
        ({"currency": "EURO"}, "settings.unknown-currency"),
        ({"country": "XX"}, "settings.unknown-country"),
        ({"zone": "Madrid"}, "settings.unknown-zone"),
        ({"language": "fr"}, "settings.unknown-language"),
    ],
)
def test_a_new_shop_needs_a_name_a_currency_a_country_a_zone_and_a_language(wish, code):
    usual = {"name": "Casa", "currency": "eur", "country": "es", "zone": "Europe/Madrid", "language": "es"}
    made = actions.new_profile(**usual)
    assert (made.currency, made.country, len(made.identity)) == ("EUR", "ES", 32)
    with refused(code):
        actions.new_profile(**(usual | wish))


def save_carrier(shop, **values):
    with shop.work() as work:
        return actions.save_carrier(work, **values)


def test_a_carrier_knows_where_a_parcel_is_followed(tmp_path):
    with an_open_shop(tmp_path) as shop:
        saved = save_carrier(shop, name=" Correos ", tracking_url="https://example.com/?n={tracking}")
        save_carrier(shop, carrier_id=saved, active=False)
        found = shop.ask(carriers)[0]
        assert (found.name, found.active) == ("Correos", False)
        assert shop.ask(carriers, active_only=True) == []
        assert tracking_link(found.tracking_url, "a b&c") == "https://example.com/?n=a%20b%26c"
        assert tracking_link("", "x") == tracking_link(found.tracking_url, "") == ""


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "settings.no-name"),
        ({"name": "correos"}, "settings.name-taken"),
        ({"name": "X", "tracking_url": "javascript:alert({tracking})"}, "settings.bad-tracking-url"),
        ({"name": "X", "tracking_url": "https://example.com/"}, "settings.bad-tracking-url"),
        ({"name": "X", "tracking_url": "https://e.com/{tracking}{tracking}"}, "settings.bad-tracking-url"),
        ({"name": "X", "carrier_id": 99}, "settings.unknown"),
    ],
)
def test_a_carrier_that_would_not_work_is_refused(tmp_path, values, code):
    with an_open_shop(tmp_path) as shop:
        save_carrier(shop, name="Correos")
        with refused(code):
            save_carrier(shop, **values)
        assert [carrier.name for carrier in shop.ask(carriers)] == ["Correos"]


def save_option(shop, **values):
    with shop.work() as work:
        return actions.save_delivery_option(work, **values)


def test_a_delivery_option_is_found_by_code_name_and_the_channels_own_words(tmp_path):
    with an_open_shop(tmp_path) as shop:
        saved = save_option(shop, name="Express 24 h", aliases=["Premium"], price_rules=[{"price": "9.90"}])
        options = shop.ask(delivery_options)
        assert options[1].code == "express-24-h"
        for name in ("EXPRESS-24-H", "express 24 h", " premium ", "Prémium"):
            assert option_named(options, name).id == saved
        assert option_named(options, "drone") is None and option_named(options, "") is None


def test_a_new_shops_way_to_deliver_is_named_in_its_language(tmp_path, monkeypatch):
    def told(language: Language, text: str) -> str:
        return "Estándar" if (language.code, text) == ("es", "Standard") else text

    monkeypatch.setattr(Language, "words", told)
    for language, name in (("es", "Estándar"), ("en", "Standard")):
        facts = {"name": "Casa", "currency": "EUR", "country": "ES", "zone": "Europe/Madrid", "language": language}
        with Shop.create(tmp_path / language, **facts) as shop:
            (option,) = shop.ask(delivery_options)
            assert option.name == name
            for said in (name, name.upper(), "standard"):
                assert option_named([option], said) == option


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "settings.no-name"),
        ({"name": "Standard"}, "settings.name-taken"),
        ({"name": "X", "lead_days": -1}, "settings.bad-days"),
        ({"name": "X", "transit_days_min": 5, "transit_days_max": 4}, "settings.bad-days"),
        ({"name": "X", "transit_days_max": 366}, "settings.bad-days"),
        ({"name": "X", "carrier_id": 7}, "settings.unknown"),
        ({"name": "X", "price_rules": [{"price": "cheap"}]}, "settings.bad-price-rule"),
    ],
)
def test_a_delivery_option_that_would_not_work_is_refused(tmp_path, values, code):
    with an_open_shop(tmp_path) as shop:
        with refused(code):
            save_option(shop, **values)
        assert [option.code for option in shop.ask(delivery_options)] == ["standard"]


def test_an_option_is_switched_off_and_renamed(tmp_path):
    with an_open_shop(tmp_path) as shop:
        first = shop.ask(delivery_options)[0].id
        save_option(shop, option_id=first, name="Usual", active=False)
        assert shop.ask(delivery_options, active_only=True) == []
        assert [(option.code, option.name) for option in shop.ask(delivery_options)] == [("standard", "Usual")]


def test_a_file_that_was_never_made_a_shop_says_so(tmp_path):
    with an_open_shop(tmp_path) as shop:
        with shop.work() as work:
            work.session.delete(work.get(ShopProfile, 1))
        with refused("settings.no-profile"):
            shop.ask(profile)
