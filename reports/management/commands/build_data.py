"""Builds the bulk files of published reports by hand: after a restore, or for who does not wait."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reports.actions.open_data import build_year
from reports.models import Report
from reports.workflow import State


class Command(BaseCommand):
    help = "生成各年度的批量数据文件（平时由 manage.py worker 在公布之后自动生成）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("years", nargs="*", type=int, metavar="YEAR", help="不写则全部年度")

    def handle(self, *args: Any, **options: Any) -> None:
        published = Report.objects.filter(revisions__state=State.PUBLISHED)
        found = published.order_by("year").values_list("year", flat=True).distinct()
        for year in options["years"] or list(found):
            said = "已生成" if build_year(year) else "另一个进程正在生成，没有重复"
            self.stdout.write(f"{year}年度数据：{said}")
