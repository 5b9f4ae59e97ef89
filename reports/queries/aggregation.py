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

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from reports.editions import EDITIONS
from reports.editions.common import CLOSED, CLOSED_KEYS
from reports.editions.covering import COVERING
from reports.editions.crosswalk import COMMON, comparable
from reports.editions.grammar import Edition, Equation, Kind, Number, Place
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    RegionTally,
    RemedyFigures,
    Revision,
    Tally,
)
from reports.sheet import TABLES, Sheet, json_number, name_of
from reports.workflow import State

Cell = tuple[str, tuple[Number | None, int]]  # full name, (sum, how many are not blank)
FIGURES: tuple[tuple[int, type[Model], str], ...] = (  # by what a table has several rows a report
    (2, DisclosureFigures, ""), (3, ApplicationFigures, "applicant"), (4, RemedyFigures, "remedy"),
)  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Figures added up: ``numbers`` and ``blanks`` by a cell's full name.

    Only typed cells; ``numbers`` lacks a cell that is blank in every report. A line
    which the edition divides has its count of blanks too (``undivided``).
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
        rest = without_nothing(self.edition, numbers)
        known = {name: n for name, n in rest.items() if told.get(name, 0) < reports}
        return Sums(self.edition, reports, known, told)


def typed_places(edition: Edition) -> Iterator[Place]:
    return (place for place in edition.places() if not place.computed)


def undivided(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The columns' cells for a line which this edition divides, each with its parts.

    Some print it whole all the same, which counts in the column's total. It is one
    term of the equation (``CLOSED``): blank where the whole and every part are. How
    many are cannot be told from the parts' own counts, as they need not be blank
    together; so it is counted report by report.
    """
    table = edition.applications
    if any(leaf.key == CLOSED.whole for leaf in table.leaves()):
        return {}
    columns = [f"applications.{column.key}." for column in table.typed_columns()]
    return {of + CLOSED.whole: tuple(of + key for key in CLOSED_KEYS) for of in columns}


def without_nothing(edition: Edition, numbers: Mapping[str, Number]) -> dict[str, Number]:
    """Without a zero for a line that is divided: a tally keeps none and could not tell it again."""
    divided = undivided(edition)
    return {name: number for name, number in numbers.items() if number or name not in divided}


def sums_of(sheet: Sheet) -> Sums:
    """One report as a sum of one."""
    cells = [(name_of(place), sheet.figure(place)) for place in typed_places(sheet.edition)]
    divided = undivided(sheet.edition)
    whole = [
        (name, sheet.applications.get(name.split(".")[1], {}).get(CLOSED.whole)) for name in divided
    ]
    known = {name: number for name, number in (*cells, *whole) if number is not None}
    blank = [name for name, number in cells if number is None]
    blank += [name for name, parts in divided.items() if known.keys().isdisjoint((name, *parts))]
    return Sums(sheet.edition, 1, without_nothing(sheet.edition, known), dict.fromkeys(blank, 1))


def sheet_from(sums: Sums, agency: str, year: int) -> Sheet:
    """The sums on the form. A total is footed from what is known; what is blank in all is blank."""
    edition, numbers = sums.edition, sums.numbers
    disclosure: dict[str, Number | None] = {}
    columns: dict[str, dict[str, Number | None]] = {}
    groups: dict[str, dict[str, Number | None]] = {}
    for place in edition.places():
        number = known_sum(numbers, summed_cells(edition, place))
        if place.part == 2:
            disclosure[place.key] = number
        else:
            table = columns if place.part == 3 else groups
            table.setdefault(place.column, {})[place.line] = number
    whole = list(undivided(edition))
    if any(name in numbers for name in whole):
        for name in whole:
            columns[name.split(".")[1]][CLOSED.whole] = numbers.get(name, 0)
        columns["total"][CLOSED.whole] = known_sum(numbers, whole)
    return Sheet(
        edition, agency, year, disclosure=disclosure, applications=columns, remedies=groups
    )


def known_sum(numbers: Mapping[str, Number], names: Iterable[str]) -> Number | None:
    known = [numbers[name] for name in names if name in numbers]
    return sum(known) if known else None


def summed_cells(edition: Edition, place: Place) -> list[str]:
    """The full names of the typed cells that a cell sums; of a typed one its own."""
    table = TABLES[place.part]
    if place.part == 2:
        return [name_of(place)]
    if place.part == 3:
        printed = edition.applications
        columns = [place.column]
        if printed.column(place.column).computed:
            columns = [column.key for column in printed.typed_columns()]
        lines = summands(place.line, printed.down[0])
    else:
        columns, lines = [place.column], summands(place.line, edition.remedies.across)
    return [f"{table}.{column}.{line}" for column in columns for line in lines]


def summands(line: str, equation: Equation) -> list[str]:
    """The typed lines that a computed one sums; the line itself where it is typed."""
    if line not in equation.right[0].keys:
        return [line]
    return [
        key
        for term in equation.left
        for key in (term.keys if not term.whole else (*term.keys, term.whole))
    ]


def restated(sums: Sums) -> Sums:
    """The sums on the form common to all editions, as far as the crosswalk lets them."""
    if sums.edition is COMMON:
        return sums
    divided = undivided(sums.edition)
    names = [name_of(cell.place) for cell in comparable(sums.edition) if not cell.place.computed]
    blanks = {name: sums.blanks[name] for name in names if name in sums.blanks}
    numbers = {
        name: known_sum(sums.numbers, (name, *divided.get(name, ()))) or 0
        for name in names
        if blanks.get(name, 0) < sums.reports
    }
    return Sums(COMMON, sums.reports, numbers, blanks)


def to_json(sums: Sums) -> dict[str, Any]:
    """The numbers as JSON: zeros are left out, as most are (``from_tally`` puts them back)."""
    return {name: json_number(number) for name, number in sums.numbers.items() if number}


def from_tally(tally: Tally | RegionTally) -> Sums:
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
    own = revisions.exclude(Q(report__agency__kind__in=sorted(COVERING)) & Exists(below))
    return own if year is None else own.filter(report__year=year)


def covers_others(agency: Agency) -> bool:
    """Whether the agency's own report is the sum of those below it."""
    return agency.kind in COVERING and agency.children.exists()


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
    return with_cells(empty, cells_summed(empty.edition, revisions.order_by().values("pk")))


def with_cells(empty: Sums, cells: Iterable[Cell]) -> Sums:
    numbers: dict[str, Number] = {}
    blanks: dict[str, int] = {}
    for name, (number, count) in cells:
        if number is not None:
            numbers[name] = number
        if count < empty.reports:
            blanks[name] = empty.reports - count
    return Sums(empty.edition, empty.reports, without_nothing(empty.edition, numbers), blanks)


def cells_summed(edition: Edition, revisions: QuerySet[Any]) -> Iterator[Cell]:
    for part, model, by in FIGURES:
        places = places_of(edition, part)
        rows = model._default_manager.filter(revision__in=revisions).order_by()
        totals = aggregates(keys_of(places, part))
        if by:
            found = {row[by]: row for row in rows.values(by).annotate(**totals)}
        else:
            found = {"": rows.aggregate(**totals)}
        yield from cells_of(places, part, found)


def places_of(edition: Edition, part: int) -> list[Place]:
    return [place for place in typed_places(edition) if place.part == part]


def keys_of(places: list[Place], part: int) -> list[str]:
    """The columns summed for the places; of part three a line printed whole besides."""
    keys = list(dict.fromkeys(place.line if place.part != 2 else place.key for place in places))
    return keys if part != 3 or CLOSED.whole in keys else [*keys, CLOSED.whole]


def cells_of(
    places: list[Place], part: int, found: Mapping[str, Mapping[str, Any]]
) -> Iterator[Cell]:
    """The cells from what was summed, by applicant or remedy; part two has one row, named ""."""
    if part == 2:
        cells = [(name_of(place), "", place.key) for place in places]
    else:
        cells = [(name_of(place), place.column, place.line) for place in places]
    if part == 3 and CLOSED.whole not in {place.line for place in places}:
        for column in dict.fromkeys(place.column for place in places):
            cells.append((f"applications.{column}.{CLOSED.whole}", column, CLOSED.whole))
    for name, column, key in cells:
        row = found.get(column, {})
        yield name, (row.get(f"sum_{key}"), row.get(f"count_{key}", 0))


def aggregates(keys: Iterable[str]) -> dict[str, Any]:
    """Each column's sum, and in how many rows it says something."""
    found: dict[str, Any] = {}
    for key in keys:
        said = Coalesce(key, *CLOSED_KEYS) if key == CLOSED.whole else key
        found |= {f"sum_{key}": Sum(key), f"count_{key}": Count(said)}
    return found
