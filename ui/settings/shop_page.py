"""The shop itself: names, address, tax, language, logo; and what its documents say."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QWidget

from backoffice.core.language import languages
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.settings import actions, queries
from backoffice.shipping.documents.stock import STOCKS
from ui.kit import theme
from ui.kit.address_field import AddressField
from ui.kit.boxes import SPRING, row
from ui.kit.buttons import button
from ui.kit.context import AppContext
from ui.kit.fields import CheckField, ChoiceField, MoneyField, MultiLine, NumberField, TextField
from ui.kit.form import Form
from ui.kit.text import Label
from ui.kit.when_used import WhenUsed
from ui.settings.page import Page

pictures = WhenUsed("backoffice.shipping.documents.pictures")
_LOGO = 48
_OWN_NAMES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class ShopDraft:
    """The shop's profile as it is typed; the tax rate in percent."""

    name: str
    legal_name: str
    email: str
    phone: str
    website: str
    tax_id: str
    address: PostalAddress
    language: str
    prices_include_tax: bool
    tax_percent: Decimal
    rounding: str
    rounding_scope: str


class ShopPage(Page):
    """Who the shop is."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app, app.words("Shop"), app.words("Shown on slips, labels and later on mails and invoices."))

    def fill(self) -> None:
        found = self.app.ask(queries.profile)
        words = self.words
        percent = (found.tax_rate * 100).normalize()
        known = {name: getattr(found, name) for name in ShopDraft.__dataclass_fields__ if hasattr(found, name)}
        known["address"] = replace(found.address, name="")  # the shop's name stands above; an address may come later
        draft = ShopDraft(
            **known,
            tax_percent=percent if percent else Decimal(0),
        )
        form = Form(draft, self.app.language)
        form.add(TextField("name", words("Name"), required=True), TextField("legal_name", words("Legal name")))
        form.add(TextField("email", words("E-mail")), TextField("phone", words("Phone")))
        form.add(TextField("website", words("Website")), TextField("tax_id", words("Tax number")))
        form.add(AddressField("address", words("Address"), self.app.language, home=found.country))
        form.section(words("Language, tax and rounding"))
        spoken = [(code, _OWN_NAMES.get(code, code)) for code in languages()]
        form.add(
            ChoiceField("language", words("Language"), spoken, required=True),
            NumberField("tax_percent", words("Usual tax rate in percent"), places=3, most=100),
        )
        rounding = [("half_up", words("Half goes up")), ("half_even", words("Half goes to the even cent"))]
        scope = [("line", words("For each line")), ("document", words("Once for the document"))]
        form.add(
            ChoiceField("rounding", words("Rounding"), rounding, required=True),
            ChoiceField("rounding_scope", words("Tax is rounded"), scope, required=True),
        )
        form.add(CheckField("prices_include_tax", words("Prices include tax")))
        self.show_parts(self._logo(found.logo), *self.saved_form(form, self._save, "shop"))

    def _save(self, draft: ShopDraft) -> Any:
        address = draft.address
        same = ("legal_name", "email", "phone", "website", "tax_id", "language", "prices_include_tax", "rounding")
        values = {name: getattr(draft, name) for name in (*same, "name", "rounding_scope")}
        values |= {name: getattr(address, name) for name in ("street", "city", "postcode", "region")}
        values |= {"country": address.country or self.app.ask(queries.profile).country}
        values["default_tax_rate"] = f"{(Decimal(draft.tax_percent or 0) / 100).normalize():f}"
        return self.app.do(actions.change_profile, said=self.words("Saved"), **values)

    def _logo(self, logo: bytes | None) -> QWidget:
        shown = Label(self.words("No logo yet"), "muted")
        if logo:
            picture = QPixmap()
            picture.loadFromData(logo)
            shown.setPixmap(_small(picture, shown.devicePixelRatioF()))
        choose = button(self.words("Choose a logo…"), self._choose_logo)
        made = QWidget()
        made.setLayout(row(shown, choose, SPRING, gap=theme.L))
        return made

    def _choose_logo(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(
            self, self.words("Choose a logo…"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if path:
            content = Path(path).read_bytes()

            def keep(work: Any) -> None:
                pictures.logo(content)
                actions.change_profile(work, logo=content)

            if self.app.do(keep, said=self.words("Saved")):
                self.fill()


def _small(picture: QPixmap, ratio: float) -> QPixmap:
    """The logo as the page shows it, its fine lines kept on fine screens too."""
    if picture.isNull():
        return picture
    small = picture.scaledToHeight(round(_LOGO * ratio), Qt.TransformationMode.SmoothTransformation)
    small.setDevicePixelRatio(ratio)
    return small


@dataclass(frozen=True)
class DocumentsDraft:
    """What documents say and how they are printed."""

    label_stock: str
    paper: str
    slip_shows_prices: bool
    slip_message: str
    return_note: str
    customs_small: Money | None


class DocumentsPage(Page):
    """Paper, labels and the sentences on slips."""

    def __init__(self, app: AppContext) -> None:
        super().__init__(app, app.words("Documents"))

    def fill(self) -> None:
        found, words = self.app.ask(queries.profile), self.words
        kept = {name: getattr(found, name) for name in DocumentsDraft.__dataclass_fields__}
        small = None if found.customs_small is None else Money(found.customs_small, found.currency)
        draft = DocumentsDraft(**kept | {"customs_small": small})
        form = Form(draft, self.app.language)
        stocks = [(code, stock.name) for code, stock in STOCKS.items() if stock.for_addresses]
        paper = [("A4", "A4"), ("Letter", "Letter")]
        form.add(
            ChoiceField("label_stock", words("Labels"), stocks, required=True),
            ChoiceField("paper", words("Paper"), paper, required=True),
        )
        form.add(CheckField("slip_shows_prices", words("Packing slips show prices")))
        form.add(MultiLine("slip_message", words("Sentence under each packing slip"), lines=3))
        form.add(MultiLine("return_note", words("How something is sent back"), lines=3))
        hint = words("Empty: as the posts agreed, about 300 euros. Above it, and above 2 kg, the long form CN 23.")
        title = words("Short customs form CN 22 up to")
        form.add(MoneyField("customs_small", title, found.currency, hint=hint))
        self.show_parts(*self.saved_form(form, self._save, "documents"))

    def _save(self, draft: DocumentsDraft) -> Any:
        small = None if draft.customs_small is None else draft.customs_small.minor
        values = draft.__dict__ | {"customs_small": small}
        return self.app.do(actions.change_profile, said=self.words("Saved"), **values)
