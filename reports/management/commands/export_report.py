"""Writing a report to a file: the published document itself, or a draft marked as one."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports import exporters
from reports.actions import storing
from reports.exporters.document import Options
from reports.management.naming import agency_called
from reports.models import Report, Revision
from reports.queries.findings import findings_of
from reports.queries.sheets import sheet_of
from reports.sheet import from_json
from reports.workflow import OPEN, State


class Command(BaseCommand):
    help = "导出一份年度报告：已公布的是公布时的文件，未公布的是带草稿标记的文件。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agency", metavar="AGENCY", help="机关的网址标识或全称")
        parser.add_argument("year", metavar="YEAR", type=int, help="报告年度")
        parser.add_argument("--format", choices=tuple(exporters.FORMATS), required=True)
        parser.add_argument(
            "-o", "--output", metavar="FILE",
            help="写到哪里，“-”是标准输出；不写时用报告自己的文件名，放在当前目录",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        agency = agency_called(options["agency"])
        report = Report.objects.filter(agency=agency, year=options["year"]).first()
        if report is None:
            raise CommandError(f"{agency}没有{options['year']}年度的报告。")
        filename, content = drawn(report, options["format"])
        output = options["output"] or filename
        if output == "-":
            sys.stdout.buffer.write(content)
            return
        try:
            Path(output).write_bytes(content)
        except OSError as problem:
            raise CommandError(f"写不到“{output}”：{problem.strerror}。") from problem
        self.stdout.write(f"{output}（{len(content)} 字节）")


def drawn(report: Report, format: str) -> tuple[str, bytes]:
    """The text in force as it was published; else the open text, marked as a draft."""
    revisions = report.revisions.select_related("report__agency__division")
    published = revisions.filter(state=State.PUBLISHED).first()
    if published is not None:
        return published_document(published, format)
    draft = revisions.filter(state__in=sorted(OPEN)).first()
    if draft is None:
        raise CommandError(f"{report}已撤回公布，没有可以导出的文本。")
    findings = tuple(noted.finding.to_json() for noted in findings_of(draft))
    options = Options(font_root=settings.FONT_ROOT, findings=findings, draft=True)
    document = exporters.draw(format, sheet_of(draft), options)
    return f"未公布_{document.filename}", document.content


def published_document(revision: Revision, format: str) -> tuple[str, bytes]:
    stored = revision.documents.filter(format=format).first()
    if stored is not None:
        return stored.filename, (storing.root() / stored.path).read_bytes()
    document = exporters.draw(format, from_json(revision.snapshot.sheet))
    return document.filename, document.content
