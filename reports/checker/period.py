"""C13: the figures cover 1 January to 31 December of the report year.

The period stands in the preface, or in part one of a report without one
(format.md: the preface is customary). Another period is an error. That none is
stated is to be explained, not an error: the form asks for the year's figures,
and custom for the sentence. A report without any text yet is left in peace.
"""

import re
from collections.abc import Iterator

from reports.editions.wording import period_text
from reports.sheet import Sheet

from .dates import span_in
from .finding import Context, Finding, Severity
from .sentences import YEAR, Sentence, sentences, with_plain_digits

WHERE = ("preface", "overview")
STATED = re.compile(
    r"统计.{0,4}(?:期限|时限|时间|时段|周期|区间|期间|范围|起止)"
    r"|数据.{0,6}(?:期限|时限|时段|周期|起止|统计[自从截])|所列.{0,4}数据"
    r"|报告期|(?:报告|年报).{0,12}(?:期限|时限|时段)"
)
REPORTED = re.compile(r"报告|年报|公布|数据")  # enough in the preface, beside two days
WHOLE_YEAR = re.compile(r"全年|本年度|当年")


def check_period(sheet: Sheet, context: Context) -> Iterator[Finding]:
    if not sheet.year:  # a document whose year nobody knows has no period to be held to
        return
    stated = False
    for key in WHERE:
        part = sheet.edition.part(key)
        for sentence in sentences(sheet.text(key)):
            if not states_period(sentence, key):
                continue
            stated = True
            if said := other_period(sentence.text, sheet.year):
                yield wrong(sheet, part.number, sentence, said)
    if not stated and any(sheet.text(key).strip() for key in WHERE):
        yield Finding(
            "C13",
            Severity.EXPLAIN,
            f"全文没有写明所列数据的统计期限，应为{period_text(sheet.year)}。请在前言中写明，或者说明原因。",
            part=0,
            right=period_text(sheet.year),
        )


def states_period(sentence: Sentence, part: str) -> bool:
    """Whether a sentence says which days the figures cover."""
    text = with_plain_digits(sentence.text)
    span = span_in(text)
    if span and span.start and part == "preface" and REPORTED.search(text):
        return True
    dated = span or YEAR.search(text) or WHOLE_YEAR.search(text)
    return bool(dated and STATED.search(text))


def other_period(text: str, year: int) -> str:
    """The period that a sentence states, "" where it is the report year."""
    if span := span_in(text):
        return "" if span.is_year(year) else str(span)
    years = [int(each) for each in YEAR.findall(with_plain_digits(text))]
    return f"{years[0]}年度" if years and year not in years else ""


def wrong(sheet: Sheet, part: int, sentence: Sentence, said: str) -> Finding:
    right = period_text(sheet.year)
    return Finding(
        "C13",
        Severity.ERROR,
        f"统计期限写的是{said}，应为{right}。请改正，并核对各项数据是否按全年统计。",
        part=part,
        left=said,
        right=right,
        quote=sentence.text,
    )
