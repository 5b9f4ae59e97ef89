"""The cells of a roll-up by the agencies directly below.

What each of those has below it was summed when it was published (``Tally``);
only their own reports are read, and only of those that are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.editions.grammar import Number
from reports.models import Agency, Tally

from .aggregation import Sums, from_tally
from .drilldown import Page, Source, numbers_by_body

Tallies = Mapping[tuple[int, int], Sums]  # by the keys of agency and edition


@dataclass(frozen=True)
class Branch:
    """The bodies of one branch together: the body directly below, and all below that.

    ``numbers`` has one for each of the cells asked for; None where all left it blank.
    """

    agency: Agency
    reports: int
    numbers: tuple[Number | None, ...]
    has_below: bool


def branches(
    agency: Agency,
    cells: Sequence[Sequence[Source]],
    after: int | None = None,
    size: int | None = None,
) -> Page[Branch]:
    """The branches that have reports behind the first of the cells, in the tree's order.

    The agency's own report is a branch of its own, without any below. A page
    begins behind the branch ``after``, or at the start where that is none. Three
    statements, and one for each cell on each edition.
    """
    begin = path_of(agency, after)
    found = list(reporting(agency, cells[0], begin)[: None if size is None else size + 1])
    shown = found[:size]
    keys = [each.pk for each in shown]
    tallies = tallies_of([key for key in keys if key != agency.pk], cells[0])
    columns = [column_of(keys, behind, tallies) for behind in cells]
    rows = tuple(
        Branch(
            each,
            columns[0][each.pk][0],
            tuple(column[each.pk][1] for column in columns),
            each.pk != agency.pk and each.has_below,
        )
        for each in shown
    )
    return Page(rows, keys[-1] if len(found) > len(shown) else None, begin is None)


def path_of(agency: Agency, after: int | None) -> str | None:
    """The path of a branch: the agency itself, or one directly below it."""
    if after is None:
        return None
    directly = Agency.objects.filter(Q(parent=agency) | Q(pk=agency.pk), pk=after)
    return directly.values_list("path", flat=True).first()


def reporting(agency: Agency, behind: Iterable[Source], begin: str | None) -> QuerySet[Any]:
    """The agency, where it has a report itself, and those directly below that have any."""
    told: Any = Q(pk__in=())
    for source in behind:
        own = source.revisions.filter(report__agency=OuterRef("pk"))
        kept = tallies_on([source]).filter(agency=OuterRef("pk"))
        told |= Q(Exists(own)) | (Q(parent=agency) & Exists(kept))
    directly = Agency.objects.filter(Q(parent=agency) | Q(pk=agency.pk)).filter(told)
    if begin is not None:
        directly = directly.filter(path__gt=begin)
    below = Agency.objects.filter(parent=OuterRef("pk"))
    return directly.annotate(has_below=Exists(below)).order_by("path")


def tallies_on(behind: Iterable[Source]) -> QuerySet[Tally]:
    years, editions = {source.year for source in behind}, {source.edition for source in behind}
    return Tally.objects.filter(year__in=years, edition__in=editions, reports__gt=0)


def tallies_of(agencies: Sequence[int], behind: Iterable[Source]) -> Tallies:
    kept = tallies_on(behind).filter(agency__in=agencies)
    return {(tally.agency_id, tally.edition): from_tally(tally) for tally in kept}


def column_of(
    agencies: Sequence[int], behind: Iterable[Source], tallies: Tallies
) -> dict[int, tuple[int, Number | None]]:
    """Of each branch how many reports are behind a cell, and their sum."""
    found: dict[int, tuple[int, Number | None]] = dict.fromkeys(agencies, (0, None))
    for source in behind:
        own = numbers_by_body(source).filter(body__in=agencies)
        for pk, number in own.values_list("body", "figure"):
            found[pk] = together(found[pk], (1, number))
        for pk in agencies:
            sums = tallies.get((pk, source.edition))
            if sums is not None:
                found[pk] = together(found[pk], (sums.reports, sum_in(sums, source)))
    return found


def together(
    one: tuple[int, Number | None], other: tuple[int, Number | None]
) -> tuple[int, Number | None]:
    known = [number for _, number in (one, other) if number is not None]
    return one[0] + other[0], sum(known) if known else None


def sum_in(sums: Sums, source: Source) -> Number | None:
    """The sum of the cells; None where every report left all of them blank."""
    if min(source.blanks_in(sums)) == sums.reports:
        return None
    return sum(sums.numbers.get(name, 0) for name in source.names)
