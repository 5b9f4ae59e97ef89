"""The day's reminders, and mail. What is to be done stands in tables; a task only does it."""

import logging
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions import mailing, reminding
from reports.models import RemindedDay
from reports.queries.notices import mail_due

FIRST_HOUR = 8  # nobody is reminded at night
FIRST_REST, LONGEST_REST = timedelta(minutes=1), timedelta(hours=1)
MOST_DOUBLED = 7  # failures in a row, after which the rest is the longest
logger = logging.getLogger(__name__)


@task()
def remind_due() -> None:
    """Today's reminders; what has been told is not told again."""
    reminding.remind_due()


@task()
def send_waiting_mail() -> str:
    """What waits to be mailed; of two that run at once each mail is one's.

    Returns why nothing can be mailed at all; that is logged when it begins, changes and ends.
    """
    before = next((said for _, said, _ in last_results()), "")
    trouble = ""
    try:
        mailing.send_waiting_mail()
    except mailing.Unopened as unopened:
        trouble = str(unopened)
    if trouble and trouble != before:
        logger.error("Mail cannot be sent; it is tried less and less often: %s", trouble)
    if before and not trouble:
        logger.warning("Mail can be sent again")
    return trouble


def last_results() -> list[tuple[str, str, datetime]]:
    """How the last sendings ended, what they said and when, the newest first."""
    ended = DBTaskResult.objects.finished().filter(task_path=send_waiting_mail.module_path)
    rows = ended.order_by("-finished_at").values_list("status", "return_value", "finished_at")
    return [(status, said or "", at) for status, said, at in rows[:MOST_DOUBLED] if at]


def mail_rests(now: datetime) -> bool:
    """Whether mail is left alone: for twice as long after each time that nothing could be mailed."""
    results = last_results()
    failed = takewhile(lambda each: each[0] == TaskResultStatus.FAILED or each[1], results)
    in_a_row = len(list(failed))
    if not in_a_row:
        return False
    rest = min(FIRST_REST * 2 ** (in_a_row - 1), LONGEST_REST)
    return now - rest < results[0][2] <= now  # what ended in the future: the clock was set back


def take_up() -> int:
    """Ask for what is due and not asked for yet: for the worker's clock; returns how many."""
    now = timezone.localtime()
    due: list[Task[[], Any]] = []
    if now.hour >= FIRST_HOUR and not RemindedDay.objects.filter(day=now.date()).exists():
        due.append(remind_due)
    if mail_due(timezone.now()).exists() and not mail_rests(timezone.now()):
        due.append(send_waiting_mail)
    queued = set(DBTaskResult.objects.ready().values_list("task_path", flat=True).distinct())
    new = [job for job in due if job.module_path not in queued]
    for job in new:
        job.enqueue()
    return len(new)
