"""Sheets for the checker's tests: a report without fault, and how to spoil it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from reports.checker.finding import Context, Finding
from reports.editions import EDITIONS
from reports.editions.grammar import Number
from reports.editions.wording import title_of
from reports.sheet import Contact, Heading, Printed, Sheet, filled, foot_applications, foot_results

AGENCY = "四平市铁西区人力资源和社会保障局"

PREFACE = """根据《中华人民共和国政府信息公开条例》和《国务院办公厅关于做好2019年工作的通知》（国办函〔2020〕109号）编制本报告。
本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止，电子版在http://www.example.gov.cn/2018/下载。"""
OVERVIEW = """{year}年，我局认真贯彻落实《条例》，较{before}年有较大提高。
（一）主动公开。{year}年共公开政府信息23条，{before}年公开20条，增长15%。
（二）依申请公开。{year}年未收到政府信息公开申请。
（三）信息管理。严格审核，及时更新。
（四）平台建设。维护门户网站的专栏。
（五）监督保障。开展了业务培训。"""
PROBLEMS = """一是公开的内容还不够全面，二是更新还不够及时。
下一步，我局将加强学习培训，完善公开目录，{after}年，我局将按季度检查。"""
OTHER = "{year}年未收取信息处理费。"


def clean(edition: int = 2021, year: int | None = None, **changes: Any) -> Sheet:
    """A report in which the checker finds nothing."""
    year = year or edition
    years = {"year": year, "before": year - 1, "after": year + 1}
    sheet = filled(
        EDITIONS[edition],
        AGENCY,
        year,
        title=title_of(AGENCY, year),
        preface=PREFACE.format(**years),
        overview=OVERVIEW.format(**years),
        problems=PROBLEMS.format(**years),
        other_matters=OTHER.format(**years),
        signed_by=AGENCY,
        signed_on=date(year + 1, 1, 18),
        contact=Contact("虚构大道1号", "136000", "0434-3273136"),
    )
    return replace(sheet, **changes)


def printed(sheet: Sheet, *headings: str | tuple[str, str], **values: Any) -> Sheet:
    """The sheet as read from a document with the form's headings, or with others."""
    parts = sheet.edition.parts[1:]
    if not headings:
        headings = tuple((part.title, part.key) for part in parts)
    listed = tuple(Heading(*((h, "") if isinstance(h, str) else h)) for h in headings)
    return replace(sheet, as_printed=True, printed=Printed(headings=listed, **values))


def with_disclosure(sheet: Sheet, **figures: Number | None) -> Sheet:
    return replace(sheet, disclosure={**sheet.disclosure, **figures})


def with_cell(sheet: Sheet, column: str, line: str, number: Number | None) -> Sheet:
    """One cell of part three changed, and nothing footed."""
    columns = {**sheet.applications, column: {**sheet.applications[column], line: number}}
    return replace(sheet, applications=columns)


def with_applications(sheet: Sheet, column: str = "natural_person", **lines: Number) -> Sheet:
    """Lines of one applicant's column, with every total footed."""
    columns = {**sheet.applications, column: {**sheet.applications[column], **lines}}
    return replace(sheet, applications=foot_applications(sheet.edition, columns))


def with_results(sheet: Sheet, group: str, *, foot: bool = True, **results: Number | None) -> Sheet:
    figures: Mapping[str, Number | None] = {**sheet.remedies[group], **results}
    if foot:
        figures = foot_results(sheet.edition, figures)
    return replace(sheet, remedies={**sheet.remedies, group: figures})


def found(check: Any, sheet: Sheet, **context: Any) -> list[Finding]:
    return list(check(sheet, Context(**context)))


def only(check: Any, sheet: Sheet, **context: Any) -> Finding:
    (finding,) = found(check, sheet, **context)
    return finding
