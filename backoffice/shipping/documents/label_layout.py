"""How an address label is laid out in its cell: tall like a carrier's label, or as a strip on a small sheet label."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from backoffice.core.language import Language
from backoffice.core.typesetting import BASELINE, Fitted, fit, tidy, width
from backoffice.shipping.documents import furniture
from backoffice.shipping.documents.checks import address_too_long, too_long
from backoffice.shipping.documents.content import LabelContent, Letterhead
from backoffice.shipping.documents.paper import BLACK, Paper
from backoffice.shipping.documents.pictures import logo
from backoffice.shipping.documents.symbols import Symbol, code128, qr

LEGIBLE = 6.0
"""The smallest type (points) a recipient's address is set in; what needs less is refused. DejaVu's letters are tall:
its 6 points read like 7 of Arial."""
SMALL_PRINT = 5.0
"""The smallest type of everything else."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What all labels of a batch share: the cell, the shop, the language of the words around."""

    width: float
    height: float
    letterhead: Letterhead
    language: Language
    with_qr: bool = True

    @property
    def padding(self) -> float:
        """Millimetres kept white inside the cell's edge: printers and cutters are not exact."""
        if self.is_tall:
            return 5.0 if self.width >= 90 else 3.0
        return 2.6 if self.height < 60 else 3.8

    @property
    def rim(self) -> float:
        """Millimetres kept white at the top and the foot: less than at the sides on a low label."""
        return 2.0 if self.height < 45 else self.padding

    @property
    def is_tall(self) -> bool:
        """Whether there is room for sender, service, recipient and codes one under the other."""
        return self.height >= 84

    @property
    def room(self) -> float:
        """The printable width in millimetres."""
        return self.width - 2 * self.padding


@dataclass(slots=True)
class Plan:
    """One label, measured and checked; drawn relative to its cell."""

    blocks: list[tuple[float, float, float, Fitted]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)
    symbols: list[tuple[Symbol, float, float, int, float]] = field(default_factory=list)

    def draw(self, paper: Paper, left: float, top: float, setting: Setting) -> None:
        """Draw the label with its cell's corner at (left, top)."""
        for x, y, room, fitted in self.blocks:
            paper.block(left + x, top + y, fitted, room)
        for y in self.rules:
            paper.rule(left + setting.padding, top + y, left + setting.width - setting.padding, top + y, ink=BLACK)
        for symbol, x, y, dots, height in self.symbols:
            paper.symbol(symbol, left + x, top + y, dots=dots, height=height)


@dataclass(frozen=True, slots=True)
class Head:
    """The sender and the logo, the same on every label: `foot` is where the rest may begin."""

    sender: Fitted
    logo_size: tuple[float, float]
    foot: float

    def draw(self, paper: Paper, setting: Setting) -> None:
        """Draw it in a cell whose corner is the page's."""
        x, top = setting.padding, setting.rim
        if self.logo_size[0]:
            paper.picture(logo(setting.letterhead.logo), x, top, *self.logo_size)
            x += self.logo_size[0] + 3
        # Beside a logo a single line stands at its middle, an address at its top.
        lower = 0.0 if setting.is_tall else max(0.0, (self.logo_size[1] - self.sender.height) / 2)
        paper.block(x, top + lower, self.sender, setting.width - setting.padding - x)
        paper.rule(setting.padding, self.foot, setting.width - setting.padding, self.foot, weight=0.3, ink=BLACK)


def head(setting: Setting) -> Head:
    """Sender and logo measured for these cells; Refused("shipping.too-long", field="sender")."""
    letter = setting.letterhead
    lines = [tidy(letter.name), *(line for line in letter.address.lines() if line != letter.name)]
    lines = [line for line in map(tidy, lines) if line]
    high = min(17.0, setting.height * 0.115) if setting.is_tall else max(4.5, setting.height * 0.13)
    logo_size = (0.0, 0.0)
    if letter.logo and (setting.is_tall or setting.height >= 45):
        logo_size = logo(letter.logo).within(setting.room * 0.34, high)
    room = setting.room - (logo_size[0] + 3 if logo_size[0] else 0)
    # On a low label the sender is one running line, on a tall one it stands as an address does.
    said = lines if setting.is_tall else [" · ".join(lines)]
    sizes = (7.5 if setting.height >= 45 else 6.0, SMALL_PRINT)
    found = fit(tuple(said), (room, high), sizes, bold=(0,) if setting.is_tall else ())
    if found is None:
        found = fit((" · ".join(lines),), (room, high), sizes)
    if found is None:
        raise too_long(letter.name, "sender", " · ".join(lines))
    foot = setting.rim + max(found.height, logo_size[1]) + (1.6 if setting.is_tall else 0.7)
    return Head(found, logo_size, foot)


def plan(content: LabelContent, setting: Setting, head: Head) -> Plan:
    """One label measured: Refused("shipping.too-long", field, number) or a barcode's refusal if it cannot be."""
    return _tall(content, setting, head.foot) if setting.is_tall else _strip(content, setting, head.foot)


def _tall(content: LabelContent, setting: Setting, top: float) -> Plan:
    made = Plan()
    if content.delivery or content.carrier:
        top += _service_row(made, content, setting, top)
        made.rules.append(top)
    foot = _codes(made, content, setting)
    facts_top = _facts_row(made, content, setting, foot)
    largest = 28.0 if setting.width >= 150 else 22.0 if setting.height >= 120 else 16.0
    _recipient(made, content, setting, (top + 2.5, facts_top - 2.0), setting.room, largest)
    return made


def _service_row(made: Plan, content: LabelContent, setting: Setting, top: float) -> float:
    """Delivery option at the left, loud, and the carrier at the right, on one baseline; answers the row's height."""
    gap, left, room = 1.4, setting.padding, setting.room
    high = 13.0 if setting.height >= 120 else 9.0
    carrier = tidy(content.carrier)
    share = 0.62 if content.delivery and carrier else 1.0
    size = 16.0 if room > 70 else 12.0
    loud = _fitted([tidy(content.delivery)], (room * share, high), (size, SMALL_PRINT), content, "delivery", bold=(0,))
    made.blocks.append((left, top + gap, room, loud))
    if not carrier:
        return loud.height + 2 * gap
    quiet = _fitted([carrier], (room * (1 - share) or room, high), (size * 0.75, SMALL_PRINT), content, "carrier")
    wide = max(width(line.text, quiet.size) for line in quiet.lines)
    lower = max(0.0, BASELINE * (loud.pitch - quiet.pitch))
    made.blocks.append((left + room - wide, top + gap + lower, wide, quiet))
    return max(loud.height, lower + quiet.height) + 2 * gap


def _codes(made: Plan, content: LabelContent, setting: Setting) -> float:
    """The shipment's Code 128 over the whole width at the foot; answers where it begins."""
    bars = code128(content.number)
    dots = bars.dots(setting.room)
    tall = max(10.0, min(20.0, setting.height * 0.13))
    caption = _fitted([content.number], (setting.room, 6.0), (11.0, SMALL_PRINT), content, "number")
    top = setting.height - setting.padding - caption.height - tall
    x = (setting.width - bars.width(dots)) / 2
    made.symbols.append((bars, x, top, dots, tall))
    wide = width(caption.lines[0].text, caption.size)
    made.blocks.append(((setting.width - wide) / 2, top + tall + 0.4, wide, caption))
    return top - 1.5


def _facts_row(made: Plan, content: LabelContent, setting: Setting, foot: float) -> float:
    """Order, carrier, messages at the left and the QR code at the right, above `foot`; answers where it begins."""
    left, room = setting.padding, setting.room
    high = max(12.0, min(22.0, setting.height * 0.15))
    if setting.with_qr:
        square = qr(content.number)
        dots = square.dots(high, most=8)
        side = square.width(dots)
        made.symbols.append((square, left + room - side + square.margin(dots), foot - side, dots, 0.0))
        room -= side
        high = side
    facts = _facts(content, setting.language)
    if not facts:
        return foot - (high if setting.with_qr else 0)
    # Many orders in one parcel take more of the label before they are refused.
    fitted = fit(tuple(facts), (room, high), (11.0, 6.0), bold=(0,), leading=1.3)
    if fitted is None:
        fitted = _fitted(facts, (room, 2.2 * high), (8.0, SMALL_PRINT), content, "order-numbers", bold=(0,))
    top = foot - max(high if setting.with_qr else 0, fitted.height)
    made.rules.append(top - 0.8)
    made.blocks.append((left, top + 0.5, room, fitted))
    return top - 0.8


def _strip(content: LabelContent, setting: Setting, top: float) -> Plan:
    made = Plan()
    left, room = setting.padding, setting.room
    bars = code128(content.number)
    dots = bars.dots(room, most=3 if setting.height >= 60 else 2)
    tall = max(6.5, setting.height * 0.18)
    print_size = 7.5 if setting.height >= 45 else 6.0
    caption = _fitted([content.number], (room, 3.4), (print_size, SMALL_PRINT), content, "number")
    bars_top = setting.height - setting.rim - tall - caption.height
    inset = bars.margin(dots)
    made.symbols.append((bars, left - inset, bars_top, dots, tall))
    made.blocks.append((left, bars_top + tall + 0.2, room, caption))
    foot = bars_top - 0.8
    taken = bars.width(dots) - inset
    if not _beside_bars(made, content, setting, (left + taken, bars_top)):
        facts = [*_service(content), *_facts(content, setting.language)]
        above = _fitted([" · ".join(facts)], (room, 8.0), (print_size, SMALL_PRINT), content, "delivery")
        foot -= above.height
        made.blocks.append((left, foot, room, above))
    wide = _corner_code(made, content, setting, top + 0.6, foot) if setting.with_qr else 0.0
    _recipient(made, content, setting, (top + 0.6, foot), room - wide, 16.0)
    return made


def _beside_bars(made: Plan, content: LabelContent, setting: Setting, corner: tuple[float, float]) -> bool:
    """Service, large, and facts at the right of the barcode; False, and nothing done, if they have no room there."""
    room = setting.width - setting.padding - corner[0]
    high = setting.height - setting.rim - corner[1]
    service, facts = _service(content), _facts(content, setting.language)
    if not service and not facts:
        return True
    if room < 18:
        return False
    loud = fit((" · ".join(service),), (room, high * 0.4), (13.0, SMALL_PRINT), bold=(0,)) if service else None
    left_over = high - (loud.height if loud else 0)
    quiet = fit(tuple(facts), (room, left_over), (9.0, SMALL_PRINT))
    if quiet is None or bool(service) != bool(loud):
        return False
    if loud:
        made.blocks.append((*corner, room, loud))
    made.blocks.append((corner[0], corner[1] + high - left_over, room, quiet))
    return True


def _corner_code(made: Plan, content: LabelContent, setting: Setting, top: float, foot: float) -> float:
    """The QR code at the right of the recipient; answers the width it takes from the address."""
    square = qr(content.number)
    dots = square.dots(min(foot - top, setting.room * 0.3), most=6)
    side = square.width(dots)
    made.symbols.append((square, setting.width - setting.padding - side + square.margin(dots), top, dots, 0.0))
    return side - square.margin(dots)


def _recipient(
    made: Plan, content: LabelContent, setting: Setting, span: tuple[float, float], room: float, largest: float
) -> None:
    """The address as large as it can be between two heights, a little above the middle."""
    top, foot = span
    sender_country = setting.letterhead.address.country
    lines = tuple(unicodedata.normalize("NFC", line) for line in content.recipient.lines(sender_country=sender_country))
    bold = furniture.loud(lines, content.recipient, sender_country)
    leading = 1.12 if setting.height < 45 else 1.2
    found = fit(lines, (room, foot - top), (largest, LEGIBLE), bold=bold, leading=leading)
    if found is None:
        raise address_too_long(content.number, content.recipient)
    air = (foot - top - found.height) * 0.4
    made.blocks.append((setting.padding, top + air, room, found))


def _service(content: LabelContent) -> list[str]:
    said = [tidy(content.delivery), tidy(content.carrier)]
    return [text for text in said if text]


def _facts(content: LabelContent, language: Language) -> list[str]:
    """Order numbers, parcel of how many, tracking and messages, a line each."""
    facts = []
    numbers = ", ".join(map(tidy, content.order_numbers))
    if len(content.order_numbers) == 1:
        facts.append(language.words("Order {number}").format(number=numbers))
    elif numbers:
        facts.append(language.words("Orders {numbers}").format(numbers=numbers))
    if content.parcels > 1:
        facts.append(language.words("Parcel {n} of {total}").format(n=content.parcel, total=content.parcels))
    if content.tracking:
        facts.append(language.words("Tracking {number}").format(number=tidy(content.tracking)))
    return facts + [tidy(message) for message in content.messages if message]


def _fitted(
    texts: Sequence[str],
    room: tuple[float, float],
    sizes: tuple[float, float],
    content: LabelContent,
    field_name: str,
    *,
    bold: tuple[int, ...] = (),
    leading: float = 1.2,
) -> Fitted:
    found = fit(tuple(texts), room, sizes, bold=bold, leading=leading)
    if found is None:
        raise too_long(content.number, field_name, " · ".join(texts))
    return found
