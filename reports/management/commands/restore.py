"""A backup into an empty site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from reports.actions.refusals import Refused
from reports.actions.restoring import compare, restore, verify


class Command(BaseCommand):
    help = "把备份恢复到空的数据库和目录；--verify 只核对备份，不恢复。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件")
        parser.add_argument("--verify", action="store_true", help="只核对备份是否完整")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            manifest = verify(path) if options["verify"] else restore(path)
        except (Refused, OSError) as error:
            raise CommandError(str(error)) from error
        documents = sum(name.startswith("files/") for name in manifest.members)
        told = f"{manifest.made_at} 的备份，{len(manifest.rows)} 张表，{documents} 份已公布的文件"
        if options["verify"]:
            self.stdout.write(f"{told}，完整无损。")
            return
        if wrong := compare(manifest):
            raise CommandError("恢复后与备份不一致：\n" + "\n".join(wrong))
        call_command("migrate", verbosity=0)
        self.stdout.write(
            f"已恢复：{told}，逐项核对无误。下一步运行 manage.py redraw_pages 生成公开页面。"
        )
