"""From a cell of a roll-up to the bodies that make it up, a page at a time.

A nation's cell has 200,000 bodies behind it, so the database sums, orders and
counts them, and no more are read than are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import merge
from typing import Any, Generic, TypeVar

from django.db.models import F, FilteredRelation, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reports.editions import EDITIONS
from reports.editions.crosswalk import COMMON, comparable
from reports.editions.grammar import Edition, Number, Place
from reports.models import Agency, Revision
from reports.sheet import TABLES, name_of

from .aggregation import Sums, published_below, summed_cells, typed_places, undivided

BODY, PATH = "report__agency", "report__agency__path"  # from a revision
Row = TypeVar("Row")


@dataclass(frozen=True)
class Source:
    """Reports in force on one edition's form, and its typed cells that a cell of the roll-up sums."""

    agency: Agency
    year: int
    edition: int
    names: tuple[str, ...]

    @property
    def revisions(self) -> QuerySet[Revision]:
        return published_below(self.agency, self.year).filter(edition=self.edition)

    def blanks_in(self, sums: Sums) -> list[int]:
        """In how many reports each of the cells is blank, as the sums of its edition tell it.

        A line that another edition divides is summed with its parts, which this one has not.
        """
        return [sums.blanks.get(name, 0) for name in self.names if name in told_on(self.edition)]


@cache
def told_on(edition: int) -> frozenset[str]:
    form = EDITIONS[edition]
    return frozenset((*map(name_of, typed_places(form)), *undivided(form)))


@dataclass(frozen=True)
class Contribution:
    """What one body has in a cell of the roll-up; None where it left the cell blank."""

    agency: Agency
    number: Number | None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list; ``next`` is the agency after which the others come, None at its end."""

    rows: tuple[Row, ...]
    next: int | None
    is_first: bool


@dataclass(frozen=True)
class Extent:
    """How many reports are behind a cell, and how many of them left it blank."""

    reports: int
    blank: int


def sources(agency: Agency, year: int, edition: Edition, place: Place) -> tuple[Source, ...]:
    """What is behind a cell of an edition's form.

    A total is told by the same rule as the sheet's: footed from each body's
    typed cells.
    """
    return (Source(agency, year, edition.key, tuple(summed_cells(edition, place))),)


def sources_together(
    agency: Agency, year: int, place: Place, editions: Iterable[int]
) -> tuple[Source, ...]:
    """The same for a cell of the common form: reports on a form that cannot say it are left out."""
    return tuple(
        Source(agency, year, key, tuple(names))
        for key in editions
        if (names := cells_for(place, EDITIONS[key]))
    )


def cells_for(place: Place, edition: Edition) -> list[str]:
    """The typed cells of an edition that a cell of the common form sums; none if it has no such."""
    own = {(each.part, each.key): each for each in edition.places()}
    for cell in comparable(edition):
        if (cell.place.part, cell.place.key) == (place.part, place.key):
            names = [
                name for key in cell.keys for name in summed_cells(edition, own[place.part, key])
            ]
            divided = len(cell.keys) > 1  # by most; some print the line whole all the same
            return [*names, *summed_cells(COMMON, place)] if divided else names
    return []


def summed(source: Source) -> tuple[QuerySet[Any], Sum]:
    """The reports with their figures joined, and the sum of the cells: null where all are blank."""
    table, *first = source.names[0].split(".")
    reports = source.revisions.order_by()
    if table == TABLES[2]:
        return reports, Sum(f"{table}__{first[0]}")
    split = [name.split(".") for name in source.names]
    columns = list(dict.fromkeys(column for _, column, _ in split))
    keys = list(dict.fromkeys(f"cells__{line}" for _, _, line in split))
    by = "applicant" if table == TABLES[3] else "remedy"
    cells = FilteredRelation(table, condition=Q(**{f"{table}__{by}__in": columns}))
    total: Any = Coalesce(F(keys[0]), 0)
    filled = Q(**{f"{keys[0]}__isnull": False})
    for key in keys[1:]:
        total += Coalesce(F(key), 0)
        filled |= Q(**{f"{key}__isnull": False})
    return reports.annotate(cells=cells), Sum(total, filter=filled)


def numbers_by_body(source: Source) -> QuerySet[Any]:
    """``body``, its ``path`` and its ``figure``, which is null where it left the cells blank."""
    reports, figure = summed(source)
    return reports.values(body=F(BODY)).annotate(path=Max(PATH), figure=figure)


def bodies(behind: Sequence[Source], after: int | None, size: int) -> Page[Contribution]:
    """The bodies that make up a cell: the largest first, the blank last, equals in the tree's order.

    A page begins behind the agency ``after``, or at the start where that is not
    among them; two statements for each edition and one for the names.
    """
    last = place_of(behind, after)
    found = list(merge(*(heads(each, last, size + 1) for each in behind), key=rank))
    shown = found[:size]
    named = Agency.objects.only("name", "slug", "path").in_bulk([row["body"] for row in shown])
    return Page(
        tuple(Contribution(named[row["body"]], row["figure"]) for row in shown),
        shown[-1]["body"] if len(found) > size else None,
        last is None,
    )


def place_of(behind: Sequence[Source], after: int | None) -> dict[str, Any] | None:
    """The row of an agency, if it is among the bodies."""
    for source in behind if after is not None else ():
        row: dict[str, Any]
        for row in numbers_by_body(source).filter(body=after):
            return row
    return None


def heads(source: Source, last: dict[str, Any] | None, most: int) -> list[dict[str, Any]]:
    rows = numbers_by_body(source)
    if last is not None:
        further = Q(path__gt=last["path"])
        if last["figure"] is None:
            rows = rows.filter(further, figure__isnull=True)
        else:
            less, equal = Q(figure__lt=last["figure"]), Q(figure=last["figure"])
            rows = rows.filter(less | (equal & further) | Q(figure__isnull=True))
    return list(rows.order_by(F("figure").desc(nulls_last=True), "path")[:most])


def rank(row: dict[str, Any]) -> tuple[bool, Number, str]:
    return (row["figure"] is None, -(row["figure"] or 0), row["path"])


def extent_of(behind: Sequence[Source], sums: Mapping[int, Sums]) -> Extent:
    """How many reports are behind a cell, from the sums by edition; mostly no statement.

    A total is blank where all its cells are: they are looked through only where
    each of them is blank somewhere.
    """
    reports = blank = 0
    for source in behind:
        if source.edition in sums:
            least = min(source.blanks_in(sums[source.edition]))
            if least and len(source.names) > 1:
                least = numbers_by_body(source).filter(figure__isnull=True).count()
            reports += sums[source.edition].reports
            blank += least
    return Extent(reports, blank)
