"""/healthz and /readyz, and the command that asks the same before a process starts."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from reports.models import Backup, Revision
from reports.queries import readiness
from tests.factories import make_revision


@pytest.fixture
def whole(settings, tmp_path, monkeypatch):
    """An installation with everything in its place."""
    settings.FONT_ROOT = tmp_path
    for name in (*readiness.FONTS, *readiness.TYPEFACES):
        (tmp_path / name).touch()
    monkeypatch.setattr(readiness, "SUBSETTER", "libc.so.6")
    return tmp_path


def waits(minutes: int, run_after=None) -> DBTaskResult:
    task = DBTaskResult.objects.create(
        task_path="reports.jobs.pages.redraw",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        priority=0,
        run_after=run_after or get_date_max(),
        exception_class_path="",
        traceback="",
    )
    since = timezone.now() - timedelta(minutes=minutes)
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=since)
    return task


def test_health_asks_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_an_installation_with_everything_is_ready(client, whole):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["status"] == "ok"
    assert set(response.json()["checks"].values()) == {"ok"}


@pytest.mark.django_db
def test_without_the_serif_nothing_can_be_drawn(client, whole):
    (whole / "serif.otf").unlink()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    assert "serif.otf" in response.json()["checks"]["fonts"]
    with pytest.raises(CommandError, match=r"不能开始工作：缺少字体文件 serif\.otf"):
        call_command("check_ready")


@pytest.mark.django_db
def test_what_makes_it_slow_or_plain_is_said_and_keeps_nobody_out(client, whole, monkeypatch):
    (whole / "kai.ttf").unlink()
    monkeypatch.setattr(readiness, "SUBSETTER", "libnowhere.so.0")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert "kai.ttf" in response.json()["checks"]["typefaces"]
    assert "libharfbuzz-subset" in response.json()["checks"]["libharfbuzz-subset"]
    said, noted = StringIO(), StringIO()
    call_command("check_ready", stdout=said, stderr=noted)
    assert said.getvalue().strip() == "可以开始工作。"
    assert noted.getvalue().count("注意：") == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "run_after", "is_late"),
    [(9, None, False), (11, None, True), (60, -5, False), (60, -30, True), (60, 5, False)],
    ids=["just asked", "asked long ago", "due just now", "due long ago", "not due yet"],
)
def test_a_task_that_waits_too_long_is_told(client, whole, minutes, run_after, is_late):
    waits(minutes, run_after and timezone.now() + timedelta(minutes=run_after))
    said = client.get("/readyz").json()["checks"]["queue-age"]
    assert ("有 1 项后台任务在等待" in said) == is_late
    assert (said == "ok") == (not is_late)


@pytest.mark.django_db
def test_a_migration_that_waits_is_told(client, whole):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app='reports'")
    said = client.get("/readyz").json()["checks"]["migrations"]
    assert "数据库迁移还没有执行" in said


@pytest.mark.django_db
def test_a_site_without_a_fresh_backup_is_told(client, whole):
    def said():
        return client.get("/readyz").json()["checks"]["backup-age"]

    assert said() == "ok"  # nothing to lose yet
    revision = make_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=timezone.now() - timedelta(days=3))
    assert "还没有做过备份" in said()
    then = timezone.now() - timedelta(days=4)
    own = Backup.objects.create(begun_at=then, ended_at=then, name="backup.tar")
    assert "最近一次备份已是 4 天前" in said()
    Backup.objects.filter(pk=own.pk).update(ended_at=timezone.now())
    assert said() == "ok"


@pytest.mark.django_db
def test_a_database_that_is_away_is_told(client, whole, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("could not connect")

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    monkeypatch.undo()
    assert response.status_code == 503
    assert "数据库不能连接" in response.json()["checks"]["database"]


@pytest.mark.django_db
def test_a_full_disk_is_told_before_it_is_full(client, whole, monkeypatch):
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 62)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "MB，请清理或扩容" in response.json()["checks"]["storage"]
