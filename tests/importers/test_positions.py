"""Tables whose labels, headers or rows were lost, moved or mixed: read by position, and said."""

from dataclasses import replace

import pytest

from reports.editions import EDITIONS
from reports.importers.disclosure import place_disclosure
from reports.importers.document import RawCell, grid_of
from reports.sheet import filled

from . import documents as make
from .documents import Printed, label_of, read_with, row_of

NEW, OLD = EDITIONS[2021], EDITIONS[2019]
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
FORMS = [make.as_lines, make.as_docx, make.as_spreadsheet]
EACH_FORM = pytest.mark.parametrize("write", FORMS, ids=lambda w: w.__name__)


def unlabeled(rows):
    """Only the cells with figures, row by row."""
    figures = [[cell for cell in row if make.is_number(cell.text) and cell.text] for row in rows]
    return [row for row in figures if row]


@EACH_EDITION
@pytest.mark.parametrize("write", [make.as_lines, make.as_docx], ids=lambda w: w.__name__)
def test_tables_without_any_label_are_read_by_shape(edition, write):
    sheet = make.random_sheet(edition)
    tables = {part: unlabeled(rows) for part, rows in make.tables_of(sheet).items()}
    reading = read_with(sheet, tables, write)
    assert reading.sheet.edition is edition
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert sum("次序" in note or "位置" in note for note in reading.notes) >= 3


@EACH_EDITION
def test_lost_labels_of_the_outcomes_in_strangely_broken_rows(edition):
    sheet = make.random_sheet(edition)
    rows = make.tables_of(sheet)["applications"]
    start, end = row_of(rows, edition.applications.lines[2].label), len(rows) - 1
    numbers = [cell for row in unlabeled(rows[start:end]) for cell in row]
    group = replace(rows[start][0], rows=1)
    runs = [[group, *numbers[:40]], [Printed(""), Printed(""), *numbers[40:47]], numbers[47:]]
    reading = read_with(sheet, {"applications": [*rows[:start], *runs, rows[end]]})
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert any("按次序读取" in note for note in reading.notes)


def test_too_few_numbers_without_labels_are_not_placed():
    sheet = make.random_sheet(NEW)
    rows = make.tables_of(sheet)["applications"]
    start, end = row_of(rows, NEW.applications.lines[2].label), len(rows) - 1
    numbers = [cell for row in unlabeled(rows[start:end]) for cell in row][:-20]
    run = [replace(rows[start][0], rows=1), *numbers]
    reading = read_with(sheet, {"applications": [*rows[:start], run, rows[end]]})
    column = reading.sheet.applications["natural_person"]
    assert column["received"] == sheet.applications["natural_person"]["received"]
    assert column["granted"] is None
    assert len(reading.sheet.printed.missing) == 22 * 7
    (addition,) = reading.sheet.printed.additions
    assert addition.rows[0][1:] == tuple(cell.text for cell in numbers)


def test_too_few_zeros_without_labels_are_zeros_where_nothing_else_is_possible():
    sheet = filled(NEW, make.AGENCY, 2021, title="年度报告")
    rows = make.tables_of(sheet)["applications"]
    start, end = row_of(rows, NEW.applications.lines[2].label), len(rows) - 1
    run = [replace(rows[start][0], rows=1), *[Printed("0")] * 110]
    broken = [*rows[:start], run, rows[end]]
    reading = read_with(sheet, {"applications": broken})
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert any("请对照原件核实" in note for note in reading.notes)
    received = row_of(broken, label_of(NEW, "received"))
    broken[received] = [broken[received][0], *[Printed("1")] * 7]
    reading = read_with(sheet, {"applications": broken})
    assert reading.sheet.applications["natural_person"]["granted"] is None


def test_shifted_header_rows_lose_the_lines_printed_in_them():
    sheet = make.random_sheet(OLD)
    rows = make.tables_of(sheet)["applications"]
    head, upper, lower, first, second, *rest = rows
    corner, heading = head
    shifted = [
        [replace(corner, rows=1), heading],
        [first[0], *(replace(cell, rows=1) for cell in upper)],
        [second[0], Printed(""), *lower, Printed("")],
        *rest,
    ]
    reading = read_with(sheet, {"applications": shifted})
    lost = [n for key in ("received", "brought_forward") for n in make.line_names(OLD, key)]
    assert reading.sheet.printed.missing == tuple(lost)
    assert make.figures(reading.sheet) == make.figures(sheet) | dict.fromkeys(lost)
    assert sum("印在标题行里" in note for note in reading.notes) == 2


@EACH_FORM
def test_the_columns_are_read_by_their_headings(write):
    sheet = make.random_sheet(NEW)
    rows = make.tables_of(sheet)["applications"]
    swapped = []
    for number, printed in enumerate(rows):
        row = list(printed)
        if number == 2:
            row[0], row[1] = row[1], row[0]
        elif number > 2:
            row[-6], row[-5] = row[-5], row[-6]
        swapped.append(row)
    reading = read_with(sheet, {"applications": swapped}, write)
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.notes == ("第三部分各列的次序与格式不同，按各列的标题读取。",)


@EACH_FORM
def test_other_handling_in_one_row_of_the_newer_edition(write):
    """（六）其他处理 printed whole in a report on the 2021 form: kept whole."""
    new, old = make.random_sheet(NEW), make.random_sheet(OLD, seed=2)
    reading = read_with(new, {"applications": make.tables_of(old)["applications"]}, write)
    sheet = reading.sheet
    assert sheet.edition is NEW
    undivided = {key: column["closed_undivided"] for key, column in sheet.applications.items()}
    assert undivided == {k: c["closed_undivided"] for k, c in old.applications.items()}
    divided = ("closed_uncorrected", "closed_unpaid", "closed_other")
    assert sheet.printed.missing == tuple(n for key in divided for n in make.line_names(NEW, key))
    assert sheet.printed.cells["applications.total.closed_undivided"] == str(
        old.applications["total"]["closed_undivided"]
    )
    assert any("2019年版" in note for note in reading.notes)


def test_other_handling_in_three_rows_of_the_older_edition():
    new, old = make.random_sheet(NEW), make.random_sheet(OLD, seed=2)
    reading = read_with(old, {"applications": make.tables_of(new)["applications"]})
    sheet = reading.sheet
    assert sheet.edition is OLD
    assert (
        sheet.applications["total"]["closed_unpaid"] == new.applications["total"]["closed_unpaid"]
    )
    assert sheet.printed.missing == make.line_names(OLD, "closed_undivided")


@pytest.mark.parametrize("widths", [(2, 2), (2, 1), (1, 2)])
@pytest.mark.parametrize("figures", [("8", ""), ("", "8"), ("", ""), ("8", "0")])
def test_a_blank_beside_a_figure_as_wide_as_two_columns_stays_blank(widths, figures):
    """As in a PDF, whose net has the edges of every block: a figure's cell crosses some."""

    def across(label, *texts):
        return (RawCell(label, 1), *map(RawCell, texts, widths))

    rows = (
        (RawCell("第二十条第（八）项", 1 + sum(widths)),),
        across("信息内容", "上一年项目数量", "本年增/减"),
        across("行政事业性收费", *figures),
    )
    placing = place_disclosure(grid_of(1, rows).rows, OLD)
    assert [cell.text for cell in placing.cells.values()] == list(figures)


def test_a_figure_merged_over_two_columns_stands_for_both():
    rows = (
        (RawCell("第二十条第（八）项", 4),),
        (*map(RawCell, ("信息内容", "上一年项目数量", "本年增/减", "")),),
        (RawCell("行政事业性收费"), RawCell("8", 2), RawCell("")),
    )
    placing = place_disclosure(grid_of(1, rows).rows, OLD)
    assert [cell.text for cell in placing.cells.values()] == ["8", "8"]
