"""Whose published figures are an agency's "last year", after bodies were merged or split.

An agency's own report of the year before counts, and with it those of the
bodies that went into it within the year reported on: until then they reported
by themselves. Where an agency has no report of its own for that year, its
predecessors' stand for it. A part of a body has no figures of its own, so a
successor of a part has no last year to be compared with, which
``Forerunners.why`` says; a body that goes on after giving or receiving a part
is compared with its own figures, and told that they do not cover the same work.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from reports.editions.wording import date_text
from reports.models import Agency, Report, Succession
from reports.workflow import State


@dataclass(frozen=True)
class Forerunners:
    """The keys of the agencies whose last year is summed; ``why`` warns of what cannot be compared."""

    keys: tuple[int, ...]
    why: tuple[str, ...] = ()
    comparable: bool = True


def forerunners_of(agency: Agency, reported: int) -> Forerunners:
    """Whose figures of the year before are the agency's; one statement where it stands alone."""
    rows = list(
        Succession.objects.filter(
            Q(successor=agency) | Q(predecessor=agency), on__year__lte=reported
        ).select_related("predecessor", "successor")
    )
    into = [each for each in rows if each.successor_id == agency.pk]
    gave = [
        each
        for each in rows
        if each.predecessor_id == agency.pk and not each.whole and each.on.year == reported
    ]
    given = tuple(map(part_given, gave))
    this_year = [each for each in into if each.on.year == reported]
    if not into or has_report(agency, reported - 1):
        keys = {agency.pk} | gathered(this_year, reported)
        received = tuple(part_received(each) for each in this_year if not each.whole)
        return Forerunners(tuple(sorted(keys)), (*received, *given))
    parts = [each for each in into if not each.whole]
    if parts:
        return Forerunners((), tuple(map(part_alone, parts)), comparable=False)
    return Forerunners(tuple(sorted(gathered(into, reported))), given)


def has_report(agency: Agency, year: int) -> bool:
    published = Report.objects.filter(
        agency=agency, year=year, revisions__state=str(State.PUBLISHED)
    )
    return published.exists()


def gathered(rows: Iterable[Succession], reported: int) -> set[int]:
    """The whole predecessors, and those that had gone into them within the same year."""
    found: set[int] = set()
    newest = {each.predecessor_id for each in rows if each.whole}
    while newest - found:
        found |= newest
        newest = set(
            Succession.objects.filter(
                successor__in=newest, whole=True, on__year=reported
            ).values_list("predecessor", flat=True)
        )
    return found


def part_given(row: Succession) -> str:
    return (
        f"{date_text(row.on)}划出部分职责给{row.successor}，"
        "上年数字包含划出的部分，与本年不完全可比；对不上的请在检查结果里说明。"
    )


def part_received(row: Succession) -> str:
    return (
        f"{date_text(row.on)}承接{row.predecessor}的部分职责，这一部分没有单独公布的上年数字，"
        "没有计入上年数；对不上的请在检查结果里说明。"
    )


def part_alone(row: Succession) -> str:
    return (
        f"{date_text(row.on)}承接{row.predecessor}的部分职责。"
        f"{row.predecessor}的上年数字分不开，不作为本机关的上年数字，上年结转等请按移交的底册填写。"
    )
