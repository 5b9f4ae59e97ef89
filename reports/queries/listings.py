"""Lists of what is published: for the home page, the directory, an agency's page.

Long lists are paged by key: what comes after the last agency shown, never a
number of rows to be skipped.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from reports.editions.bodies import BodyKind
from reports.models import Agency, Division, Event, Report, ReportCount, Revision, Succession
from reports.workflow import PUBLIC, State

from .names import holding
from .terms import read

LEVELS_BELOW = 4  # a nation's provinces, prefectures, counties, towns


def published() -> QuerySet[Revision]:
    """The texts in force, newest first."""
    return (
        Revision.objects.filter(state=State.PUBLISHED)
        .select_related("report__agency__division")
        .order_by("-published_at", "-pk")
    )


@dataclass(frozen=True)
class Tally:
    """How many published reports a heading of the home page leads to."""

    key: str
    label: str
    reports: int


@dataclass(frozen=True)
class Overview:
    """What the home page counts."""

    reports: int
    agencies: int
    years: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    regions: tuple[Tally, ...]


def overview() -> Overview:
    """The counts that are kept at publication (``actions.indexing``); three statements."""
    kept = ReportCount.objects.exclude(dimension="region").filter(reports__gt=0)
    counts: dict[str, dict[str, int]] = {}
    for dimension, key, reports in kept.values_list("dimension", "key", "reports"):
        counts.setdefault(dimension, {})[key] = reports
    years, kinds = counts.get("year", {}), counts.get("kind", {})
    return Overview(
        reports=counts.get("reports", {}).get("", 0),
        agencies=counts.get("agencies", {}).get("", 0),
        years=tuple(Tally(key, f"{key}年度", years[key]) for key in sorted(years, reverse=True)),
        kinds=tuple(
            Tally(str(kind), kind.label, kinds[kind]) for kind in BodyKind if kind in kinds
        ),
        regions=highest_regions(),
    )


def highest_regions(most: int = 60) -> tuple[Tally, ...]:
    """The regions at the top and those right below them."""
    highest = Division.objects.filter(Q(parent=None) | Q(parent__parent=None))
    return counted(highest.order_by("code")[:most])


def counted(divisions: Iterable[Division]) -> tuple[Tally, ...]:
    """The regions that have reports, their own or those of regions below; two statements."""
    names = {each.code: each.name for each in divisions}
    kept = ReportCount.objects.filter(dimension="region", key__in=names, reports__gt=0)
    counts = dict(kept.values_list("key", "reports"))
    return tuple(Tally(code, name, counts[code]) for code, name in names.items() if code in counts)


@dataclass(frozen=True)
class Region:
    """A region with those it lies in, the highest first, and those within it that have reports."""

    division: Division
    above: tuple[Division, ...]
    below: tuple[Tally, ...]


def division_at(code: str) -> Division | None:
    return Division.objects.filter(code=code).first()


def region_at(code: str, most: int = 200) -> Region | None:
    chain = Division.objects.select_related("__".join(["parent"] * LEVELS_BELOW))
    division = chain.filter(code=code).first() if code else None
    if division is None:
        return None
    above, at = [], division.parent
    while at is not None:
        above.append(at)
        at = at.parent
    below = Division.objects.filter(parent=division).order_by("code")[:most]
    return Region(division, tuple(reversed(above)), counted(below))


def within(code: str) -> QuerySet[Division]:
    """The division and all below it."""
    reach = Q(code=code)
    for depth in range(1, LEVELS_BELOW + 1):
        reach |= Q(**{"__".join(["parent"] * depth) + "__code": code})
    return Division.objects.filter(reach)


def agencies_named(words: str) -> QuerySet[Agency]:
    """Agencies of which one name holds every word: the present one, a short one, a former one."""
    names = holding(read(words)).values("agency")
    return Agency.objects.select_related("division").filter(pk__in=names).order_by("path")


def compared(slugs: Iterable[str]) -> QuerySet[Agency]:
    """The agencies at these addresses, in the order of the tree."""
    return Agency.objects.select_related("division").filter(slug__in=list(slugs)).order_by("path")


@dataclass(frozen=True)
class Page:
    """Some agencies of a list; ``next`` is the key after which the others come, None at its end."""

    agencies: tuple[Any, ...]
    next: int | None


def following(agencies: QuerySet[Agency], after: int | None, size: int) -> Page:
    """The agencies that follow one in the tree's order."""
    if after is not None:
        path = Agency.objects.filter(pk=after).values_list("path", flat=True).first()
        agencies = agencies.filter(path__gt=path or "")
    found = list(agencies.order_by("path")[: size + 1])
    shown = tuple(found[:size])
    return Page(shown, shown[-1].pk if len(found) > size else None)


def page_of(agencies: QuerySet[Agency], after: int | None, size: int) -> Page:
    """The same, each with its division, ``published`` and ``latest_year``."""
    in_force = (
        Revision.objects.filter(report__agency=OuterRef("pk"), state=State.PUBLISHED)
        .order_by()
        .values("report__agency")
    )
    listed = agencies.select_related("division").annotate(
        published=Subquery(in_force.annotate(number=Count("pk")).values("number")),
        latest_year=Subquery(in_force.annotate(latest=Max("report__year")).values("latest")),
    )
    return following(listed, after, size)


def directory(after: int | None, size: int, region: str = "") -> Page:
    """Agencies in the order of the tree, a parent before its children; of a region with those below."""
    agencies = Agency.objects.all()
    if region:
        agencies = agencies.filter(division__in=list(within(region).values_list("pk", flat=True)))
    return page_of(agencies, after, size)


def agency_at(slug: str) -> Agency | None:
    agencies = Agency.objects.select_related("division", "parent").prefetch_related(
        "names", "successions__successor"
    )
    return agencies.filter(slug=slug).first()


def children_of(agency: Agency, after: int | None, size: int) -> Page:
    return page_of(Agency.objects.filter(parent=agency), after, size)


@dataclass(frozen=True)
class Shelved:
    """A year on an agency's page: the text in force (or its withdrawal), the older ones."""

    report: Report
    current: Revision
    older: tuple[Revision, ...]

    @property
    def is_withdrawn(self) -> bool:
        return self.current.state == State.WITHDRAWN

    @property
    def is_corrected(self) -> bool:
        return bool(self.older)

    @property
    def withdrawn_because(self) -> str:
        return str(getattr(self.current, "withdrawn_because", "") or "")


def shelf_of(agency: Agency) -> list[Shelved]:
    """The agency's reports of all years, newest first."""
    withdrawals = Event.objects.filter(revision=OuterRef("pk"), verb="withdraw").order_by("-pk")
    revisions = (
        Revision.objects.filter(report__agency=agency, state__in=sorted(PUBLIC))
        .select_related("report")
        .annotate(withdrawn_because=Subquery(withdrawals.values("note")[:1]))
        .prefetch_related("documents")
        .order_by("-report__year", "-number")
    )
    years: dict[int, list[Revision]] = {}
    for revision in revisions:
        years.setdefault(revision.report.year, []).append(revision)
    return [Shelved(texts[0].report, texts[0], tuple(texts[1:])) for texts in years.values()]


@dataclass(frozen=True)
class Forerunner:
    """A body that an agency succeeded, wholly or in part, with its reports to be read."""

    succession: Succession
    reports: tuple[Revision, ...]


def forerunners_shelf(agency: Agency) -> list[Forerunner]:
    """The reports in force of an agency's predecessors, newest first; two statements."""
    rows = list(
        Succession.objects.filter(successor=agency)
        .select_related("predecessor")
        .order_by("-on", "predecessor__path")
    )
    texts = published().filter(report__agency__in=[each.predecessor_id for each in rows])
    by_agency: dict[int, list[Revision]] = {}
    for text in texts.order_by("-report__year") if rows else ():
        by_agency.setdefault(text.report.agency_id, []).append(text)
    return [Forerunner(each, tuple(by_agency.get(each.predecessor_id, ()))) for each in rows]
