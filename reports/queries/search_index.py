"""How far the search's index is: what it lacks, and what it says otherwise than the reports."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, F, Q, Value
from django.db.models.functions import Concat

from reports.models import Agency, Report, ReportCount, Revision, SearchedName, SearchEntry
from reports.workflow import State

from .terms import VERSION, fold

ABOVE = "division__parent__parent__parent__parent"  # to a nation, from the smallest division


def reports_to_index() -> list[int]:
    """Reports whose entry is missing, of another text or shelf, made in a former way, not due."""
    in_force = Revision.objects.filter(state=State.PUBLISHED)
    right = Q(search_entry__revision=F("pk"), search_entry__version=VERSION)
    wrong = in_force.exclude(pk__in=in_force.filter(right).values("pk"))
    own = Concat(Value(" "), "agency__division__code", Value(" "))
    moved = SearchEntry.objects.exclude(kind=F("agency__kind")) | SearchEntry.objects.filter(
        ~Q(regions__contains=own), agency__division__isnull=False
    )
    left_over = SearchEntry.objects.exclude(revision__state=State.PUBLISHED)
    found = {pk for entries in (moved, left_over) for pk in entries.values_list("pk", flat=True)}
    return sorted(found | set(wrong.values_list("report", flat=True)))


def reports_in_force(after: int = 0) -> list[int]:
    found = Report.objects.filter(revisions__state=State.PUBLISHED, pk__gt=after)
    return list(found.order_by("pk").values_list("pk", flat=True))


def reports_of(agencies: Iterable[int]) -> list[int]:
    """The reports that are found by the names of agencies."""
    return list(SearchEntry.objects.filter(agency__in=agencies).values_list("pk", flat=True))


def agencies_to_index() -> list[int]:
    """Agencies of which a name is not searched, or one that they do not bear."""
    borne = {(pk, name) for pk, name in Agency.objects.values_list("pk", "name")}
    borne |= set(Agency.objects.filter(names__isnull=False).values_list("pk", "names__name"))
    names = SearchedName.objects.values_list("agency", "name", "folded")
    searched = {(pk, name) for pk, name, folded in names if folded == fold(name)}
    return sorted({pk for pk, _ in borne ^ searched})


def true_counts() -> Counter[tuple[str, str]]:
    """How many reports each shelf holds, by the entries themselves."""
    entries = SearchEntry.objects.order_by()
    counts: Counter[tuple[str, str]] = Counter()
    totals = entries.aggregate(reports=Count("pk"), agencies=Count("agency", distinct=True))
    for dimension, number in totals.items():
        counts[dimension, ""] = number
    for field in ("year", "kind"):
        for key, number in entries.values_list(field).annotate(Count("pk")):
            counts[field, str(key)] = number
    for codes, number in entries.values_list("regions").annotate(Count("pk")):
        for code in codes.split():
            counts["region", code] += number
    return +counts


def wrong_counts() -> Iterator[str]:
    """A sentence for each shelf whose count is not that of its reports."""
    kept = {(each.dimension, each.key): each.reports for each in ReportCount.objects.all()}
    true = true_counts()
    for shelf in sorted(kept.keys() | true.keys()):
        if kept.get(shelf, 0) != true[shelf]:
            yield f"{' '.join(shelf).strip()}：记为 {kept.get(shelf, 0)} 份，实有 {true[shelf]} 份。"
