"""C15: a section that is nearly last year's, or another body's.

Two texts are compared by their shingles (runs of four characters) after taking
out what every report has in common: numbers, years, names of laws, documents
and bodies, headings, and the set phrases of disclosure. So a report that says
the same of its routine in the same words is found, and one that shares only
the law's words is not. Short texts are alike by nature and are let alone.

Which of ten thousand texts are worth comparing is told by their ``bands``, kept
with each submitted text; how much is the same, by ``alike`` alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from reports.editions.common import GOVERNMENT_TOPICS, PROBLEM_HALVES, TOPICS
from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .sentences import ADDRESS, BRACKETED, QUOTED, with_plain_digits

SECTIONS = ("overview", "problems")
RUN = 4  # characters
SHORTEST = 150  # characters that are left to compare
EXPLAINED, REFUSED = 70, 90  # per cent (findings.md)
BANDS, ENOUGH = 24, 2  # of a fingerprint; and how many two texts share to be compared
LAST_YEARS, SISTERS = "上一年度报告", "其他机关同年度的报告"
UNPUBLISHED = "另一机关已经送审、尚未公布的同年度报告"
SET_PHRASES = re.compile(
    "|".join(
        sorted(
            (
                *TOPICS, *GOVERNMENT_TOPICS, *PROBLEM_HALVES,
                "政府信息公开工作", "政务公开工作", "政府信息公开", "政务公开", "信息公开", "公开工作",
                "中华人民共和国", "习近平新时代中国特色社会主义思想", "行政复议", "行政诉讼",
                "公民、法人和其他组织", "法人或其他组织", "依申请公开", "人民群众", "社会公众",
                "知情权、参与权、表达权、监督权", "知情权、参与权和监督权", "及时、准确、全面",
                "坚持以公开为常态、不公开为例外", "以公开为原则，不公开为例外", "谁公开、谁审查、谁负责",
                "没有收到", "未收到", "本年度", "下一步", "存在的主要问题",
            ),
            key=len,
            reverse=True,
        )
    )
)  # fmt: skip
NUMBERS = re.compile(
    r"[0-9]+|[零〇一二两三四五六七八九十百千万亿]+(?=[条件篇项个次期份人年月日是、）)])"
)
BODY = re.compile(r"[我本全](?:局|委|会|县|市|区|镇|乡|街道|单位|机关|部门|省|厅|办|院)")
NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z]")


def check_likeness(sheet: Sheet, context: Context) -> Iterator[Finding]:
    for key in SECTIONS:
        mine = shingles(essence(sheet, key))
        compared = [
            (alike(mine, shingles(essence(other, key))), whose, said)
            for other, whose, said in others(context)
            if mine and other is not sheet
        ]
        percent, whose, said = max(compared, key=lambda each: each[0], default=(0, "", ""))
        if percent < EXPLAINED:
            continue
        part = sheet.edition.part(key)
        severity = Severity.ERROR if percent >= REFUSED else Severity.EXPLAIN
        step = (
            "请按本年的实际情况重写"
            if percent >= REFUSED
            else "请按本年的实际情况改写，或者说明原因"
        )
        yield Finding(
            "C15",
            severity,
            f"“{part.title}”去掉数字和套话后，与{said}有 {percent}% 相同。{step}。",
            part=part.number,
            left=f"{percent}%",
            right=whose,
        )


def others(context: Context) -> Iterator[tuple[Sheet, str, str]]:
    """Each text to compare with, whose it is, and what the message calls it.

    A sister is called the same before and after it is published, so that a
    reason once given stands; only the message names it.
    """
    if context.last_year:
        yield context.last_year, LAST_YEARS, LAST_YEARS
    for sister in context.sisters:
        said = f"{sister.sheet.agency}的报告" if sister.public else UNPUBLISHED
        yield sister.sheet, SISTERS, said


def alike(first: Counter[str], second: Counter[str]) -> int:
    """How much of two texts is the same, in per cent of their shingles."""
    if not first or not second:
        return 0
    common = sum((first & second).values())
    return 200 * common // (sum(first.values()) + sum(second.values()))


def bands(sheet: Sheet, key: str) -> tuple[int, ...]:
    """A section's fingerprint: 64-bit values of which two alike texts share some.

    One-permutation MinHash: each shingle (the second of the same is another)
    falls into one of ``2 * BANDS`` bins, the least of each bin is kept, and two
    bins make a band. Texts 70 % alike by ``alike`` share 54 % of all shingles
    they have together, and so at least ``ENOUGH`` of their bands in 997 cases
    of 1,000. The values hold section and year: nothing else needs to be asked
    for. A text too short to compare has none.
    """
    counted = shingles(essence(sheet, key))
    if not counted:
        return ()
    least = [0] * (2 * BANDS)
    for run, times in counted.items():
        for again in range(times):
            rest, bin_ = divmod(digest(f"{again}{run}"), 2 * BANDS)
            least[bin_] = min(least[bin_] or rest, rest)
    return tuple(
        digest(f"{sheet.year} {key} {band} {least[2 * band]} {least[2 * band + 1]}", signed=True)
        for band in range(BANDS)
    )


def digest(text: str, *, signed: bool = False) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=signed)


def essence(sheet: Sheet, key: str) -> str:
    """What is left of a text without names, numbers and set phrases."""
    text = with_plain_digits(sheet.text(key))
    for pattern in (ADDRESS, QUOTED, BRACKETED, BODY, SET_PHRASES, NUMBERS):
        text = pattern.sub("", text)
    if sheet.agency:
        text = text.replace(sheet.agency, "")
    return NOT_WORDS.sub("", text)


def shingles(text: str) -> Counter[str]:
    if len(text) < SHORTEST:
        return Counter()
    return Counter(text[at : at + RUN] for at in range(len(text) - RUN + 1))
