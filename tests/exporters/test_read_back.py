"""Fifty reports of both editions, drawn in every format and read back: every cell and text.

The pages and documents are read by our own importers, as a stranger's would be;
JSON, CSV and XLSX also by libraries which know nothing of us.
"""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html
from openpyxl import load_workbook

from reports.editions.bodies import BodyKind
from reports.editions.grammar import plain
from reports.exporters import Options, draw
from reports.exporters.bulk import Entry, write_year
from reports.exporters.csv import harmless
from reports.exporters.document import Standing
from reports.exporters.json import data_of
from reports.exporters.page import Publication, Site, Version, draw_page
from reports.exporters.presentation import present, shown
from reports.exporters.spread import spread_of
from reports.importers import read
from reports.sheet import NARRATIVES, Sheet, from_json, name_of
from reports.workflow import State

from .fifty import fifty

ALL = tuple(fifty())
AT = datetime(2025, 1, 20, 9, 5, tzinfo=UTC)
EACH = pytest.mark.parametrize(
    "sheet", ALL, ids=[f"{n}-{each.edition.key}" for n, each in enumerate(ALL)]
)
REASON = "更正第三部分的一个数。"
FINDINGS = (
    {"code": "C10", "message": "上年结转与上一年度不一致。", "explanation": {"reason": "交接时核实为两件。"}},
)  # fmt: skip
DRAWN = ("docx", "xlsx", "html")
# Every historical one, and two that foot: a PDF takes a second, and blanks are where it goes wrong.
IN_PDF = sorted({4, 11, *(at for at, sheet in enumerate(ALL) if sheet.as_printed)})


def options(sheet: Sheet) -> Options:
    """Some are corrections, some were explained."""
    number = 1 + sheet.year % 2
    return Options(
        font_root=Path(settings.FONT_ROOT),
        findings=FINDINGS if sheet.year % 3 else (),
        standing=Standing(number, number - 1 or None, REASON if number > 1 else ""),
    )


def page_of(sheet: Sheet) -> bytes:
    said = options(sheet).standing
    assert said is not None
    url = f"/agencies/first/{sheet.year}/"
    return draw_page(
        Publication(
            sheet=sheet, title=present(sheet).title, agency=sheet.agency, slug="first",
            kind=BodyKind.DEPARTMENT, region="云泽市", site=Site(), number=said.version,
            published_at=AT, state=State.PUBLISHED, index_number="000018-000001-2024", url=url,
            current_url=url, notice=said.reason,
            versions=(Version(said.version, AT, State.PUBLISHED, said.reason, url),),
        )
    )  # fmt: skip


def figures(sheet: Sheet) -> dict[str, object]:
    return {name_of(place): number for place, number in sheet.cells()}


def texts(sheet: Sheet) -> dict[str, list[str]]:
    """Every paragraph as a reader sees it, part by part."""
    report = present(sheet)
    drawn = {part.key: part.paragraphs for part in report.parts} | {"preface": report.preface}
    return {key: [each.text for each in drawn[key]] for key in NARRATIVES}


def packed(lines: list[str]) -> list[str]:
    return ["".join(line.split()) for line in lines]


def assert_same(made: Sheet, found: Sheet) -> None:
    assert found.edition is made.edition
    assert figures(found) == figures(made)
    assert dict(found.printed.cells) == dict(made.printed.cells)
    assert found.printed.missing == found.printed.extra == ()
    assert {key: packed(said) for key, said in texts(found).items()} == {
        key: packed(said) for key, said in texts(made).items()
    }
    for name in ("title", "agency", "year", "signed_by", "signed_on"):
        assert getattr(found, name) == getattr(made, name), name
    assert_added(made, found)


def assert_added(made: Sheet, found: Sheet) -> None:
    """A local table's cells in their order, below its heading; its shape is its reader's."""
    read_cells = [
        text
        for each in found.printed.additions
        for text in (each.heading, *each.text.splitlines(), *(c for row in each.rows for c in row))
    ]
    left = iter(read_cells)
    for each in made.printed.additions:
        assert any(each.heading in text for text in read_cells)
        assert all(cell in left for row in each.rows for cell in row)


@pytest.mark.parametrize("format", DRAWN)
@EACH
@pytest.mark.corpus
def test_the_document_is_read_back_whole(sheet: Sheet, format: str) -> None:
    content = draw(format, sheet, options(sheet)).content
    assert_same(sheet, read(BytesIO(content), f"report.{format}").sheet)


@pytest.mark.parametrize("at", IN_PDF)
@pytest.mark.corpus
def test_the_pdf_is_read_back_whole(at: int) -> None:
    content = draw("pdf", ALL[at], options(ALL[at])).content
    assert_same(ALL[at], read(BytesIO(content), "report.pdf").sheet)


@EACH
@pytest.mark.corpus
def test_the_public_page_is_read_back_whole(sheet: Sheet) -> None:
    content = page_of(sheet)
    assert_same(sheet, read(BytesIO(content), "index.html").sheet)
    page = html.fromstring(content.decode())
    drawn = {
        each.get("id").removeprefix("cell-"): each.text_content().strip()
        for each in page.iterfind(".//td[@id]")
        if each.get("id").startswith("cell-")
    }
    assert drawn == {name_of(place): shown(sheet, place) for place, _ in sheet.cells()}


@EACH
@pytest.mark.corpus
def test_the_json_says_all_of_the_sheet(sheet: Sheet) -> None:
    said = json.loads(draw("json", sheet, options(sheet)).content)
    assert from_json(said) == sheet
    for place, number in sheet.cells():
        cell = said["disclosure" if place.part == 2 else {3: "applications", 4: "remedies"}[place.part]]  # fmt: skip
        for key in name_of(place).split(".")[1:]:
            cell = cell[key]
        assert (cell is None) == (number is None)
        assert number is None or Decimal(str(cell)) == number
    assert said["version"] == 1 + sheet.year % 2
    assert [each["code"] for each in said["findings"]] == ["C10"] * bool(sheet.year % 3)


@EACH
@pytest.mark.corpus
def test_the_csv_has_every_cell_and_a_blank_is_no_zero(sheet: Sheet) -> None:
    content = draw("csv", sheet, options(sheet)).content.decode("utf-8-sig")
    rows = {row["数据项"]: row["数值"] for row in csv.DictReader(StringIO(content))}
    assert rows == {name_of(place): harmless(shown(sheet, place)) for place, _ in sheet.cells()}
    for place, number in sheet.cells():
        if name_of(place) not in sheet.printed.cells:
            assert rows[name_of(place)] == ("" if number is None else plain(number))


@EACH
@pytest.mark.corpus
def test_the_workbook_has_every_cell_at_its_printed_place(sheet: Sheet) -> None:
    book = load_workbook(BytesIO(draw("xlsx", sheet, options(sheet)).content))
    for part in sheet.edition.parts:
        if part.is_table:
            for spot in spread_of(sheet.edition.key, part.key).spots:
                value = book[part.title[:31]].cell(spot.row + 3, spot.column + 1).value
                place = spot.cell.place
                if place is None:
                    assert value == spot.cell.text + spot.unit
                elif name_of(place) in sheet.printed.cells:
                    assert value == harmless(sheet.printed.cells[name_of(place)])
                else:
                    number = sheet.figure(place)
                    assert (value is None) == (number is None)
                    assert number is None or Decimal(str(value)) == number
    column = [row[1] for row in book.worksheets[-1].iter_rows(values_only=True)]
    said = texts(sheet)
    order = ("preface", "overview", "problems", "other_matters")
    assert column[1:-2] == [harmless(line) for key in order for line in said[key]]


def entries() -> Iterator[Entry]:
    for number, sheet in enumerate(ALL):
        url = f"https://localhost/agencies/body-{number}/{sheet.year}/"
        data = data_of(sheet, options(sheet))
        yield Entry(sheet, data, f"body-{number}", "部门", "000018", "云泽市", 1, AT, url)


@pytest.fixture(scope="module")
def year(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("year")
    write_year(folder, entries(), [2019, 2021])
    return folder


def test_the_years_tidy_file_has_every_cell_of_all_fifty(year: Path) -> None:
    with (year / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {
            (row["网址标识"], row["数据项"]): (row["数值"], row["原文"])
            for row in csv.DictReader(file)
        }
    assert rows == {
        (f"body-{at}", name_of(place)): (
            "" if number is None else plain(number),
            harmless(sheet.printed.cells.get(name_of(place), "")),
        )
        for at, sheet in enumerate(ALL)
        for place, number in sheet.cells()
    }


def test_the_years_lines_are_the_sheets(year: Path) -> None:
    lines = (year / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert [from_json(json.loads(line)) for line in lines] == list(ALL)


def test_the_years_workbook_has_every_cell_of_all_fifty(year: Path) -> None:
    book = load_workbook(year / "reports.xlsx")
    assert [row[1] for row in book.worksheets[0].iter_rows(2, values_only=True)] == [
        sheet.agency for sheet in ALL
    ]
    for part, page in zip((2, 3, 4), book.worksheets[1:], strict=True):
        _, names, *lines = page.iter_rows(values_only=True)
        found = {
            (line[1], name if part == 2 else f"{line[4]}.{name}"): value
            for line in lines
            for name, value in zip(names, line, strict=True)
            if name
        }
        for at, sheet in enumerate(ALL):
            for place, number in sheet.cells():
                if place.part == part:
                    value = found[f"body-{at}", place.key]
                    if number is None:
                        text = sheet.printed.cells.get(name_of(place))
                        assert value == (harmless(text) if text else None)
                    else:
                        assert Decimal(str(value)) == number
