"""The worker outlives its database."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from reports.actions import sweeping
from reports.jobs import importing
from reports.management.commands import worker
from reports.models import Heartbeat, Upload
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("queued")
def test_it_goes_on_under_another_name_when_the_database_is_back(monkeypatch):
    """What it had in hand is the old name's, which is silent from now on."""
    names: list[str] = []

    def run(self: db_worker.Worker) -> None:
        names.append(self.worker_id)
        if len(names) < 3:
            raise OperationalError("the database is away")

    monkeypatch.setattr(db_worker.Worker, "run", run)
    monkeypatch.setattr(worker, "sleep", lambda _: None)
    monkeypatch.setattr(worker.Clock, "run", lambda self: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    call_command("worker", "--no-reload")
    assert len(set(names)) == 3
    assert set(names) == set(Heartbeat.objects.values_list("worker_id", flat=True))


def lost(minutes: int, state: str = "waiting") -> Upload:
    upload = Upload.objects.create(
        by=make_user(), filename="a.docx", size=1, held=True, state=state
    )
    at = timezone.now() - timedelta(minutes=minutes)
    Upload.objects.filter(pk=upload.pk).update(
        created_at=at, begun_at=at if state != "waiting" else None
    )
    return upload


@pytest.mark.usefixtures("queued")
def test_a_document_that_nobody_was_asked_to_read_is_asked_for_once():
    for minutes, state in ((5, "waiting"), (5, "reading"), (0, "waiting")):
        lost(minutes, state)
    assert importing.take_up() == 2
    assert importing.take_up() == 0


@pytest.mark.usefixtures("queued")
def test_a_document_whose_reading_breaks_off_three_times_is_told():
    upload = lost(5)
    for _ in range(3):
        assert importing.take_up() == 1
        importing.DBTaskResult.objects.update(status="FAILED")
    importing.take_up()
    upload.refresh_from_db()
    assert upload.state == "unreadable"
    assert "可以再读一次" in upload.error
    assert upload.held


@pytest.mark.usefixtures("queued")
def test_tasks_that_ended_long_ago_are_forgotten_once_a_day():
    importing.read_upload.enqueue(0)
    waiting = importing.DBTaskResult.objects.get()
    for days in (sweeping.KEPT.days - 1, sweeping.KEPT.days + 1):
        ended = importing.read_upload.enqueue(0)
        importing.DBTaskResult.objects.filter(pk=ended.id).update(
            status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=days)
        )
    clock = worker.Clock("虚构", timedelta(minutes=1))
    clock.forget_ended_tasks()
    left = importing.DBTaskResult.objects.all()
    assert len(left) == 2
    assert waiting in left
    left.update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=99))
    clock.forget_ended_tasks()
    assert importing.DBTaskResult.objects.count() == 2
    worker.Clock("虚构", timedelta(minutes=1)).forget_ended_tasks()
    assert importing.DBTaskResult.objects.count() == 0
