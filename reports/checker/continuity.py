"""C10: this year's figures against last year's published report (Y1-Y3).

Compared only where both reports have the figures: last year's may have been
filed on another edition of the form, which knows some of them not at all.
"""

from collections.abc import Iterator

from reports.editions.grammar import Equation, Figures, Place, plain
from reports.sheet import Sheet

from .finding import Context, Finding, Severity


def check_continuity(sheet: Sheet, context: Context) -> Iterator[Finding]:
    last_year = context.last_year
    if last_year is None:
        return
    places = sheet.edition.places()
    for equation in sheet.edition.continuity:
        key = equation.left[0].keys[0]
        for place in places:
            if place.part == 2 and place.key == key:
                yield from compare(equation, place, sheet.disclosure, last_year.disclosure)
            elif place.part == 3 and place.line == key:
                figures, last = (
                    each.applications.get(place.column, {}) for each in (sheet, last_year)
                )
                yield from compare(equation, place, figures, last, f"{place.column_label}列：")


def compare(
    equation: Equation, place: Place, figures: Figures, last_year: Figures, prefix: str = ""
) -> Iterator[Finding]:
    if equation.holds(figures, last_year):
        return
    sides = (equation.side(side, figures, last_year) for side in (equation.left, equation.right))
    left, right = (plain(side or 0) for side in sides)
    yield Finding(
        "C10",
        Severity.EXPLAIN,
        f"{prefix}{equation.statement(figures, last_year)}。{equation.advice}",
        part=place.part,
        line=place.line,
        column=place.column,
        left=left,
        right=right,
        rule=equation.id,
    )
