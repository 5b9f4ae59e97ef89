"""C01: the 勾稽关系 of format.md (A1-A4, L1, P1, P2), as the editions write them.

The form asks ``check_column``, ``check_remedy`` and ``check_disclosure`` about
what was typed, the checker asks them about a whole sheet: one path, one
wording. A blank breaks no equation; that it is blank is C02's to say.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from reports.editions.grammar import (
    Column,
    Edition,
    Equation,
    Figures,
    Kind,
    Number,
    Place,
    plain,
)
from reports.sheet import Sheet

from .finding import Context, Finding, Severity

SMALLEST_AMOUNT = Decimal("0.000001")  # 分, in 万元


def check_equations(sheet: Sheet, context: Context) -> Iterator[Finding]:
    """Every equation of the sheet's edition, part by part."""
    edition, table = sheet.edition, sheet.edition.applications
    yield from check_disclosure(edition, sheet.disclosure)
    for column in table.columns:
        yield from check_column(edition, column.key, sheet.applications.get(column.key, {}))
    for line in table.leaves():
        across = {
            column.key: sheet.applications.get(column.key, {}).get(line.key)
            for column in table.columns
        }
        yield from check_line(edition, line.key, across)
    for group in edition.remedies.groups:
        yield from check_remedy(edition, group.key, sheet.remedies.get(group.key, {}))


def check_disclosure(edition: Edition, figures: Figures) -> Iterator[Finding]:
    """Part two by figure (``rules_issued``): A4, P1, P2."""
    places = {place.key: place for place in edition.disclosure.places()}
    yield from check_numbers((place, figures.get(key)) for key, place in places.items())
    for equation in edition.disclosure.equations:
        if not equation.holds(figures):
            yield broken(equation, figures, places[anchor(equation)])


def check_column(edition: Edition, column_key: str, figures: Figures) -> Iterator[Finding]:
    """One applicant's column of part three by line: A4, A2, A1."""
    table = edition.applications
    places = {place.line: place for place in table.places() if place.column == column_key}
    yield from check_numbers((place, figures.get(key)) for key, place in places.items())
    for equation in table.down:
        if not equation.holds(figures):
            prefix = f"{table.column(column_key).label}列："
            yield broken(equation, figures, places[anchor(equation)], prefix)


def check_line(edition: Edition, line_key: str, figures: Figures) -> Iterator[Finding]:
    """One line of part three by applicant: A3."""
    table = edition.applications
    if not table.across.holds(figures):
        places = {place.column: place for place in table.places() if place.line == line_key}
        place = places[anchor(table.across)]
        yield broken(table.across, figures, place, f"“{place.line_label}”行：")


def check_remedy(edition: Edition, group_key: str, figures: Figures) -> Iterator[Finding]:
    """One remedy of part four by result: A4, L1."""
    table = edition.remedies
    places = {place.line: place for place in table.places() if place.column == group_key}
    yield from check_numbers((place, figures.get(key)) for key, place in places.items())
    if not table.across.holds(figures):
        prefix = f"{title(table.group(group_key))}："
        yield broken(table.across, figures, places[anchor(table.across)], prefix)


def title(group: Column) -> str:
    return f"{group.under}（{group.label}）" if group.under else group.label


def anchor(equation: Equation) -> str:
    """The figure to jump to: the last of the side that a person would correct."""
    side = equation.left if equation.at_least else equation.right
    return side[-1].keys[-1]


def broken(equation: Equation, figures: Figures, place: Place, prefix: str = "") -> Finding:
    left, right = (equation.side(side, figures) for side in (equation.left, equation.right))
    return Finding(
        "C01",
        Severity.ERROR,
        f"{prefix}{equation.statement(figures)}。{equation.advice}",
        part=place.part,
        line=place.line,
        column=place.column,
        left=plain(left or 0),
        right=plain(right or 0),
        rule=equation.id,
    )


def check_numbers(cells: Iterator[tuple[Place, Number | None]]) -> Iterator[Finding]:
    """A4: what a cell holds is a number of its kind."""
    for place, number in cells:
        if number is not None and (fault := fault_of(place.kind, number)):
            yield Finding(
                "C01",
                Severity.ERROR,
                f"{place.label}填的是 {plain(number)}，{fault}。请核对后重填。",
                part=place.part,
                line=place.line,
                column=place.column,
                left=plain(number),
                rule="A4",
            )


def fault_of(kind: Kind, number: Number) -> str:
    """What is wrong with a number of this kind, "" where nothing is."""
    if kind is Kind.AMOUNT:
        if number < 0:
            return "金额不能小于 0"
        finer = (Fraction(number) / Fraction(SMALLEST_AMOUNT)).denominator > 1
        return "金额以万元为单位，最多 6 位小数（精确到分）" if finer else ""
    if Fraction(number).denominator > 1:
        return "不是整数"
    return "件数不能小于 0" if number < 0 and kind is Kind.COUNT else ""
