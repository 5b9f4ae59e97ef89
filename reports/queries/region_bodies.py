"""The bodies of a region: how many there are, and how each one's report for a year stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from reports.editions.bodies import BodyKind
from reports.editions.covering import COVERING
from reports.models import Agency, Division, Report, Revision, Succession
from reports.workflow import State

from .listings import within

STEPS = ("", "__parent", "__parent__parent", "__parent__parent__parent")  # levels of regions


def within_regions(division: Division) -> Q:
    """Bodies of the region and of all regions in it.

    The regions are found first, among themselves: joined to every body they would be asked of each.
    """
    return Q(division__in=within(division.code))


def bodies_known(year: int) -> QuerySet[Agency]:
    """Bodies of which a report for the year would be counted: no sum of others, and there then.

    One that was closed by the year's end, or took over from others only later,
    is among them where it has a report all the same.
    """
    below = Agency.objects.filter(parent=OuterRef("pk"))
    told = Revision.objects.filter(report__agency=OuterRef("pk"), state=State.PUBLISHED)
    later = Succession.objects.filter(successor=OuterRef("pk"), on__year__gt=year)
    there = (~Q(closed_on__year__lte=year) | Q(closed_on__isnull=True)) & (
        ~Exists(later) | Exists(told.filter(report__year__lt=year))
    )
    return Agency.objects.exclude(Q(kind__in=sorted(COVERING)) & Exists(below)).filter(
        there | Exists(told.filter(report__year=year))
    )


def bodies_by_branch(division: Division, year: int, kind: str) -> dict[int, int]:
    """How many bodies are known in the region itself, and in each one directly in it.

    A statement for each level of regions, whatever their number.
    """
    known = bodies_known(year).order_by()
    if kind:
        known = known.filter(kind=kind)
    found: dict[int, int] = {division.pk: known.filter(division=division).count()}
    for step in STEPS:
        lower = known.filter(**{f"division{step}__parent": division})
        for key, count in lower.values_list(f"division{step}").annotate(Count("pk")):
            found[key] = found.get(key, 0) + count
    return found


@dataclass(frozen=True)
class Body:
    """A body directly in a region, and how its report for the year stands."""

    slug: str
    name: str
    kind: str
    state: str  # counted, missing, withdrawn; of a sum of others: covering, or unseen where there is none
    as_printed: bool = False


def bodies_in(division: Division, year: int, kind: str = "") -> QuerySet[Agency]:
    """The bodies of the region itself that were there in the year, in the tree's order."""
    below = Agency.objects.filter(parent=OuterRef("pk"))
    covering = Q(kind__in=sorted(COVERING)) & Exists(below)
    found = Agency.objects.filter(
        Q(pk__in=bodies_known(year).filter(division=division).values("pk")) | covering,
        division=division,
    )
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("path")


def standing_of(agencies: Iterable[Agency], year: int) -> list[Body]:
    """How each of them stands; three statements."""
    listed = list(agencies)
    reports = Report.objects.filter(agency__in=listed, year=year)
    texts: dict[int, Revision] = {}
    asked = Revision.objects.filter(
        report__in=reports, state__in=[str(State.PUBLISHED), str(State.WITHDRAWN)]
    )
    for each in asked.select_related("report").order_by("number"):
        standing = texts.get(each.report.agency_id)
        if standing is None or standing.state != State.PUBLISHED:
            texts[each.report.agency_id] = each
    parents = set(
        Agency.objects.filter(parent__in=listed).values_list("parent", flat=True).distinct()
    )
    return [
        one_body(each, texts.get(each.pk), each.kind in COVERING and each.pk in parents)
        for each in listed
    ]


def one_body(agency: Agency, text: Revision | None, covers: bool) -> Body:
    label = BodyKind(agency.kind).label
    if text is None:
        return Body(agency.slug, agency.name, label, "unseen" if covers else "missing")
    if text.state != State.PUBLISHED:
        return Body(agency.slug, agency.name, label, "withdrawn")
    state = "covering" if covers else "counted"
    return Body(agency.slug, agency.name, label, state, text.as_printed)


def without_region() -> int:
    """How many reports in force are of bodies whose region nobody entered yet."""
    return Revision.objects.filter(
        state=State.PUBLISHED, report__agency__division__isnull=True
    ).count()
