"""The day's reminders, and mail. What is to be done stands in tables; a task only does it."""

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from reports.actions import mailing, reminding
from reports.models import RemindedDay
from reports.queries.notices import mail_due

FIRST_HOUR = 8  # nobody is reminded at night


@task()
def remind_due() -> None:
    """Today's reminders; what has been told is not told again."""
    reminding.remind_due()


@task()
def send_waiting_mail() -> None:
    """What waits to be mailed; of two that run at once each mail is one's."""
    mailing.send_waiting_mail()


def take_up() -> int:
    """Ask for what is due and not asked for yet: for the worker's clock; returns how many."""
    now = timezone.localtime()
    due = []
    if now.hour >= FIRST_HOUR and not RemindedDay.objects.filter(day=now.date()).exists():
        due.append(remind_due)
    if mail_due(timezone.now()).exists():
        due.append(send_waiting_mail)
    queued = set(DBTaskResult.objects.ready().values_list("task_path", flat=True).distinct())
    new = [job for job in due if job.module_path not in queued]
    for job in new:
        job.enqueue()
    return len(new)
