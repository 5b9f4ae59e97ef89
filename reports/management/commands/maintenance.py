"""Hold everybody off while the site is worked on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.maintaining import begin_maintenance, end_maintenance
from reports.queries.maintenance import notice


class Command(BaseCommand):
    help = "开始或结束维护：维护期间除已公布的页面外，都只显示维护说明。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("state", choices=["on", "off"], help="on 开始维护，off 结束")
        parser.add_argument("words", nargs="*", help="给读者看的说明，如“升级到22时”")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["state"] == "on":
            begin_maintenance(" ".join(options["words"]))
        else:
            end_maintenance()
        self.stdout.write("维护中。" if notice() is not None else "正常服务。")
