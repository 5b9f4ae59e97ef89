"""Verifying the audit trail once a day; the outcome is an entry of the trail itself."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions import verifying
from reports.actions.auditing import by_task
from reports.queries.audit import verified_since

FIRST_HOUR = 3  # when nobody is at work
MOST_TRIES = 3  # in a day: one that fails each time is not begun for ever
LONGEST = timedelta(hours=6)  # after that its worker is gone


@task()
def verify_audit() -> None:
    """Whoever watches over the trail is told of what is broken."""
    with by_task():
        verifying.verify_and_tell()


def take_up() -> int:
    """Ask for today's verification, unless it was made or is being made; returns how many."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if now.hour < FIRST_HOUR or verified_since(midnight):
        return 0
    asked = DBTaskResult.objects.filter(task_path=verify_audit.module_path)
    today = list(asked.filter(enqueued_at__gte=midnight).values_list("status", "enqueued_at"))
    under_way = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    if len(today) >= MOST_TRIES or any(
        status in under_way and at > now - LONGEST for status, at in today
    ):
        return 0
    verify_audit.enqueue()
    return 1
