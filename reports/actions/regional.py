"""Keeping the sums of regions: called by ``aggregating`` where a revision is counted or no more.

A region's sums hold those of the regions in it, once for each kind of body and
once for all kinds. Where a revision was counted is kept with it, so that it is
taken out there, wherever its body belongs by then.
"""

from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from reports.models import Agency, Division, RegionCounted, RegionTally, Revision
from reports.queries.aggregation import (
    Sums,
    from_tally,
    summed_raw,
    to_json,
)
from reports.queries.grouped_sums import counted_by
from reports.queries.regions import ANCESTORS, upwards

from .refusals import Refused

EVERY_KIND = ""
Key = tuple[int, int, str, int]  # region, year, kind, edition
Where = TypeVar("Where", bound=Hashable)
AT_ONCE = 10_000  # rows that are made and written at a time


def count_in_region(revision: Revision, sums: Sums) -> None:
    """Add a revision to its body's region and those around it; a body may have none yet."""
    agency = revision.report.agency
    if agency.division_id is None:
        return
    RegionCounted.objects.create(
        revision=revision, division_id=agency.division_id, kind=agency.kind
    )
    change_regions(surrounding(agency.division_id), agency.kind, revision.report.year, sums, 1)


def count_out_of_region(revision: Revision, sums: Sums) -> None:
    """Take a revision out where it was counted."""
    counted = RegionCounted.objects.filter(revision=revision).first()
    if counted is None:
        return
    counted.delete()
    change_regions(surrounding(counted.division_id), counted.kind, revision.report.year, sums, -1)


def surrounding(division: int) -> list[int]:
    """The keys of a region and of all around it; one statement."""
    return [
        each.pk for each in upwards(Division.objects.select_related(ANCESTORS).get(pk=division))
    ]


def change_regions(divisions: Iterable[int], kind: str, year: int, sums: Sums, sign: int) -> None:
    """Add the sums to what is kept of the regions, or take them out."""
    keys, kinds, edition = list(divisions), {kind, EVERY_KIND}, sums.edition.key
    RegionTally.objects.bulk_create(
        [
            RegionTally(division_id=key, year=year, kind=each, edition=edition)
            for key in keys
            for each in sorted(kinds)
        ],
        ignore_conflicts=True,
    )
    kept = list(
        RegionTally.objects.select_for_update()
        .filter(division__in=keys, year=year, kind__in=kinds, edition=edition)
        .order_by("pk")
    )
    for tally in kept:
        put_region(tally, from_tally(tally).plus(sums, sign))
    RegionTally.objects.bulk_update(kept, ["reports", "sums", "blanks"])


def put_region(tally: RegionTally, sums: Sums) -> None:
    tally.reports, tally.sums, tally.blanks = sums.reports, to_json(sums), dict(sums.blanks)


@transaction.atomic
def recount_region(agency: Agency) -> None:
    """After a body's region or kind was changed: what it published counts where it belongs now."""
    counted = Revision.objects.filter(counted__isnull=False, report__agency=agency)
    astray = counted.exclude(
        region_counted__division=agency.division_id, region_counted__kind=agency.kind
    )
    for revision in astray.select_related("report__agency"):
        (sums,) = summed_raw(Revision.objects.filter(pk=revision.pk)).values()
        count_out_of_region(revision, sums)
        count_in_region(revision, sums)


@transaction.atomic
def move_division(division: Division, parent: Division | None) -> Division:
    """Put a region, with all in it, into another; refused within itself."""
    new = surrounding(parent.pk) if parent else []
    if division.pk in new:
        raise Refused(f"“{parent}”就是“{division}”或在它之内，不能作为它的上级区划。")
    old = [key for key in surrounding(division.pk) if key != division.pk]
    Division.objects.filter(pk=division.pk).update(parent=parent)
    lost, gained = set(old) - set(new), set(new) - set(old)
    for tally in RegionTally.objects.filter(division=division, reports__gt=0).exclude(
        kind=EVERY_KIND
    ):
        for keys, sign in ((lost, -1), (gained, 1)):
            change_regions(sorted(keys), tally.kind, tally.year, from_tally(tally), sign)
    division.refresh_from_db()
    return division


def add_to(found: dict[Where, Sums], where: Where, sums: Sums) -> None:
    found[where] = found[where].plus(sums) if where in found else sums


def true_region_tallies() -> dict[Key, Sums]:
    """What every region's sums ought to be, from the figures in force."""
    found: dict[Key, Sums] = {}
    around = {
        each.pk: [one.pk for one in upwards(each)]
        for each in Division.objects.select_related(ANCESTORS)
    }
    for year, edition, groups in counted_by("report__agency__division", "report__agency__kind"):
        for (division, kind), sums in groups.items():
            for key in around.get(division, ()):
                for each in (kind, EVERY_KIND):
                    add_to(found, (key, year, each, edition), sums)
    return found


def regional_differences() -> Iterator[str]:
    """What is kept of regions otherwise than the figures say: a sentence for each."""
    expected = true_region_tallies()
    kept = {
        (tally.division_id, tally.year, tally.kind, tally.edition): from_tally(tally)
        for tally in RegionTally.objects.filter(reports__gt=0)
    }
    names = dict(Division.objects.values_list("pk", "name"))
    for key in sorted(expected.keys() | kept.keys()):
        if expected.get(key) != kept.get(key):
            yield f"{names[key[0]]}{key[1]}年度（{key[3]}年版）的地区汇总数与各机关公布的数字不符。"


def write_in_pieces(rows: Iterator[Model]) -> None:
    """New rows, however many: never more than some in memory."""
    while piece := list(islice(rows, AT_ONCE)):
        type(piece[0])._default_manager.bulk_create(piece)


def rebuild_regions() -> int:
    """Make the sums of all regions anew; returns how many there are."""
    RegionTally.objects.all().delete()
    RegionCounted.objects.all().delete()
    counted = Revision.objects.filter(
        counted__isnull=False, report__agency__division__isnull=False
    ).values_list("pk", "report__agency__division", "report__agency__kind")
    write_in_pieces(
        RegionCounted(revision_id=pk, division_id=where, kind=kind)
        for pk, where, kind in counted.iterator(AT_ONCE)
    )
    tallies = []
    for (division, year, kind, edition), sums in true_region_tallies().items():
        tally = RegionTally(division_id=division, year=year, kind=kind, edition=edition)
        put_region(tally, sums)
        tallies.append(tally)
    RegionTally.objects.bulk_create(tallies, batch_size=200)
    return len(tallies)
