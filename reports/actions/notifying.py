"""Telling people: rows written within the transaction of what they tell of, mailed later.

Told are those who may act on it now, and the authors of what became of their
text; never who did it. One notice of a thing to one person: the constraint
``one_notice_of_a_thing`` decides, however many write it at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reports.models import Event, Notice, NoticeSettings, Report, Revision, User
from reports.models.notice import TURNS
from reports.permissions import notices_of, users_who_may, users_with
from reports.workflow import AUTHORS, MOVES, REVIEWERS

Kind = Notice.Kind
ASKING = frozenset({Kind.DUE, Kind.OVERDUE, Kind.URGED})


@dataclass(frozen=True)
class Telling:
    """After a move, those who may make the move ``to`` are told so."""

    kind: Notice.Kind
    to: str
    words: str


TOLD = {
    "submit": (Telling(Kind.TO_APPROVE, "approve", "{report}已送审，请您审定。"),),
    "recall": (Telling(Kind.TAKEN_BACK, "approve", "{report}的送审已由填报员撤回，现在不用审定。"),),
    "reopen": (
        Telling(
            Kind.TAKEN_BACK, "approve", "{report}由填报员收回重新修改，原审定已经失效，现在不用公布。"
        ),
    ),
    "return": (Telling(Kind.RETURNED, "submit", "{report}被退回，请修改后重新送审。"),),
    "approve": (
        Telling(Kind.TO_PUBLISH, "publish", "{report}已审定，请您公布。"),
        Telling(Kind.APPROVED, "submit", "{report}已审定，等待公布。"),
    ),
    "publish": (Telling(Kind.PUBLISHED, "submit", "{report}已公布。"),),
    "withdraw": (Telling(Kind.WITHDRAWN, "submit", "{report}已撤回公布，公开页面现在只显示撤回说明。"),),
}  # fmt: skip


@transaction.atomic
def notify_of_move(revision: Revision, event: Event) -> None:
    """Tell whose turn it is now, and the authors what became of their text.

    What was asked of anybody before the move is no longer asked: it is laid
    among what has been read, and not mailed any more.
    """
    end_turns(revision)
    told: set[int] = {event.by_id} if event.by_id else set()
    for telling in TOLD.get(event.verb, ()):
        asked = users_who_may(MOVES[telling.to], revision)
        users = [user for user in asked if user.pk not in told]
        told |= {user.pk for user in users}
        words = telling.words.format(report=named(revision.report))
        make(
            Notice(
                to=user, kind=telling.kind, key=f"event:{event.pk}", revision=revision,
                words=words, detail=event.note, by=event.by,
            )
            for user in users
        )  # fmt: skip


def end_turns(revision: Revision) -> None:
    """Nobody is asked any more for the step that has just been made."""
    report = revision.report
    now = timezone.now()
    Notice.objects.filter(revision=revision, kind__in=TURNS, read_at=None).update(read_at=now)
    Notice.objects.filter(
        to__in=users_with(AUTHORS | REVIEWERS, report.agency),
        kind__in=ASKING,
        key__startswith=key_of(report.agency_id, report.year),
        read_at=None,
    ).update(read_at=now)


def key_of(agency_pk: int, year: int) -> str:
    """What the keys of everything asked of a body for a year begin with."""
    return f"{agency_pk}/{year}/"


def named(report: Report) -> str:
    return f"{report.agency.name}{report.year}年度报告"


def make(notices: Iterable[Notice]) -> int:
    """Write the notices which are not there yet, in few statements; returns how many."""
    rows = list(notices)
    standing = Notice.objects.filter(
        to__in={row.to_id for row in rows}, key__in={row.key for row in rows}
    )
    there = set(standing.values_list("to_id", "kind", "key"))
    new = [row for row in rows if (row.to_id, row.kind, row.key) not in there]
    unwanted = unmailed_by({row.to_id for row in new})
    now = timezone.now()
    for row in new:
        if row.to.email and row.kind not in unwanted.get(row.to_id, ()):
            row.mail, row.next_try_at = Notice.Mail.WAITING, now
    Notice.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def unmailed_by(users: Iterable[int]) -> dict[int, list[str]]:
    rows = NoticeSettings.objects.filter(user__in=list(users))
    return dict(rows.values_list("user_id", "unmailed"))


def read(user: User, pk: int | None = None) -> int:
    """Mark one of the person's notices as read, or all of them; returns how many were not."""
    unread = notices_of(user).filter(read_at=None)
    if pk is not None:
        unread = unread.filter(pk=pk)
    return unread.update(read_at=timezone.now())


def choose_mail(user: User, wanted: Iterable[str]) -> NoticeSettings:
    """Only these kinds are mailed to the person from now on; what waits is not sent either."""
    chosen = set(wanted)
    unmailed = [str(kind) for kind in Kind if str(kind) not in chosen]
    settings, _ = NoticeSettings.objects.update_or_create(
        user=user, defaults={"unmailed": unmailed}
    )
    return settings
