"""Products and counts out of any CSV, by a mapping of its columns."""

from dataclasses import replace

from backoffice.channels.interface import ReadSettings
from backoffice.channels.mapping import Mapping
from tests.channels.files import SPAIN, read, rejections, saved

PRODUCTS = {
    "sku": "Ref", "name": "Nombre", "price": "PVP", "cost": "Coste", "barcode": "EAN", "weight_kg": "Peso",
    "length_mm": "Largo", "quantity": "Existencias", "bin": "Estante", "origin": "Origen", "active": "Activo",
    "option1_name": "Opción", "option1_value": "Valor", "safety_stock": "Seguridad", "notes": "Notas",
}  # fmt: skip
HEADER = "Ref;Nombre;PVP;Coste;EAN;Peso;Largo;Existencias;Estante;Origen;Activo;Opción;Valor;Seguridad;Notas\n"
COUNTS = {"sku": "Ref", "quantity": "Cantidad", "location": "Almacén"}


def products(folder, content):
    return read(saved(folder, HEADER + content), replace(SPAIN, mapping=Mapping("list", "products", PRODUCTS)))


def counts(folder, content, **more):
    settings = ReadSettings("EUR", mapping=Mapping("list", "stock", COUNTS), **more)
    return read(saved(folder, "Ref,Cantidad,Almacén\n" + content), settings)


def test_every_mapped_cell_finds_its_place(tmp_path):
    row = "CUP;Taza;1.234,50 €;4,20;4006381333931;0,35;125;7;A-1;España;sí;Color;Azul;2;Frágil\n"
    (cup,) = products(tmp_path, row)
    assert (cup.sku, cup.external_id, cup.name, cup.barcode) == ("CUP", "CUP", "Taza", "4006381333931")
    assert (cup.price, cup.cost, cup.weight_g, cup.length_mm) == (123450, 420, 350, 125)
    assert (cup.quantity, cup.bin, cup.origin, cup.active) == (7, "A-1", "ES", True)
    assert (cup.options, cup.safety_stock, cup.notes) == ((("Color", "Azul"),), 2, "Frágil")


def test_what_a_row_does_not_say_is_not_invented(tmp_path):
    (cup,) = products(tmp_path, "CUP;Taza;;;;;;;;;;;;;\n")
    assert (cup.price, cup.cost, cup.quantity, cup.weight_g, cup.active, cup.safety_stock) == (None,) * 6


def test_rows_that_cannot_go_in_are_told(tmp_path):
    rows = (
        "CUP;Taza;1;;;;;;;;;;;;\nCUP;Otra;1;;;;;;;;;;;;\n;;1;;;;;;;;;;;;\nJUG;Jarra;caro;;;;;;;;;;;;\n"
        "POT;Olla;1;;;grande;;;;;;;;;\nPAN;Cazo;1;;;;;;;Atlantis;;;;;\nx;y\n;Suelto;1;;;;;;;;;;;;\n;Suelto;1;;;;;;;;;;;;\n"
    )
    assert rejections(products(tmp_path, rows)) == [
        (3, "sku-repeated"), (4, "name-missing"), (5, "not-an-amount"), (6, "not-a-measure"), (7, "country-unknown"),
        (8, "row-too-short"), (10, "product-repeated"),
    ]  # fmt: skip


def test_counts_by_place(tmp_path):
    madrid, lugo = counts(tmp_path, "CUP,7,Madrid\nCUP,-2,Lugo\n")
    assert (madrid.sku, madrid.quantity, madrid.location, madrid.counts) == ("CUP", 7, "Madrid", "on_hand")
    assert lugo.quantity == -2


def test_counts_of_another_place_say_nothing(tmp_path):
    found = counts(tmp_path, "CUP,7,Madrid\nCUP,2,Lugo\n", location="MADRID")
    assert [each.quantity for each in found] == [7, None]


def test_counts_that_cannot_go_in_are_told(tmp_path):
    assert rejections(counts(tmp_path, ",7,Madrid\nCUP,many,Madrid\nCUP,1.5,Madrid\n")) == [
        (2, "sku-missing"), (3, "not-a-quantity"), (4, "quantity-fraction"),
    ]  # fmt: skip
