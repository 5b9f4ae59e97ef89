"""What is known of the documents handed in to be imported."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reports.checker import check
from reports.checker.finding import Finding
from reports.importers import Reading
from reports.models import Agency, BatchItem, Report, Revision, Upload, User
from reports.permissions import (
    agencies_where,
    revisions_readable_by,
    revisions_written_by,
    uploads_of,
)
from reports.sheet import Sheet, name_of
from reports.workflow import AUTHORS, MOVES, PUBLIC, State

from .sheets import year_before

AT_WORK = Exists(
    BatchItem.objects.filter(
        revision=OuterRef("pk"), state=BatchItem.State.WAITING, batch__verb="publish"
    )
)
OPEN = (Upload.State.WAITING, Upload.State.READING, Upload.State.READ)


def listed_uploads(user: User) -> QuerySet[Upload]:
    """The list's rows, newest first, in one statement and without the readings themselves."""
    return (
        uploads_of(user)
        .select_related("by", "agency", "revision__report__agency", "twin")
        .defer("reading", "corrections")
        .order_by("-pk")
    )


def same_document(sha256: str, user: User) -> Revision | None:
    """The report which the same file already became, if the user may know of it."""
    became = Revision.objects.filter(Q(verbatim__sha256=sha256) | Q(uploads__sha256=sha256))
    mine = Q(pk__in=revisions_readable_by(user).values("pk")) | Q(state__in=sorted(PUBLIC))
    return became.filter(mine).select_related("report__agency").order_by("-pk").first()


def same_upload(sha256: str, user: User) -> Upload | None:
    """The same file, handed in before and still waiting for its person."""
    return uploads_of(user).filter(sha256=sha256, state__in=OPEN).order_by("pk").first()


def agency_named(name: str, user: User) -> Agency | None:
    """The one agency of that name, short or former one, for which the user writes."""
    mine = agencies_where(user, AUTHORS)
    found = list(mine.filter(Q(name=name) | Q(names__name=name)).distinct()[:2]) if name else []
    return found[0] if len(found) == 1 else None


def text_of(agency: Agency | None, year: int | None) -> Revision | None:
    """The newest text which the agency already has for the year."""
    if agency is None or not year:
        return None
    texts = Revision.objects.filter(report__agency=agency, report__year=year).exclude(
        state=State.DROPPED
    )
    return texts.select_related("report__agency").order_by("number").last()


def reports_begun(agencies: Iterable[Agency]) -> set[tuple[int, int]]:
    """(agency, year) of every report that has a text."""
    begun = Report.objects.filter(agency__in=list(agencies), revisions__isnull=False)
    return set(begun.values_list("agency_id", "year"))


def findings_in(sheet: Sheet, agency: Agency | None, year: int | None) -> list[Finding]:
    """Every rule run on a sheet that is not stored, against last year's report of the body."""
    last_year = year_before(agency, year) if agency and year else None
    body = agency.body() if agency else None
    return check(sheet, last_year, body=body, today=timezone.localdate())


def counts_of(reading: Reading) -> dict[str, int]:
    """How much of the form was read, and in how many cells a person should look."""
    own = [reading.cells[name_of(place)] for place in reading.sheet.edition.places()]
    return {
        "cells": len(own),
        "figures": sum(cell.number is not None for cell in own),
        "doubts": sum(cell.number is None or not cell.exact or bool(cell.note) for cell in own),
    }


def transcripts_to_publish(user: User) -> QuerySet[Revision]:
    """Historical reports, put in by others, which the user may publish; the oldest first.

    Without those that wait for a worker already (``transcripts_at_work``).
    """
    drafts = transcripts_by_others(user).exclude(AT_WORK)
    return drafts.select_related("report__agency", "verbatim").order_by("changed_at", "pk")


def transcripts_at_work(user: User) -> QuerySet[Revision]:
    """Those of which a batch has the publication before it."""
    return transcripts_by_others(user).filter(AT_WORK)


def transcripts_by_others(user: User) -> QuerySet[Revision]:
    mine = agencies_where(user, MOVES["publish"].roles)
    return Revision.objects.filter(
        report__agency__in=mine, as_printed=True, state=State.DRAFT
    ).exclude(pk__in=revisions_written_by(user).values("pk"))
