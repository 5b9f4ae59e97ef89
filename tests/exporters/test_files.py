"""The files for programs and for editing: read back, they say what the sheet says."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from docx import Document as read_docx
from docx.oxml.ns import qn
from docx.table import Table
from openpyxl import load_workbook

from reports.editions.grammar import plain
from reports.exporters import Options, draw
from reports.exporters.presentation import present
from reports.exporters.spread import spread_of
from reports.importers import read
from reports.sheet import Printed, from_json, name_of

from .specimen import specimen

EDITIONS = pytest.mark.parametrize("key", [2019, 2021])
TABLES = ("disclosure", "applications", "remedies")
FORMULA = "=1+1"
FONTS = Path(settings.FONT_ROOT)


@EDITIONS
def test_json_reads_back_as_the_sheet(key: int) -> None:
    finding = {"code": "A1", "message": "不平衡"}
    data = json.loads(draw("json", specimen(key), Options(findings=(finding,))).content)
    assert data.pop("findings") == [finding]
    assert from_json(data) == specimen(key)


@EDITIONS
def test_csv_reads_back_cell_by_cell(key: int) -> None:
    sheet = specimen(key)
    content = draw("csv", sheet).content
    assert content.startswith(b"\xef\xbb\xbf")
    _, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    assert {row[3]: row[4] for row in rows} == {
        name_of(place): plain(number) for place, number in sheet.cells() if number is not None
    }
    assert [row[1:3] for row in rows] == [
        [place.line_label, place.column_label] for place in sheet.edition.places()
    ]


@EDITIONS
def test_xlsx_reads_back_cell_by_cell(key: int) -> None:
    sheet = specimen(key)
    book = load_workbook(BytesIO(draw("xlsx", sheet).content))
    for part in TABLES:
        page = book[sheet.edition.part(part).title]
        spread = spread_of(key, part)
        for spot in spread.spots:
            value = page.cell(spot.row + 3, spot.column + 1).value
            if place := spot.cell.place:
                assert Decimal(str(value)) == sheet.figure(place)
            else:
                assert value == spot.cell.text + spot.unit
        merged = [spot for spot in spread.spots if spot.cell.rows * spot.cell.columns > 1]
        assert len(page.merged_cells.ranges) == len(merged)


def test_xlsx_holds_the_text() -> None:
    sheet = specimen()
    book = load_workbook(BytesIO(draw("xlsx", sheet).content))
    texts = [row[1] for row in book.worksheets[-1].iter_rows(values_only=True)]
    assert texts[0] == sheet.title
    assert set(sheet.overview.splitlines()) <= set(texts)
    assert texts[-2:] == ["云泽市教育局", "2025年1月21日"]


def test_no_text_becomes_a_formula() -> None:
    name = "remedies.reconsideration.upheld"
    sheet = replace(specimen(), overview=FORMULA, printed=Printed(cells={name: FORMULA}))
    book = load_workbook(BytesIO(draw("xlsx", sheet).content))
    types = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    assert "f" not in types
    assert f"'{FORMULA}" in [row[1] for row in book.worksheets[-1].iter_rows(values_only=True)]
    rows = csv.reader(StringIO(draw("csv", sheet).content.decode("utf-8-sig")))
    assert f"'{FORMULA}" in [row[4] for row in rows]


def square(table: Table, row: int, column: int) -> str:
    return table.cell(row, column).text


@EDITIONS
def test_docx_tables_read_back_cell_by_cell(key: int) -> None:
    sheet = specimen(key)
    tables = read_docx(BytesIO(draw("docx", sheet).content)).tables
    for part, table in zip(TABLES, tables, strict=True):
        for spot in spread_of(key, part).spots:
            text = square(table, spot.row, spot.column)
            if place := spot.cell.place:
                number = sheet.figure(place)
                assert number is not None
                assert text == plain(number)
            else:
                assert text == spot.cell.text + spot.unit
            below, beside = spot.row + spot.cell.rows - 1, spot.column + spot.cell.columns - 1
            assert table.cell(below, beside)._tc is table.cell(spot.row, spot.column)._tc


def test_docx_has_real_headings_faces_and_repeated_rows() -> None:
    sheet = specimen()
    word = read_docx(BytesIO(draw("docx", sheet).content))
    headings = [each.text for each in word.paragraphs if each.style.name == "Heading 1"]
    assert headings == [part.title for part in sheet.edition.parts[1:]]
    faces = {
        name: word.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Normal", "Heading 1", "Heading 3")
    }
    assert faces == {
        "Title": "方正小标宋简体",
        "Normal": "仿宋_GB2312",
        "Heading 1": "黑体",
        "Heading 3": "楷体_GB2312",
    }
    rows = word.tables[1]._tbl.tr_lst
    assert [row.find(".//" + qn("w:tblHeader")) is not None for row in rows[:4]] == [
        True, True, True, False,
    ]  # fmt: skip
    assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in rows)
    section = word.sections[0]
    assert [round(edge.mm) for edge in (section.top_margin, section.left_margin)] == [37, 28]
    assert word.paragraphs[0].text.replace("\n", "") == sheet.title


def test_docx_has_no_page_with_a_signature_alone() -> None:
    sheet = specimen()
    word = read_docx(BytesIO(draw("docx", sheet).content))
    last, blank, name, _ = word.paragraphs[-4:]
    assert (last.text, name.text) == (sheet.text("other_matters").splitlines()[-1], sheet.signed_by)
    assert all(each.paragraph_format.keep_with_next for each in (last, blank, name))


@EDITIONS
def test_docx_says_of_each_table_what_it_is(key: int) -> None:
    sheet = specimen(key)
    word = read_docx(BytesIO(draw("docx", sheet).content))
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in word.tables]
    assert captions == [f"{sheet.year}年{sheet.edition.part(part).heading}" for part in TABLES]
    described = [table._tbl.tblPr.find(qn("w:tblDescription")) for table in word.tables]
    assert all(each is not None for each in described)
    assert word.core_properties.language == "zh-CN"


def test_docx_holds_the_text_and_the_draft_says_so() -> None:
    sheet = specimen()
    word = read_docx(BytesIO(draw("docx", sheet, Options(draft=True)).content))
    texts = {each.text for each in word.paragraphs}
    for part in ("preface", "overview", "problems", "other_matters"):
        assert set(sheet.text(part).splitlines()) <= texts
    assert word.sections[0].header.paragraphs[0].text == "送审稿　未公布"
    assert word.sections[0].even_page_header.paragraphs[0].text == "送审稿　未公布"


@pytest.mark.parametrize("name", ["docx", "xlsx", "csv", "json", "html"])
def test_the_same_sheet_gives_the_same_bytes(name: str) -> None:
    assert draw(name, specimen()).sha256 == draw(name, specimen()).sha256


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_control_characters_do_not_break_a_file(name: str) -> None:
    sheet = replace(specimen(), overview="第一\x0b段\x00落\ufffe", signed_by="云泽\x1f市教育局")
    with ZipFile(BytesIO(draw(name, sheet).content)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx", "csv", "json", "html"])
def test_the_file_is_named_after_the_report(name: str) -> None:
    from django.conf import settings

    sheet = replace(specimen(), title="云泽市/教育局\n2024年 年度报告")
    made = draw(name, sheet, Options(font_root=settings.FONT_ROOT))
    assert made.filename == f"云泽市_教育局2024年年度报告.{name}"
    assert present(sheet).title == sheet.title


REASON = "交接时核实为两件。"
EXPLAINED = (
    {"code": "C10", "message": "上年结转与上一年度不一致。", "explanation": {"reason": REASON}},
)


def test_word_and_html_carry_the_explanations_behind_the_report() -> None:
    options = Options(findings=EXPLAINED)
    word = read_docx(BytesIO(draw("docx", specimen(), options).content))
    texts = [each.text for each in word.paragraphs]
    assert texts[-3:] == ["检查结果的说明", EXPLAINED[0]["message"], f"说明：{REASON}"]
    assert f"说明：{REASON}" in draw("html", specimen(), options).content.decode()


def test_a_report_without_explanations_has_no_page_for_them() -> None:
    options = Options(findings=({"code": "C01", "message": "不平衡"},))
    for format in ("docx", "html"):
        plain_one = draw(format, specimen(), Options()).content
        assert draw(format, specimen(), options).content == plain_one


@pytest.mark.parametrize("format", ["docx", "html", "pdf"])
def test_explanations_are_not_read_as_part_of_the_report(format: str) -> None:
    plain_one, explained = (
        read(BytesIO(draw(format, specimen(), options).content), f"a.{format}").sheet
        for options in (Options(FONTS), Options(FONTS, EXPLAINED))
    )
    assert explained == plain_one
