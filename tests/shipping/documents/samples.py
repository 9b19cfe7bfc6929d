"""What the tests print: a shop, customers of many countries, a logo."""

import io
from datetime import date

from PIL import Image, ImageDraw

from backoffice.core.language import Language
from backoffice.core.money import Money
from backoffice.core.postal import PostalAddress
from backoffice.shipping.documents.content import LabelContent, Letterhead, PickOrder, PickRow, SlipContent, SlipLine

DAY = date(2026, 11, 22)
EN = Language("en")


def a_logo(size: tuple[int, int] = (300, 120), kind: str = "PNG") -> bytes:
    """A disc with a hole."""
    drawn = Image.new("RGBA" if kind == "PNG" else "RGB", size, "white")
    ImageDraw.Draw(drawn).ellipse((10, 10, size[1] - 10, size[1] - 10), fill="teal")
    out = io.BytesIO()
    drawn.save(out, kind)
    return out.getvalue()


HOME = PostalAddress("", "", "Calle de Alcalá 45", "Madrid", "28014", "Madrid", "ES")
SHOP = Letterhead("Casa Lumen", HOME, email="hola@casalumen.example", website="casalumen.example")

ABROAD = [
    PostalAddress(
        "María-José Ñúñez García", "", "Carrer de la Diputació 238\nentresol 2a", "Barcelona", "08007", "", "ES"
    ),
    PostalAddress("Αλέξανδρος Παπαδόπουλος", "Βιβλιοπωλείο", "Λεωφόρος Κηφισίας 124", "Αθήνα", "115 26", "", "GR"),
    PostalAddress("أحمد محمد عبد الله", "شركة النور", "شارع التحرير", "القاهرة", "11511", "", "EG"),
    PostalAddress("דנה כהן", "", "רחוב הרצל 10", "תל אביב", "6688210", "", "IL"),
    PostalAddress("John Smith", "Smith & Sons", "221B Baker Street", "London", "NW1 6XE", "", "GB"),
    PostalAddress("Jane Doe", "", "1600 Amphitheatre Pkwy", "Mountain View", "94043", "CA", "US"),
    PostalAddress("Jürgen Groß", "", "Königstraße 5", "München", "80331", "", "DE"),
    PostalAddress("Zoë Lefèvre", "", "12 rue de l’Église", "Orléans", "45000", "", "FR"),
    PostalAddress("Łukasz Żółć", "", "ul. Świętokrzyska 14", "Łódź", "90-001", "", "PL"),
    PostalAddress("Ирина Петрова", "", "ул. Шипка 6", "София", "1504", "", "BG"),
    PostalAddress("Søren Ågård", "", "Strøget 3, 2. tv", "København", "1160", "", "DK"),
    PostalAddress("Siobhán Ó Briain", "", "4 Sráid Uí Chonaill", "Baile Átha Cliath", "D01 F5P2", "Dublin", "IE"),
    PostalAddress("João Conceição", "", "Rua da Alegria 9", "São Paulo", "01310-100", "SP", "BR"),
    PostalAddress("Győző Szűcs", "", "Váci út 1", "Budapest", "1052", "", "HU"),
]


def a_label(i: int = 0, **more: object) -> LabelContent:
    """The label of parcel SH-00000i to somebody somewhere."""
    values: dict[str, object] = {
        "number": f"SH-{i:06d}",
        "recipient": ABROAD[i % len(ABROAD)],
        "order_numbers": (str(1001 + i),),
        "delivery": "Express 24 h",
        "carrier": "Correos",
        "tracking": "PQ4F7V0012345670128014A",
    }
    return LabelContent(**(values | more))  # type: ignore[arg-type]


def a_slip(**more: object) -> SlipContent:
    """A slip of two lines, one of them part sent."""
    euros = Money(1450, "EUR")
    values: dict[str, object] = {
        "order_number": "1001",
        "ordered_on": DAY,
        "recipient": ABROAD[0],
        "language": EN,
        "lines": (
            SlipLine("CUP-1", "Stoneware cup", 2, 2, options="Blue · 250 ml", unit_price=euros, amount=euros * 2),
            SlipLine("LAMP-9", "Floor lamp", 3, 1, 2, unit_price=euros, amount=euros * 3),
        ),
    }
    return SlipContent(**(values | more))  # type: ignore[arg-type]


def a_pick(number: str, *rows: PickRow, **more: str) -> PickOrder:
    """An order to fetch."""
    return PickOrder(number, "Ana Núñez", rows or (PickRow("A-1", "CUP-1", "Stoneware cup", 1),), **more)  # type: ignore[arg-type]
