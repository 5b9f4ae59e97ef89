"""What reports and agencies are found by, made from the reports and agencies themselves."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.indexing import BATCH, count_again, index_batch, index_names
from reports.management.locking import one_at_a_time
from reports.models import Agency
from reports.queries import search_index


class Command(BaseCommand):
    help = (
        "补齐检索用的索引和首页的份数，可以重复执行，中断后再执行就接着做；"
        "--rebuild 全部重做（--after 从某个编号之后接着做），--check 只核对。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="全部重做，期间照常可以检索")
        parser.add_argument(
            "--after", type=int, default=0, metavar="编号", help="从这个编号之后接着做"
        )
        parser.add_argument(
            "--check", action="store_true", help="只核对，不改动；有出入时退出码为 1"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            return self.check_index()
        with one_at_a_time("search"):
            everything = options["rebuild"] or options["after"]
            self.index(everything, options["after"])
        return None

    def index(self, everything: bool, after: int) -> None:
        """In batches, each of which is whole by itself; a search goes on meanwhile."""
        if everything:
            agencies = list(Agency.objects.order_by("pk").values_list("pk", flat=True))
            reports = search_index.reports_in_force(after)
        else:
            agencies = search_index.agencies_to_index()
            renamed = search_index.reports_of(agencies)
            reports = sorted({*search_index.reports_to_index(), *renamed})
        for keys in slices(agencies):
            index_names(Agency.objects.filter(pk__in=keys))
        for keys in slices(reports):
            index_batch(keys)
            if everything:
                self.stdout.write(f"已做到 {keys[-1]}。")
        wrong = list(search_index.wrong_counts())
        if reports or wrong:
            count_again()
        if agencies or reports:
            self.stdout.write(f"已为 {len(agencies)} 个机关、{len(reports)} 份报告建立索引。")

    def check_index(self) -> None:
        wrong = [
            *(f"机关 {pk} 的名称没有索引或者已经改了。" for pk in search_index.agencies_to_index()),
            *(f"报告 {pk} 的索引缺少或者过时。" for pk in search_index.reports_to_index()),
            *search_index.wrong_counts(),
        ]
        for sentence in wrong:
            self.stderr.write(sentence)
        if wrong:
            self.stderr.write("请运行 manage.py index_reports 补齐。")
            sys.exit(1)
        self.stdout.write("检索用的索引与已公布的报告一致。")


def slices(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
