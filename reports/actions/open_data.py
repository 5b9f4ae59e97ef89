"""Bulk files of a year: asked for by each publication, built in the background, changed at once.

A building writes into a folder of its own below ``data/``; the year's address is
a link, which is turned to the finished folder in one step: files and checksums
always belong together. A builder that dies leaves the year to the next one, who
begins anew; what it was to show is still asked for.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reports.exporters.bulk import Built, Entry, write_year
from reports.models import DataChange, DataYear
from reports.queries.open_data import PATIENCE, editions_of, entries_of

from . import storing

PULSE = 200  # reports between two signs


class TakenOver(Exception):
    """Another builder thought this one dead."""


def note_change(year: int) -> None:
    """The year's files say too little, or too much; the caller holds the transaction."""
    DataChange.objects.create(year=year)


def address_of(year: int) -> Path:
    """Where the year's files are read."""
    return storing.root() / "pages" / "data" / str(year)


@dataclass
class Building:
    """One building of a year's files; ``claim`` is its right to put them up."""

    year: int
    claim: UUID
    reports: int = 0

    @property
    def folder(self) -> Path:
        return storing.root() / "data" / str(self.year) / self.claim.hex

    def row(self) -> DataYear | None:
        """The year's row, locked, while the claim still holds."""
        rows = DataYear.objects.select_for_update()
        return rows.filter(year=self.year, claim=self.claim).first()

    def entries(self) -> Iterator[Entry]:
        """The year's reports, with a sign of life now and then; TakenOver where it came too late."""
        for entry in entries_of(self.year):
            if self.reports % PULSE == 0:
                own = DataYear.objects.filter(year=self.year, claim=self.claim)
                if not own.update(claimed_at=timezone.now()):
                    raise TakenOver
            self.reports += 1
            yield entry

    def put_up(self, built: list[Built], seen: list[int]) -> None:
        """Everybody reads the new files from now on; TakenOver where they are another's to put up."""
        with transaction.atomic():
            row = self.row()
            if row is None:
                raise TakenOver
            turn(address_of(self.year), self.folder if self.reports else None)
            row.reports, row.files = self.reports, [asdict(each) for each in built]
            row.built_at, row.claim, row.claimed_at = timezone.now(), None, None
            row.save()
            DataChange.objects.filter(pk__in=seen).delete()

    def clear(self) -> None:
        """Nothing half made stays; the claim does for a while, so that a fault is not tried at once."""
        shutil.rmtree(self.folder, ignore_errors=True)  # the next building clears up as well


def claim_year(year: int) -> Building | None:
    """The right to build the year's files; None while another builder is alive."""
    DataYear.objects.get_or_create(year=year)
    now = timezone.now()
    free = Q(claim=None) | Q(claimed_at__lt=now - PATIENCE)
    building = Building(year, uuid4())
    taken = DataYear.objects.filter(free, year=year).update(claim=building.claim, claimed_at=now)
    return building if taken else None


def build_year(year: int) -> bool:
    """Build the year's files anew; False where another builder is at it."""
    building = claim_year(year)
    if building is None:
        return False
    seen = list(DataChange.objects.filter(year=year).values_list("pk", flat=True))
    try:
        building.folder.mkdir(parents=True)
        built = write_year(building.folder, building.entries(), editions_of(year))
        building.put_up(built, seen)
    except TakenOver:
        building.clear()
        return False
    except BaseException:
        building.clear()
        raise
    for other in building.folder.parent.iterdir():
        if other != building.folder or not building.reports:
            shutil.rmtree(other)
    return True


def turn(address: Path, folder: Path | None) -> None:
    """The address leads to the folder, or nowhere; in one step for whoever reads."""
    if folder is None:
        address.unlink(missing_ok=True)
        return
    address.parent.mkdir(parents=True, exist_ok=True)
    draft = address.with_name(f".{address.name}-{folder.name}")
    draft.symlink_to(os.path.relpath(folder, address.parent), target_is_directory=True)
    draft.replace(address)
