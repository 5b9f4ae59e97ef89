"""Published reports: a list, one with its sheet, and its older texts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import create_model

from reports.exporters.page import FORMATS, Version
from reports.models import Agency, Revision, StoredDocument
from reports.queries.open_reports import (
    NEWEST_FIRST,
    OLDEST_FIRST,
    Opened,
    Wanted,
    opened,
)
from reports.queries.open_reports import (
    reports as listed,
)
from reports.queries.publications import published_at, report_of
from reports.sheet import to_json
from reports.workflow import State

from .agencies import agency_ref, division_ref, kind_of, known_agency, known_region
from .answers import (
    DocumentAnswer,
    ExplainedFinding,
    Named,
    Page,
    ReportItem,
    VersionAnswer,
    local,
    told,
)
from .forms import AnySheet
from .links import Links, links_of
from .paging import next_link, page
from .problems import Problem, unknown
from .questions import ReportPath, ReportsAsked, ReportsOf, VersionPath

router = Router(tags=["报告"])
ReportAnswer = create_model(
    "ReportAnswer",
    __base__=ReportItem,
    reason=(str, told("更正理由；第一版为空")),
    sheet=(AnySheet, told("报告的全部内容，与 JSON 文件中的相同")),
    documents=(list[DocumentAnswer], told("公布时生成的文件")),
    explained_findings=(list[ExplainedFinding], told("机关作了说明的检查结果")),
    versions=(list[VersionAnswer], told("全部公布过的文本，新的在前")),
)


def wanted(asked: ReportsOf, **more: Any) -> Wanted:
    return Wanted(
        years=tuple(asked.year),
        agency=known_agency(asked.agency) if asked.agency else None,
        below=known_agency(asked.below) if asked.below else None,
        region=known_region(asked.region),
        kind=asked.kind or "",
        edition=asked.edition,
        as_printed=asked.as_printed,
        **more,
    )


@router.get("/reports", response=Page[ReportItem], summary="报告的列表")
def reports(request: HttpRequest, response: HttpResponse, asked: Query[ReportsAsked]) -> object:
    """已经公布的现行报告。持续跟踪的，用 order=oldest 和 published_since，不会漏掉更正。"""
    found, cursor = page(
        listed(wanted(asked, since=asked.published_since, until=asked.published_until)),
        OLDEST_FIRST if asked.order == "oldest" else NEWEST_FIRST,
        asked,
    )
    link = links_of(request)
    items = [ReportItem(**item_of(each, each.report.agency, link)) for each in found]
    return Page[ReportItem](items=items, next=next_link(request, response, cursor))


@router.get(
    "/reports/{slug:slug}/{year:year}",
    response=ReportAnswer,
    summary="一份报告的现行文本",
    exclude_unset=True,
)
def report(request: HttpRequest, where: Path[ReportPath]) -> object:
    """全部数据项和文字、公布的文件及校验值、作了说明的检查结果、历次文本。"""
    return report_answer(request, where.slug, where.year)


@router.get(
    "/reports/{slug:slug}/{year:year}/versions/{int:number}",
    response=ReportAnswer,
    summary="一份报告的一版文本",
    exclude_unset=True,
)
def report_version(request: HttpRequest, where: Path[VersionPath]) -> object:
    """现行的，或者已被更正的文本；内容和现行文本的相同。"""
    return report_answer(request, where.slug, where.year, where.number)


def report_answer(
    request: HttpRequest, slug: str, year: int, number: int | None = None
) -> dict[str, Any]:
    found = report_of(slug, year)
    text = opened(found, number) if found else None
    if text is None:
        named = f"{slug}/{year}" + (f"（第{number}版）" if number else "")
        raise unknown("已公布的报告", named)
    if text.publication.is_withdrawn:
        raise gone(text)
    link = links_of(request)
    current = number is None or text.publication.is_current
    return {
        **item_of(text.revision, text.report.agency, link, current=current),
        "reason": text.revision.reason,
        "sheet": to_json(text.publication.sheet),
        "documents": [document_answer(each, text, link) for each in text.documents],
        "explained_findings": list(text.explained),
        "versions": [version_answer(each, text, link) for each in text.publication.versions],
    }


def gone(text: Opened) -> Problem:
    publication = text.publication
    at = publication.withdrawn_at
    return Problem(
        "withdrawn",
        f"{publication.title}已撤回公布。理由：{publication.notice}",
        withdrawn_at=local(at) if at else None,
        reason=publication.notice,
    )


def item_of(text: Revision, agency: Agency, link: Links, *, current: bool = True) -> dict[str, Any]:
    where = (agency.slug, text.report.year, *(() if current else (text.number,)))
    return {
        "title": text.title,
        "agency": agency_ref(agency),
        "agency_name": text.agency_name,
        "division": division_ref(agency.division),
        "kind": kind_of(agency),
        "year": text.report.year,
        "edition": text.edition,
        "as_printed": text.as_printed,
        "version": text.number,
        "published_at": published_at(text),
        "url": link("api:report" if current else "api:report_version", *where),
        "page": link("report" if current else "version", *where),
    }


def document_answer(document: StoredDocument, text: Opened, link: Links) -> DocumentAnswer:
    slug, year = text.report.agency.slug, text.report.year
    number = text.revision.number
    current = text.publication.is_current
    return DocumentAnswer(
        format=document.format,
        media_type=FORMATS[document.format][1],
        filename=document.filename,
        size=document.size,
        checksum=document.checksum,
        algorithm=document.algorithm,
        url=link("download", slug, year, document.format)
        if current
        else link("version_download", slug, year, number, document.format),
    )


def version_answer(version: Version, text: Opened, link: Links) -> VersionAnswer:
    slug, year = text.report.agency.slug, text.report.year
    readable = bool(version.url)
    state = State(version.state)
    return VersionAnswer(
        number=version.number,
        state=Named(key=str(state), label=state.label),
        published_at=version.published_at,
        reason=version.reason,
        url=link("api:report_version", slug, year, version.number) if readable else None,
        page=link("version", slug, year, version.number) if readable else None,
    )
