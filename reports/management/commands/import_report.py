"""Storing documents: historical ones as printed, or this year's as a draft."""

import sys
from argparse import ArgumentParser
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from reports.actions.agencies import create_agency
from reports.actions.refusals import FiguresRefused, Refused
from reports.actions.transcribing import publish_transcript, store_as_draft, transcribe
from reports.editions.bodies import BodyKind, kind_by_name
from reports.importers import Reading, UnreadableDocument, read
from reports.management.naming import agency_called
from reports.models import Agency, Revision
from reports.queries.findings import findings_of

MOST_SAID = 5  # findings in one refusal
ADVICE = "如果是以前年度已经印发的报告，请加 --as-printed 按原样照录。"


class Command(BaseCommand):
    help = "导入年度报告文件：--as-printed 按原样照录历史报告，否则作为草稿（勾稽关系必须成立）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="报告文件")
        parser.add_argument(
            "--agency", metavar="SLUG", help="机关的网址标识；不写时按文件里的名称找"
        )
        parser.add_argument("--year", type=int, metavar="Y", help="报告年度，代替从文件读出的")
        parser.add_argument(
            "--as-printed", action="store_true", help="照录：数字和错误都按原样保留"
        )
        parser.add_argument(
            "--anew", metavar="理由", default="",
            help="与 --as-printed 一起用：重新照录读错了的报告，取代已公布的那一版；理由会公开",
        )  # fmt: skip
        parser.add_argument("--publish", action="store_true", help="照录之后公布")
        parser.add_argument(
            "--create", action="store_true", help="没有这个机关时用 --agency 的标识新建"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["publish"] and not options["as_printed"]:
            raise CommandError("草稿须经送审和审定才能公布，--publish 只能与 --as-printed 一起用。")
        if options["anew"] and not options["as_printed"]:
            raise CommandError("--anew 只能与 --as-printed 一起用。")
        if options["create"] and not options["agency"]:
            raise CommandError("--create 要同时用 --agency 给出新机关的网址标识。")
        failed = 0
        for file in options["files"]:
            try:
                self.stdout.write(f"{file}：{self.import_file(Path(file), options)}")
            except (UnreadableDocument, Refused, CommandError, DatabaseError) as problem:
                failed += 1
                self.stderr.write(f"{file}：没有导入。{reason_of(problem)}")
        if failed:
            sys.exit(1)

    @transaction.atomic
    def import_file(self, path: Path, options: dict[str, Any]) -> str:
        """Store one document and say what became of it; nothing of it stays where it fails."""
        reading = read(path)
        sheet = reading.sheet
        year = options["year"] or sheet.year
        if not year:
            raise CommandError("没有认出报告年度，请用 --year 指定。")
        agency = self.agency_of(reading, options)
        if not options["as_printed"]:
            revision = store_as_draft(reading, agency, year, filename=path.name, by=None)
            return f"{revision.report}，已存为草稿。"
        revision = transcribe(
            replace(reading, sheet=replace(sheet, year=year)), agency, year,
            filename=path.name, sha256=sha256(path.read_bytes()).hexdigest(), by=None,
            reason=options["anew"],
        )  # fmt: skip
        if options["publish"]:
            revision = publish_transcript(revision, by=None)
        return told(revision, options["publish"])

    def agency_of(self, reading: Reading, options: dict[str, Any]) -> Agency:
        slug, name = options["agency"], reading.sheet.agency
        if slug:
            known = Agency.objects.filter(slug=slug).first()
            if known is not None:
                return known
            if not options["create"]:
                raise CommandError(f"没有网址标识是“{slug}”的机关；要新建请加 --create。")
            if not name:
                raise CommandError("文件里没有认出机关名称，不能据此新建机关。")
            return create_agency(
                name=name, slug=slug, kind=str(kind_by_name(name) or BodyKind.OTHER)
            )
        if not name:
            raise CommandError("没有认出机关名称，请用 --agency 指定网址标识。")
        return agency_called(name)


def told(revision: Revision, published: bool) -> str:
    revision = Revision.objects.select_related("report__agency__division").get(pk=revision.pk)
    findings = len(findings_of(revision))
    found = f"有 {findings} 项检查结果" if findings else "没有检查结果"
    state = "照录并公布" if published else "已照录"
    return f"{revision.report}，{state}，{found}。"


def reason_of(problem: Exception) -> str:
    if isinstance(problem, FiguresRefused):
        said = "".join(f"\n  {finding.message}" for finding in problem.findings[:MOST_SAID])
        more = len(problem.findings) - MOST_SAID
        rest = f"\n  还有 {more} 项，可以用 check_report 查看。" if more > 0 else ""
        return f"数字不能作为草稿保存：{said}{rest}\n  {ADVICE}"
    if isinstance(problem, DatabaseError):
        return f"数据库没有接受：{problem}"
    return str(problem)
