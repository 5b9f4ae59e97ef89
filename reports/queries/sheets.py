"""From rows to a sheet."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from reports.editions import EDITIONS
from reports.editions.common import CLOSED
from reports.editions.grammar import Number, total
from reports.models import Agency, ApplicationFigures, Revision
from reports.sheet import (
    NARRATIVES,
    Printed,
    Sheet,
    filled,
    foot_across,
    printed_from_json,
)
from reports.workflow import State

from .continuity import forerunners_of

RELATED = ("applications", "remedies", "parts")


def with_content(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Revisions with all that a sheet is made of: four statements, however many."""
    return revisions.select_related(
        "report__agency__division", "disclosure", "verbatim"
    ).prefetch_related(*RELATED)


def sheet_of(revision: Revision) -> Sheet:
    """The revision's values; four statements unless ``with_content`` fetched them."""
    edition = EDITIONS[revision.edition]
    lines = [line.key for line in edition.applications.leaves()]
    results = [result.key for result in edition.remedies.results]
    texts = {part.key: part.text for part in revision.parts.all() if part.key in NARRATIVES}
    disclosure = getattr(revision, "disclosure", None)
    verbatim = getattr(revision, "verbatim", None)
    return Sheet(
        edition=edition,
        agency=revision.agency_name,
        year=revision.report.year,
        title=revision.title,
        disclosure={
            place.key: getattr(disclosure, place.key) for place in edition.disclosure.places()
        }
        if disclosure
        else {},
        applications={
            row.applicant: {key: getattr(row, key) for key in lines} | printed_whole(row, lines)
            for row in revision.applications.all()
        },
        remedies={
            row.remedy: {key: getattr(row, key) for key in results}
            for row in revision.remedies.all()
        },
        signed_by=revision.signed_by,
        signed_on=revision.signed_on,
        contact=revision.contact(),
        as_printed=revision.as_printed,
        printed=printed_from_json(verbatim.printed) if verbatim else Printed(),
        **texts,
    )


def printed_whole(row: ApplicationFigures, lines: Iterable[str]) -> dict[str, Number]:
    """A line which the edition divides and the document printed whole."""
    number = getattr(row, CLOSED.whole)
    return {} if number is None or CLOSED.whole in lines else {CLOSED.whole: number}


def last_year_of(revision: Revision) -> Sheet | None:
    """The sheet in force for the year before: the agency's, with its predecessors' of that year."""
    return year_before(revision.report.agency, revision.report.year)


def year_before(agency: Agency, reported: int) -> Sheet | None:
    """The same for any report, whether or not it has a text yet."""
    forerunners = forerunners_of(agency, reported)
    if not forerunners.comparable:
        return None
    sheets = [sheet_of(each) for each in published(reported - 1, forerunners.keys)]
    return summed(sheets, agency.name, reported - 1)


def published(year: int, agencies: Any) -> QuerySet[Revision]:
    return with_content(
        Revision.objects.filter(
            state=State.PUBLISHED, report__year=year, report__agency__in=agencies
        )
    )


def summed(sheets: Iterable[Sheet], agency: str, year: int) -> Sheet | None:
    """The predecessors' figures added up; printed totals are footed again, never added."""
    listed = list(sheets)
    if not listed:
        return None
    if len(listed) == 1:
        return listed[0]
    edition = listed[0].edition
    typed = [column.key for column in edition.applications.typed_columns()]
    columns = {
        key: foot_across([each.applications.get(key, {}) for each in listed]) for key in typed
    }
    empty = filled(edition, agency, year, None)
    return Sheet(
        edition,
        agency,
        year,
        disclosure={
            key: total(each.disclosure.get(key) for each in listed) for key in empty.disclosure
        },
        applications={**columns, "total": foot_across(columns.values())},
        remedies={
            group: {
                key: total(each.remedies.get(group, {}).get(key) for each in listed) for key in row
            }
            for group, row in empty.remedies.items()
        },
    )
