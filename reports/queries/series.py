"""What bodies published, year beside year, as far as the editions count the same.

Only texts in force count, transcribed ones among them; a year without one is a
gap and is named. The indicators and how they are reckoned: ``indicators``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from reports.editions.bodies import BodyKind, deadline
from reports.models import Agency, Revision, RevisionPart, Succession, Verbatim
from reports.workflow import State

from .aggregation import sums_of
from .indicators import Value, described, indicators, values_of, why_not
from .sheets import sheet_of


@dataclass(frozen=True)
class Year:
    """How far a body's report for a year can be read: ``in_force``, ``withdrawn`` or ``none``."""

    year: int
    state: str = "none"
    edition: int | None = None
    as_printed: bool = False
    name: str = ""  # the body's, as the report says it

    @property
    def is_in_force(self) -> bool:
        return self.state == "in_force"


@dataclass(frozen=True)
class Kin:
    """A body which this one took over from, or which took over from it."""

    slug: str
    name: str
    on: date


@dataclass(frozen=True)
class AgencySeries:
    """A body's years in order, and of each indicator a value for each of them."""

    slug: str
    name: str
    years: tuple[Year, ...]
    values: Mapping[str, tuple[Value, ...]]
    predecessors: tuple[Kin, ...] = ()
    successors: tuple[Kin, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """The years of which the site has no report in force."""
        return tuple(each.year for each in self.years if not each.is_in_force)

    @property
    def editions(self) -> tuple[int, ...]:
        return tuple(sorted({each.edition for each in self.years if each.edition}))

    def of(self, key: str) -> tuple[Value, ...]:
        return self.values[key]


def figures_only(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """With what the three tables say and without the texts: three statements."""
    return revisions.select_related("report__agency", "disclosure").prefetch_related(
        "applications",
        "remedies",
        Prefetch("parts", RevisionPart.objects.none()),
        Prefetch("verbatim", Verbatim.objects.none()),
    )


def readable(agencies: Iterable[Agency]) -> dict[int, dict[int, Revision]]:
    """By agency and year the text in force, or the withdrawn one where none is."""
    asked = Revision.objects.filter(
        report__agency__in=list(agencies), state__in=[str(State.PUBLISHED), str(State.WITHDRAWN)]
    )
    found: dict[int, dict[int, Revision]] = {}
    for revision in figures_only(asked).order_by("report__year", "number"):
        years = found.setdefault(revision.report.agency_id, {})
        standing = years.get(revision.report.year)
        if standing is None or standing.state != State.PUBLISHED:
            years[revision.report.year] = revision
    return found


def series_of(agency: Agency, today: date | None = None) -> AgencySeries:
    """A body's series from its first report to the last that is due; five statements."""
    return series_together([agency], today)[0]


def series_together(agencies: Iterable[Agency], today: date | None = None) -> list[AgencySeries]:
    """The series of several bodies over the same years, in the order given; five statements."""
    listed = list(agencies)
    texts = readable(listed)
    years = span(listed, texts, today or timezone.localdate())
    before, after = kin_of(listed)
    return [
        one_series(
            each, texts.get(each.pk, {}), years, before.get(each.pk, ()), after.get(each.pk, ())
        )
        for each in listed
    ]


def span(
    agencies: Iterable[Agency], texts: Mapping[int, Mapping[int, Revision]], today: date
) -> range:
    """From the first year that anybody published to the last, or the last one due."""
    published = [year for years in texts.values() for year in years]
    if not published:
        return range(0)
    due = [last_due(each, today) for each in agencies if texts.get(each.pk)]
    return range(min(published), max(*published, *due) + 1)


def last_due(agency: Agency, today: date) -> int:
    """The last year whose report the law wants by now; of a closed body the last whole year."""
    year = today.year - 1
    if today <= deadline(BodyKind(agency.kind), year):
        year -= 1
    return min(year, agency.closed_on.year - 1) if agency.closed_on else year


def kin_of(
    agencies: list[Agency],
) -> tuple[dict[int, tuple[Kin, ...]], dict[int, tuple[Kin, ...]]]:
    """Predecessors and successors by agency, earliest first; two statements."""
    before: dict[int, tuple[Kin, ...]] = {}
    after: dict[int, tuple[Kin, ...]] = {}
    steps = Succession.objects.select_related("predecessor", "successor").order_by("on", "pk")
    for step in steps.filter(successor__in=agencies):
        old = step.predecessor
        kin = Kin(old.slug, old.name, step.on)
        before[step.successor_id] = (*before.get(step.successor_id, ()), kin)
    for step in steps.filter(predecessor__in=agencies):
        new = step.successor
        kin = Kin(new.slug, new.name, step.on)
        after[step.predecessor_id] = (*after.get(step.predecessor_id, ()), kin)
    return before, after


def one_series(
    agency: Agency,
    texts: Mapping[int, Revision],
    years: range,
    before: tuple[Kin, ...],
    after: tuple[Kin, ...],
) -> AgencySeries:
    told = tuple(year_of(year, texts.get(year)) for year in years)
    values = [
        values_of(sums_of(sheet_of(texts[each.year])) if each.is_in_force else None)
        for each in told
    ]
    by_indicator = {key: tuple(each[key] for each in values) for key in indicators()}
    return AgencySeries(agency.slug, agency.name, told, by_indicator, before, after)


def year_of(year: int, revision: Revision | None) -> Year:
    if revision is None:
        return Year(year)
    if revision.state != State.PUBLISHED:
        return Year(year, "withdrawn", name=revision.agency_name)
    return Year(year, "in_force", revision.edition, revision.as_printed, revision.agency_name)


def to_json(series: AgencySeries) -> dict[str, Any]:
    """The series as JSON types: every year, and of each indicator what it is and its values."""
    return {
        "agency": {"slug": series.slug, "name": series.name},
        "years": [asdict(each) for each in series.years],
        "predecessors": [
            asdict(each) | {"on": each.on.isoformat()} for each in series.predecessors
        ],
        "successors": [asdict(each) | {"on": each.on.isoformat()} for each in series.successors],
        "indicators": [
            described(each) | {"values": [asdict(value) for value in series.values[each.key]]}
            for each in indicators().values()
        ],
        "not_comparable": [{"figures": which, "reason": why} for which, why in why_not()],
    }
