"""Whether the sums kept ready are those of the published figures."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.aggregating import differences_from_raw, rebuild


class Command(BaseCommand):
    help = "核对汇总数与各机关公布的数字；--rebuild 按公布的数字重新汇总。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="重新汇总")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"已按公布的数字重新汇总，共 {rebuild()} 份汇总数。")
            return
        wrong = differences_from_raw()
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            self.stderr.write("请运行 manage.py check_tally --rebuild 重新汇总。")
            sys.exit(1)
        self.stdout.write("汇总数与各机关公布的数字一致。")
