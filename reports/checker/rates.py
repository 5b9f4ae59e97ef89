"""C08: a percentage or growth rate that does not follow from its figures.

Only where a sentence leaves no doubt what the rate is of: two figures of one
unit and one rate of growth; a figure, by how much it grew, and the rate; or a
share right after its part (「网上8件，占80%」) whose whole stands before it; a rate
against a figure that is named (「较上年的36件增长25%」), or against last year's report
(「新收申请45件，同比增长25%」).
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
WORD = r"(?P<word>增长|增加|上升|提高|增多|下降|减少|降低)(?:了|率为|到)?\s*(?P<vague>约|近|超过?|逾)?\s*"
NAMED_BASE = re.compile(
    rf"(?:较|比|与)(?:20[0-9]{{2}}年|上年|去年|上一年)度?[^，。；0-9增减多少]{{0,8}}?的?(?P<base>[0-9]+[余多]?\s*[\u4e00-\u9fff])"
    rf"[^。；%％]{{0,12}}?{WORD}(?P<number>[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*[%％](?!点)"
)
RETURNED = re.compile(r"回收率(?:为|达到?)?\s*(?P<number>[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*[%％]")
YEAR_ON_YEAR = re.compile(
    r"(?:新收|收到|受理|接到)[^，。；0-9]{0,12}公开申请(?:共|共计)?(?P<now>[0-9]+)[件条份]，?"
    r"(?:与?(?:上年|去年|上一年度?)(?:同期)?相比|同比|(?:较|比)(?:上年|去年|上一年度?)(?:同期)?)"
    rf"{WORD}(?P<number>[0-9]+(?:\.(?P<digits>[0-9]+))?)\s*(?P<unit>[%％件])(?!点)"
)
FAR = 80  # characters before its sentence in which a figure may stand that is compared
MOST_BEFORE = 200  # quantities among which a share's whole stands
YEARS = re.compile(r"20[0-9]{2}年|上一?年|去年|同期|由|从|同比")


def check_rates(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in NARRATIVES:
        part = sheet.edition.part(key).number
        earlier: dict[int, str] = {}
        for sentence in sentences(sheet.text(key)):
            said = without_quotes(with_plain_digits(sentence.text))
            if "%" not in said and "％" not in said:
                earlier[sentence.paragraph] = earlier.get(sentence.paragraph, "") + said
                continue
            before = earlier.get(sentence.paragraph, "")
            whole = before + said
            listed = [each for each in quantities(whole) if not each.vague]
            found = list(check_named_base(part, sentence.text, whole, len(before)))
            yield from found or check_growth(part, sentence.text, without_brackets(said))
            if not said.startswith("其中"):
                listed = [each for each in quantities(said) if not each.vague]
                whole, before = said, ""
            yield from check_shares(part, sentence.text, whole, listed, len(before))
            yield from check_returned(part, sentence.text, said, listed)
            earlier[sentence.paragraph] = earlier.get(sentence.paragraph, "") + said
    yield from check_against_last_year(sheet, context.last_year)


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


def check_named_base(part: int, quote: str, said: str, start: int) -> Iterator[Finding]:
    """「…56条…；较2020年的50条增长12%」: the base stands in the comparison itself."""
    for found in NAMED_BASE.finditer(said, start):
        base = next(quantities(found["base"]), None)
        if base is None or base.vague or not base.number or found["vague"]:
            continue
        before = [
            each
            for each in quantities(said[: found.start()])
            if each.unit == base.unit and not each.change and each.end > start - FAR
        ]
        if not before or any(each.vague for each in before):
            continue
        falls = found["word"] in FALLS
        rates = [growth(Decimal(each.number), Decimal(base.number)) for each in before]
        rates = [each for each in rates if each and (each < 0) is falls]
        if rates and not any(same(found, abs(each)) for each in rates):
            right = f"{found['word']} {shown(found, abs(rates[-1]))}%"
            yield wrong(part, quote, found, right, [before[-1], base])


def check_returned(part: int, quote: str, said: str, listed: list[Quantity]) -> Iterator[Finding]:
    """「发放问卷200份，收回186份，回收率93%」."""
    found = RETURNED.search(said)
    counts = (
        [each for each in quantities(said[: found.start()]) if each.unit == "份"] if found else []
    )
    if not found or len(counts) < 2 or not counts[-2].number or any(e.vague for e in counts[-2:]):
        return
    rate = Decimal(counts[-1].number) / Decimal(counts[-2].number) * 100
    if not same(found, rate):
        yield wrong(part, quote, found, f"{shown(found, rate)}%", counts[-2:])


def check_against_last_year(sheet: Sheet, last_year: Sheet | None) -> Iterator[Finding]:
    """「新收申请45件，同比增长25%」, 「较上年增加9件」, by last year's report."""
    if last_year is None:
        return
    for key in NARRATIVES:
        for sentence in sentences(sheet.text(key)):
            said = without_brackets(without_quotes(with_plain_digits(sentence.text)))
            found = YEAR_ON_YEAR.search(said)
            if found and not found["vague"]:
                yield from against(
                    sheet, last_year, sheet.edition.part(key).number, sentence.text, found
                )


def against(
    sheet: Sheet, last_year: Sheet, part: int, quote: str, found: re.Match[str]
) -> Iterator[Finding]:
    """Every reading of what was received, this year's and last year's."""
    total = sheet.edition.applications.across.right[0].keys[0]
    pairs = []
    for lines in (("received",), ("received", "brought_forward")):
        now, last = (
            sum(
                (Decimal(each.applications.get(total, {}).get(line) or 0) for line in lines),
                Decimal(),
            )
            for each in (sheet, last_year)
        )
        if str(now) == found["now"]:
            pairs.append((now, last))
    sign = -1 if found["word"] in FALLS else 1
    if found["digits"] is None and found["unit"] == "件":
        right = [sign * (now - last) for now, last in pairs]
        fits = Decimal(found["number"]) in right
        said, mean = f"{found['number']}件", f"{right[0]}件" if right else ""
    else:
        right = [sign * growth(now, last) for now, last in pairs if last]
        fits = any(same(found, each) for each in right)
        said, mean = f"{found['number']}%", f"{shown(found, right[0])}%" if right else ""
    if right and not fits:
        now, last = pairs[0]
        yield Finding(
            "C08",
            Severity.EXPLAIN,
            f"文中写{found['word']} {said}，上一年度报告是 {last}件，本年 {now}件，应为{found['word']} {mean}："
            f"“{excerpt(quote.rstrip('。；'))}”。请核对，或者说明计算口径。",
            part=part,
            left=said,
            right=mean,
            quote=quote,
        )


def growth(now: Decimal, before: Decimal) -> Decimal:
    return (now - before) / before * 100


def check_shares(
    part: int, quote: str, said: str, listed: list[Quantity], start: int
) -> Iterator[Finding]:
    for index, each in enumerate(listed):
        share = SHARE.match(said[each.end :])
        if not share or each.change:
            continue
        wholes = [
            Decimal(whole.number)
            for whole in listed[max(0, index - MOST_BEFORE) : index]
            if whole.unit == each.unit and whole.number >= each.number and whole.number
        ]
        if not wholes or each.end <= start:
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
