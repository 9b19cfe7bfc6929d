"""What a person types about a product, checked field by field before it is saved."""

import re
from dataclasses import dataclass, field

from backoffice.core.barcodes import is_gtin
from backoffice.core.faults import Fault
from backoffice.core.text import one_line
from backoffice.settings.rates import is_tax_rate

_COUNTRY = re.compile(r"[A-Z]{2}")
_HS_CODE = re.compile(r"[0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A product to be or to change: amounts in minor units of the shop's currency, grams, millimetres."""

    sku: str
    name: str
    options: dict[str, str] = field(default_factory=dict)
    parent: str = ""
    barcode: str = ""
    picture: str = ""
    bin: str = ""
    weight_g: int = 0
    length_mm: int = 0
    width_mm: int = 0
    height_mm: int = 0
    hs_code: str = ""
    origin: str = ""
    price: int = 0
    cost: int = 0
    tax_class: str = ""
    tax_rate: str | None = None
    supplier: str = ""
    reorder_point: int = 0
    reorder_quantity: int = 0
    safety_stock: int = 0
    backorder: bool = False
    backorder_limit: int | None = None
    notes: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    active: bool = True

    def faults(self) -> list[Fault]:
        """What keeps this from being a product; empty when nothing does."""
        found = []
        if not one_line(self.sku) or len(self.sku) > 100:
            found.append(Fault("sku", "inventory.no-sku"))
        if not one_line(self.name):
            found.append(Fault("name", "inventory.no-name"))
        if self.barcode and not is_gtin(self.barcode):
            found.append(Fault("barcode", "inventory.bad-barcode", {"barcode": self.barcode[:40]}))
        if self.origin and not _COUNTRY.fullmatch(self.origin):
            found.append(Fault("origin", "inventory.bad-origin", {"origin": self.origin[:40]}))
        hs_code = self.hs_code.replace(".", "").replace(" ", "")
        if hs_code and not _HS_CODE.fullmatch(hs_code):
            found.append(Fault("hs_code", "inventory.bad-hs-code", {"code": self.hs_code[:40]}))
        numbers = ("weight_g", "length_mm", "width_mm", "height_mm", "price", "cost", "reorder_point")
        for name in (*numbers, "reorder_quantity", "safety_stock"):
            if not 0 <= getattr(self, name) <= 10**12:
                found.append(Fault(name, "inventory.negative"))
        if self.tax_rate is not None and not is_tax_rate(self.tax_rate):
            found.append(Fault("tax_rate", "inventory.bad-rate", {"rate": self.tax_rate[:40]}))
        if self.backorder_limit is not None and not 0 <= self.backorder_limit <= 10**12:
            found.append(Fault("backorder_limit", "inventory.negative"))
        return found
