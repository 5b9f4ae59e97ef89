"""Many reports moved at once, and publication when its time has come.

What is to be done stands in tables; a task only brings a worker to a row. A
row whose worker died is asked for again after a while (``take_up``, which the
clock of ``manage.py worker`` calls), and told as not done after three times.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from reports.actions import batching, scheduling
from reports.actions.asking import MOST_ASKS, PATIENCE, ask
from reports.models import Batch, BatchItem, ScheduledPublication
from reports.models.errand import Errand
from reports.queries.errands import first_free, unattended

# Reports done within a request. A publication draws for a second, on a busy machine for many, and
# a request that takes a minute is ended; approving only checks.
MOST_AT_ONCE = {"approve": 10, "publish": 1}
# Tasks in the queue at a time, of however many lines: each beat of the clock asks for more, and
# a queue of thousands would keep a mail or a single publication waiting for hours.
AHEAD = 100


@task()
def carry_out_item(item_pk: int) -> None:
    """One line of a batch; nothing if that has been done."""
    batching.carry_out(item_pk)


@task()
def publish_on_time(schedule_pk: int) -> None:
    """One report whose time has come; nothing if that has been done."""
    scheduling.publish_on_time(schedule_pk)


def goes_to_workers(verb: str, number: int) -> bool:
    """Whether so many at once are more than a request bears."""
    return number > MOST_AT_ONCE[verb]


def work_off(batch: Batch) -> None:
    """What a request bears now, more by the workers; sent twice, it asks once.

    Of many, those above wait for those below, and most for those before: the clock asks for
    them then.
    """
    waiting = batch.items.filter(asks=0, state=Errand.State.WAITING)
    if goes_to_workers(batch.verb, waiting.count()):
        return put_off(waiting)
    for item in waiting:
        if ask(item):
            batching.carry_out(item.pk)


@transaction.atomic
def put_off(waiting: QuerySet[BatchItem]) -> None:
    """Ask the workers in one go: on SQLite the first to come would not let the rest be asked."""
    for item in first_free(waiting, AHEAD - len(queued_for(carry_out_item.module_path))):
        if ask(item):
            carry_out_item.enqueue(item.pk)


def take_up(patience: timedelta = PATIENCE) -> int:
    """Ask for what is due and was not asked for, or whose worker is gone; returns how many."""
    found: list[tuple[type[Errand], Any, Callable[[Any], None]]] = [
        (BatchItem, carry_out_item, batching.give_up),
        (ScheduledPublication, publish_on_time, scheduling.give_up_schedule),
    ]
    asked = 0
    for kind, job, give_up in found:
        queued = queued_for(job.module_path)
        errands = unattended(kind, timezone.now(), patience, AHEAD)
        room = AHEAD - len(queued)
        for errand in errands:
            if errand.pk in queued:
                continue  # no worker has come yet: it will
            if errand.asks >= MOST_ASKS:
                give_up(errand)
            elif room > 0 and ask(errand):
                job.enqueue(errand.pk)
                asked, room = asked + 1, room - 1
    return asked


def queued_for(path: str) -> set[int]:
    """The rows to which a task in the queue will bring a worker."""
    rows = DBTaskResult.objects.ready().filter(task_path=path)
    return {given["args"][0] for given in rows.values_list("args_kwargs", flat=True)}
