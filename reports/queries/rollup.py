"""汇总 as a page and as a file: the sums of a subtree's year, on each form and on the common one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, QuerySet

from reports.editions import EDITIONS
from reports.editions.covering import COVERING
from reports.editions.crosswalk import COMMON, in_series
from reports.editions.grammar import Edition, Place
from reports.editions.wording import rollup_title_of
from reports.models import (
    Agency,
    ApplicationFigures,
    DisclosureFigures,
    RemedyFigures,
    Revision,
)
from reports.sheet import Sheet, name_of

from .aggregation import (
    Sums,
    published_below,
    restated,
    sheet_from,
    tallied,
    typed_places,
)
from .drilldown import Source, sources, sources_together
from .filing import Filing, filings_of

FIGURES: tuple[tuple[int, type[Model]], ...] = (
    (2, DisclosureFigures), (3, ApplicationFigures), (4, RemedyFigures),
)  # fmt: skip
TOGETHER = "together"  # the key of the common form, beside the editions' own


@dataclass(frozen=True)
class RollUp:
    """A subtree's year: ``sums`` by edition, from published reports alone."""

    agency: Agency
    year: int
    sums: Mapping[int, Sums]

    @property
    def reports(self) -> int:
        return sum(each.reports for each in self.sums.values())

    @property
    def title(self) -> str:
        return rollup_title_of(self.agency.name, self.year)

    @cached_property
    def forms(self) -> tuple["Form", ...]:
        """A form for each edition that occurs, newest first, and the common one where both do."""
        apart = [Form(self, str(key), EDITIONS[key], self.sums[key]) for key in sorted(self.sums)]
        if len(apart) < 2:
            return tuple(apart)
        both = Sums(COMMON)
        for sums in self.sums.values():
            both = both.plus(restated(sums))
        return (*reversed(apart), Form(self, TOGETHER, COMMON, both))

    def form(self, key: str) -> "Form | None":
        return next((form for form in self.forms if form.key == key), None)


@dataclass(frozen=True)
class Form:
    """The sums on one form; what cannot stand together is blank on the common one."""

    rollup: RollUp
    key: str
    edition: Edition
    sums: Sums

    @property
    def name(self) -> str:
        if self.key == TOGETHER:
            return "两版合并"
        return f"{self.edition.key}年版"

    @property
    def is_together(self) -> bool:
        return self.key == TOGETHER

    @cached_property
    def sheet(self) -> Sheet:
        agency, year = self.rollup.agency.name, self.rollup.year
        sums = self.sums
        if self.is_together:
            said = {name_of(place) for place in self.edition.places() if in_series(place)}
            numbers = {name: n for name, n in sums.numbers.items() if name in said}
            sums = Sums(sums.edition, sums.reports, numbers, sums.blanks)
        return replace(sheet_from(sums, agency, year), title=self.rollup.title)

    def makes_sense(self, place: Place) -> bool:
        """Whether the form can say the cell at all."""
        return not self.is_together or in_series(place)

    def behind(self, place: Place) -> tuple[Source, ...]:
        """The reports that make up a cell, for each edition that can say it."""
        agency, year = self.rollup.agency, self.rollup.year
        if self.is_together:
            return sources_together(agency, year, place, self.rollup.sums)
        return sources(agency, year, self.edition, place)

    def place(self, name: str) -> Place | None:
        """The cell of that full name, if the form has it and can say it."""
        places = (each for each in self.edition.places() if self.makes_sense(each))
        return next((each for each in places if name_of(each) == name), None)


def rollup_of(agency: Agency, year: int) -> RollUp:
    return RollUp(agency, year, tallied(agency, year))


def missing_from(agency: Agency, year: int) -> list[Filing]:
    """Who owes a report that would count and has none in force; eight statements.

    Governments that are themselves the sum of bodies below are not waited for.
    """
    below = Agency.objects.filter(path__startswith=agency.path)
    sums = set(
        below.filter(
            Exists(Agency.objects.filter(parent=OuterRef("pk"))), kind__in=sorted(COVERING)
        ).values_list("pk", flat=True)
    )
    return [
        filing
        for filing in filings_of(below, year)
        if filing.due.owed and not filing.published and filing.agency.pk not in sums
    ]


def blanks_in(agency: Agency, year: int, rollup: RollUp) -> list[tuple[Agency, int]]:
    """The reports that left cells blank, with how many; only transcripts can."""
    found: list[tuple[Agency, int]] = []
    for edition, sums in rollup.sums.items():
        if sums.blanks:
            printed = published_below(agency, year).filter(edition=edition, as_printed=True)
            found += blanks_on(EDITIONS[edition], printed)
    return sorted(found, key=lambda each: (-each[1], each[0].path))


def blanks_on(edition: Edition, revisions: QuerySet[Revision]) -> list[tuple[Agency, int]]:
    places = list(typed_places(edition))
    filled: dict[int, int] = {}
    for part, model in FIGURES:
        rows: QuerySet[Any] = model._default_manager.filter(revision__in=revisions)
        if part == 3:  # 总计 is printed too, and is not typed
            rows = rows.filter(applicant__in={place.column for place in places if place.part == 3})
        keys = {place.key if part == 2 else place.line for place in places if place.part == part}
        counts = (
            rows.order_by()
            .values("revision")
            .annotate(**{f"count_{key}": Count(key) for key in keys})
        )
        for row in counts:
            pk = row.pop("revision")
            filled[pk] = filled.get(pk, 0) + sum(row.values())
    return [
        (revision.report.agency, blank)
        for revision in revisions.select_related("report__agency")
        if (blank := len(places) - filled.get(revision.pk, 0))
    ]
