"""Which other bodies' texts of the year a revision may have been copied from.

Compared are the texts of bodies of the same kind and level, or under the same
superior, that were submitted or published before this one came to say what it
says. Of ten thousand the index of ``FingerprintBand`` finds the few that share
enough; the checker then says how much is the same. Drafts of others are never
looked at, and a text that is not public yet is not named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.checker.finding import Sister
from reports.checker.likeness import ENOUGH, SECTIONS, bands
from reports.editions import EDITIONS
from reports.models import Event, Fingerprint, FingerprintBand, Revision, RevisionPart
from reports.sheet import Sheet
from reports.workflow import State

COMPARED = frozenset({State.IN_REVIEW, State.APPROVED, State.PUBLISHED})
MOST = 5  # texts compared in full, for each section
FIRST, MORE = 100, 5_000  # fingerprints of which one statement asks whose they are


@dataclass(frozen=True)
class Kept:
    """A section's fingerprint as it is stored."""

    pk: int
    since: datetime
    values: frozenset[int]

    def is_of(self, values: tuple[int, ...]) -> bool:
        """Whether the text still is the one of the day it is dated: half its bands or more."""
        return 2 * len(self.values & set(values)) >= len(values)


def sisters_of(revision: Revision, sheet: Sheet) -> tuple[Sister, ...]:
    """The few texts that share enough with the sheet; six statements where few others share it."""
    mine = {key: values for key in SECTIONS if (values := bands(sheet, key))}
    if not mine:
        return ()
    kept = kept_of(revision)
    found: list[int] = []
    for key, values in mine.items():
        wanted = before(revision, values, kept.get(key)) & of_sisters(revision)
        found += sharing(values, wanted)
    return texts_of(found)


def without_fingerprints() -> list[tuple[datetime, int]]:
    """What should have fingerprints and has none yet: when it was submitted, and its key."""
    submitted = Event.objects.filter(revision=OuterRef("pk"), verb="submit").order_by("-at", "-pk")
    missing = Revision.objects.filter(state__in=sorted(COMPARED), fingerprints=None)
    at = Coalesce(Subquery(submitted.values("at")[:1]), "published_at", "changed_at")
    return sorted(missing.annotate(submitted=at).values_list("submitted", "pk"))


def kept_of(revision: Revision) -> Mapping[str, Kept]:
    rows: dict[str, tuple[int, datetime, set[int]]] = {}
    stored = FingerprintBand.objects.filter(fingerprint__revision=revision).values_list(
        "fingerprint__section", "fingerprint", "fingerprint__since", "value"
    )
    for section, pk, since, value in stored:
        rows.setdefault(section, (pk, since, set()))[2].add(value)
    return {key: Kept(pk, since, frozenset(values)) for key, (pk, since, values) in rows.items()}


def since_of(revision: Revision, values: tuple[int, ...], kept: Kept | None) -> datetime | None:
    """When a section came to say this; a historical report on the day it was signed.

    None where it was never submitted: it comes after all that was.
    """
    if revision.as_printed and revision.signed_on:
        return timezone.make_aware(datetime.combine(revision.signed_on, time.min))
    return kept.since if kept and kept.is_of(values) else None


def before(revision: Revision, values: tuple[int, ...], kept: Kept | None) -> Q:
    """Fingerprints that are older; of the same moment, those that were stored first."""
    since = since_of(revision, values, kept)
    if since is None:
        return Q()
    tie = Q(since=since)
    if kept:
        tie &= Q(pk__lt=kept.pk)
    return Q(since__lt=since) | tie


def of_sisters(revision: Revision) -> Q:
    """Fingerprints of other bodies' texts that count, as ``Fingerprint`` is asked for them."""
    agency = revision.report.agency
    report = "revision__report"
    alike = Q(
        **{
            f"{report}__agency__kind": agency.kind,
            f"{report}__agency__division__level": agency.level and str(agency.level),
        }
    )
    if agency.parent_id:
        alike |= Q(**{f"{report}__agency__parent": agency.parent_id})
    compared = Q(revision__state__in=sorted(COMPARED))
    return compared & alike & ~Q(**{report: revision.report_id})


def sharing(values: tuple[int, ...], wanted: Q) -> list[int]:
    """The wanted fingerprints with the most values in common, the older of equals first.

    The index of values alone tells which have most; whose they are is asked of the first of
    them. Asked at once, each of ten thousand texts from one pattern is joined with its report,
    and publishing a list of them grows with its square.
    """
    rows = (
        FingerprintBand.objects.filter(value__in=values)
        .values("fingerprint")
        .annotate(shared=Count("value"))
        .filter(shared__gte=ENOUGH)
        .order_by("-shared", "fingerprint")
        .values_list("fingerprint", flat=True)
    )
    found: list[int] = []
    start, end = 0, FIRST
    while len(found) < MOST:
        asked = list(rows[start:end])
        theirs = Fingerprint.objects.filter(wanted, pk__in=asked).values_list("pk", flat=True)
        chosen = set(theirs) if asked else set()
        found += [pk for pk in asked if pk in chosen]
        if len(asked) < end - start:
            break
        start, end = end, end + MORE
    return found[:MOST]


def texts_of(fingerprints: list[int]) -> tuple[Sister, ...]:
    """The sections behind fingerprints, each as a sheet with nothing else in it."""
    if not fingerprints:
        return ()
    parts = RevisionPart.objects.filter(
        revision__fingerprints__in=fingerprints, key=F("revision__fingerprints__section")
    ).select_related("revision__report")
    return tuple(
        Sister(sheet_of_part(part), public=part.revision.state == State.PUBLISHED) for part in parts
    )


def sheet_of_part(part: RevisionPart) -> Sheet:
    revision = part.revision
    said: dict[str, Any] = {part.key: part.text}
    return Sheet(EDITIONS[revision.edition], revision.agency_name, revision.report.year, **said)
