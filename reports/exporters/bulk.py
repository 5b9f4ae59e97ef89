"""A year's published reports as files for whoever reckons with them, written report by report.

reports.csv    a line for each report: who, where, when, which text
figures.csv    a line for each report and figure; a blank is empty, a zero is 0
reports.jsonl  a line for each report: its report.json, and where it stands
reports.xlsx   the same in sheets: reports, and a sheet for each statutory table

However many reports there are, one is in memory. Text which a spreadsheet would
take for a formula is guarded as in the single files.
"""

import csv
import gzip
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import IO, Any

import brotli

from reports.editions.grammar import plain
from reports.sheet import Sheet, name_of

from .bulk_xlsx import Workbook
from .csv import harmless

REPORTS, FIGURES, LINES, WORKBOOK = "reports.csv", "figures.csv", "reports.jsonl", "reports.xlsx"
FILES = {  # name: what it is, its type, what it holds
    REPORTS: ("报告清单（CSV）", "text/csv", "每份报告一行：机关、行政区划、标题、版次、公布时间、网址。"),
    FIGURES: ("全部数据（CSV）", "text/csv", "每份报告的每个数据项一行。空白是空，零是0。"),
    LINES: ("全部报告（JSON Lines）", "application/jsonl", "每份报告一行，内容与单份报告的 JSON 数据相同，包括正文。"),
    WORKBOOK: ("全部数据（Excel）", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "报告清单和三张法定表格，各一个工作表。"),
}  # fmt: skip
SUMS = "SHA256SUMS"
PACKED = (REPORTS, FIGURES, LINES)  # a .gz and a .br lie beside them
REPORT_HEADINGS = (
    "年度", "机关", "网址标识", "机关性质", "区划代码", "行政区划", "标题", "格式", "版次", "照录",
    "成文日期", "公布时间", "网址",
)  # fmt: skip
FIGURE_HEADINGS = ("年度", "机关", "网址标识", "区划代码", "格式", "数据项", "数值", "原文")
BLOCK = 1024 * 1024
# Brotli's quality up to a size: 9 takes 1 s for 4 MB of prose, and 5 less than gzip for any.
SMALL, FINE, COARSE = 4 * BLOCK, 9, 5


@dataclass(frozen=True)
class Entry:
    """A published report with all that the files say of it; ``data`` is its report.json."""

    sheet: Sheet
    data: Mapping[str, Any]
    slug: str
    kind: str
    region_code: str
    region: str
    number: int
    published_at: datetime
    url: str

    @property
    def row(self) -> tuple[str, ...]:
        sheet = self.sheet
        texts = (
            str(sheet.year), sheet.agency, self.slug, self.kind, self.region_code, self.region,
            str(self.data["title"]), str(sheet.edition.key), str(self.number),
            "是" if sheet.as_printed else "否",
            sheet.signed_on.isoformat() if sheet.signed_on else "",
            self.published_at.isoformat(timespec="seconds"), self.url,
        )  # fmt: skip
        return tuple(map(harmless, texts))

    @property
    def key(self) -> tuple[str, ...]:
        sheet = self.sheet
        texts = (str(sheet.year), sheet.agency, self.slug, self.region_code, str(sheet.edition.key))
        return tuple(map(harmless, texts))

    def figures(self) -> Iterator[tuple[str, ...]]:
        """Each figure's line; what was printed where that was not simply the number."""
        for place, number in self.sheet.cells():
            name = name_of(place)
            value = "" if number is None else plain(number)
            yield (*self.key, name, value, harmless(self.sheet.printed.cells.get(name, "")))

    @property
    def line(self) -> str:
        where = {
            "slug": self.slug,
            "kind": self.kind,
            "region_code": self.region_code,
            "region": self.region,
            "published_at": self.published_at.isoformat(timespec="seconds"),
            "url": self.url,
        }
        return json.dumps({**self.data, **where}, ensure_ascii=False)


@dataclass(frozen=True)
class Built:
    """A file that was written; ``packed`` is the size of its .gz, 0 where it has none."""

    name: str
    size: int
    sha256: str
    packed: int = 0


def write_year(folder: Path, entries: Iterable[Entry], editions: Sequence[int]) -> list[Built]:
    """Write every file into the folder, which is there and empty.

    ``editions`` are those on which the year's reports stand.
    """
    book = Workbook(REPORT_HEADINGS, editions)
    with ExitStack() as open_files:
        reports, figures, lines = (
            open_files.enter_context(
                (folder / name).open("w", encoding=encoding, newline="" if encoding else "\n")
            )
            for name, encoding in ((REPORTS, "utf-8-sig"), (FIGURES, "utf-8-sig"), (LINES, "utf-8"))
        )
        to_reports, to_figures = csv.writer(reports), csv.writer(figures)
        to_reports.writerow(REPORT_HEADINGS)
        to_figures.writerow(FIGURE_HEADINGS)
        for entry in entries:
            to_reports.writerow(entry.row)
            to_figures.writerows(entry.figures())
            lines.write(entry.line + "\n")
            book.add(entry.row, entry.sheet)
    book.save(folder / WORKBOOK)
    built = [finished(folder, name) for name in FILES]
    (folder / SUMS).write_text("".join(f"{each.sha256}  {each.name}\n" for each in built))
    return built


def finished(folder: Path, name: str) -> Built:
    """The file on the disk for good, with its checksum and its compressed form."""
    path = folder / name
    packed = path.with_name(f"{name}.gz")
    if name in PACKED:
        with path.open("rb") as source, gzip.GzipFile(packed, "wb", mtime=0) as target:
            shutil.copyfileobj(source, target, BLOCK)
        with path.open("rb") as source, path.with_name(f"{name}.br").open("wb") as target:
            pack(source, target, FINE if path.stat().st_size <= SMALL else COARSE)
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        digest = file_digest(file, "sha256").hexdigest()
    size = packed.stat().st_size if name in PACKED else 0
    return Built(name, path.stat().st_size, digest, size)


def pack(source: IO[bytes], target: IO[bytes], quality: int) -> None:
    """Compress with brotli, a block in memory at a time."""
    packer = brotli.Compressor(quality=quality)
    while block := source.read(BLOCK):
        target.write(packer.process(block))
    target.write(packer.finish())
