"""Reading documents outside of a request: a PDF may take seconds, a batch minutes."""

from collections import Counter
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions import importing
from reports.actions.asking import MOST_ASKS, PATIENCE
from reports.actions.auditing import by_task
from reports.models import Upload

UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


@task()
def read_upload(upload_pk: int) -> None:
    """One document; again where its worker died over it."""
    with by_task():
        importing.read_upload(upload_pk)


@task()
def remove_old() -> None:
    """Keep the promise of thirty days wherever documents still arrive."""
    importing.let_go_of_old()


def take_up(patience: timedelta = PATIENCE) -> int:
    """Ask for documents that were taken in but never asked for, or whose reading broke off.

    For the worker's clock; returns how many. After three times the person is told.
    """
    long_ago = timezone.now() - patience
    unread = Upload.objects.filter(
        Q(begun_at__lt=long_ago) | Q(begun_at=None, created_at__lt=long_ago),
        held=True,
        state__in=[Upload.State.WAITING, Upload.State.READING],
    )
    waiting = set(unread.values_list("pk", flat=True))
    if not waiting:
        return 0
    rows = DBTaskResult.objects.filter(task_path=read_upload.module_path)
    asked = list(rows.values_list("status", "args_kwargs"))
    under_way = {given["args"][0] for status, given in asked if status in UNDER_WAY}
    asks = Counter(given["args"][0] for _, given in asked)
    lost = waiting - under_way
    for pk in lost:
        if asks[pk] < MOST_ASKS:
            read_upload.enqueue(pk)
        else:
            importing.give_up_reading(pk)
    return len(lost)
