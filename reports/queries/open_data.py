"""A year's published reports one after the other, and what was built of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from reports.editions.bodies import BodyKind
from reports.exporters.bulk import Entry
from reports.exporters.document import Options, Standing
from reports.exporters.json import data_of
from reports.models import DataChange, DataYear, Division, Revision
from reports.sheet import from_json
from reports.workflow import State

from .corrections import text_before
from .findings import as_read
from .publications import page_url, published_at
from .site import site

AT_ONCE = 200  # reports fetched with one statement
QUIET = timedelta(seconds=60)  # many reports published at once make one building
PATIENCE = timedelta(minutes=3)  # without a sign of life a builder is gone
LONGEST = timedelta(minutes=15)  # but nobody waits longer for it


def in_force(year: int) -> QuerySet[Revision]:
    return Revision.objects.filter(state=State.PUBLISHED, report__year=year)


def editions_of(year: int) -> list[int]:
    return list(in_force(year).order_by("edition").values_list("edition", flat=True).distinct())


def entries_of(year: int) -> Iterator[Entry]:
    """Every report in force, by the agency's address; AT_ONCE are in memory."""
    after, address = "", site().address
    related = ("report__agency__division", "snapshot", "audit_anchor")
    while True:
        page = in_force(year).filter(report__agency__slug__gt=after).select_related(*related)
        found = list(page.order_by("report__agency__slug")[:AT_ONCE])
        for revision in found:
            yield entry_of(revision, address)
        if len(found) < AT_ONCE:
            return
        after = found[-1].report.agency.slug


def entry_of(revision: Revision, address: str) -> Entry:
    """One report with the data of its report.json."""
    agency, snapshot = revision.report.agency, revision.snapshot
    sheet = from_json(snapshot.sheet)
    division = agency.division
    return Entry(
        sheet=sheet,
        data=data_of(sheet, options_of(revision)),
        slug=agency.slug,
        kind=BodyKind(agency.kind).label,
        region_code=division.code if division else "",
        region=division.name if division else "",
        number=revision.number,
        published_at=timezone.localtime(published_at(revision)),
        url=address + page_url(agency.slug, revision.report.year),
    )


def options_of(revision: Revision) -> Options:
    before = text_before(revision) if revision.is_correction else None
    anchor = getattr(revision, "audit_anchor", None)
    return Options(
        findings=tuple(as_read(each) for each in revision.snapshot.findings),
        standing=Standing(revision.number, before.number if before else None, revision.reason),
        audit_trail={
            "sequence": anchor.sequence,
            "hash": anchor.hash,
            "algorithm": anchor.algorithm,
        }
        if anchor
        else None,
    )


def years() -> list[DataYear]:
    """The years of which there are files, the newest first."""
    return list(DataYear.objects.filter(reports__gt=0).order_by("-year"))


@dataclass(frozen=True)
class Waiting:
    """How many publications a year's files do not show yet, the first and the last of them."""

    year: int
    changes: int
    first: datetime
    last: datetime


def waiting() -> list[Waiting]:
    rows = DataChange.objects.values("year").annotate(
        changes=Count("pk"), first=Min("at"), last=Max("at")
    )
    return [Waiting(**row) for row in rows.order_by("year")]


def due(now: datetime) -> list[int]:
    """The years to be built now: nothing has been published for a while, or one has waited long.

    None at which a builder is, or was until a moment ago.
    """
    busy = DataYear.objects.filter(claim__isnull=False, claimed_at__gte=now - PATIENCE)
    at_work = set(busy.values_list("year", flat=True))
    return [
        each.year
        for each in waiting()
        if each.year not in at_work and (each.last <= now - QUIET or each.first <= now - LONGEST)
    ]


def regions() -> list[Division]:
    """The widest regions whose bodies report here."""
    return list(Division.objects.filter(parent=None))
