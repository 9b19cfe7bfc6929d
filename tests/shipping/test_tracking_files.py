"""Tracking numbers out of carriers' files: columns by name in four languages, looked at first, applied one by one."""

import pytest

from backoffice.core.errors import Outage
from backoffice.shipping import actions, packing, tracking_files
from backoffice.shipping.batches import Came
from backoffice.shipping.queries import facts
from backoffice.shipping.tracking_cells import LARGEST, read
from backoffice.shipping.tracking_files import Verdict
from tests.builders import ANA, a_product, an_open_shop, an_order, line_ids, refused
from tests.shipping.parcels import parcels


@pytest.fixture
def shop(tmp_path):
    with an_open_shop(tmp_path) as shop:
        yield shop


@pytest.fixture
def file(tmp_path):
    return tmp_path / "carrier.csv"


def seen(shop, file, text):
    file.write_text(text, encoding="utf-8")
    return shop.ask(tracking_files.preview, file)


def numbers(shop, ids):
    return [shop.ask(facts.head, each).tracking for each in ids]


def packed(shop, count):
    with shop.work() as work:
        return parcels(work, count, ANA)


@pytest.mark.parametrize(
    "text",
    [
        "Order reference,Service,Tracking number\nS-0001,24,PQ1\n",
        "Fecha;Nº de pedido;Número de seguimiento\n1/3;00001;PQ1\n",
        "Bestellnummer\tSendungsnummer\n00001\tPQ1\n",
        "Numéro de commande;N° de suivi\r\n00001;PQ1\r\n",
        'Correos 2/3/2026\n\n"REFERENCIA CLIENTE";"Código de envío"\n"00001";"PQ1"\n',
        "﻿Order number,Tracking\n'00001,PQ1\n",
        "Order number,Customer reference,Tracking\nC-77,S-0001,PQ1\n",
    ],
)
def test_columns_are_found_by_name(shop, file, text):
    packed(shop, 1)
    (row,) = seen(shop, file, text).rows
    assert (row.parcel, row.tracking, row.verdict) == ("S-0001", "PQ1", Verdict.NEW)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_files_come_in_the_encodings_of_carriers(file, encoding):
    file.write_bytes("Número de pedido;Seguimiento\r\n7;PQ1\r\n".encode(encoding))
    found = read(file)
    assert (found.reference_column, found.tracking_column) == ("Número de pedido", "Seguimiento")
    assert [(each.line, each.reference, each.tracking) for each in found.rows] == [(2, "7", "PQ1")]


def test_a_preview_says_what_each_line_means_and_writes_nothing(shop, file):
    ids = packed(shop, 4)
    with shop.work() as work:
        actions.set_tracking(work, ids[1], "OLD")
        actions.set_tracking(work, ids[2], "PQ3")
    lines = ["S-0001,PQ1", "S-0002,PQ2", "S-0003,PQ3", "S-0001,PQ9", "S-0004,", ",PQ5", "77,PQ7", "S-0004,ñ"]
    found = seen(shop, file, "Reference,Tracking\n" + "\n".join(lines) + "\n")
    assert [(row.line, row.verdict.value, row.reason.code if row.reason else "") for row in found.rows] == [
        (2, "new", ""),
        (3, "changed", ""),
        (4, "unchanged", ""),
        (5, "rejected", "shipping.tracking-twice"),
        (6, "rejected", "shipping.tracking-missing"),
        (7, "rejected", "shipping.tracking-of-nothing"),
        (8, "rejected", "shipping.tracking-unknown"),
        (9, "rejected", "shipping.tracking-missing"),
    ]
    assert (found.rows[1].before, found.count(Verdict.REJECTED)) == ("OLD", 5)
    assert numbers(shop, ids) == ["", "OLD", "PQ3", ""]


def test_applying_notes_the_numbers_and_a_second_time_changes_nothing(shop, file):
    ids = packed(shop, 2)
    found = seen(shop, file, "Reference,Tracking\nS-0001,PQ1\nS-0002,PQ2\n")
    assert [each.came for each in tracking_files.apply(shop.store, found)] == [Came.DONE, Came.DONE]
    assert [each.came for each in tracking_files.apply(shop.store, found)] == [Came.ALREADY, Came.ALREADY]
    assert tracking_files.apply(shop.store, shop.ask(tracking_files.preview, file)) == []
    assert numbers(shop, ids) == ["PQ1", "PQ2"]


def test_packed_parcels_can_leave_with_their_numbers(shop, file):
    ids = packed(shop, 2)
    with shop.work() as work:
        actions.set_tracking(work, ids[1], "PQ2")
    found = seen(shop, file, "Reference,Tracking\nS-0001,PQ1\nS-0002,PQ2\n")
    tracking_files.apply(shop.store, found, ship=True)
    assert [shop.ask(facts.head, each).state for each in ids] == ["shipped", "shipped"]


def test_stopping_leaves_the_rest(shop, file):
    ids = packed(shop, 2)
    found = seen(shop, file, "Reference,Tracking\nS-0001,PQ1\nS-0002,PQ2\n")
    looks = iter([False, True])
    outcomes = tracking_files.apply(shop.store, found, cancelled=lambda: next(looks))
    assert ([each.came for each in outcomes], numbers(shop, ids)) == ([Came.DONE, Came.LEFT], ["PQ1", ""])


def test_an_order_of_several_parcels_must_name_the_parcel(shop, file):
    with shop.work() as work:
        order = an_order(work, (a_product(work, on_hand=2), 2))
        line = line_ids(work, order)[0]
        ids = [packing.pack(work, order, only={line: 1}) for _ in range(2)]
    (row,) = seen(shop, file, "Order,Tracking\n00001,PQ1\n").rows
    assert row.reason is not None
    assert (row.reason.code, row.reason.facts["parcels"]) == ("shipping.tracking-ambiguous", "S-0001, S-0002")
    with shop.work() as work:
        actions.set_tracking(work, ids[0], "PQ1")
    same, other = seen(shop, file, "Order,Tracking\n00001,PQ1\n00001,PQ2\n").rows
    assert (same.parcel, same.verdict) == ("S-0001", Verdict.UNCHANGED)
    assert (other.parcel, other.verdict) == ("S-0002", Verdict.NEW)


def test_what_is_no_list_of_tracking_numbers_is_refused(file):
    file.write_text("Name,City\nAna,Madrid\n", encoding="utf-8")
    with refused("shipping.tracking-file-columns", file="carrier.csv"):
        read(file)
    file.write_text('Order,Tracking\n1,PQ1\n2,"PQ2\n3,PQ3\n', encoding="utf-8")
    with refused("shipping.tracking-file-broken", line=3):
        read(file)
    file.write_bytes(b"\x00\x01" * 100)
    with refused("shipping.tracking-file-no-text"):
        read(file)
    file.write_bytes(b"Order,Tracking\n" + b"1,2\n" * (LARGEST // 4))
    with refused("shipping.tracking-file-too-large", most=20):
        read(file)
    file.unlink()
    with pytest.raises(Outage, match=r"shipping\.file-not-read"):
        read(file)
