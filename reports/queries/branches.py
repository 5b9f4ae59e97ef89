"""The cells of a roll-up by the agencies directly below, summed and counted by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from reports.editions.grammar import Number
from reports.models import Agency, Revision

from .drilldown import PATH, Page, Source, summed


@dataclass(frozen=True)
class Branch:
    """The bodies of one branch together: the body directly below, and all below that.

    ``numbers`` has one for each of the cells asked for.
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
    begins behind the branch ``after``, or at the start where that is none. Two
    statements, one for each edition, and one for each cell of each edition.
    """
    begin = path_of(agency, after)
    counts = counted(agency, cells[0], begin, None if size is None else size + 1)
    paths = sorted(counts)[:size]
    if not paths:
        return Page((), None, begin is None)
    window = Q(branch__lte=paths[-1]) & beyond(begin)
    sums = [sums_by_branch(agency, behind, window) for behind in cells]
    below = Agency.objects.filter(parent=OuterRef("pk"))
    named = {
        each.path: each
        for each in Agency.objects.filter(path__in=paths).annotate(has_below=Exists(below))
    }
    found = tuple(
        Branch(
            named[path],
            counts[path],
            tuple(each.get(path) for each in sums),
            path != agency.path and named[path].has_below,
        )
        for path in paths
    )
    return Page(found, found[-1].agency.pk if len(counts) > len(paths) else None, begin is None)


def path_of(agency: Agency, after: int | None) -> str | None:
    """The path of a branch: the agency itself, or one directly below it."""
    directly = Agency.objects.filter(Q(parent=agency) | Q(pk=agency.pk))
    return (
        None if after is None else directly.filter(pk=after).values_list("path", flat=True).first()
    )


def beyond(begin: str | None) -> Q:
    return Q() if begin is None else Q(branch__gt=begin)


def by_branch(agency: Agency, reports: QuerySet[Revision]) -> QuerySet[Any]:
    """Each report with its ``branch``: the path of the agency directly below, or the agency's own."""
    above = len(agency.path)
    step = StrIndex(Substr(PATH, above + 1), Value("/"))  # 0 where nothing follows
    return reports.order_by().values(branch=Substr(PATH, 1, Value(above) + step))


def counted(
    agency: Agency, behind: Sequence[Source], begin: str | None, most: int | None
) -> dict[str, int]:
    """How many reports the first branches have, up to ``most`` of each edition."""
    found: dict[str, int] = {}
    for source in behind:
        rows = by_branch(agency, source.revisions).filter(beyond(begin))
        counts = rows.annotate(reports=Count("pk")).order_by("branch")[:most]
        for path, reports in counts.values_list("branch", "reports"):
            found[path] = found.get(path, 0) + reports
    return found


def sums_by_branch(agency: Agency, behind: Sequence[Source], window: Q) -> dict[str, Number | None]:
    """A cell's sum in each branch of the window; None where all left it blank."""
    found: dict[str, Number | None] = {}
    for source in behind:
        reports, figure = summed(source)
        rows = by_branch(agency, reports).filter(window).annotate(figure=figure)
        for path, number in rows.values_list("branch", "figure"):
            known = [each for each in (found.get(path), number) if each is not None]
            found[path] = sum(known) if known else None
    return found
