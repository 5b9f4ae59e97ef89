"""C08: a percentage or growth rate that does not follow from its figures.

Only where a sentence leaves no doubt what the rate is of: two figures of one
unit and one rate of growth; a figure, by how much it grew, and the rate; or a
share right after its part (「网上8件，占80%」) whose whole stands before it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .quantities import Quantity, quantities
from .sentences import excerpt, sentences, with_plain_digits, without_brackets, without_quotes

RATE = re.compile(
    r"(?P<word>增长|增加|上升|提高|提升|增幅|下降|减少|降低|降幅)(?:了|率|幅度|率?为|率?达到?)*\s*"
    r"(?P<vague>约|近|超过?|逾)?\s*(?P<number>[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*[%％](?!点)"
)
FALLS = ("下降", "减少", "降低", "降幅")
SHARE = re.compile(
    r"^[，,（(]?\s*(?:约)?占(?:比|总数|总量|全部|比例|比重)*[^，。；0-9约近超]{0,12}?\s*"
    r"(?P<number>[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*[%％]"
)
MOST_BEFORE = 200  # quantities among which a share's whole stands
YEARS = re.compile(r"20[0-9]{2}年|上一?年|去年|同期|由|从|同比")


def check_rates(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in NARRATIVES:
        part = sheet.edition.part(key).number
        for sentence in sentences(sheet.text(key)):
            said = without_quotes(with_plain_digits(sentence.text))
            if "%" not in said and "％" not in said:
                continue
            listed = [each for each in quantities(said) if not each.vague]
            yield from check_growth(part, sentence.text, without_brackets(said))
            yield from check_shares(part, sentence.text, said, listed)


def check_growth(part: int, quote: str, said: str) -> Iterator[Finding]:
    rates = list(RATE.finditer(said))
    every = list(quantities(said))
    if len(rates) != 1 or rates[0]["vague"] or any(each.vague for each in every):
        return
    rate = rates[0]
    falls = rate["word"] in FALLS
    counts = [each for each in every if not each.change]
    changes = [each for each in every if each.change]
    if len({each.unit for each in every}) != 1 or "分别" in said:
        return
    if len(counts) == 2 and not changes and YEARS.search(said):
        first, second = (Decimal(each.number) for each in counts)
        ways = [(first, second), (second, first)]
        right = [growth(now, before) for now, before in ways if before]
        right = [each for each in right if each and (each < 0) is falls]
    elif len(counts) == len(changes) == 1:
        step = Decimal(changes[0].number) * (-1 if falls else 1)
        before = Decimal(counts[0].number) - step
        right = [step / before * 100] if before > 0 else []
    else:
        return
    if right and not any(same(rate, abs(each)) for each in right):
        yield wrong(part, quote, rate, f"{rate['word']} {shown(rate, abs(right[0]))}%", every)


def growth(now: Decimal, before: Decimal) -> Decimal:
    return (now - before) / before * 100


def check_shares(part: int, quote: str, said: str, listed: list[Quantity]) -> Iterator[Finding]:
    for index, each in enumerate(listed):
        share = SHARE.match(said[each.end :])
        if not share or each.change:
            continue
        wholes = [
            Decimal(whole.number)
            for whole in listed[max(0, index - MOST_BEFORE) : index]
            if whole.unit == each.unit and whole.number >= each.number and whole.number
        ]
        if not wholes:
            continue
        values = [Decimal(each.number) / whole * 100 for whole in wholes]
        if not any(same(share, value) for value in values):
            yield wrong(part, quote, share, f"占 {shown(share, values[0])}%", listed)


def same(rate: re.Match[str], value: Decimal) -> bool:
    """Equal as far as it is stated, rounded or cut off."""
    unit = Decimal(1).scaleb(-len(rate["digits"] or ""))
    return abs(Decimal(rate["number"]) - value) < unit


def shown(rate: re.Match[str], value: Decimal) -> str:
    places = max(len(rate["digits"] or ""), 1)
    return format(Decimal(f"{value:.{places}f}").normalize(), "f")


def wrong(
    part: int, quote: str, rate: re.Match[str], right: str, listed: list[Quantity]
) -> Finding:
    said = f"{rate['number']}%"
    return Finding(
        "C08",
        Severity.EXPLAIN,
        f"文中写 {said}，按 {'、'.join(map(str, listed[:4]))}计算应为{right}："
        f"“{excerpt(quote.rstrip('。；'))}”。请核对，或者说明计算口径。",
        part=part,
        left=said,
        right=right,
        quote=quote,
    )
