"""Reading any supported document and printing its findings. Asks no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reports.checker import Finding, Severity, check
from reports.editions.bodies import Body, kind_by_name
from reports.importers import Reading, UnreadableDocument, read
from reports.sheet import Sheet, to_json

FOUND, UNREADABLE = 1, 2  # exit codes; 0 where nothing is above a hint
WHOLE = "全文"


class Command(BaseCommand):
    help = "读一份年度报告，列出检查结果。退出码：0 没有需要处理的结果，1 有，2 文件不能读取。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="报告文件")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
        parser.add_argument("--agency", metavar="NAME", help="机关全称，代替从文件读出的")
        parser.add_argument("--year", type=int, metavar="Y", help="报告年度，代替从文件读出的")
        parser.add_argument("--last-year", metavar="FILE", help="上一年度报告，用来核对跨年数字")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            reading = read(options["file"], Path(options["file"]).name)
            last = options["last_year"]
            last_year = read(last, Path(last).name).sheet if last else None
        except UnreadableDocument as problem:
            self.stderr.write(str(problem))
            sys.exit(UNREADABLE)
        sheet = overridden(reading.sheet, options["agency"], options["year"])
        name = options["agency"]
        findings = check(
            sheet,
            last_year,
            body=Body(name, kind_by_name(name)) if name else None,
            today=timezone.localdate(),
        )
        if options["format"] == "json":
            said = json.dumps(as_json(sheet, findings, reading), ensure_ascii=False, indent=2)
        else:
            said = "\n".join(as_text(sheet, findings, reading))
        self.stdout.write(said)
        if any(finding.severity is not Severity.HINT for finding in findings):
            sys.exit(FOUND)


def overridden(sheet: Sheet, agency: str | None, year: int | None) -> Sheet:
    return replace(sheet, agency=agency or sheet.agency, year=year or sheet.year)


def as_json(sheet: Sheet, findings: list[Finding], reading: Reading) -> dict[str, Any]:
    return {
        "agency": sheet.agency,
        "year": sheet.year,
        "edition": sheet.edition.key,
        "sheet": to_json(sheet),
        "findings": [finding.to_json() for finding in findings],
        "notes": list(reading.notes),
    }


def as_text(sheet: Sheet, findings: list[Finding], reading: Reading) -> Iterator[str]:
    """The findings by part: what is said first, then how grave it is, the code last."""
    titles = {part.number: part.title for part in sheet.edition.parts}
    known = sheet.agency or "（没有读出机关名称）"
    yield f"{known}  {sheet.year or '（没有读出年度）'}年度  {sheet.edition.name}"
    for part, group in groupby(findings, key=lambda finding: finding.part):
        yield f"\n{WHOLE if part is None else titles[part]}"
        for finding in group:
            yield f"  {finding.message}〔{finding.severity.label} {finding.code}〕"
    yield f"\n{summary(findings)}"
    if reading.notes:
        yield "\n读取说明"
        yield from (f"  {note}" for note in reading.notes)


def summary(findings: list[Finding]) -> str:
    if not findings:
        return "没有发现问题。"
    counted = (
        f"{severity.label} {number} 项"
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in findings))
    )
    return f"共 {len(findings)} 项检查结果：{'，'.join(counted)}。"
