"""Spreadsheets: our own, and as people fill them in."""

import re
import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment

from reports.editions import EDITIONS
from reports.exporters import Options, draw
from reports.importers import UnreadableDocument
from reports.importers.confined import FAILED
from reports.importers.opening import document_of
from reports.importers.xlsx import read_xlsx, text_of
from reports.sheet import filled
from tests.exporters.specimen import specimen

from . import documents as make
from .test_html import TEXTS
from .test_unreadable import SENTENCE, archive, assert_read_or_refused

EDITION = EDITIONS[2021]
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))


def same(reading, sheet, notes=None):
    assert make.figures(reading.sheet) == make.figures(sheet)
    for key in TEXTS:
        assert getattr(reading.sheet, key) == getattr(sheet, key), key
    assert reading.notes == (make.assumed(sheet) if notes is None else notes)


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def exported(sheet):
    return load_workbook(BytesIO(draw("xlsx", sheet, Options()).content))


def book_of(blocks, gap=0):
    """The whole report in one sheet, one block below the other."""
    book = Workbook()
    page = book.active
    at = 1
    for block in blocks:
        if isinstance(block, str):
            page.cell(at, 1, block).alignment = Alignment(wrap_text=True)
            page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=10)
            at += 1 + gap
            continue
        for line in make.laid_out(block):
            for column, cell in line:
                if cell is None:
                    continue
                number = make.is_number(cell.text) and cell.text
                page.cell(at, column + 1, float(cell.text) if number else cell.text)
                if cell.rows > 1 or cell.columns > 1:
                    page.merge_cells(
                        start_row=at, start_column=column + 1,
                        end_row=at + cell.rows - 1, end_column=column + cell.columns,
                    )  # fmt: skip
            at += 1
        at += gap
    return book


@EACH_EDITION
@pytest.mark.parametrize("seed", range(3))
def test_our_own_file_comes_back(edition, seed):
    sheet = make.random_sheet(edition, seed)
    same(make.reading_of(draw("xlsx", sheet, Options()).content), sheet, ())
    long = specimen(edition.key)
    reading = make.reading_of(draw("xlsx", long, Options()).content)
    same(reading, long, ())
    assert reading.sheet.printed.additions == ()


@EACH_EDITION
@pytest.mark.parametrize("gap", [0, 1])
def test_a_report_in_one_sheet(edition, gap):
    sheet = make.random_sheet(edition)
    same(make.reading_of(saved(book_of(make.parts_of(sheet), gap))), sheet)


def test_the_order_of_the_sheets_means_nothing():
    sheet = make.random_sheet(EDITION)
    book = exported(sheet)
    book.move_sheet(book.worksheets[-1], -2)
    book.move_sheet(book.worksheets[0], 3)
    same(make.reading_of(saved(book)), sheet)


def test_only_a_table():
    """A spreadsheet of part three without a heading: recognized by its labels."""
    sheet = make.random_sheet(EDITION)
    book = book_of([make.tables_of(sheet)["applications"]])
    read = make.reading_of(saved(book)).sheet
    assert read.applications == sheet.applications


def test_what_is_no_whole_number_is_refused_with_a_note():
    sheet = make.random_sheet(EDITION)
    book = exported(sheet)
    page = book.worksheets[1]
    page["D6"] = 3.5
    reading = make.reading_of(saved(book))
    cell = reading.cells["applications.natural_person.received"]
    assert (cell.number, cell.printed, cell.exact) == (None, "3.5", False)
    assert any("不是整数" in note for note in reading.notes)


def test_a_formula_without_its_result_is_said():
    sheet = make.random_sheet(EDITION)
    book = exported(sheet)
    book.worksheets[1]["J6"] = "=SUM(D6:I6)"
    reading = make.reading_of(saved(book))
    assert reading.notes[0] == "J6是公式，文件中没有算出的结果，按空白读取。"
    assert reading.cells["applications.total.received"].number is None
    several = exported(sheet)
    for column in "DEFGHIJ":
        for row in (6, 7):
            several.worksheets[1][f"{column}{row}"] = "=1+1"
    assert "等 14 格是公式" in make.reading_of(saved(several)).notes[0]


def test_a_formula_with_its_result_is_its_result():
    sheet = make.random_sheet(EDITION)
    book = exported(sheet)
    book.worksheets[1]["J6"] = "=SUM(D6:I6)"
    computed = rewritten(saved(book), rb"(<f>SUM\(D6:I6\)</f>)(?:<v\s*/>|<v></v>)", rb"\1<v>77</v>")
    assert make.reading_of(computed).cells["applications.total.received"].number == 77


def rewritten(data, pattern, by):
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(pattern, by, old.read(name)))
    return file.getvalue()


def test_a_hidden_sheet_is_said():
    sheet = make.random_sheet(EDITION)
    book = exported(sheet)
    hidden = book.create_sheet("草稿")
    hidden["A1"] = "一、总体情况"
    hidden.sheet_state = "hidden"
    same(make.reading_of(saved(book)), sheet, ("隐藏的工作表“草稿”没有读取。",))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"), (-2.0, "-2"), (0.1 + 0.2, "0.3"), (1e-6, "0.000001"), (1e15, "1000000000000000"),
        (25.10, "25.1"), (True, "TRUE"), ("'=1", "=1"), ("'甲", "'甲"), ("", ""), (7, "7"),
        (date(2022, 1, 9), "2022年1月9日"), (float("inf"), "inf"),
    ],
)  # fmt: skip
def test_what_a_cell_says(value, text):
    assert text_of(value) == text


def far_apart():
    book = Workbook()
    book.active["A1"] = "一、总体情况"
    book.active["XFD1048576"] = 1
    return saved(book)


def many_cells():
    book = Workbook()
    for row in range(1, 400):
        for column in range(1, 60):
            book.active.cell(row, column, 1)
    return saved(book)


def cut_short():
    return draw("xlsx", make.random_sheet(EDITION), Options()).content[:-900]


BOMB = b"<worksheet><sheetData>" + b" " * 40_000_000
REFUSED = {
    "no workbook": archive(xl__workbook_xml=b"<x/>"),
    "zip bomb": archive(xl__worksheets__sheet1_xml=BOMB),
    "not xml": archive(xl__worksheets__sheet1_xml=b"<c", xl__workbook_xml=b"<x/>"),
    "binary workbook": archive(xl__worksheets__sheet1=b"").replace(b"sheet1", b"sh.bin"),
    "two cells far apart": far_apart(),
    "too many cells": many_cells(),
    "cut short": cut_short(),
    "an empty book": saved(Workbook()),
    "old excel, damaged": bytes.fromhex("d0cf11e0a1b11ae1")
    + "Workbook".encode("utf-16-le")
    + bytes(3000),
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(data):
    with pytest.raises(UnreadableDocument) as refused:
        make.reading_of(data)
    assert SENTENCE.match(str(refused.value))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(min_size=1, max_size=60), st.integers(0, 11_000))
def test_a_damaged_file_is_read_or_refused(data, at):
    whole = draw("xlsx", make.random_sheet(EDITION), Options()).content
    assert_read_or_refused(whole[:at] + data + whole[at + len(data) :])


def test_the_process_apart_says_what_the_reader_says(monkeypatch):
    from reports.importers import confined

    data = draw("xlsx", make.random_sheet(EDITION), Options()).content
    assert document_of(data) == read_xlsx(data)
    with pytest.raises(UnreadableDocument, match=FAILED):
        confined.apart("no_such_reader", data)
    monkeypatch.setattr(confined, "PATIENCE", 0.001)
    with pytest.raises(UnreadableDocument, match="用时过长"):
        confined.apart("xlsx", data)


@EACH_EDITION
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("rest", [True, False])
def test_a_blank_form_has_blank_cells_and_misses_none(edition, gap, rest):
    """Its row of part four is wholly empty: Excel does not tell that it is there."""
    blank = filled(edition, make.AGENCY, edition.years[0], number=None, title="年度报告")
    blocks = make.parts_of(blank)
    end = blocks.index(make.tables_of(blank)["remedies"]) + 1
    reading = make.reading_of(saved(book_of(blocks if rest else blocks[:end], gap)))
    assert reading.sheet.printed.missing == ()
    assert set(make.figures(reading.sheet).values()) == {None}
