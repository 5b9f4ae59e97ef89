"""sweep_tasks: tasks whose worker is gone."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

pytestmark = pytest.mark.django_db


def running(minutes: int, attempts: int = 1) -> DBTaskResult:
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=now - timedelta(minutes=minutes),
        worker_ids=[f"worker-{number}" for number in range(attempts)],
        args_kwargs={"args": [], "kwargs": {}},
        task_path="reports.jobs.pages.redraw_all_pages",
        backend_name="default",
        run_after=now,
        exception_class_path="",
        traceback="",
    )


@pytest.mark.parametrize(
    ("minutes", "attempts", "status"),
    [
        (5, 1, TaskResultStatus.RUNNING),
        (45, 1, TaskResultStatus.READY),
        (45, 2, TaskResultStatus.READY),
        (45, 3, TaskResultStatus.FAILED),
    ],
)
def test_a_stale_task_goes_back_and_is_given_up_the_third_time(minutes, attempts, status):
    task = running(minutes, attempts)
    call_command("sweep_tasks")
    task.refresh_from_db()
    assert task.status == status
    assert bool(task.exception_class_path) == (status == TaskResultStatus.FAILED)


def test_how_long_is_too_long_may_be_said():
    task = running(5)
    call_command("sweep_tasks", "--minutes", "1")
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_what_has_ended_is_left_alone(capsys):
    task = running(45)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    call_command("sweep_tasks")
    task.refresh_from_db()
    assert task.status == TaskResultStatus.SUCCESSFUL
    assert capsys.readouterr().out == ""
