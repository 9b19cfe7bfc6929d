"""Search as you type over the documents of a shop: every stage of typing names, numbers, SKUs and e-mails."""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from backoffice.shop import Shop
from backoffice.store import search
from benchmarks import kept
from benchmarks.floor import Measure, within

SEED = 20261122
BATCH = 20_000
SEARCHES = 150
SMALL = 100_000
FIRST = (
    "ana",
    "maría",
    "josé",
    "antonio",
    "carmen",
    "juan",
    "laura",
    "pedro",
    "lucía",
    "carlos",
    "sofía",
    "miguel",
    "elena",
    "javier",
    "isabel",
    "david",
    "marta",
    "daniel",
    "paula",
    "alejandro",
    "sara",
    "pablo",
    "rosa",
    "jorge",
    "luis",
    "eva",
    "raúl",
    "irene",
    "iván",
    "nuria",
    "óscar",
    "julia",
    "víctor",
    "silvia",
    "rubén",
    "alba",
)
HEADS = ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "gr", "tr")
TAILS = ("a", "e", "i", "o", "u", "an", "er", "ez", "ía", "ón")
DOMAINS = ("gmail.com", "hotmail.com", "yahoo.es", "outlook.com", "icloud.com", "example.org", "telefonica.net")
KINDS = ("order", "order", "order", "order", "customer", "product")


def words(chance: random.Random, count: int, syllables: tuple[int, ...]) -> list[str]:
    """Words that look like words, each made of so many syllables."""
    return [
        "".join(chance.choice(HEADS) + chance.choice(TAILS) for _ in range(chance.choice(syllables)))
        for _ in range(count)
    ]


class Town:
    """People who buy and things they buy, the same ones on every run."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)
        self.surnames = words(self.chance, 4000, (2, 3))
        trade = words(self.chance, 3000, (2, 3, 4))
        self.products = [
            (f"{self.chance.choice(('AB', 'CUP', 'TS', 'LMP'))}-{n}.{n % 9}", " ".join(self.chance.choices(trade, k=4)))
            for n in range(100, 2100)
        ]

    def document(self, number: int) -> tuple[str, int, str, str]:
        """What one record is found by: kind, id, title, text of about fifteen words."""
        pick = self.chance.choice
        first, last, one, other = pick(FIRST), pick(self.surnames), pick(self.products), pick(self.products)
        mail = f"{first}.{last}{number % 97}@{pick(DOMAINS)}"
        bought = f"{one[0]} {one[1]} {other[0]} {other[1]}"
        text = f"{number:07d} {100_000_000 + number * 7} {first} {last} {mail} {1000 + number % 51000:05d} {bought}"
        return pick(KINDS), number, f"{number:07d}", text

    def typed(self, documents: int) -> str:
        """What somebody means to type."""
        pick = self.chance.choice
        first, last, number = pick(FIRST), pick(self.surnames), self.chance.randrange(1, documents)
        wishes = (
            first,
            last,
            f"{first} {last}",
            f"{last} {pick(DOMAINS)}",
            f"{number:07d}",
            str(100_000_000 + number * 7),
            pick(self.products)[0].lower(),
            f"{first}.{last}{number % 97}@gmail.com",
            f"{pick(self.products)[1].split()[0]} {first}",
            "nobody at all",
        )
        return pick(wishes)


def a_shop_of(folder: Path, documents: int) -> Shop:
    """A shop in which so many records can be found; the caller's own, in `folder`."""
    file = kept.copy_of("search", documents, lambda at: _made(at, documents), sys.modules[__name__], into=folder)
    return Shop.open(file)


def _made(folder: Path, documents: int) -> Path:
    place = {"currency": "EUR", "country": "ES", "zone": "Europe/Madrid"}
    shop = Shop.create(folder / "search.backoffice", name="Search", **place)
    town = Town()
    for begun in range(1, documents + 1, BATCH):
        batch = [town.document(number) for number in range(begun, min(begun + BATCH, documents + 1))]
        with shop.work() as work:
            work.session.connection().exec_driver_sql("CREATE TEMP TABLE IF NOT EXISTS made (a, b, c, d)")
            work.session.connection().exec_driver_sql("INSERT INTO temp.made VALUES (?, ?, ?, ?)", batch)
            search.put_all(work.session, "SELECT a, b, c, d FROM temp.made")
            work.session.connection().exec_driver_sql("DELETE FROM temp.made")
    shop.close(backup=False)
    return shop.path


def type_in(shop: Shop, wish: str, kinds: tuple[str, ...] | None) -> Iterator[float]:
    """Types a wish letter by letter from the second on; the CPU time of each search."""
    for end in range(2, len(wish) + 1):
        began = time.process_time()
        shop.ask(search.find, wish[:end], kinds=kinds)
        yield time.process_time() - began


def main(scale: int) -> Iterator[Measure]:
    """`scale` documents; what people wait for at each letter."""
    with tempfile.TemporaryDirectory() as folder:
        shop = a_shop_of(Path(folder) / "many", scale)
        times = _typing(shop, scale)
        yield within(f"search, half of {len(times)} letters", ours=times[len(times) // 2], goal=0.002)
        yield within("search, 95 in 100 letters", ours=times[len(times) * 95 // 100], goal=0.016)
        yield within("search, the slowest letter", ours=times[-1], goal=0.030)
        began = time.process_time()
        shop.ask(search.count, "ga")
        yield within("count of a common beginning", ours=time.process_time() - began, goal=0.016)
        shop.close(backup=False)
        if scale > SMALL:
            few = a_shop_of(Path(folder) / "few", SMALL)
            small = _typing(few, SMALL)
            few.close(backup=False)
            for name, share in (("half of the letters", 50), ("95 in 100 letters", 95)):
                grown = times[len(times) * share // 100] / small[len(small) * share // 100]
                yield within(f"search, {name}, beside 100k documents", ours=grown, goal=2.0, unit="x")


def _typing(shop: Shop, documents: int) -> list[float]:
    """CPU seconds of each letter's search, the quickest first."""
    town = Town()
    shop.ask(search.find, "warm up")
    return sorted(
        taken
        for turn in range(SEARCHES)
        for taken in type_in(shop, town.typed(documents), ("order",) if turn % 3 == 0 else None)
    )
