"""C07: a sum within the text: 「53条（项），其中…2条、1条、44条、2条、2条」 makes 51.

「其中」 does not promise that all is listed, so a list that makes less than the
whole is wrong only where it means to be complete: it says 分别为, ends with 其他,
divides into 自然人 and 法人, or is long and all but makes the whole. A list that
makes more is wrong unless its items overlap, as the channels of publication do.
What follows the list may be counted apart from it: any beginning of the list
that makes the whole is right.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate, pairwise

from reports.editions.grammar import Number, plain
from reports.sheet import NARRATIVES, Sheet

from .finding import Context, Finding, Severity
from .quantities import Quantity, quantities
from .sentences import BRACKETED, excerpt, without_quotes

STRETCH = re.compile(r"(?:[^。！？\n]|。(?=其中))+")
OPENS = re.compile(
    r"其中|(?:(?<=[，,（(：:])|(?<=□))其(?![他它余次间]|中)(?=[\u4e00-\u9fff]{2,8}[0-9])"
    r"|分别[为是有]|(?<=[，,（(])(?:包括|包含|含)[:：]?"
)
OVERLAPPING = re.compile(
    r"网站|微信|微博|公众号|平台|新媒体|公告栏|公示栏|客户端|抖音|短视频|渠道|方式|媒体|报纸|电视|App|APP"
)
INSIDE = re.compile(r"其中|包括|分别[为是有]?|含")
COMPARED = re.compile(r"[，,；;](?=(?:较|比|与|同比|相比)[^，；]*[0-9])")
RESIDUE = re.compile(r"其他|其它|其余|另外")
PERSONS = re.compile(r"自然人|公民|个人")
BODIES = re.compile(r"法人|组织|企业")
LAST_YEAR = re.compile(r"上年|去年|上一年|同期|[0-9]年")
SUMMED = re.compile(r"(?:共计|合计|总计|累计)$")
FAR = 1_000  # characters before a list in which its whole stands
LONG = 4  # items
ALL_BUT = 50  # likewise a list of one item less
NEARLY = 20  # a long list that lacks no more than one in so many is meant to be complete


def check_sums(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for number, text in texts(sheet):
        for stretch in STRETCH.findall(text):
            yield from check_stretch(number, stretch.strip())


def texts(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """The prose by part, with what a document says beside its tables."""
    for key in NARRATIVES:
        yield sheet.edition.part(key).number, sheet.text(key)
    for addition in sheet.printed.additions:
        if addition.text:
            yield (
                next((p.number for p in sheet.edition.parts if p.key == addition.part), 0),
                addition.text,
            )


def check_stretch(part: int, stretch: str) -> Iterator[Finding]:
    yield from check_brackets(part, stretch)
    said = BRACKETED.sub(blotted, without_quotes(stretch))
    openings = list(OPENS.finditer(said))
    if not openings:
        yield from check_trailing(part, stretch, said)
    told = list(quantities(said)) if openings else []
    ends = [each.end for each in told]
    for index, opening in enumerate(openings):
        end = openings[index + 1].start() if index + 1 < len(openings) else len(said)
        near = bisect(ends, opening.start() - FAR), bisect(ends, opening.start())
        before = [each for each in told[slice(*near)] if not each.change]
        listed = said[opening.end() : end]
        if before:
            yield from check_list(part, stretch, before, list_of(listed, opening[0]), opening[0])
        else:
            yield from check_trailing(part, stretch, said[opening.start() : end])


def list_of(listed: str, opening: str) -> str:
    """The list without what is compared after it, or told after a list that is closed."""
    listed = COMPARED.split(listed)[0]
    first = listed.split("；")[0]
    return first if opening.startswith("分别") and "、" in first else listed


def check_brackets(part: int, stretch: str) -> Iterator[Finding]:
    """「40条（其中30条、20条）」: a list in brackets divides what stands before it."""
    said = without_quotes(stretch)
    for found in BRACKETED.finditer(said):
        inside = found[0][1:-1]
        opening = INSIDE.match(inside)
        before = list(quantities(BRACKETED.sub(blotted, said[: found.start()])))
        if opening and before and len(list(quantities(inside))) > 1:
            yield from check_list(
                part, stretch, before, inside[opening.end() :], opening[0], bracketed=True
            )


def blotted(found: re.Match[str]) -> str:
    return "□" * len(found[0])


def check_list(
    part: int,
    stretch: str,
    before: list[Quantity],
    listed: str,
    opening: str,
    bracketed: bool = False,
) -> Iterator[Finding]:
    """The items of a list against the figures before it; any beginning may make the whole."""
    if LAST_YEAR.search(listed):
        return
    whole = before[-1]
    items = [each for each in quantities(listed) if each.unit == whole.unit and not each.change]
    if whole.vague or any(each.vague for each in items):
        return
    wholes = {whole.number} if bracketed else {e.number for e in before if e.unit == whole.unit}
    sums = list(accumulate(each.number for each in items))
    if items and not wholes & set(sums) and is_wrong(whole.number, items, listed, opening):
        yield wrong(part, stretch, whole, items)


def is_wrong(whole: Number, items: list[Quantity], listed: str, opening: str) -> bool:
    made: Number = sum(each.number for each in items)
    if made > whole:
        first = next(
            n for n, each in enumerate(accumulate(i.number for i in items)) if each > whole
        )
        more = "；" in listed or first + 1 < len(items)
        doubtful = more and items[0].number < whole and not RESIDUE.search(items[-1].about)
        return (
            not OVERLAPPING.search(listed) and not doubtful and "，" not in between(items, listed)
        )
    if "；" in listed and len(items) < LONG:
        return False
    complete = (
        RESIDUE.search(items[-1].about)
        or (opening.startswith("分别") and len(items) > 1)
        or (len(items) == 2 and PERSONS.search(items[0].about) and BODIES.search(items[1].about))
        or (len(items) >= LONG and NEARLY * (whole - made) <= whole)
        or (len(items) == LONG - 1 and ALL_BUT * (whole - made) <= whole)
    )
    return bool(complete) and len(items) > 1


def between(items: list[Quantity], listed: str) -> str:
    """What divides the items: a new clause counts something else perhaps."""
    return "".join(
        listed[one.end : other.start - len(other.about)]
        for one, other in pairwise(items)
        if re.search(r"办结|答复|结转|办理|收到|处理|公开$", other.about)
    )


def check_trailing(part: int, stretch: str, said: str) -> Iterator[Finding]:
    """「…信息1条、…4条、…2条，共计7条」: the whole stands at the end."""
    listed = list(quantities(said))
    for index, whole in enumerate(listed):
        if not SUMMED.search(whole.about.strip()) or whole.vague:
            continue
        items = [each for each in listed[:index] if each.unit == whole.unit]
        if len(items) < LONG:
            continue
        if any(each.vague or each.change for each in items) or len(items) < index:
            return
        if whole.number not in {0, *accumulate(each.number for each in reversed(items))}:
            made: Number = sum(each.number for each in items)
            if NEARLY * difference(made, whole.number) <= 2 * made:
                yield wrong(part, stretch, whole, items)
        return


def difference(one: Number, other: Number) -> Number:
    return one - other if one > other else other - one


def wrong(part: int, stretch: str, whole: Quantity, items: list[Quantity]) -> Finding:
    made: Number = sum(each.number for each in items)
    listed = "＋".join(plain(each.number) for each in items)
    apart = plain(difference(made, whole.number))
    return Finding(
        "C07",
        Severity.ERROR,
        f"文中总数是 {plain(whole.number)}{whole.unit}，所列各项{listed}＝{plain(made)}，相差 {apart}："
        f"“{excerpt(stretch)}”。请核对总数和各项。",
        part=part,
        left=plain(whole.number),
        right=plain(made),
        quote=stretch,
    )
