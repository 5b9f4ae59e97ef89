"""Lists of what is published: for the home page, the search, an agency's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from reports.editions.bodies import BodyKind
from reports.models import Agency, AgencyName, Division, Event, Report, Revision
from reports.workflow import PUBLIC, State

LEVELS_BELOW = 4  # a nation's provinces, prefectures, counties, towns


def published() -> QuerySet[Revision]:
    """The texts in force, newest first."""
    return (
        Revision.objects.filter(state=State.PUBLISHED)
        .select_related("report__agency__division")
        .order_by("-published_at", "-pk")
    )


def with_first_publication(revisions: QuerySet[Revision]) -> QuerySet[Any]:
    """The texts with ``first_published_at``: when the report's first one came out."""
    texts = Revision.objects.filter(report=OuterRef("report"), published_at__isnull=False)
    first = texts.order_by("published_at").values("published_at")[:1]
    return revisions.annotate(first_published_at=Subquery(first))


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


def overview(most_regions: int = 60) -> Overview:
    in_force = Revision.objects.filter(state=State.PUBLISHED)
    years, kinds, regions = (
        in_force.values_list(*fields).annotate(reports=Count("pk")).order_by(order)
        for fields, order in (
            (("report__year",), "-report__year"),
            (("report__agency__kind",), "report__agency__kind"),
            (
                ("report__agency__division__code", "report__agency__division__name"),
                "report__agency__division__code",
            ),
        )
    )
    count_of = dict(kinds)
    return Overview(
        **in_force.aggregate(reports=Count("pk"), agencies=Count("report__agency", distinct=True)),
        years=tuple(Tally(str(year), f"{year}年度", reports) for year, reports in years),
        kinds=tuple(
            Tally(str(kind), kind.label, count_of[kind]) for kind in BodyKind if kind in count_of
        ),
        regions=tuple(Tally(*row) for row in regions[:most_regions]),
    )


def search(
    words: str = "", year: int | None = None, kind: str = "", region: str = ""
) -> QuerySet[Revision]:
    """Published reports of which every word is in the title, a name of the agency or its region."""
    found = published()
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(agency_name__icontains=word)
            | Q(report__agency__name__icontains=word)
            | Q(report__agency__division__name__icontains=word)
            | Q(report__agency__in=AgencyName.objects.filter(name__icontains=word).values("agency"))
        )
    if year:
        found = found.filter(report__year=year)
    if kind:
        found = found.filter(report__agency__kind=kind)
    if region:
        found = found.filter(report__agency__division__in=within(region))
    return found


def within(code: str) -> QuerySet[Division]:
    """The division and all below it."""
    reach = Q(code=code)
    for depth in range(1, LEVELS_BELOW + 1):
        reach |= Q(**{"__".join(["parent"] * depth) + "__code": code})
    return Division.objects.filter(reach)


def division_at(code: str) -> Division | None:
    return Division.objects.filter(code=code).first()


def agencies_named(words: str) -> QuerySet[Agency]:
    """Agencies of which every word is in a name: the present one, a short one, a former one."""
    found = Agency.objects.select_related("division").order_by("path")
    for word in words.split():
        aliases = AgencyName.objects.filter(name__icontains=word).values("agency")
        found = found.filter(Q(name__icontains=word) | Q(pk__in=aliases))
    return found


def compared(slugs: Iterable[str]) -> QuerySet[Agency]:
    """The agencies at these addresses, in the order of the tree."""
    return Agency.objects.select_related("division").filter(slug__in=list(slugs)).order_by("path")


def with_reports(agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """The agencies with ``published`` (how many), ``latest_year`` and ``has_children``."""
    in_force = Q(reports__revisions__state=State.PUBLISHED)
    return agencies.select_related("division").annotate(
        published=Count("reports", filter=in_force, distinct=True),
        latest_year=Max("reports__year", filter=in_force),
        has_children=Exists(Agency.objects.filter(parent=OuterRef("pk"))),
    )


def directory() -> QuerySet[Agency]:
    """Every agency in the order of the tree, a parent before its children."""
    return with_reports(Agency.objects.all()).order_by("path")


def agency_at(slug: str) -> Agency | None:
    agencies = Agency.objects.select_related("division", "parent").prefetch_related(
        "names", "successions__successor", "predecessions__predecessor"
    )
    return agencies.filter(slug=slug).first()


def children_of(agency: Agency) -> QuerySet[Agency]:
    return with_reports(Agency.objects.filter(parent=agency)).order_by("path")


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


def addresses() -> QuerySet[Revision, Any]:
    """Agency, year and time of every report that may be read, for the site map."""
    return (
        Revision.objects.filter(state=State.PUBLISHED)
        .order_by("-published_at")
        .values("report__agency__slug", "report__year", "published_at")
    )
