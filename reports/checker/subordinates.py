"""S1: a government's tables are the sums of what the bodies below it published.

One finding for each table, however many cells depart: together they have one
cause and one reason. Its fingerprint holds every departing cell with both
numbers, so that a reason falls when any of them changes. Totals follow from
the cells that are typed and are not told again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.editions.covering import ADVICE
from reports.editions.grammar import Number, Place, plain
from reports.sheet import Sheet, name_of

from .finding import Context, Finding, Severity

TOLD = 5  # cells which a message names; the largest differences first


@dataclass(frozen=True)
class Departure:
    """A cell whose number is not the sum of the bodies below."""

    place: Place
    own: Number
    sum: Number

    @property
    def apart(self) -> Number:
        return max(self.own, self.sum) - min(self.own, self.sum)

    @property
    def said(self) -> str:
        return f"{self.place.label}本报告 {plain(self.own)}，合计 {plain(self.sum)}"


def check_subordinates(sheet: Sheet, context: Context) -> Iterator[Finding]:
    if context.subordinates is None:
        return
    departing = list(departures(sheet, context.subordinates))
    for part in sheet.edition.parts:
        if found := [each for each in departing if each.place.part == part.number]:
            yield told(part.numeral, part.number, found)


def departures(sheet: Sheet, sums: Sheet) -> Iterator[Departure]:
    """The typed cells that depart; a cell blank on either side is not compared."""
    for place, own in sheet.cells():
        number = sums.figure(place)
        if not place.computed and own is not None and number is not None and own != number:
            yield Departure(place, own, number)


def told(numeral: str, part: int, found: list[Departure]) -> Finding:
    first, *others = sorted(found, key=lambda each: -each.apart)
    listed = "；".join(each.said for each in (first, *others)[:TOLD])
    rest = f"等 {len(found)} 格" if len(found) > TOLD else ""
    return Finding(
        "S1",
        Severity.EXPLAIN,
        f"第{numeral}部分的数与下级机关已公布报告的合计不一致：{listed}{rest}。{ADVICE}",
        part=part,
        line="" if others else first.place.line,
        column="" if others else first.place.column,
        left="" if others else plain(first.own),
        right="" if others else plain(first.sum),
        rule="S1",
        basis=";".join(f"{name_of(e.place)}={plain(e.own)}/{plain(e.sum)}" for e in found),
    )
