"""Database and files into one archive, while people work."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.actions.backing_up import back_up, back_up_daily
from reports.actions.refusals import Refused
from reports.actions.restoring import verify


class Command(BaseCommand):
    help = "把数据库和已公布的文件备份成一个文件，附清单和校验值；办公可以照常进行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="备份文件（默认放在 BACKUP_DIR）")
        parser.add_argument(
            "--daily",
            action="store_true",
            help="做当天的例行备份（已有的不重做），并按规则清理旧备份",
        )
        parser.add_argument("--verify", action="store_true", help="做完后从头读一遍核对")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["daily"]:
                made = back_up_daily()
                self.stdout.write(
                    f"已备份：{made.name}" if made else "当天的备份已经做过或正在做。"
                )
                return
            path = back_up(options["file"])
            if options["verify"]:
                verify(path)
        except (Refused, OSError) as error:
            raise CommandError(f"没有备份成：{error}") from error
        size = path.stat().st_size
        self.stdout.write(
            f"已备份：{path}（{size:,} 字节）{'，核对无误' if options['verify'] else ''}"
        )
