"""An answer of each operation, invented, as the OpenAPI document and the guide show it.

They are made by the models that make the real ones. What would fill pages (the
cells of an edition, the indicators) is shown by its first, a sheet whole: it
has a place for every cell.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils import timezone
from pydantic import BaseModel

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind, Level
from reports.editions.grammar import Place
from reports.editions.wording import title_of
from reports.exporters.page import FORMATS
from reports.queries.indicators import described, indicators
from reports.sheet import TABLES, Sheet, filled, foot_applications, name_of, to_json
from reports.workflow import State

from . import answers, editions
from .answers import AgencyRef, DivisionRef, Named
from .reports import ReportAnswer

INVENTED, SUMMARY = "invented", "虚构的例子"
SITE = "https://reports.example.invalid"  # a name that no host can bear (RFC 2606)
YEAR = 2024
EDITION = EDITIONS[2021]
CITY = DivisionRef(code="990100", name="虚构市")
GOVERNMENT = AgencyRef(slug="city", name="虚构市人民政府")
ARCHIVES = AgencyRef(slug="archives", name="虚构市档案局")
OFFICE = answers.Kin(slug="archives-office", name="虚构市档案事务办公室", on=date(2019, 3, 1))
DEPARTMENT = Named(key=str(BodyKind.DEPARTMENT), label=BodyKind.DEPARTMENT.label)
REASON = "更正一处笔误。"


def link(name: str, *arguments: object) -> str:
    return SITE + reverse(f"public:{name}", args=arguments)


def page_of(item: BaseModel) -> answers.Page[Any]:
    return answers.Page[Any](items=[item], next=None)


def agency() -> answers.AgencyAnswer:
    return answers.AgencyAnswer(
        slug=ARCHIVES.slug, name=ARCHIVES.name, kind=DEPARTMENT, division=CITY, parent=GOVERNMENT,
        names=[answers.Alias(name="市档案局", until=None)], predecessors=[OFFICE], successors=[],
        closed_on=None, years=[YEAR, YEAR - 1], url=link("api:agency", ARCHIVES.slug),
        page=link("agency", ARCHIVES.slug),
    )  # fmt: skip


def division() -> answers.DivisionAnswer:
    return answers.DivisionAnswer(
        code=CITY.code, name=CITY.name, url=link("api:division", CITY.code),
        level=Named(key=str(Level.PREFECTURE), label=Level.PREFECTURE.label),
        parent=DivisionRef(code="990000", name="虚构省"),
    )  # fmt: skip


def sheet() -> Sheet:
    """Three received, two of them granted, one carried forward; all else is zero."""
    empty = filled(EDITION, ARCHIVES.name, YEAR)
    columns = {key: dict(column) for key, column in empty.applications.items()}
    columns["natural_person"] |= {"received": 3, "granted": 2, "carried_forward": 1}
    return replace(
        empty,
        title=title_of(ARCHIVES.name, YEAR),
        preface="本报告是接口说明中的例子，机关、文字和数字都是虚构的。",
        overview="（一）主动公开。全年公开馆藏目录三批。",
        problems="目录更新不够及时。下一年度改为按月更新。",
        other_matters="本年度没有收取信息处理费。",
        applications=foot_applications(EDITION, columns),
        signed_by=ARCHIVES.name,
        signed_on=date(YEAR + 1, 1, 10),
    )


def item(number: int = 2) -> dict[str, Any]:
    """The second text, which is in force, or the first, which it corrected."""
    where = (ARCHIVES.slug, YEAR, *(() if number == 2 else (number,)))
    return {
        "title": title_of(ARCHIVES.name, YEAR), "agency": ARCHIVES, "agency_name": ARCHIVES.name,
        "division": CITY, "kind": DEPARTMENT, "year": YEAR, "edition": EDITION.key,
        "as_printed": False, "version": number, "published_at": published(number),
        "url": link("api:report" if number == 2 else "api:report_version", *where),
        "page": link("report" if number == 2 else "version", *where),
    }  # fmt: skip


def published(number: int) -> datetime:
    return datetime(YEAR + 1, 1, 15 + number, 9, 30, tzinfo=timezone.get_default_timezone())


def report(number: int = 2) -> BaseModel:
    where = (ARCHIVES.slug, YEAR, *(() if number == 2 else (number,)), "pdf")
    document = answers.DocumentAnswer(
        format="pdf", media_type=FORMATS["pdf"][1], filename=f"{item()['title']}.pdf", size=186_240,
        checksum=sha256(SUMMARY.encode()).hexdigest(), algorithm="sha256",
        url=link("download" if number == 2 else "version_download", *where),
    )  # fmt: skip
    finding = answers.ExplainedFinding(
        code="C10", severity="explain", message="“自然人”一列与上一年度报告不一致。",
        place=answers.Where(part=3, line="brought_forward", column="natural_person"),
        left="0", right="1", explanation=answers.Reason(reason="上一年度的一件已经撤回申请。"),
    )  # fmt: skip
    told = {
        **item(number),
        "reason": REASON if number == 2 else "",
        "sheet": to_json(sheet()),
        "documents": [document],
        "explained_findings": [finding],
        "versions": [version(2, State.PUBLISHED), version(1, State.SUPERSEDED)],
    }
    return ReportAnswer.model_validate(told)


def version(number: int, state: State) -> answers.VersionAnswer:
    return answers.VersionAnswer(
        number=number, state=Named(key=str(state), label=state.label),
        published_at=published(number), reason=REASON if number > 1 else "",
        url=link("api:report_version", ARCHIVES.slug, YEAR, number),
        page=link("version", ARCHIVES.slug, YEAR, number),
    )  # fmt: skip


def figure() -> answers.FigureRow:
    place = next(each for each in EDITION.places() if each.key == "natural_person.received")
    return answers.FigureRow(
        agency=ARCHIVES.slug, agency_name=ARCHIVES.name, division=CITY.code, year=YEAR,
        edition=EDITION.key, version=2, as_printed=False, value=int(sheet().figure(place) or 0),
        **words_of(place),
    )  # fmt: skip


def words_of(place: Place) -> dict[str, str]:
    return {
        "name": name_of(place), "table": TABLES[place.part], "line": place.line,
        "column": place.column, "line_label": place.line_label,
        "column_label": place.column_label, "kind": place.kind.value,
    }  # fmt: skip


def search() -> answers.SearchAnswer:
    def cut(*texts: str) -> list[answers.Segment]:
        return [answers.Segment(text=text, is_hit=text == "档案") for text in texts]

    before, word, after = str(item()["title"]).partition("档案")
    found = answers.SearchItem(
        **item(), title_segments=cut(before, word, after),
        extracts=[answers.Extract(
            label=EDITION.part("preface").heading, segments=cut("……虚构市", "档案", "局编制……")
        )],
    )  # fmt: skip
    return answers.SearchAnswer(
        items=[found], next=None, words=["档案"], too_short=[], total=1, at_least=1, is_cut=False
    )


def indicator() -> dict[str, str]:
    return described(indicators()["received"])


def series() -> answers.SeriesAnswer:
    told: dict[str, Any] = {"edition": EDITION.key, "as_printed": False, "name": ARCHIVES.name}
    none: dict[str, Any] = {"edition": None, "as_printed": False, "name": ""}
    values = [
        answers.ValueOfYear(year=YEAR - 1, number=None, blanks=0, why="no_report"),
        answers.ValueOfYear(year=YEAR, number=3, blanks=0, why=""),
    ]
    return answers.SeriesAnswer(
        agency=ARCHIVES,
        years=[
            answers.YearAnswer(year=YEAR - 1, state="withdrawn", **none),
            answers.YearAnswer(year=YEAR, state="in_force", **told),
        ],
        predecessors=[OFFICE], successors=[],
        indicators=[answers.SeriesOfIndicator(**indicator(), values=values)],
        not_comparable=[], page=link("trends", ARCHIVES.slug),
    )  # fmt: skip


def statistics() -> answers.RegionAnswer:
    values = [answers.ValueOfIndicator(indicator=indicator()["key"], number=3, blanks=0, why="")]
    row = answers.StatisticsRow(
        key=DEPARTMENT.key, label=DEPARTMENT.label, bodies=2, published=1, values=values
    )
    return answers.RegionAnswer(
        division=CITY, year=YEAR, kind=None, years=[YEAR], bodies=2, published=1,
        editions={str(EDITION.key): 1}, indicators=[answers.IndicatorAnswer(**indicator())],
        values=values, regions=[], kinds=[row], page=link("region_year", CITY.code, YEAR),
    )  # fmt: skip


def edition() -> answers.EditionAnswer:
    equations = editions.equations_of(EDITION)
    parts = [each for each in EDITION.parts if each.number in TABLES]
    return answers.EditionAnswer(
        **editions.about(EDITION, link),
        parts=[
            answers.PartAnswer(key=each.key, label=each.title, number=each.number,
                               table=TABLES[each.number])
            for each in parts
        ],
        cells=editions.cells_of(EDITION.key)[:1],
        equations={name: found[:1] for name, found in equations.items()},
        not_comparable=[],
    )  # fmt: skip


ANSWERS: dict[str, Callable[[], BaseModel]] = {
    "agencies": lambda: page_of(agency()),
    "agency": agency,
    "divisions": lambda: page_of(division()),
    "division": division,
    "reports": lambda: page_of(answers.ReportItem(**item())),
    "report": report,
    "report_version": lambda: report(1),
    "figures": lambda: page_of(figure()),
    "search": search,
    "agency_series": series,
    "statistics": statistics,
    "editions": lambda: page_of(answers.EditionItem(**editions.about(EDITION, link))),
    "edition": edition,
}


def example_of(operation: str) -> Any:
    """An operation's invented answer as JSON types; KeyError where it has none."""
    return ANSWERS[operation]().model_dump(
        mode="json", exclude_unset=operation.startswith("report")
    )
