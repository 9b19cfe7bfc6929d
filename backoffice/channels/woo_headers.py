"""The columns of WooCommerce's product export in the languages it is exported in: English, Spanish, German, French.

WooCommerce writes its header in the language of the shop's administration, and translations differ by version; names
as they stand in exports of 2018 to 2026.
"""

import re

from backoffice.channels.reading import normal

_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("ID",),
    "type": ("Type", "Tipo", "Typ"),
    "sku": ("SKU", "Artikelnummer", "Artikelnummer (SKU)", "Art.-Nr.", "UGS", "Référence"),
    "barcode": (
        "GTIN, UPC, EAN, or ISBN", "GTIN, UPC, EAN o ISBN", "GTIN, UPC, EAN oder ISBN", "GTIN, UPC, EAN ou ISBN",
    ),
    "name": ("Name", "Nombre", "Nom"),
    "published": ("Published", "Publicado", "Veröffentlicht", "Publié"),
    "short": ("Short description", "Descripción corta", "Kurzbeschreibung", "Description courte"),
    "description": ("Description", "Descripción", "Beschreibung"),
    "sale_starts": (
        "Date sale price starts", "Día en que empieza el precio rebajado", "Datum, an dem der Angebotspreis beginnt",
        "Datum, an dem Angebotspreis beginnt", "Angebotspreis gültig ab", "Date de début de promo",
    ),
    "sale_ends": (
        "Date sale price ends", "Día en que termina el precio rebajado", "Datum, an dem der Angebotspreis endet",
        "Datum, an dem Angebotspreis endet", "Angebotspreis gültig bis", "Date de fin de promo",
    ),
    "tax_status": ("Tax status", "Estado del impuesto", "Steuerstatus", "État de la TVA"),
    "tax_class": ("Tax class", "Clase de impuesto", "Steuerklasse", "Classe de TVA", "Classe TVA"),
    "in_stock": ("In stock?", "¿Existencias?", "¿En inventario?", "Vorrätig?", "Auf Lager?", "En stock ?"),
    "stock": ("Stock", "Inventario", "Lager", "Bestand", "Lagerbestand"),
    "low": (
        "Low stock amount", "Cantidad de bajo inventario", "Geringe Lagermenge", "Geringer Lagerbestand",
        "Montant de stock faible",
    ),
    "backorder": (
        "Backorders allowed?", "¿Permitir reservas de productos agotados?", "Lieferrückstände erlaubt?",
        "Rückstände erlaubt?", "Autoriser les commandes de produits en rupture ?",
    ),
    "sale_price": ("Sale price", "Precio rebajado", "Angebotspreis", "Tarif promo", "Prix promo"),
    "price": (
        "Regular price", "Precio normal", "Precio regular", "Regulärer Preis", "Normaler Preis", "Tarif régulier",
        "Prix régulier",
    ),
    "categories": ("Categories", "Categorías", "Kategorien", "Catégories"),
    "tags": ("Tags", "Etiquetas", "Schlagwörter", "Étiquettes"),
    "images": ("Images", "Imágenes", "Bilder"),
    "parent": ("Parent", "Superior", "Übergeordnetes Produkt", "Eltern"),
    "brand": ("Brands", "Marcas", "Marken", "Marques"),
    "cost": ("Cost of goods", "Coste de los productos", "Warenkosten", "Coût des marchandises"),
}  # fmt: skip
_FIELDS = {normal(name): field for field, names in _NAMES.items() for name in names}
_MEASURES = {
    "weight": re.compile(r"(?:weight|peso|gewicht|poids) \((\w+)\)"),
    "length": re.compile(r"(?:length|longitud|largo|lange|longueur) \((\w+)\)"),
    "width": re.compile(r"(?:width|anchura|ancho|breite|largeur) \((\w+)\)"),
    "height": re.compile(r"(?:height|altura|alto|hohe|hauteur) \((\w+)\)"),
}
_OPTION_NAME = re.compile(r"attribute (\d+) name|nombre del atributo (\d+)|attribut (\d+) name|nom de l'attribut (\d+)")
_OPTION_VALUE = re.compile(
    r"attribute (\d+) value\(s\)|valor\(es\) del atributo (\d+)|attribut (\d+) wert\(e\)"
    r"|valeur\(s\) de l'attribut (\d+)"
)


class WooColumns:
    """Where each column of a header is. `at` is -1 for a column that is not there, which reads as empty."""

    def __init__(self, header: tuple[str, ...]) -> None:
        self.at = dict.fromkeys((*_NAMES, *_MEASURES), -1)
        self.units = {"weight": "kg", "length": "cm", "width": "cm", "height": "cm"}
        names: dict[int, int] = {}
        values: dict[int, int] = {}
        for place, title in enumerate(header):
            name = normal(title)
            field = _FIELDS.get(name)
            if field and self.at[field] < 0:
                self.at[field] = place
            for measure, pattern in _MEASURES.items():
                if found := pattern.fullmatch(name):
                    self.at[measure], self.units[measure] = place, found[1]
            if found := _OPTION_NAME.fullmatch(name):
                names[_number(found)] = place
            elif found := _OPTION_VALUE.fullmatch(name):
                values[_number(found)] = place
        self.options = [(names[n], values[n]) for n in sorted(names.keys() & values.keys())]
        """(place of the attribute's name, place of its value)."""

    @property
    def known(self) -> set[str]:
        """The fields that the header has."""
        return {field for field, place in self.at.items() if place >= 0}


def _number(found: re.Match[str]) -> int:
    return int(next(group for group in found.groups() if group))
