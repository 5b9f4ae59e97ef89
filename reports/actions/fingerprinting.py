"""Keeping the fingerprints of what was submitted and published."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reports.checker.likeness import SECTIONS, bands
from reports.models import Fingerprint, FingerprintBand, Revision
from reports.queries.likeness import kept_of, since_of, without_fingerprints
from reports.queries.sheets import sheet_of


@transaction.atomic
def keep_fingerprints(revision: Revision, *, at: datetime | None = None) -> None:
    """Store what the sections are found by; a text that is mostly the same keeps its day.

    ``at`` is the day of a text that was submitted before fingerprints were kept.
    A text too short to compare has its row without values: it has been looked at.
    """
    sheet, kept = sheet_of(revision), kept_of(revision)
    for key in SECTIONS:
        values, former = bands(sheet, key), kept.get(key)
        if former and former.values == set(values):
            continue
        since = since_of(revision, values, former) or at or timezone.now()
        fingerprint, _ = Fingerprint.objects.update_or_create(
            revision=revision, section=key, defaults={"since": since}
        )
        fingerprint.bands.all().delete()
        FingerprintBand.objects.bulk_create(
            FingerprintBand(fingerprint=fingerprint, value=value) for value in sorted(set(values))
        )


def keep_missing_fingerprints() -> int:
    """Look at what was submitted before fingerprints were kept, the oldest first; how many."""
    missing = without_fingerprints()
    for at, pk in missing:
        revision = Revision.objects.select_related("report__agency__division").get(pk=pk)
        keep_fingerprints(revision, at=at)
    return len(missing)
