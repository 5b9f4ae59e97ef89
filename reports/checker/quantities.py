"""Numbers with a unit as prose states them: 「23条」, 「十二件」, 「1.2万余条」, 「增长15%」."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.editions.grammar import plain

from .sentences import DIGITS

VALUES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
WEIGHTS = {"": 1, "万": 10_000, "亿": 100_000_000}
UNITS = "件次|人次|条|件|项|个|篇|份|期|宗|起|部|场|次|人|名|元|则|张|块|幅"
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|[零〇一二两三四五六七八九十百千]{1,9}"
QUANTITY = re.compile(
    rf"(?P<before>大约|约|接近|将近|近|超过|超|突破|不少于|不低于|至少|达到|达|多达|逾)?\s*"
    rf"(?<![0-9.第])(?P<number>{NUMBER})\s*(?P<more>[余多])?(?P<weight>[万亿])?(?P<rest>[余多])?"
    rf"\s*(?P<unit>{UNITS})(?P<after>以上|左右|多|余)?"
)
VAGUE = {"大约", "约", "接近", "将近", "近", "超过", "超", "突破", "不少于", "不低于", "至少", "逾"}
PERCENT = re.compile(r"(?P<vague>约|近|超过?|逾)?\s*(?P<number>[0-9]+(?:\.[0-9]+)?)\s*[%％](?!点)")
CHANGE = re.compile(
    r"(?:增加|增长|增多|增幅|新增加|减少|下降|降低|多出|提高|上升|净增|同比|环比|相比|多了?|少了?)"
    r"(?:了|为|到)?(?:约)?$"
)
LONGEST_ABOUT = 400  # characters
SEPARATOR = re.compile(r"[，,、；;。：:（）()]")


@dataclass(frozen=True)
class Quantity:
    """A number, its unit, and where it stands; ``about`` is what the words before it say."""

    number: int | Decimal
    unit: str
    start: int
    end: int
    about: str
    vague: bool = False  # 余, 多, 约, 近, 超: a range, no equality
    change: bool = False  # by how much, not how many

    def __str__(self) -> str:
        return f"{plain(self.number)}{self.unit}"


def quantities(text: str) -> Iterator[Quantity]:
    """What a sentence counts, in its order."""
    text = text.translate(DIGITS)
    begun = seen = 0  # where the clause begins, and how far it was looked for
    for found in QUANTITY.finditer(text):
        for separator in SEPARATOR.finditer(text, seen, found.start()):
            begun = separator.end()
        seen = found.start()
        number = value_of(found["number"])
        if number is None:
            continue
        value = number * WEIGHTS[found["weight"] or ""]
        start = found.start("number")
        about = text[max(begun, found.start() - LONGEST_ABOUT) : found.start()]
        vague = found["before"] in VAGUE or any(found[g] for g in ("more", "rest", "after"))
        yield Quantity(
            int(value) if value == value.to_integral_value() else value,
            found["unit"],
            start,
            found.end(),
            about,
            vague or bool(found["weight"] and found["unit"] != "元"),  # 「1.2万条」 is rounded
            bool(CHANGE.search(about)),
        )


def value_of(text: str) -> Decimal | None:
    if text[0] in "0123456789":
        return Decimal(text.replace(",", ""))
    if len(text) > 1 and not any(c in TENS for c in text):
        return None  # 「一二」 counts nothing
    whole = digit = 0
    for character in text:
        if character in TENS:
            whole += (digit or 1) * TENS[character]
            digit = 0
        else:
            digit = VALUES[character]
    return Decimal(whole + digit)
