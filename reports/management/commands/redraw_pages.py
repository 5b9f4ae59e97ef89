"""Drawing the public pages again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.management import pages
from reports.management.locking import one_at_a_time


class Command(BaseCommand):
    help = "按数据库重新生成全部公开页面。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-stale", action="store_true",
            help="只在模板、样式、程序或网站设置有变化时重新生成；没有变化时只补缺少的页面",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        pages.refuse_without_static_files()
        with one_at_a_time("pages"):
            stale = pages.is_stale()
            drawn, failed = pages.draw(missing_only=options["if_stale"] and not stale)
            if not failed:
                pages.remember()
        if drawn:
            self.stdout.write(f"已生成 {drawn} 份报告的页面。")
        if failed:
            raise CommandError("\n".join(("以下页面没有生成：", *failed)))
