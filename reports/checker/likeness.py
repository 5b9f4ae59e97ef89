"""C15: a section that is nearly last year's, or another body's.

Two texts are compared by their shingles (runs of four characters) after taking
out what every report has in common: numbers, years, names of laws, documents
and bodies, headings, and the set phrases of disclosure. So a report that says
the same of its routine in the same words is found, and one that shares only
the law's words is not. Short texts are alike by nature and are let alone.
"""

import re
from collections import Counter
from collections.abc import Iterator

from reports.editions.common import GOVERNMENT_TOPICS, PROBLEM_HALVES, TOPICS
from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .sentences import ADDRESS, BRACKETED, QUOTED, with_plain_digits

SECTIONS = ("overview", "problems")
RUN = 4  # characters
SHORTEST = 150  # characters that are left to compare
EXPLAINED, REFUSED = 70, 90  # per cent (findings.md)
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
        part = sheet.edition.part(key)
        compared = [
            (alike(sheet, other, key), whose, other)
            for whose, other in others(context)
            if other is not sheet
        ]
        percent, whose, other = max(compared, key=lambda each: each[0], default=(0, "", sheet))
        if percent < EXPLAINED:
            continue
        severity = Severity.ERROR if percent >= REFUSED else Severity.EXPLAIN
        step = (
            "请按本年的实际情况重写"
            if percent >= REFUSED
            else "请按本年的实际情况改写，或者说明原因"
        )
        yield Finding(
            "C15",
            severity,
            f"“{part.title}”去掉数字和套话后，与{whose or other.agency + '的报告'}有 {percent}% 相同。{step}。",
            part=part.number,
            left=f"{percent}%",
            right=whose or other.agency,
        )


def others(context: Context) -> Iterator[tuple[str, Sheet]]:
    if context.last_year:
        yield "上一年度报告", context.last_year
    for sister in context.sisters:
        yield "", sister


def alike(sheet: Sheet, other: Sheet, key: str) -> int:
    """How much of two texts is the same, in per cent."""
    first, second = (shingles(essence(each, key)) for each in (sheet, other))
    if not first or not second:
        return 0
    common = sum((first & second).values())
    return 200 * common // (sum(first.values()) + sum(second.values()))


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
