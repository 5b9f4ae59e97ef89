"""Putting back the tasks whose worker is gone, and other ends that a lost process leaves."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.chaining import link_all
from reports.actions.importing import let_go_of_old
from reports.actions.sweeping import LONGEST, sweep

MINUTES = int(LONGEST.total_seconds() // 60)


class Command(BaseCommand):
    help = (
        "把处理进程中途退出而停在“执行中”的后台任务放回队列；三次都没有完成的记为失败。"
        "并删除保留期满的导入文件，把中断时没有入链的审计记录补入审计链。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--minutes", type=int, default=MINUTES,
            help=f"开始后超过多少分钟算作中断（默认 {MINUTES}）",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        put_back, given_up = sweep(timedelta(minutes=options["minutes"]))
        if put_back or given_up:
            self.stdout.write(f"放回队列 {put_back} 项，记为失败 {given_up} 项。")
        if gone := let_go_of_old():
            self.stdout.write(f"删除保留期满的导入文件 {gone} 份。")
        if linked := link_all():
            self.stdout.write(f"补入审计链 {linked} 条。")
