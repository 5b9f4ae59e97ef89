"""Before a process starts: can it do its work, and if not, why, in a sentence."""

from argparse import ArgumentParser
from time import monotonic, sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.queries.readiness import BARRIERS, Readiness, readiness


class Command(BaseCommand):
    help = "检查能否开始工作：数据库、迁移、目录、字体、后台任务。不能的，说明原因并以 1 退出。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", type=int, default=0, help="最多等多少秒（默认不等）")
        parser.add_argument(
            "--only", choices=list(BARRIERS), action="append", default=[], help="只看这一项"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        ends = monotonic() + options["wait"]
        found = readiness(options["only"])
        while not found.is_ready and monotonic() < ends:
            sleep(1)
            found = readiness(options["only"])
        self.tell(found)

    def tell(self, found: Readiness) -> None:
        for said in found.shortfalls.values():
            if said != "ok":
                self.stderr.write(f"注意：{said}。")
        wrong = [said for said in found.barriers.values() if said != "ok"]
        if wrong:
            raise CommandError(f"不能开始工作：{'；'.join(wrong)}。")
        self.stdout.write("可以开始工作。")
