"""C14: the signature: the body's name and the date (成文日期).

A date before the period ends is wrong: the year's figures cannot be known.
One after the legal deadline (article 49; editions.bodies) is to be explained.
Where a body's kind is not known the later deadline counts, so that nobody is
called late who may not be.
"""

from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, date

from reports.editions.bodies import BodyKind, deadline
from reports.editions.wording import date_text, period_of
from reports.sheet import Sheet

from .finding import Context, Finding, Severity
from .standing import body_of


def check_signature(sheet: Sheet, context: Context) -> Iterator[Finding]:
    yield from check_missing(sheet)
    if sheet.signed_on and MINYEAR <= sheet.year < MAXYEAR:  # else no period ends
        yield from check_date(sheet, context, sheet.signed_on)


def check_missing(sheet: Sheet) -> Iterator[Finding]:
    lacking = [
        what
        for what, there in (("署名", sheet.signed_by.strip()), ("成文日期", sheet.signed_on))
        if not there
    ]
    if lacking:
        yield Finding(
            "C14",
            Severity.ERROR,
            f"文末没有{'和'.join(lacking)}。请在正文之后写明机关全称和成文日期。",
        )


def check_date(sheet: Sheet, context: Context, signed: date) -> Iterator[Finding]:
    end = period_of(sheet.year)[1]
    latest = deadline(body_of(sheet, context).kind or BodyKind.GOVERNMENT, sheet.year)
    if signed < end:
        yield finding(
            Severity.ERROR, signed, end,
            f"成文日期是{date_text(signed)}，早于统计期限的最后一天{date_text(end)}。"
            "请核对日期，并核对数据是否按全年统计。",
        )  # fmt: skip
    elif context.today and sheet.as_printed and signed > context.today:
        yield finding(
            Severity.ERROR, signed, context.today,
            f"成文日期是{date_text(signed)}，这一天还没有到。请核对日期。",
        )  # fmt: skip
    elif signed > latest:
        yield finding(
            Severity.EXPLAIN, signed, latest,
            f"成文日期是{date_text(signed)}，晚于法定时限{date_text(latest)}。"
            "请核对日期，确实逾期的请说明原因。",
        )  # fmt: skip


def finding(severity: Severity, signed: date, bound: date, message: str) -> Finding:
    return Finding("C14", severity, message, left=date_text(signed), right=date_text(bound))
