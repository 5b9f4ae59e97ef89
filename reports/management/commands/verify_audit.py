"""Whether the audit trail is as it was written."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.verifying import verify
from reports.queries.chain import tip


class Command(BaseCommand):
    help = "核验审计记录：有没有被改动、删除、调换、截断或者事后插入。有问题时退出码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--link-old", action="store_true",
            help="先把超过一天没有入链的记录补入链中（确认不是事后插入的才用；会记入审计）",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in verify(link_old=options["link_old"]):
            self.stderr.write(str(fault))
            found += 1
        if found:
            self.stderr.write(f"审计记录有 {found} 处问题。")
            sys.exit(1)
        end = tip()
        self.stdout.write(
            f"审计记录完整，共 {end.sequence} 条；链尾 {end.algorithm} {end.hash or '（还没有记录）'}。"
        )
