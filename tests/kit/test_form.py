"""A form checks while one types, says what is wrong at the field, and keeps what was typed."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from backoffice.core.errors import Refused
from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from tests.kit.accessible import assert_all_named, nameless
from ui.kit.address_field import AddressField, countries
from ui.kit.buttons import icon_button
from ui.kit.fields import CheckField, ChoiceField, DateField, IntField, MoneyField, MultiLine, NumberField, TextField
from ui.kit.form import Form, FormDialog
from ui.kit.icons import icon
from ui.kit.search_field import Hit, SearchField
from ui.kit.tag_field import TagField

SPANISH = Language("es")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # raising a list over the window, offscreen


@dataclass(frozen=True)
class Draft:
    name: str = ""
    price: Money | None = None
    weight: Decimal | None = None
    quantity: int | None = 1
    day: date | None = None
    option: str | None = None
    gift: bool = False
    notes: str = ""
    tags: tuple[str, ...] = ()
    address: PostalAddress = field(default_factory=PostalAddress)


def a_form(qtbot, *fields, draft=None, language=SPANISH, check=None):
    form = Form(draft or Draft(), language, check=check)
    for each in fields:
        form.add(each)
    qtbot.addWidget(form)
    form.show()
    return form


def price():
    return MoneyField("price", "Price", "EUR")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234,50", 123450), ("12,3", 1230), ("0", 0), ("12", 1200), ("0,99", 99), ("1.000.000", 100000000)],
)
def test_an_amount_is_read_exactly_as_the_language_writes_it(qtbot, typed, amount):
    form = a_form(qtbot, price())
    form.field("price").editor.setText(typed)
    assert form.draft().price == Money(amount, "EUR")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12,345", "Como máximo 2 decimales."),
        ("12.5", "Esto no es un número."),
        ("abc", "Esto no es un número."),
        ("1e3", "Esto no es un número."),
        ("-1", "Como mínimo 0."),
        ("9999999999999", "Como máximo 1000000000."),
    ],
)
def test_what_is_no_amount_is_said_under_the_field_and_stays_typed(qtbot, typed, sentence):
    form = a_form(qtbot, price())
    entry = form.field("price")
    entry.editor.setText(typed)
    entry.show_problem()
    assert entry.under.text() == sentence
    assert entry.under.isVisible()
    assert entry.editor.text() == typed
    assert not form.right()


def test_a_currency_without_decimals_takes_none(qtbot):
    form = a_form(qtbot, MoneyField("price", "Price", "JPY"))
    form.field("price").editor.setText("12,5")
    assert form.field("price").problem() == "Solo números enteros."


def test_values_are_shown_as_the_language_writes_them(qtbot):
    draft = Draft(price=Money(123450, "EUR"), weight=Decimal("1.25"), day=date(2026, 11, 22))
    form = a_form(qtbot, price(), NumberField("weight", "Weight", places=3), DateField("day", "Day"), draft=draft)
    assert [form.field(key).editor.text() for key in ("price", "weight", "day")] == ["1.234,50", "1,25", "22/11/26"]
    assert form.draft() == draft
    assert not form.dirty


@pytest.mark.parametrize("typed", ["22/11/2026", "22/11/26", "2026-11-22", "22.11.2026", "22-11-26"])
def test_a_day_is_read_in_the_language_s_order_or_in_iso(qtbot, typed):
    form = a_form(qtbot, DateField("day", "Day"))
    form.field("day").editor.setText(typed)
    assert form.draft().day == date(2026, 11, 22)


def test_the_order_of_a_day_is_the_language_s(qtbot):
    form = a_form(qtbot, DateField("day", "Day"), language=Language("en_US"))
    form.field("day").editor.setText("11/22/2026")
    assert form.draft().day == date(2026, 11, 22)


@pytest.mark.parametrize("typed", ["31/02/2026", "hoy", "22/11", "22/11/26/1", "²²/11/26", "99999"])
def test_what_is_no_day_is_refused_with_an_example(qtbot, typed):
    form = a_form(qtbot, DateField("day", "Day"))
    form.field("day").editor.setText(typed)
    assert "22/11/26" in form.field("day").problem()


def test_a_needed_field_is_called_empty_only_when_one_wants_to_save(qtbot):
    form = a_form(qtbot, TextField("name", "Name", required=True))
    entry = form.field("name")
    entry.show_problem()
    assert not entry.under.isVisible()
    assert not form.right()
    assert entry.under.text() == "Esto es necesario."
    entry.editor.setText("Cup")
    assert not entry.under.isVisible()
    assert form.right()


def test_what_was_wrong_is_taken_back_at_once_when_it_is_right(qtbot):
    form = a_form(qtbot, IntField("quantity", "Quantity", least=1))
    entry = form.field("quantity")
    entry.editor.setText("0")
    entry.show_problem()
    assert entry.under.text() == "Como mínimo 1."
    entry.editor.setText("2")
    assert entry.under.text() == ""


def test_a_refusal_is_shown_at_its_field_until_the_value_changes(qtbot):
    form = a_form(qtbot, TextField("name", "Name"), price())
    form.show_refusal(Refused("products.sku-taken", field="name"), "There is one already.")
    assert form.field("name").under.text() == "There is one already."
    form.field("name").editor.setText("other")
    assert form.field("name").under.text() == ""


def test_a_refusal_of_no_field_stands_under_the_form(qtbot):
    form = a_form(qtbot, TextField("name", "Name"))
    form.show_refusal(Refused("products.closed"), "The shop is closed.")
    assert form.foot.text() == "The shop is closed."


def test_the_whole_draft_is_checked_when_each_field_is_right(qtbot):
    def check(draft):
        return {"name": "Too short."} if len(draft.name) < 3 else {}

    form = a_form(qtbot, TextField("name", "Name"), check=check)
    form.field("name").editor.setText("ab")
    assert not form.right()
    assert form.field("name").under.text() == "Too short."
    form.field("name").editor.setText("abc")
    assert form.right()


def test_choices_ticks_and_notes_go_into_the_draft(qtbot):
    options = ChoiceField("option", "Delivery", [("std", "Standard"), ("exp", "Express")])
    form = a_form(qtbot, options, CheckField("gift", "Gift"), MultiLine("notes", "Notes"))
    assert form.draft() == Draft()
    form.field("option").editor.setCurrentIndex(2)
    form.field("gift").editor.setChecked(True)
    form.field("notes").editor.setPlainText("two\nlines ")
    assert form.draft() == Draft(option="exp", gift=True, notes="two\nlines")
    assert form.dirty


def test_tags_are_added_by_enter_and_comma_each_once_and_rubbed_out(qtbot):
    form = a_form(qtbot, TagField("tags", "Tags"), draft=Draft(tags=("vip",)))
    line = form.field("tags")._line
    line.setFocus()
    qtbot.keyClicks(line, "new")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "late,VIP,")
    assert form.draft().tags == ("vip", "new", "late")
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert form.draft().tags == ("vip", "new")


def test_an_address_is_complete_when_its_country_says_so(qtbot):
    form = a_form(qtbot, AddressField("address", "Address", SPANISH, home="ES", required=True))
    entry = form.field("address")
    assert entry.is_empty()
    assert not form.right()
    parts = {"name": "Ana", "street": "Calle Mayor 1", "postcode": "2801", "city": "Madrid", "region": "Madrid"}
    for name, text in parts.items():
        entry._fields[name].write(text)
    assert "España" in entry.problem()
    entry._fields["postcode"].write("28013")
    assert form.right()
    assert form.draft().address == PostalAddress(country="ES", **parts | {"postcode": "28013"})


def test_an_address_that_nobody_asked_for_may_stay_empty(qtbot):
    assert a_form(qtbot, AddressField("address", "Address", SPANISH, home="ES")).right()


def test_every_country_is_there_once_by_its_name():
    found = dict(countries(SPANISH))
    assert found["ES"] == "España"
    assert 240 < len(found) < 262
    assert not {"EU", "XA", "ZZ"} & set(found)


def find(text):
    hits = [Hit("customers", 1, "Ana Pérez", "ana@x.test"), Hit("customers", 2, "Anabel")]
    return [hit for hit in hits if text.casefold() in hit.title.casefold()]


@dataclass(frozen=True)
class Order:
    customer: Hit | int | None = None


def test_a_record_is_proposed_after_three_letters_and_chosen_by_enter(qtbot):
    form = a_form(qtbot, SearchField("customer", "Customer", find), draft=Order())
    box = form.field("customer").editor
    qtbot.keyClicks(box, "an")
    box.propose()
    assert box.hits == []
    qtbot.keyClicks(box, "a")
    box.propose()
    assert [hit.id for hit in box.hits] == [1, 2]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert form.draft().customer == 2
    assert box.text() == "Anabel"


def test_text_that_names_no_record_is_wrong(qtbot):
    form = a_form(qtbot, SearchField("customer", "Customer", find), draft=Order())
    qtbot.keyClicks(form.field("customer").editor, "zoe")
    assert form.field("customer").problem() == "Elige uno de la lista."


def a_dialog(app, qtbot, save):
    form = Form(Draft(), SPANISH).add(TextField("name", "Name", required=True))
    dialog = FormDialog(app, "New product", form, "Save", save)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_dialog_closes_when_it_is_saved_and_stays_when_it_is_not(app, qtbot):
    saved = []
    dialog = a_dialog(app, qtbot, lambda draft: saved.append(draft) or len(saved) > 1)
    dialog.press()
    assert saved == []
    dialog.form.field("name").editor.setText("Cup")
    dialog.press()
    assert dialog.isVisible()
    dialog.press()
    assert not dialog.isVisible()
    assert saved[-1].name == "Cup"


def test_leaving_a_changed_form_asks_first(app, qtbot):
    asked = []
    app.notices.asking = lambda question: asked.append(question) or False
    dialog = a_dialog(app, qtbot, lambda draft: True)
    dialog.form.field("name").editor.setText("Cup")
    dialog.reject()
    assert dialog.isVisible()
    assert [question.act for question in asked] == ["Discard what was typed"]
    app.notices.asking = lambda question: True
    dialog.reject()
    assert not dialog.isVisible()


def test_every_field_has_a_name_for_a_screen_reader(app, qtbot):
    options = ChoiceField("option", "Delivery", [("std", "Standard")])
    form = a_form(
        qtbot,
        TextField("name", "Name"),
        price(),
        DateField("day", "Day"),
        options,
        CheckField("gift", "Gift"),
        MultiLine("notes", "Notes"),
        TagField("tags", "Tags"),
        AddressField("address", "Address", SPANISH),
        draft=Draft(tags=("vip",)),
    )
    assert_all_named(form)


def test_a_nameless_button_is_found(qtbot):
    made = icon_button("close", "", lambda: None)
    made.setIcon(icon("close"))
    qtbot.addWidget(made)
    assert len(nameless(made)) == 1
