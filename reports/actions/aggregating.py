"""Keeping the tallies: what is published is added, what is no longer in force taken out.

Called within the transaction that publishes, last of all: the rows of the
agencies above are locked in one order (root first) and for that moment only.
"""

from collections.abc import Iterable

from django.db import transaction

from reports.models import Agency, Counted, Revision, Tally
from reports.queries.aggregation import (
    Sums,
    counting,
    covers_others,
    from_tally,
    summed_raw,
    sums_of,
    to_json,
)
from reports.queries.grouped_sums import counted_by
from reports.queries.sheets import sheet_of
from reports.workflow import State

from .regional import (
    AT_ONCE,
    add_to,
    count_in_region,
    count_out_of_region,
    rebuild_regions,
    regional_differences,
    write_in_pieces,
)


def count_in(revision: Revision) -> None:
    """Add a published revision to the tallies above it, unless it is itself such a sum."""
    if covers_others(revision.report.agency):
        return
    if Counted.objects.get_or_create(revision=revision)[1]:
        add(revision, 1)


def count_out(revision: Revision) -> None:
    """Take a revision out that is superseded or withdrawn."""
    if Counted.objects.filter(revision=revision).delete()[0]:
        add(revision, -1)


def add(revision: Revision, sign: int) -> None:
    sums = sums_of(sheet_of(revision))
    change(above(revision.report.agency), revision.report.year, sums, sign)
    if sign > 0:
        count_in_region(revision, sums)
    else:
        count_out_of_region(revision, sums)


def above(agency: Agency) -> list[int]:
    """The keys of the agencies above one, root first, as its path names them."""
    return [int(step) for step in agency.path.split("/")[:-1] if int(step) != agency.pk]


def change(agencies: Iterable[int], year: int, sums: Sums, sign: int) -> None:
    """Add the sums to the tallies of the agencies, or take them out."""
    keys = list(agencies)
    edition = sums.edition.key
    Tally.objects.bulk_create(
        [Tally(agency_id=key, year=year, edition=edition) for key in keys], ignore_conflicts=True
    )
    rows = Tally.objects.select_for_update().filter(agency__in=keys, year=year, edition=edition)
    kept = list(rows.order_by("pk"))
    for tally in kept:
        put(tally, from_tally(tally).plus(sums, sign))
    Tally.objects.bulk_update(kept, ["reports", "sums", "blanks"])


def put(tally: Tally, sums: Sums) -> None:
    tally.reports, tally.sums, tally.blanks = sums.reports, to_json(sums), dict(sums.blanks)


@transaction.atomic
def carry_over(agency: Agency, before: Iterable[int], after: Iterable[int]) -> None:
    """After an agency was put under another: what is counted in its subtree moves with it."""
    old, new = list(before), list(after)
    lost = [key for key in old if key not in new]
    gained = [key for key in new if key not in old]
    counted = Revision.objects.filter(
        counted__isnull=False, report__agency__path__startswith=agency.path
    )
    for year in sorted(set(counted.values_list("report__year", flat=True))):
        for sums in summed_raw(counted.filter(report__year=year)).values():
            change(lost, year, sums, -1)
            change(gained, year, sums, 1)


@transaction.atomic
def recount_own(agency: Agency) -> None:
    """After bodies were put below an agency, or taken from it: whether its own reports count."""
    published = Revision.objects.filter(
        report__agency=agency, state=State.PUBLISHED
    ).select_related("report__agency")
    for revision in published:
        if covers_others(agency):
            count_out(revision)
        else:
            count_in(revision)


def differences_from_raw() -> list[str]:
    """What the tallies say otherwise than the figures themselves: a sentence for each."""
    expected = true_tallies()
    kept = {
        (tally.agency_id, tally.year, tally.edition): from_tally(tally)
        for tally in Tally.objects.filter(reports__gt=0)
    }
    names = dict(Agency.objects.values_list("pk", "name"))
    return [
        f"{names[key[0]]}{key[1]}年度（{key[2]}年版）的汇总数与各机关公布的数字不符。"
        for key in sorted(expected.keys() | kept.keys())
        if expected.get(key) != kept.get(key)
    ] + list(regional_differences())


def true_tallies() -> dict[tuple[int, int, int], Sums]:
    """Every tally as the figures in force make it: each parent's bodies, added to all above them."""
    found: dict[tuple[int, int, int], Sums] = {}
    parents = Agency.objects.filter(children__isnull=False).distinct()
    own = {agency.pk: [*above(agency), agency.pk] for agency in parents.only("path")}
    for year, edition, groups in counted_by("report__agency__parent"):
        for (parent,), sums in groups.items():
            for key in own.get(parent, ()):
                add_to(found, (key, year, edition), sums)
    return found


@transaction.atomic
def rebuild() -> int:
    """Make every tally anew from the published figures; returns how many there are."""
    Tally.objects.all().delete()
    Counted.objects.all().delete()
    in_force = counting(Revision.objects.filter(state=State.PUBLISHED))
    keys = in_force.values_list("pk", flat=True).iterator(AT_ONCE)
    write_in_pieces(Counted(revision_id=pk) for pk in keys)
    tallies = []
    for (agency, year, edition), sums in true_tallies().items():
        tally = Tally(agency_id=agency, year=year, edition=edition)
        put(tally, sums)
        tallies.append(tally)
    Tally.objects.bulk_create(tallies, batch_size=200)
    return len(tallies) + rebuild_regions()
