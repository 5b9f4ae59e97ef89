"""Tasks whose worker is gone go back, without an operator."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions import sweeping
from reports.models import Heartbeat

pytestmark = pytest.mark.django_db
SILENCE = timedelta(seconds=60)


class Running:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Running:
    return Running()


@pytest.fixture
def watch(clock: Running) -> sweeping.Watch:
    return sweeping.Watch(SILENCE, clock)


def in_hand(*workers: str, minutes: int = 0) -> DBTaskResult:
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=now - timedelta(minutes=minutes),
        worker_ids=list(workers),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="reports.jobs.pages.redraw_all_pages",
        backend_name="default",
        run_after=now,
        exception_class_path="",
        traceback="",
    )


def heard_of(watch: sweeping.Watch, clock: Running, seconds: int, *alive: str) -> dict[str, int]:
    """Time passes in which these alone give signs of life; who is gone then."""
    for _ in range(seconds // 5):
        clock.now += 5
        for worker in alive:
            sweeping.beat(worker)
        gone = watch.gone()
    return dict(gone)


def status_of(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


def test_what_a_silent_worker_had_in_hand_goes_back(watch, clock):
    sweeping.beat("dead")
    task, others = in_hand("dead"), in_hand("alive")
    assert heard_of(watch, clock, 60, "alive") == {}
    gone = heard_of(watch, clock, 15, "alive")
    assert gone == {"dead": 0}
    assert sweeping.sweep_gone(gone) == (1, 0)
    assert status_of(task) == TaskResultStatus.READY
    assert status_of(others) == TaskResultStatus.RUNNING
    assert set(Heartbeat.objects.values_list("worker_id", flat=True)) == {"alive"}


def test_of_two_who_sweep_one_puts_it_back(watch, clock):
    sweeping.beat("dead")
    in_hand("dead")
    gone = heard_of(watch, clock, 80)
    assert sweeping.sweep_gone(gone) == (1, 0)
    assert sweeping.sweep_gone(gone) == (0, 0)


def test_a_worker_that_says_something_at_the_last_moment_keeps_its_task(watch, clock):
    sweeping.beat("slow")
    task = in_hand("slow")
    gone = heard_of(watch, clock, 80)
    sweeping.beat("slow")
    assert sweeping.sweep_gone(gone) == (0, 0)
    assert status_of(task) == TaskResultStatus.RUNNING


def test_nobody_is_gone_after_a_time_in_which_nothing_could_be_heard(watch, clock):
    sweeping.beat("alive")
    heard_of(watch, clock, 30, "alive")
    clock.now += 600  # the database was away
    assert watch.gone() == {}
    assert heard_of(watch, clock, 30, "alive") == {}


def test_a_task_that_takes_its_worker_with_it_is_given_up_the_third_time(watch, clock):
    sweeping.beat("third")
    task = in_hand("first", "second", "third")
    assert sweeping.sweep_gone(heard_of(watch, clock, 80)) == (0, 1)
    assert status_of(task) == TaskResultStatus.FAILED


def test_of_long_tasks_only_those_without_any_sign_of_life_go_back():
    sweeping.beat("alive")
    long, lost, young = in_hand("alive", minutes=45), in_hand("x", minutes=45), in_hand("y")
    assert sweeping.sweep_unheard() == (1, 0)
    assert status_of(long) == status_of(young) == TaskResultStatus.RUNNING
    assert status_of(lost) == TaskResultStatus.READY
