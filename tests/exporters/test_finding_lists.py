"""校核意见表: every format carries every row, and none of them runs what was quoted."""

import json
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from reports.checker import check
from reports.exporters.finding_list import COLUMNS, LIST_FORMATS, NAME, CheckedReport, FindingList
from reports.queries.finding_lists import checked_report
from reports.queries.findings import Noted
from tests.public.sent import broken, sound

AT = datetime(2026, 1, 20, 9, 5)


def report(sheet, document="报告.docx"):
    return checked_report(sheet, [Noted(each) for each in check(sheet)], document=document)


def drawn(format, *reports):
    return LIST_FORMATS[format](FindingList(reports, AT, "虚构市政府信息公开平台"))


def table_of(content: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(BytesIO(content)).tables[1].rows]


def test_the_word_document_has_a_row_for_each_finding_and_an_empty_answer():
    one = report(broken())
    head, *rows = table_of(drawn("docx", one).content)
    assert tuple(head) == COLUMNS
    assert [row[2] for row in rows] == [entry.message for entry in one.entries]
    assert rows
    assert all(row[-1] == "" for row in rows)


def test_the_page_has_the_same_rows_and_each_leads_into_the_report():
    one = report(broken())
    page = html.fromstring(drawn("html", one).content.decode())
    rows = page.findall(".//tbody/tr[@id]")
    assert [row[2].text_content() for row in rows] == [entry.message for entry in one.entries]
    for row in rows:
        assert page.get_element_by_id(row.find(".//a").get("href")[1:]) is not None


def test_the_spreadsheet_has_a_row_for_each_finding_and_one_for_each_report():
    one, two = report(broken()), report(sound(), "另一份.txt")
    lost = CheckedReport("坏.pdf", problem="“坏.pdf”：文件已经损坏。")
    book = load_workbook(BytesIO(drawn("xlsx", one, two, lost).content))
    messages = [row[4].value for row in book[NAME].iter_rows(4, 3 + len(one.entries))]
    assert messages == [entry.message for entry in one.entries]
    summary = [[cell.value for cell in row] for row in book["汇总"].iter_rows(4, 6)]
    assert [row[4] for row in summary] == ["报告.docx", "另一份.txt", "坏.pdf"]
    assert [row[5] for row in summary] == [one.count("error"), 0, 0]
    assert summary[2][-1] == "“坏.pdf”：文件已经损坏。"


def test_what_was_quoted_is_never_a_formula():
    one = report(broken())
    entry = replace(one.entries[0], quote='=HYPERLINK("x")', message="@SUM(1)", where="+1")
    book = load_workbook(BytesIO(drawn("xlsx", replace(one, entries=(entry,))).content))
    cells = [cell for row in book[NAME].iter_rows() for cell in row if cell.value is not None]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells)


def test_the_json_of_one_is_an_object_and_of_several_an_array():
    one = report(broken())
    alone = json.loads(drawn("json", one).content)
    assert list(alone) == ["agency", "year", "edition", "sheet", "findings", "notes"]
    assert len(alone["findings"]) == len(one.entries)
    several = json.loads(drawn("json", one, CheckedReport("坏.pdf", problem="坏")).content)
    assert [each["document"] for each in several] == ["报告.docx", "坏.pdf"]


@pytest.mark.parametrize("format", ["docx", "html", "xlsx"])
def test_markup_in_a_document_stays_text(format):
    one = report(broken())
    entry = replace(one.entries[0], quote="<script>alert(1)</script>\x08")
    content = drawn(format, replace(one, entries=(entry,), report=None)).content
    assert b"<script>" not in content


def test_a_report_without_findings_says_so_and_keeps_the_place_for_the_signature():
    content = drawn("docx", report(sound())).content
    texts = [each.text for each in Document(BytesIO(content)).paragraphs]
    assert any("签名" in text for text in texts)
    assert "没有发现问题。" in [
        cell.text for row in Document(BytesIO(content)).tables[0].rows for cell in row.cells
    ]
