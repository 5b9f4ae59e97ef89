"""Agencies and divisions."""

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from reports.editions.bodies import BodyKind, Level
from reports.models import Agency, Division
from reports.queries import open_agencies
from reports.queries.open_agencies import AGENCIES, DIVISIONS, YEARS

from .answers import AgencyAnswer, AgencyRef, Alias, DivisionAnswer, DivisionRef, Kin, Named, Page
from .links import Links, links_of
from .paging import next_link, page
from .problems import unknown
from .questions import AgenciesAsked, AgencyPath, DivisionPath, DivisionsAsked

router = Router(tags=["机关"])


@router.get("/agencies", response=Page[AgencyAnswer], summary="机关的列表")
def agencies(request: HttpRequest, response: HttpResponse, asked: Query[AgenciesAsked]) -> object:
    """全部机关，按录入先后排列；可以按性质、区划、上级筛选，按名称查找。"""
    found, cursor = page(
        open_agencies.agencies(
            kind=asked.kind or "",
            region=known_region(asked.region),
            parent=known_agency(asked.parent) if asked.parent else None,
            below=known_agency(asked.below) if asked.below else None,
            name=asked.name or "",
        ),
        AGENCIES,
        asked,
    )
    link = links_of(request)
    items = [agency_answer(each, link) for each in found]
    return Page[AgencyAnswer](items=items, next=next_link(request, response, cursor))


@router.get("/agencies/{slug:slug}", response=AgencyAnswer, summary="一个机关")
def agency(request: HttpRequest, where: Path[AgencyPath]) -> object:
    """名称、曾用名、承继关系、上级、所在区划，以及已经公布的年度。"""
    found = open_agencies.agency_described(where.slug)
    if found is None:
        raise unknown("机关", where.slug)
    return agency_answer(found, links_of(request))


@router.get("/divisions", response=Page[DivisionAnswer], summary="行政区划的列表")
def divisions(request: HttpRequest, response: HttpResponse, asked: Query[DivisionsAsked]) -> object:
    """全部行政区划，按代码排列。"""
    parent = known_region(asked.parent)
    found, cursor = page(
        open_agencies.divisions(level=asked.level or "", parent=parent), DIVISIONS, asked
    )
    link = links_of(request)
    items = [division_answer(each, link) for each in found]
    return Page[DivisionAnswer](items=items, next=next_link(request, response, cursor))


@router.get("/divisions/{slug:code}", response=DivisionAnswer, summary="一个行政区划")
def division(request: HttpRequest, where: Path[DivisionPath]) -> object:
    """名称、级别和上级区划。"""
    found = open_agencies.division_coded(where.code)
    if found is None:
        raise unknown("行政区划", where.code)
    return division_answer(found, links_of(request))


def known_agency(slug: str) -> Agency:
    """The agency a filter names: a mistyped one must not read as an empty list."""
    found = open_agencies.agency_named(slug)
    if found is None:
        raise unknown("机关", slug)
    return found


def known_region(code: str | None) -> str:
    if code and open_agencies.division_coded(code) is None:
        raise unknown("行政区划", code)
    return code or ""


def agency_ref(agency: Agency) -> AgencyRef:
    return AgencyRef(slug=agency.slug, name=agency.name)


def division_ref(division: Division | None) -> DivisionRef | None:
    return DivisionRef(code=division.code, name=division.name) if division else None


def kind_of(agency: Agency) -> Named:
    return Named(key=agency.kind, label=BodyKind(agency.kind).label)


def division_answer(division: Division, link: Links) -> DivisionAnswer:
    return DivisionAnswer(
        code=division.code,
        name=division.name,
        level=Named(key=division.level, label=Level(division.level).label),
        parent=division_ref(division.parent),
        url=link("api:division", division.code),
    )


def agency_answer(agency: Agency, link: Links) -> AgencyAnswer:
    before = [(step.predecessor, step.on) for step in agency.predecessions.all()]
    after = [(step.successor, step.on) for step in agency.successions.all()]
    return AgencyAnswer(
        slug=agency.slug,
        name=agency.name,
        kind=kind_of(agency),
        division=division_ref(agency.division),
        parent=agency_ref(agency.parent) if agency.parent else None,
        names=[Alias(name=each.name, until=each.until) for each in agency.names.all()],
        predecessors=[Kin(slug=each.slug, name=each.name, on=on) for each, on in before],
        successors=[Kin(slug=each.slug, name=each.name, on=on) for each, on in after],
        closed_on=agency.closed_on,
        years=[report.year for report in getattr(agency, YEARS)],
        url=link("api:agency", agency.slug),
        page=link("agency", agency.slug),
    )
