"""From a cell of a roll-up to the bodies that make it up, and to the bodies directly below."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reports.editions import EDITIONS
from reports.editions.crosswalk import COMMON, comparable
from reports.editions.grammar import Edition, Number, Place
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    RemedyFigures,
    Revision,
)
from reports.sheet import TABLES

from .aggregation import published_below, summed_cells


@dataclass(frozen=True)
class Contribution:
    """What one body has in a cell of the roll-up; None where it left the cell blank."""

    agency: Agency
    number: Number | None


@dataclass(frozen=True)
class Branch:
    """The bodies of one branch together: the body directly below, and all below that."""

    agency: Agency
    reports: int
    number: Number | None
    has_below: bool


def contributions(agency: Agency, year: int, edition: Edition, place: Place) -> list[Contribution]:
    """The bodies that make up a cell, the largest first, then those that are blank; two statements.

    A total is told by the same rule as the sheet's: footed from each body's
    typed cells.
    """
    revisions = published_below(agency, year).filter(edition=edition.key)
    return ordered(made_up_of(revisions, summed_cells(edition, place)))


def contributions_together(
    agency: Agency, year: int, place: Place, editions: Iterable[int]
) -> list[Contribution]:
    """The same for a cell of the common form: reports on a form that cannot say it are left out."""
    found: list[Contribution] = []
    for key in editions:
        names = cells_for(place, EDITIONS[key])
        if names:
            revisions = published_below(agency, year).filter(edition=key)
            found += made_up_of(revisions, names)
    return ordered(found)


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


def made_up_of(revisions: QuerySet[Revision], names: list[str]) -> list[Contribution]:
    numbers = dict(numbers_by_report(revisions, names))
    bodies = (
        Agency.objects.filter(reports__revisions__in=revisions)
        .order_by()
        .annotate(report=F("reports"))
        .only("name", "slug", "path")
    )
    return [Contribution(each, numbers.get(each.report)) for each in bodies]


def ordered(found: Iterable[Contribution]) -> list[Contribution]:
    return sorted(
        found, key=lambda each: (each.number is None, -(each.number or 0), each.agency.path)
    )


def numbers_by_report(
    revisions: QuerySet[Revision], names: list[str]
) -> Iterator[tuple[int, Number | None]]:
    """(key of the report, the sum of its cells of those names), for reports not blank in all."""
    table, *rest = names[0].split(".")
    if table == TABLES[2]:
        yield from DisclosureFigures.objects.filter(revision__in=revisions).values_list(
            "revision__report", rest[0]
        )
        return
    split = [name.split(".") for name in names]
    columns = list(dict.fromkeys(column for _, column, _ in split))
    lines = list(dict.fromkeys(line for _, _, line in split))
    rows: QuerySet[Any] = (
        ApplicationFigures.objects.filter(revision__in=revisions, applicant__in=columns)
        if table == TABLES[3]
        else RemedyFigures.objects.filter(revision__in=revisions, remedy__in=columns)
    )
    summed = sum((Coalesce(F(key), 0) for key in lines[1:]), Coalesce(F(lines[0]), 0))
    filled = Q(**{f"{lines[0]}__isnull": False})
    for key in lines[1:]:
        filled |= Q(**{f"{key}__isnull": False})
    yield from (
        rows.filter(filled)
        .order_by()
        .values("revision__report")
        .annotate(sum=Sum(summed))
        .values_list("revision__report", "sum")
    )


def branches(agency: Agency, found: Iterable[Contribution]) -> list[Branch]:
    """A cell by the agencies directly below, in the tree's order; one statement.

    The agency's own report is a branch of its own, without any below.
    """
    below = Agency.objects.filter(parent=OuterRef("pk"))
    children = Agency.objects.filter(parent=agency).annotate(has_below=Exists(below))
    named = {child.path: child for child in children.order_by("path")}
    listed: dict[str, list[Number | None]] = {}
    for each in found:
        steps = each.agency.path.removeprefix(agency.path).split("/")
        path = f"{agency.path}{steps[0]}/" if steps[0] else agency.path
        listed.setdefault(path, []).append(each.number)
    return [
        Branch(
            named.get(path, agency),
            len(listed[path]),
            None if (known := [n for n in listed[path] if n is not None]) == [] else sum(known),
            path in named and named[path].has_below,  # type: ignore[attr-defined]
        )
        for path in sorted(listed)
    ]
