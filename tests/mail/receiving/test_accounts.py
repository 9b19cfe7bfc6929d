"""Accounts of the shop: what they may be, and where their passwords are not."""

from dataclasses import replace

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from backoffice.core.errors import Refused
from backoffice.core.secrets import Kept, SecretStore
from backoffice.mail.receiving import accounts, providers, queries
from backoffice.mail.receiving.accounts import AccountDraft
from tests.builders import an_open_shop
from tests.customers.people import rows_of

DRAFT = AccountDraft(
    address="Shop@Example.com ", user="shop@example.com", imap_host="imap.example.com", smtp_host="smtp.example.com"
)


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


def add(shop, draft=DRAFT):
    with shop.work() as work:
        return accounts.add(work, draft)


def the_account(shop):
    return shop.ask(queries.accounts)[0]


def test_an_account_is_added_with_its_inbox_and_from_now_on(shop):
    account = add(shop)
    one = the_account(shop)
    assert (one.id, one.address, one.connected_at) == (account, "shop@example.com", shop.clock.now())
    assert [folder.name for folder in shop.ask(queries.folders, account)] == ["INBOX"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("address", "nobody", "mail.bad-account-address"),
        ("address", "a b@example.com", "mail.bad-account-address"),
        ("address", "a@example.com\r\nBcc: x@example.com", "mail.bad-account-address"),
        ("imap_host", "imap example", "mail.bad-host"),
        ("imap_host", "-x.example.com", "mail.bad-host"),
        ("smtp_host", "smtp.example.com/x", "mail.bad-host"),
        ("imap_port", 0, "mail.bad-port"),
        ("smtp_port", 65_536, "mail.bad-port"),
        ("user", "", "mail.bad-user"),
        ("user", "x\r\na1 DELETE INBOX", "mail.bad-user"),
        ("signature", "x" * 5000, "mail.text-too-long"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(shop, field, value, code):
    draft = replace(DRAFT, **{field: value})
    assert [(fault.name, fault.code) for fault in draft.faults()] == [(field, code)]
    with pytest.raises(Refused, match=code):
        add(shop, draft)


def test_an_account_needs_a_server_or_a_folder():
    bare = AccountDraft(address="shop@example.com", user="")
    assert [fault.code for fault in bare.faults()] == ["mail.no-account-server"]
    assert replace(bare, outbox_folder="/tmp/outbox").faults() == []


def test_an_address_is_one_account(shop):
    add(shop)
    with pytest.raises(Refused, match=r"mail\.account-known"):
        add(shop, replace(DRAFT, address="SHOP@example.com"))


def test_a_change_is_undone_by_a_change_back(shop):
    account = add(shop)
    before = accounts.draft_of(the_account(shop))
    with shop.work() as work:
        accounts.change(work, account, replace(before, from_name="Casa Lumbre"), version=1)
    assert the_account(shop).from_name == "Casa Lumbre"
    with shop.work() as work:
        accounts.change(work, account, before, version=2)
    assert accounts.draft_of(the_account(shop)) == before


def test_a_change_of_what_somebody_changed_in_between_is_refused(shop):
    account = add(shop)
    with shop.work() as work:
        accounts.change(work, account, DRAFT, version=1)
    with pytest.raises(Refused, match=r"mail\.account-changed"), shop.work() as work:
        accounts.change(work, account, DRAFT, version=1)


def test_switching_off_and_on(shop):
    account = add(shop)
    for verb, active in ((accounts.deactivate, []), (accounts.activate, [account])):
        with shop.work() as work:
            verb(work, account)
        assert [one.id for one in shop.ask(queries.accounts, active_only=True)] == active


def test_the_password_is_in_the_keyring_and_in_no_table(shop):
    account, secrets = add(shop), SecretStore("tests")
    assert accounts.keep_secret(secrets, account, "canary-4711") is Kept.KEPT
    assert accounts.secret_of(SecretStore("tests"), account) == "canary-4711"
    shop.close(backup=False)
    assert b"canary-4711" not in shop.path.read_bytes()
    assert accounts.forget_secret(secrets, account) and accounts.secret_of(secrets, account) is None


def test_without_a_keyring_it_lasts_as_long_as_the_program_and_that_is_said():
    keyring.set_keyring(NoKeyring())
    secrets = SecretStore("tests")
    assert accounts.keep_secret(secrets, 1, "canary") is Kept.SESSION_ONLY
    assert accounts.secret_of(secrets, 1) == "canary" and accounts.secret_of(SecretStore("tests"), 1) is None


def test_two_shops_have_two_passwords_for_their_first_accounts():
    one, other = accounts.secret_store("aa"), accounts.secret_store("bb")
    accounts.keep_secret(one, 1, "first")
    assert accounts.secret_of(other, 1) is None


def test_known_providers_are_filled_in():
    assert len(providers.PROVIDERS) >= 15
    draft = providers.proposed("casa.lumbre@gmail.com")
    assert (draft.imap_host, draft.smtp_host, draft.keeps_sent) == ("imap.gmail.com", "smtp.gmail.com", True)
    assert providers.provider_of("x@gmail.com").app_password
    assert providers.proposed("hola@casalumbre.es").imap_host == "imap.casalumbre.es"
    assert providers.proposed("hola").imap_host == ""


@pytest.mark.parametrize("provider", providers.PROVIDERS, ids=lambda each: each.name)
def test_each_provider_makes_an_account_without_faults(provider):
    assert providers.filled(AccountDraft(address="a@example.com", user="a"), provider).faults() == []
    assert (provider.smtp_port == 465) == (provider.smtp_security == "tls")


def test_no_address_belongs_to_two_providers():
    domains = [domain for provider in providers.PROVIDERS for domain in provider.domains]
    assert len(domains) == len(set(domains))


def test_history_has_a_line_without_secrets(shop):
    add(shop)
    (line,) = [row for row in rows_of(shop, "journal") if row["verb"].startswith("mail.")]
    assert line["verb"] == "mail.account-added" and "imap" not in line["facts"]
