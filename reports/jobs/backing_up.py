"""The day's backup, in the small hours."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from reports.actions import backing_up
from reports.actions.auditing import by_task
from reports.models import Backup

PAUSE = timedelta(minutes=30)  # before one that failed is tried again


@task(takes_context=True)
def back_up_daily(context: TaskContext) -> None:
    """Today's, unless it is made or being made; it fails aloud, and is tried again.

    A task that comes to its second worker was put back because the first is silent.
    """
    with by_task():
        backing_up.back_up_daily(left_behind=context.attempt > 1)


def take_up() -> int:
    """Ask for the day's backup once its hour has come: for the worker's clock; returns how many."""
    now = timezone.localtime()
    if not settings.BACKUP_DAILY or now.hour < settings.BACKUP_HOUR:
        return 0
    own = Backup.objects.filter(day=now.date()).first()
    waits = own is not None and own.ended_at is not None and own.ended_at > now - PAUSE
    if own is not None and (waits or not backing_up.may_begin(own, now)):
        return 0
    if DBTaskResult.objects.ready().filter(task_path=back_up_daily.module_path).exists():
        return 0
    back_up_daily.enqueue()
    return 1
