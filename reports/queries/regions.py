"""A region's statistics: what its bodies published for a year, and how many of them did.

The figures are the sums kept by region (``RegionTally``). A government that is
itself the sum of bodies below it (format.md, S1) is neither added nor counted
among the bodies; its report is named beside the sums.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q

from reports.editions.bodies import BodyKind
from reports.models import Division, RegionTally

from .aggregation import Sums, from_tally, restated
from .indicators import Value, described, indicators, values_of
from .region_bodies import STEPS, bodies_by_branch, bodies_known, within_regions

ANCESTORS = "parent__parent__parent__parent"  # a town's county, prefecture, province, nation


@dataclass(frozen=True)
class Coverage:
    """How many bodies there are, and how many of them have a report in force that is counted."""

    bodies: int = 0
    published: int = 0

    @property
    def missing(self) -> int:
        return max(self.bodies - self.published, 0)

    def plus(self, other: "Coverage") -> "Coverage":
        return Coverage(self.bodies + other.bodies, self.published + other.published)


@dataclass(frozen=True)
class Row:
    """One line of the statistics: a region in the region, its own bodies, or a kind of body."""

    key: str  # the region's code, or the kind's
    label: str
    coverage: Coverage
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Region:
    """A region with those around it, widest first."""

    code: str
    name: str
    level: str
    around: tuple[tuple[str, str], ...] = ()  # (code, name)


@dataclass(frozen=True)
class Statistics:
    """A region's year. ``kind`` is "" for all kinds; ``editions`` counts reports by form."""

    region: Region
    year: int
    kind: str
    years: tuple[int, ...]
    coverage: Coverage
    values: Mapping[str, Value]
    editions: Mapping[int, int]
    regions: tuple[Row, ...]  # directly in it, by their codes
    kinds: tuple[Row, ...]
    history: tuple[tuple[int, int, Mapping[str, Value]], ...]  # (year, reports, values)


def upwards(division: Division) -> Iterator[Division]:
    """The region itself, then those around it."""
    step: Division | None = division
    for _ in range(len(STEPS) + 1):
        if step is None:
            return
        yield step
        step = step.parent


def division_of(code: str) -> Division | None:
    """The region with all around it; one statement."""
    return Division.objects.select_related(ANCESTORS).filter(code=code).first()


def described_region(division: Division) -> Region:
    own, *around = upwards(division)
    return Region(
        own.code, own.name, own.level, tuple((each.code, each.name) for each in reversed(around))
    )


def statistics_of(division: Division, year: int, kind: str = "") -> Statistics:
    """The region's statistics for a year; a constant number of statements."""
    inside = list(division.children.order_by("code"))
    kept = kept_of([division.pk, *(each.pk for each in inside)], year, kind)
    by_division = {each.pk: sums_in(kept, each.pk, kind) for each in (division, *inside)}
    known = bodies_by_branch(division, year, kind)
    sums = by_division[division.pk]
    return Statistics(
        region=described_region(division),
        year=year,
        kind=kind,
        years=years_of(division),
        coverage=Coverage(sum(known.values()), reports_in(sums)),
        values=values_together(sums),
        editions={each.edition.key: each.reports for each in sums},
        regions=tuple(
            Row(
                each.code, each.name,
                Coverage(known.get(each.pk, 0), reports_in(by_division[each.pk])),
                values_together(by_division[each.pk]),
            )
            for each in inside
        ),
        kinds=() if kind else kinds_of(division, year, kept),
        history=history_of(division, kind),
    )  # fmt: skip


def kept_of(divisions: Iterable[int], year: int, kind: str) -> list[RegionTally]:
    """The sums of the regions, and of the first one those of each kind besides."""
    first, *rest = divisions
    asked = Q(division=first) | Q(division__in=rest, kind=kind)
    return list(RegionTally.objects.filter(asked, year=year, reports__gt=0).order_by("edition"))


def sums_in(kept: Iterable[RegionTally], division: int, kind: str) -> list[Sums]:
    return [from_tally(t) for t in kept if t.division_id == division and t.kind == kind]


def reports_in(sums: Iterable[Sums]) -> int:
    return sum(each.reports for each in sums)


def values_together(by_edition: Iterable[Sums]) -> dict[str, Value]:
    """Every indicator in the sums of all editions together."""
    together: Sums | None = None
    for sums in by_edition:
        together = restated(sums) if together is None else together.plus(restated(sums))
    return values_of(together)


def kinds_of(division: Division, year: int, kept: list[RegionTally]) -> tuple[Row, ...]:
    """The region by kind of body, in the law's order; one statement."""
    inside = within_regions(division)
    known = dict(
        bodies_known(year).filter(inside).order_by().values_list("kind").annotate(Count("pk"))
    )
    rows = []
    for kind in BodyKind:
        sums = sums_in(kept, division.pk, str(kind))
        coverage = Coverage(known.get(kind, 0), reports_in(sums))
        if coverage.bodies or coverage.published:
            rows.append(Row(str(kind), kind.label, coverage, values_together(sums)))
    return tuple(rows)


def history_of(division: Division, kind: str) -> tuple[tuple[int, int, Mapping[str, Value]], ...]:
    """The region's sums of every year from the first to the last; one statement."""
    by_year: dict[int, list[Sums]] = {}
    tallies = RegionTally.objects.filter(division=division, kind=kind, reports__gt=0)
    for tally in tallies.order_by("year", "edition"):
        by_year.setdefault(tally.year, []).append(from_tally(tally))
    if not by_year:
        return ()
    return tuple(
        (year, reports_in(by_year.get(year, ())), values_together(by_year.get(year, ())))
        for year in range(min(by_year), max(by_year) + 1)
    )


def years_of(division: Division) -> tuple[int, ...]:
    """The years for which a body of the region published, newest first; one statement."""
    kept = RegionTally.objects.filter(division=division, kind="", reports__gt=0)
    return tuple(kept.order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class Entry:
    """A region on the way in: its newest year and how many reports are counted in it."""

    code: str
    name: str
    level: str
    year: int
    reports: int
    inside: int


def entries() -> list[Entry]:
    """The widest regions that have statistics, and those directly in them; two statements."""
    newest: dict[int, tuple[int, int]] = {}
    top = Q(division__parent__isnull=True) | Q(division__parent__parent__isnull=True)
    kept = RegionTally.objects.filter(top, kind="", reports__gt=0).order_by("year")
    for key, year, reports in kept.values_list("division", "year", "reports"):
        before = newest.get(key, (0, 0))
        newest[key] = (year, reports + (before[1] if before[0] == year else 0))
    return [
        Entry(
            each.code, each.name, each.level, *newest[each.pk], 0 if each.parent_id is None else 1
        )
        for each in Division.objects.filter(pk__in=newest).order_by("code")
    ]


def to_json(statistics: Statistics) -> dict[str, Any]:
    """The statistics as JSON types."""

    def row(each: Row) -> dict[str, Any]:
        return {
            "key": each.key,
            "label": each.label,
            "bodies": each.coverage.bodies,
            "published": each.coverage.published,
            "values": {key: asdict(value) for key, value in each.values.items()},
        }

    return {
        "division": {"code": statistics.region.code, "name": statistics.region.name},
        "year": statistics.year,
        "kind": statistics.kind,
        "bodies": statistics.coverage.bodies,
        "published": statistics.coverage.published,
        "editions": {str(key): count for key, count in statistics.editions.items()},
        "indicators": [described(each) for each in indicators().values()],
        "values": {key: asdict(value) for key, value in statistics.values.items()},
        "regions": [row(each) for each in statistics.regions],
        "kinds": [row(each) for each in statistics.kinds],
    }
