"""Can this installation do its work: what is missing, in a sentence for the operator.

``BARRIERS`` keep a process from answering at all; ``SHORTFALLS`` make it slow or late, which is no
reason to take it out of service.
"""

import ctypes
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from reports.models import Backup, Revision

FONTS = ("serif.otf", "serif-bold.otf")  # what every PDF is drawn with
TYPEFACES = ("sans.otf", "kai.ttf", "fangsong.otf")  # the serif stands in for these
SUBSETTER = "libharfbuzz-subset.so.0"
BACKUP_PATIENCE = timedelta(days=2)
QUEUE_PATIENCE = timedelta(minutes=10)
LEAST_FREE = 200 * 1024 * 1024  # bytes: a day's publications, and room to clear up


class NotReady(Exception):
    """What is missing, and what to do, in words for the operator."""


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise NotReady("数据库不能连接，请查看数据库是否在运行、DATABASE_URL 是否正确") from error


def migrations() -> None:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"有 {len(waiting)} 项数据库迁移还没有执行，请运行 manage.py migrate")


def storage() -> None:
    for root in (Path(settings.PUBLISHED_ROOT), Path(settings.UPLOAD_ROOT)):
        nearest = next((each for each in (root, *root.parents) if each.exists()), root)
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise NotReady(f"目录 {root.name} 不能写入，请查看它的属主和权限")
        space = os.statvfs(nearest)
        free = space.f_bavail * space.f_frsize
        if free < LEAST_FREE:
            raise NotReady(f"目录 {root.name} 所在的磁盘只剩 {free >> 20} MB，请清理或扩容")


def fonts() -> None:
    missing = missing_of(FONTS)
    if missing:
        raise NotReady(f"缺少字体文件 {missing}，请运行 make setup")


def typefaces() -> None:
    missing = missing_of(TYPEFACES)
    if missing:
        raise NotReady(f"缺少字体文件 {missing}，PDF 用宋体代替，请运行 make setup")


def missing_of(names: Collection[str]) -> str:
    return "、".join(name for name in names if not (Path(settings.FONT_ROOT) / name).is_file())


def subsetter() -> None:
    try:
        ctypes.CDLL(SUBSETTER)
    except OSError as error:
        raise NotReady("缺少 libharfbuzz-subset，生成 PDF 会慢十倍，请安装后重启") from error


@dataclass(frozen=True)
class Queue:
    """Tasks which could be done now: how many, and for how long the oldest has waited."""

    waiting: int
    age: timedelta


def queue() -> Queue:
    """Two statements; DatabaseError where the database is away."""
    now = timezone.now()
    due = DBTaskResult.objects.ready().order_by("enqueued_at")
    oldest = due.first()
    if oldest is None:
        return Queue(0, timedelta(0))
    # One without a time of its own has the year 9999 there.
    asked_for = oldest.run_after if oldest.run_after <= now else oldest.enqueued_at
    return Queue(due.count(), now - max(oldest.enqueued_at, asked_for))


def queue_age() -> None:
    now = queue()
    if now.age > QUEUE_PATIENCE:
        minutes = int(now.age.total_seconds() // 60)
        raise NotReady(
            f"有 {now.waiting} 项后台任务在等待，最早的已等 {minutes} 分钟，请查看 worker 是否在运行"
        )


def backup_age() -> None:
    """Only where backups are made, and once there is something to lose."""
    if not settings.BACKUP_DAILY:
        return
    long_ago = timezone.now() - BACKUP_PATIENCE
    last = Backup.objects.exclude(name="").order_by("-ended_at").first()
    if last is None:
        if Revision.objects.filter(created_at__lt=long_ago).exists():
            raise NotReady("还没有做过备份，请查看 worker 是否在运行、BACKUP_DIR 能否写入")
    elif last.ended_at is not None and last.ended_at < long_ago:
        days = (timezone.now() - last.ended_at).days
        raise NotReady(
            f"最近一次备份已是 {days} 天前，请查看 BACKUP_DIR 所在的磁盘和 worker 的日志"
        )


Check = Callable[[], None]
BARRIERS: Mapping[str, Check] = {
    "database": database,
    "migrations": migrations,
    "storage": storage,
    "fonts": fonts,
}
SHORTFALLS: Mapping[str, Check] = {
    "typefaces": typefaces,
    "libharfbuzz-subset": subsetter,
    "queue-age": queue_age,
    "backup-age": backup_age,
}
ASKING = frozenset({migrations, queue_age, backup_age})


@dataclass(frozen=True)
class Readiness:
    """What each check said: "ok", or its sentence."""

    barriers: Mapping[str, str]
    shortfalls: Mapping[str, str]

    @property
    def is_ready(self) -> bool:
        return all(said == "ok" for said in self.barriers.values())

    @property
    def is_whole(self) -> bool:
        return self.is_ready and all(said == "ok" for said in self.shortfalls.values())

    @property
    def status(self) -> str:
        if not self.is_ready:
            return "not ready"
        return "ok" if self.is_whole else "degraded"


def readiness(only: Collection[str] = ()) -> Readiness:
    """What the checks say; with ``only`` no more than those barriers.

    Where the database is away nothing else is asked of it: each question would wait as long.
    """
    barriers: dict[str, str] = {}
    for name in only or BARRIERS:
        barriers[name] = verdict(BARRIERS[name], barriers)
    shortfalls = {} if only else {name: verdict(SHORTFALLS[name], barriers) for name in SHORTFALLS}
    return Readiness(barriers, shortfalls)


def verdict(check: Check, known: Mapping[str, str]) -> str:
    if check in ASKING and known.get("database", "ok") != "ok":
        return "数据库不能连接，没有检查"
    try:
        check()
    except NotReady as reason:
        return str(reason)
    except DatabaseError as fault:
        return f"数据库出错（{type(fault).__name__}），没有检查完"
    return "ok"
