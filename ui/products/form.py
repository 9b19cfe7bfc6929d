"""A product's form: what a person types, turned into the draft that is saved and back."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from backoffice.core.errors import Refused
from backoffice.core.money import Money
from backoffice.inventory.drafts import ProductDraft
from ui.kit.address_field import countries
from ui.kit.context import AppContext
from ui.kit.drawer import Unsaved
from ui.kit.fields import CheckField, ChoiceField, IntField, MoneyField, MultiLine, NumberField, TextField, Wrong
from ui.kit.form import Form, FormDialog
from ui.kit.scan import TAKES_SCANS
from ui.kit.tag_field import TagField
from ui.products.picture import Picture, PictureField

_CHECKED = ("barcode", "hs_code")


@dataclass(frozen=True)
class Typed:
    """A product as its form shows it: amounts as Money, the tax rate in percent."""

    sku: str = ""
    name: str = ""
    price: Money | None = None
    opening: int | None = None
    options: tuple[tuple[str, str], ...] = ()
    barcode: str = ""
    picture: Picture = field(default_factory=Picture)
    bin: str = ""
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    hs_code: str = ""
    origin: str | None = None
    cost: Money | None = None
    tax_class: str = ""
    tax_rate: Decimal | None = None
    supplier: str = ""
    reorder_point: int | None = None
    reorder_quantity: int | None = None
    safety_stock: int | None = None
    backorder: bool = False
    backorder_limit: int | None = None
    notes: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    active: bool = True


_SAME = frozenset(each.name for each in fields(Typed)) - {
    "opening", "options", "picture", "price", "cost", "tax_rate", "origin", "backorder_limit",
}  # fmt: skip
_COUNTS = ("weight_g", "length_mm", "width_mm", "height_mm", "reorder_point", "reorder_quantity", "safety_stock")


def typed_of(draft: ProductDraft, currency: str) -> Typed:
    """A draft as its form shows it; a zero that says nothing is left empty."""
    same = {name: value for name, value in asdict(draft).items() if name in _SAME}
    counts = {name: getattr(draft, name) or None for name in _COUNTS}
    return Typed(
        **{**same, **counts},
        options=tuple(draft.options.items()),
        picture=Picture(draft.picture),
        price=Money(draft.price, currency),
        cost=Money(draft.cost, currency) if draft.cost else None,
        tax_rate=None if draft.tax_rate is None else (Decimal(draft.tax_rate) * 100).normalize(),
        origin=draft.origin or None,
        backorder_limit=draft.backorder_limit,
    )


def draft_of(typed: Typed, base: ProductDraft) -> ProductDraft:
    """The draft with what was typed; what the form does not show stays as it was in `base`."""
    same = {name: getattr(typed, name) for name in _SAME}
    counts = {name: getattr(typed, name) or 0 for name in _COUNTS}
    return replace(
        base,
        **{**same, **counts},
        options=dict(typed.options),
        picture=typed.picture.name,
        price=typed.price.minor if typed.price else 0,
        cost=typed.cost.minor if typed.cost else 0,
        tax_rate=None if typed.tax_rate is None else f"{typed.tax_rate / 100:f}",
        origin=typed.origin or "",
        backorder_limit=typed.backorder_limit if typed.backorder else None,
    )


class Checked(TextField):
    """A text that is looked at while it is typed: its check digit, its digits."""

    def __init__(self, key: str, title: str, fault: Callable[[str], str], **more: Any) -> None:
        self._fault = fault
        super().__init__(key, title, longest=60, **more)

    def read(self) -> str:
        text = super().read()
        if sentence := self._fault(text):
            raise Wrong(sentence)
        return text


class OptionsField(MultiLine):
    """A variant's options, one a line: "Colour: blue"."""

    def read(self) -> tuple[tuple[str, str], ...]:
        found = []
        for line in filter(None, map(str.strip, self.editor.toPlainText().splitlines())):
            option = re.fullmatch(r"([^:]+):(.+)", line)
            if option is None:
                raise Wrong(self.words("Write each option as a name and a value: Colour: blue"))
            found.append((option[1].strip(), option[2].strip()))
        return tuple(dict(found).items())

    def write(self, value: tuple[tuple[str, str], ...]) -> None:
        self.editor.setPlainText("\n".join(f"{name}: {option}" for name, option in value))


class ProductForm(Form):
    """All fields; a new product begins with the four that are enough, an existing one has no opening stock."""

    def __init__(self, app: AppContext, typed: Typed, currency: str, *, new: bool) -> None:
        super().__init__(typed, app.language, check=lambda typed: self._faults(typed))
        self._app, self._currency = app, currency
        words = app.words
        opening = IntField("opening", words("Opening stock"), most=10**8)
        self.add(
            TextField("sku", words("SKU"), required=True, longest=100), TextField("name", words("Name"), required=True)
        )
        price, place = MoneyField("price", words("Price"), currency), TextField("bin", words("Bin"), longest=60)
        self.add(price, opening if new else place)
        self._what_it_is(place if new else None)
        self._stock()
        self._money()
        self._parcel()
        self._knowledge()
        self.field("backorder").changed.connect(self._dress)
        self._dress()

    def _what_it_is(self, place: TextField | None) -> None:
        words = self._app.words
        barcode = Checked("barcode", words("Barcode"), lambda text: self._fault("barcode", text))
        barcode.editor.setProperty(TAKES_SCANS, True)
        self.add(barcode, *([place] if place else []))
        self.add(PictureField("picture", words("Picture"), self._app))
        hint = words("For a variant: one a line, like Colour: blue")
        self.add(OptionsField("options", words("Options"), lines=2, hint=hint))

    def _stock(self) -> None:
        words = self._app.words
        self.section(words("Stock"))
        point = IntField("reorder_point", words("Reorder point"), hint=words("At so many available it is low."))
        self.add(point, IntField("reorder_quantity", words("Reorder quantity")))
        safety = IntField("safety_stock", words("Safety stock"), hint=words("So many are never promised."))
        self.add(safety, TextField("supplier", words("Supplier"), longest=200))
        self.add(CheckField("backorder", words("May be sold when there is none (backorder)")))
        limit = words("Backorder at most")
        self.add(IntField("backorder_limit", limit, hint=words("Empty: without a limit.")))
        self.add(CheckField("active", words("Still sold")))

    def _money(self) -> None:
        words = self._app.words
        self.section(words("Cost and tax"))
        rate = NumberField(
            "tax_rate", words("Tax rate (%)"), places=6, most=99, hint=words("Empty: the shop's usual rate.")
        )
        self.add(MoneyField("cost", words("Cost"), self._currency), rate)
        self.add(TextField("tax_class", words("Tax class"), longest=60))

    def _parcel(self) -> None:
        words = self._app.words
        self.section(words("Parcel and customs"))
        self.add(IntField("weight_g", words("Weight (g)")), IntField("length_mm", words("Length (mm)")))
        self.add(IntField("width_mm", words("Width (mm)")), IntField("height_mm", words("Height (mm)")))
        code = Checked("hs_code", words("Customs tariff number (HS)"), lambda text: self._fault("hs_code", text))
        self.add(code, ChoiceField("origin", words("Country of origin"), countries(self._app.language)))

    def _knowledge(self) -> None:
        words = self._app.words
        self.section(words("Know-how"))
        notes = words("What whoever answers a customer should know.")
        self.add(MultiLine("notes", words("Notes"), lines=4, hint=notes))
        self.add(MultiLine("description", words("Description"), lines=3))
        self.add(TagField("tags", words("Tags")))

    def _dress(self) -> None:
        self.field("backorder_limit").setVisible(bool(self.field("backorder").value()))

    def _fault(self, name: str, text: str) -> str:
        """What is wrong with one field, as a sentence."""
        draft = replace(ProductDraft(sku="-", name="-"), **{name: text})
        return next((self._sentence(fault) for fault in draft.faults()), "")

    def _faults(self, typed: Typed) -> dict[str, str]:
        return {fault.name: self._sentence(fault) for fault in draft_of(typed, ProductDraft("", "")).faults()}

    def _sentence(self, fault: Any) -> str:
        return self._app.sentence(Refused(fault.code, **fault.facts))


def product_dialog(
    app: AppContext,
    title: str,
    act: str,
    form: ProductForm,
    save: Callable[[Typed, ProductForm], Any],
    *,
    keep: Unsaved,
) -> FormDialog:
    """The form in front of the window, the cursor in its first field."""
    made = FormDialog(app, title, form, act, lambda typed: save(typed, form), keep=keep)
    form.field("sku").setFocus()
    return made
