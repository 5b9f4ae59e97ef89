"""Putting back the tasks whose worker is gone, and other ends that a lost process leaves."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from reports.actions.chaining import link_all
from reports.actions.importing import let_go_of_old

LONGEST = 30  # minutes: no task of this product runs so long
MOST_ATTEMPTS = 3  # a task that takes its worker with it is not begun for ever
GONE = "reports.jobs.WorkerGone"


class Command(BaseCommand):
    help = (
        "把处理进程中途退出而停在“执行中”的后台任务放回队列；三次都没有完成的记为失败。"
        "并删除保留期满的导入文件，把中断时没有入链的审计记录补入审计链。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=LONGEST,
            help=f"开始后超过多少分钟算作中断（默认 {LONGEST}）",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        put_back, given_up = sweep(timedelta(minutes=options["minutes"]))
        if put_back or given_up:
            self.stdout.write(f"放回队列 {put_back} 项，记为失败 {given_up} 项。")
        if gone := let_go_of_old():
            self.stdout.write(f"删除保留期满的导入文件 {gone} 份。")
        if linked := link_all():
            self.stdout.write(f"补入审计链 {linked} 条。")


@transaction.atomic
def sweep(longest: timedelta) -> tuple[int, int]:
    """How many were put back, and how many given up."""
    stale = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - longest)
    put_back = given_up = 0
    for row in stale.select_for_update():
        if len(row.worker_ids) < MOST_ATTEMPTS:
            row.status = TaskResultStatus.READY
            put_back += 1
        else:
            row.status = TaskResultStatus.FAILED
            row.finished_at = timezone.now()
            row.exception_class_path = GONE
            given_up += 1
        row.save(update_fields=["status", "finished_at", "exception_class_path"])
    return put_back, given_up
