"""Documents as readers send them to the page 校核: a sound report, and one with a broken sum."""

from dataclasses import replace
from datetime import date

from reports.sheet import Sheet
from tests.factories import OTHER, OVERVIEW, PROBLEMS, sheet_with
from tests.importers.documents import as_lines, parts_of

AGENCY = "虚构区第一局"
BROKEN = "自然人列：（一）（2）"  # how the finding on ``broken`` begins


def sound(year: int = 2024) -> Sheet:
    """A report in which nothing is to be found."""
    return sheet_with(
        year=year,
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        preface=f"{AGENCY}编制本报告，统计期限为{year}年1月1日至12月31日。"
        "联系地址：虚构大道1号，邮政编码：999001，电话：0999-1234567。",
        overview=OVERVIEW,
        problems=PROBLEMS,
        other_matters=OTHER,
        signed_by=AGENCY,
        signed_on=date(year + 1, 1, 20),
    )


def with_figures(sheet: Sheet, **figures: int) -> Sheet:
    """The sheet with figures of 自然人 and of 总计."""
    columns = {key: dict(column) for key, column in sheet.applications.items()}
    for applicant in ("natural_person", "total"):
        columns[applicant] |= figures
    return replace(sheet, applications=columns)


def broken() -> Sheet:
    """A2 does not hold: two were granted, one is in （七）."""
    return with_figures(sound(), received=2, granted=2, outcomes_total=1, carried_forward=1)


def as_text(sheet: Sheet) -> bytes:
    return as_lines(parts_of(sheet))
