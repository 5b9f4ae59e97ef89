"""汇总: the published figures of many bodies as one sheet.

Figures are summed cell by cell; what the form calls a total is footed again
from the sums and never added, so a wrong total in a historical report stays
its own. A blank is no zero: it adds nothing, and how many are blank is told.

A government's report that covers bodies below it is itself such a sum
(format.md, S1) and is not added again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reports.editions import EDITIONS
from reports.editions.bodies import BodyKind
from reports.editions.common import CLOSED
from reports.editions.crosswalk import COMMON, comparable
from reports.editions.grammar import Edition, Kind, Number, Place
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    RemedyFigures,
    Report,
    Revision,
    Tally,
)
from reports.sheet import Sheet, foot_applications, foot_results, json_number, name_of
from reports.workflow import State


@dataclass(frozen=True)
class Sums:
    """Figures added up: ``numbers`` and ``blanks`` by a cell's full name.

    Only typed cells; ``numbers`` lacks a cell that is blank in every report.
    """

    edition: Edition
    reports: int = 0
    numbers: Mapping[str, Number] = field(default_factory=dict)
    blanks: Mapping[str, int] = field(default_factory=dict)

    def plus(self, other: "Sums", sign: int = 1) -> "Sums":
        """Both together; with ``sign`` -1 the other is taken out again."""
        numbers = dict(self.numbers)
        for name, number in other.numbers.items():
            numbers[name] = numbers.get(name, 0) + sign * number
        blanks = dict(self.blanks)
        for name, count in other.blanks.items():
            blanks[name] = blanks.get(name, 0) + sign * count
        reports = self.reports + sign * other.reports
        told = {name: count for name, count in blanks.items() if count}
        known = {name: n for name, n in numbers.items() if told.get(name, 0) < reports}
        return Sums(self.edition, reports, known, told)


def typed_places(edition: Edition) -> Iterator[Place]:
    return (place for place in edition.places() if not place.computed)


def undivided(edition: Edition) -> list[str]:
    """The columns' cells for a line which this edition divides and some print whole all the same.

    They count in the column's total; the form has no cell for them.
    """
    table = edition.applications
    if any(leaf.key == CLOSED.whole for leaf in table.leaves()):
        return []
    return [f"applications.{column.key}.{CLOSED.whole}" for column in table.typed_columns()]


def sums_of(sheet: Sheet) -> Sums:
    """One report as a sum of one."""
    cells = [(name_of(place), sheet.figure(place)) for place in typed_places(sheet.edition)]
    whole = [
        (name, sheet.applications.get(name.split(".")[1], {}).get(CLOSED.whole))
        for name in undivided(sheet.edition)
    ]
    return Sums(
        sheet.edition,
        1,
        {name: number for name, number in (*cells, *whole) if number is not None},
        {name: 1 for name, number in cells if number is None},
    )


def sheet_from(sums: Sums, agency: str, year: int) -> Sheet:
    """The sums on the form, with their totals footed; a cell blank in all stays blank."""
    edition, numbers = sums.edition, sums.numbers
    columns: dict[str, dict[str, Number | None]] = {}
    groups: dict[str, dict[str, Number | None]] = {}
    disclosure: dict[str, Number | None] = {}
    for place in typed_places(edition):
        number = numbers.get(name_of(place))
        if place.part == 2:
            disclosure[place.key] = number
        else:
            table = columns if place.part == 3 else groups
            table.setdefault(place.column, {})[place.line] = number
    whole = [name for name in undivided(edition) if name in numbers]
    for name in undivided(edition) if whole else ():
        columns[name.split(".")[1]][CLOSED.whole] = numbers.get(name, 0)
    return Sheet(
        edition,
        agency,
        year,
        disclosure=disclosure,
        applications=foot_applications(edition, columns),
        remedies={key: foot_results(edition, figures) for key, figures in groups.items()},
    )


def restated(sums: Sums) -> Sums:
    """The sums on the form common to all editions, as far as the crosswalk lets them."""
    if sums.edition is COMMON:
        return sums
    numbers: dict[str, Number] = {}
    blanks: dict[str, int] = {}
    for cell in comparable(sums.edition):
        if cell.place.computed:
            continue
        name = name_of(cell.place)
        table = name.split(".")[0]
        sources = [f"{table}.{key}" for key in cell.keys]
        if len(sources) > 1:  # printed divided by most, and whole by some
            sources.append(name)
        known = [sums.numbers[source] for source in sources if source in sums.numbers]
        if known:
            numbers[name] = sum(known)
        blank = max(sums.blanks.get(source, 0) for source in sources)
        if blank:
            blanks[name] = blank
    return Sums(COMMON, sums.reports, numbers, blanks)


def to_json(sums: Sums) -> dict[str, Any]:
    """The numbers as JSON: zeros are left out, as most are (``from_tally`` puts them back)."""
    return {name: json_number(number) for name, number in sums.numbers.items() if number}


def from_tally(tally: Tally) -> Sums:
    """The sums which a tally keeps."""
    edition = EDITIONS[tally.edition]
    numbers: dict[str, Number] = {}
    for place in typed_places(edition):
        name = name_of(place)
        if tally.blanks.get(name, 0) < tally.reports:
            kept = tally.sums.get(name, 0)
            numbers[name] = Decimal(str(kept)) if place.kind is Kind.AMOUNT else kept
    numbers |= {name: tally.sums[name] for name in undivided(edition) if name in tally.sums}
    return Sums(edition, tally.reports, numbers, tally.blanks)


def published_below(agency: Agency, year: int | None = None) -> QuerySet[Revision]:
    """What counts in the agency's roll-up: each body's report in force, its own included."""
    return counting(
        Revision.objects.filter(
            state=State.PUBLISHED, report__agency__path__startswith=agency.path
        ),
        year,
    )


def counting(revisions: QuerySet[Revision], year: int | None = None) -> QuerySet[Revision]:
    """Without the reports of governments that are themselves the sum of bodies below them."""
    below = Agency.objects.filter(parent=OuterRef("report__agency"))
    own = revisions.exclude(Q(report__agency__kind=BodyKind.GOVERNMENT) & Exists(below))
    return own if year is None else own.filter(report__year=year)


def covers_others(agency: Agency) -> bool:
    """Whether the agency's own report is the sum of those below it."""
    return agency.kind == BodyKind.GOVERNMENT and agency.children.exists()


def tallied(agency: Agency, year: int) -> dict[int, Sums]:
    """The subtree's sums by edition, from the tally and the agency's own report."""
    found = {
        tally.edition: from_tally(tally)
        for tally in Tally.objects.filter(agency=agency, year=year, reports__gt=0)
    }
    if not covers_others(agency):
        for edition, sums in summed_raw(own_report(agency, year)).items():
            found[edition] = found[edition].plus(sums) if edition in found else sums
    return dict(sorted(found.items()))


def own_report(agency: Agency, year: int) -> QuerySet[Revision]:
    return Revision.objects.filter(report__agency=agency, report__year=year, state=State.PUBLISHED)


def summed_raw(revisions: QuerySet[Revision]) -> dict[int, Sums]:
    """The same from the figures themselves, by edition; at most four statements."""
    counts = dict(revisions.order_by().values_list("edition").annotate(Count("pk")))
    return {
        edition: add_tables(Sums(EDITIONS[edition], reports), revisions.filter(edition=edition))
        for edition, reports in sorted(counts.items())
    }


def add_tables(empty: Sums, revisions: QuerySet[Revision]) -> Sums:
    numbers: dict[str, Number] = {}
    blanks: dict[str, int] = {}
    beside = frozenset(undivided(empty.edition))
    for name, (number, count) in cells_summed(empty.edition, revisions.order_by().values("pk")):
        if number is not None:
            numbers[name] = number
        if count < empty.reports and name not in beside:
            blanks[name] = empty.reports - count
    return Sums(empty.edition, empty.reports, numbers, blanks)


def cells_summed(
    edition: Edition, revisions: QuerySet[Any]
) -> Iterator[tuple[str, tuple[Number | None, int]]]:
    """(full name, (sum, how many are not blank)) of every typed cell."""
    places = list(typed_places(edition))
    yield from of_part_two([p for p in places if p.part == 2], revisions)
    yield from of_rows([p for p in places if p.part == 3], ApplicationFigures, revisions)
    yield from of_rows([p for p in places if p.part == 4], RemedyFigures, revisions)


def of_rows(
    places: list[Place], model: type[ApplicationFigures | RemedyFigures], revisions: QuerySet[Any]
) -> Iterator[tuple[str, tuple[Number | None, int]]]:
    """Part three or four: the rows of each applicant or remedy; a line printed whole besides."""
    three = model is ApplicationFigures
    by = "applicant" if three else "remedy"
    keys = list(dict.fromkeys(place.line for place in places))
    extra = [CLOSED.whole] if three and CLOSED.whole not in keys else []
    rows = model._default_manager.filter(revision__in=revisions).order_by().values(by)
    found = {row[by]: row for row in rows.annotate(**aggregates([*keys, *extra]))}
    cells = [(name_of(place), place.column, place.line) for place in places]
    for column in dict.fromkeys(place.column for place in places):
        cells += [(f"applications.{column}.{key}", column, key) for key in extra]
    for name, column, line in cells:
        row = found.get(column, {})
        yield name, (row.get(f"sum_{line}"), row.get(f"count_{line}", 0))


def of_part_two(
    places: list[Place], revisions: QuerySet[Any]
) -> Iterator[tuple[str, tuple[Number | None, int]]]:
    row = DisclosureFigures.objects.filter(revision__in=revisions).aggregate(
        **aggregates([place.key for place in places])
    )
    for place in places:
        yield name_of(place), (row[f"sum_{place.key}"], row[f"count_{place.key}"])


def aggregates(keys: Iterable[str]) -> dict[str, Any]:
    return {
        name: expression
        for key in keys
        for name, expression in ((f"sum_{key}", Sum(key)), (f"count_{key}", Count(key)))
    }


@dataclass(frozen=True)
class Contribution:
    """What one body has in a cell of the roll-up."""

    agency: Agency
    number: Number | None


def contributions(agency: Agency, year: int, edition: Edition, place: Place) -> list[Contribution]:
    """The bodies that make up a cell, the largest first, then those that are blank; two statements.

    A total is told by the same rule as the sheet's: footed from each body's
    typed cells.
    """
    revisions = published_below(agency, year).filter(edition=edition.key)
    numbers = dict(cell_by_report(revisions, edition, place))
    reports = {
        report.pk: report.agency
        for report in Report.objects.filter(revisions__in=revisions).select_related("agency")
    }
    listed = [Contribution(body, numbers.get(pk)) for pk, body in reports.items()]
    return sorted(
        listed,
        key=lambda each: (each.number is None, -(each.number or 0), each.agency.path),
    )


def cell_by_report(
    revisions: QuerySet[Revision], edition: Edition, place: Place
) -> Iterator[tuple[int, Number | None]]:
    """(key of the report, its number in the cell)."""
    if place.part == 2:
        yield from DisclosureFigures.objects.filter(revision__in=revisions).values_list(
            "revision__report", place.key
        )
        return
    if place.part == 3:
        table = edition.applications
        typed = [c.key for c in table.typed_columns()]
        columns = typed if table.column(place.column).computed else [place.column]
        lines = summands(place.line, table.down[0])
        rows: QuerySet[Any] = ApplicationFigures.objects.filter(
            revision__in=revisions, applicant__in=columns
        )
    else:
        lines = summands(place.line, edition.remedies.across)
        rows = RemedyFigures.objects.filter(revision__in=revisions, remedy=place.column)
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


def summands(line: str, equation: Any) -> list[str]:
    """The typed lines that a computed one sums; the line itself where it is typed."""
    if line not in equation.right[0].keys:
        return [line]
    return [
        key
        for term in equation.left
        for key in (term.keys if not term.whole else (*term.keys, term.whole))
    ]
