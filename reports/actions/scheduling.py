"""Publishing at a set time: setting it, cancelling it, and carrying it out when it has come."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reports.models import Revision, ScheduledPublication, User
from reports.models.errand import Errand
from reports.queries.errands import in_words, last_move_key
from reports.queries.filing import due_of
from reports.workflow import MOVES

from .asking import GIVEN_UP, claim, end
from .drafting import record
from .moves import move, refuse_if_stale, refuse_unless_allowed, refuse_unless_possible
from .refusals import MoveRefused, Refused

PUBLISH = MOVES["publish"]
LATE_AHEAD = timedelta(days=30)  # how far ahead once the legal date has passed


@transaction.atomic
def schedule(
    revision: Revision, due_at: datetime, *, by: User, seen: int | None = None
) -> ScheduledPublication:
    """Have the approved text published at the time, which takes the place of one set before.

    All that publication asks is asked now, and again when the time has come.
    """
    revision = locked(revision.pk)
    refuse_unless_allowed(revision, PUBLISH, by)
    refuse_unless_possible(revision, PUBLISH, note="", seen=seen)
    refuse_unless_ahead(revision, due_at)
    for earlier in waiting_for(revision):
        end(earlier, Errand.State.CANCELLED, f"改为{in_words(due_at)}公布。")
    made = ScheduledPublication.objects.create(
        revision=revision, due_at=due_at, by=by, approval=last_move_key(revision)
    )
    record(revision, "schedule", by=by, note=f"定于{in_words(due_at)}公布。")
    return made


@transaction.atomic
def cancel(revision: Revision, *, by: User, seen: int | None = None) -> None:
    """The text stays approved and waits to be published by hand."""
    revision = locked(revision.pk)
    refuse_unless_allowed(revision, PUBLISH, by)
    refuse_if_stale(revision, seen)
    waiting = waiting_for(revision)
    if not waiting:
        raise MoveRefused("这份报告现在没有设定公布的时间，不用取消。")
    for each in waiting:
        end(each, Errand.State.CANCELLED)
        record(revision, "cancel_schedule", by=by, note=f"原定{in_words(each.due_at)}公布。")


@transaction.atomic
def publish_on_time(schedule_pk: int) -> None:
    """Publish in the name of who set the time, or write down why not; nothing twice, nor early."""
    found = ScheduledPublication.objects.filter(pk=schedule_pk).first()
    if found is None or not found.is_waiting:
        return
    revision = locked(found.revision_id)  # before the schedule, as every move does
    due = claim(ScheduledPublication, schedule_pk)
    if due is None or due.due_at > timezone.now():
        return
    by = User.objects.get(pk=due.by_id)
    end(due, Errand.State.DONE)
    try:
        with transaction.atomic():
            refuse_if_moved(revision, due)
            move(revision, "publish", by=by)
    except Refused as refused:
        not_published(due, str(refused))
    except PermissionDenied:
        not_published(
            due,
            f"设定人{by}现在不能公布这份报告（角色、机关或者账号已有变动），"
            "请由其他审核人员公布或者重新设定时间。",
        )


@transaction.atomic
def give_up_schedule(schedule: ScheduledPublication) -> None:
    """After the last attempt broke off."""
    locked(schedule.revision_id)
    claimed = claim(ScheduledPublication, schedule.pk)
    if claimed is not None:
        not_published(claimed, GIVEN_UP)


def not_published(due: ScheduledPublication, why: str) -> None:
    end(due, Errand.State.REFUSED, why)
    record(due.revision, "schedule_refused", by=None, note=why)


def locked(pk: int) -> Revision:
    rows = Revision.objects.select_for_update(of=("self",))
    return rows.select_related("report__agency__division").get(pk=pk)


def waiting_for(revision: Revision) -> list[ScheduledPublication]:
    """The schedule that stands, locked; the caller holds the revision."""
    rows = ScheduledPublication.objects.select_for_update()
    return list(rows.filter(revision=revision, state=Errand.State.WAITING))


def refuse_unless_ahead(revision: Revision, due_at: datetime) -> None:
    now = timezone.now()
    if due_at <= now:
        raise Refused(
            f"{in_words(due_at)}已经过去（现在是{in_words(now)}），请填写将来的时间，或者立即公布。"
        )
    latest = latest_time(revision, now)
    if due_at > latest:
        raise Refused(f"公布的时间最晚是{in_words(latest)}，您填的是{in_words(due_at)}，请提前。")


def latest_time(revision: Revision, now: datetime) -> datetime:
    """The latest time that may be set: the end of the legal date, or after it a month ahead."""
    legal = due_of(revision.report.agency, revision.report.year).legal
    end_of_day = timezone.make_aware(datetime(legal.year, legal.month, legal.day, 23, 59))
    return end_of_day if now < end_of_day else now + LATE_AHEAD


def refuse_if_moved(revision: Revision, due: ScheduledPublication) -> None:
    """Another approval is of another text."""
    if last_move_key(revision) != due.approval:
        raise MoveRefused("设定时间之后，报告重新办理过，原来的定时公布失效。")
