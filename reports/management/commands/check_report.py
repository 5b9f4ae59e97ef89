"""Reading any supported documents and saying what was found. Asks no database."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.checker import Severity, check
from reports.editions.bodies import Body, kind_by_name
from reports.exporters.finding_list import LIST_FORMATS, CheckedReport, FindingList
from reports.importers import UnreadableDocument, read
from reports.queries.finding_lists import checked_report
from reports.queries.findings import Noted
from reports.sheet import Sheet

FOUND, UNREADABLE = 1, 2  # exit codes; 0 where nothing is above a hint
TEXT = "text"
BINARY = ("docx", "xlsx")


class Command(BaseCommand):
    help = (
        "读一份或者多份年度报告，列出检查结果。"
        "退出码：0 没有需要处理的结果，1 有，2 有文件不能读取或者参数不对。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", help="报告文件，可以有多份")
        parser.add_argument(
            "--format", choices=(TEXT, *LIST_FORMATS), default=TEXT, help="输出格式"
        )
        parser.add_argument("-o", "--output", metavar="OUT", help="写到这个文件，不写到屏幕")
        parser.add_argument("--agency", metavar="NAME", help="机关全称，代替从文件读出的")
        parser.add_argument("--year", type=int, metavar="Y", help="报告年度，代替从文件读出的")
        parser.add_argument("--last-year", metavar="FILE", help="上一年度报告，用来核对跨年数字")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_what_does_not_fit(options)
        try:
            last = options["last_year"]
            last_year = read(last, Path(last).name).sheet if last else None
        except UnreadableDocument as problem:
            self.stderr.write(str(problem))
            sys.exit(UNREADABLE)
        reports = tuple(
            report_of(file, last_year, options["agency"], options["year"])
            for file in options["files"]
        )
        for report in reports:
            if report.problem:
                self.stderr.write(report.problem)
        if any(not report.problem for report in reports):
            self.hand_over(reports, options["format"], options["output"])
        if any(report.problem for report in reports):
            sys.exit(UNREADABLE)
        if any(entry.kind != Severity.HINT for report in reports for entry in report.entries):
            sys.exit(FOUND)

    def hand_over(
        self, reports: tuple[CheckedReport, ...], format: str, output: str | None
    ) -> None:
        if format == TEXT:
            content = "\n\n".join("\n".join(as_text(report)) for report in reports) + "\n"
            data = content.encode()
        else:
            found = FindingList(reports, timezone.localtime())
            data = LIST_FORMATS[format](found).content
        if output is None:
            self.stdout.write(data.decode(), ending="")
            return
        try:
            Path(output).write_bytes(data)
        except OSError as problem:
            raise CommandError(
                f"不能写“{output}”：{problem.strerror}。请换一个位置。", returncode=UNREADABLE
            ) from problem


def refuse_what_does_not_fit(options: dict[str, Any]) -> None:
    """CommandError, in words, for arguments which do not go together."""
    if options["format"] in BINARY and not options["output"]:
        raise CommandError(
            f"{options['format']} 不能显示在屏幕上，请用 -o 写明存到哪个文件。",
            returncode=UNREADABLE,
        )
    if len(options["files"]) > 1:
        for name, written in (("agency", "--agency"), ("last_year", "--last-year")):
            if options[name]:
                raise CommandError(
                    f"{written} 只能用于一份报告，请一份一份校核。", returncode=UNREADABLE
                )


def report_of(
    file: str, last_year: Sheet | None, agency: str | None, year: int | None
) -> CheckedReport:
    """A document read and checked; ``agency`` and ``year`` stand for what was read."""
    name = Path(file).name
    try:
        reading = read(file, name)
    except UnreadableDocument as problem:
        return CheckedReport(name, problem=str(problem))
    sheet = replace(
        reading.sheet, agency=agency or reading.sheet.agency, year=year or reading.sheet.year
    )
    findings = check(
        sheet,
        last_year,
        body=Body(agency, kind_by_name(agency)) if agency else None,
        today=timezone.localdate(),
    )
    return checked_report(
        sheet, [Noted(each) for each in findings], document=name, notes=tuple(reading.notes)
    )


def as_text(report: CheckedReport) -> Iterator[str]:
    """The findings by part: what is said first, then how grave it is, the code last."""
    if report.problem:
        yield report.problem
        return
    known = report.agency or "（没有读出机关名称）"
    yield f"{known}  {report.year or '（没有读出年度）'}年度  {report.edition}"
    for part, group in groupby(report.entries, key=lambda entry: entry.part):
        yield f"\n{part}"
        for entry in group:
            yield f"  {entry.message}〔{entry.severity} {entry.code}〕"
    yield f"\n{report.summary}"
    if report.notes:
        yield "\n读取说明"
        yield from (f"  {note}" for note in report.notes)
