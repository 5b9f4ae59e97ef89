"""Documents made from known sheets are read back cell by cell."""

from dataclasses import replace

import pytest

from reports.editions import EDITIONS
from reports.sheet import NARRATIVES, filled, from_json, to_json

from . import documents as make

EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda e: str(e.key))
EACH_FORM = pytest.mark.parametrize(
    "write", [make.as_lines, make.as_spreadsheet, make.as_docx], ids=lambda w: w.__name__
)


@EACH_FORM
@EACH_EDITION
def test_every_cell_and_text_comes_back(edition, write):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(write(make.parts_of(sheet)))
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.notes == make.assumed(sheet)
    for key in (*NARRATIVES, "title", "agency", "year", "signed_by", "signed_on", "contact"):
        assert getattr(reading.sheet, key) == getattr(sheet, key), key
    assert reading.sheet.edition is edition
    assert reading.sheet.as_printed
    printed = reading.sheet.printed
    assert [heading.text for heading in printed.headings] == [p.title for p in edition.parts[1:]]
    assert (printed.cells, printed.labels, printed.additions, printed.missing) == ({}, {}, (), ())


@EACH_FORM
@EACH_EDITION
def test_a_blank_form_is_recognized_and_all_blank(edition, write):
    blank = filled(edition, make.AGENCY, edition.years[0], number=None, title="年度报告")
    reading = make.reading_of(write(make.parts_of(blank)))
    assert reading.sheet.edition is edition
    assert set(make.figures(reading.sheet).values()) == {None}
    assert reading.sheet.printed.missing == ()
    assert (reading.sheet.agency, reading.sheet.year) == ("", 0)
    assert all(cell.source for cell in reading.cells.values())


@EACH_EDITION
def test_each_cell_says_where_it_came_from(edition):
    sheet = make.random_sheet(edition)
    reading = make.reading_of(make.as_docx(make.parts_of(sheet)))
    places = [f"{t}.{k}" for t, k in _keys(sheet)]
    assert list(reading.cells) == places
    assert reading.cells[places[0]].source == "第1张表第3行第2格"
    assert reading.cells["remedies.reconsideration.upheld"].source == "第3张表第4行第1格"
    text = make.reading_of(make.as_lines(make.parts_of(sheet)))
    assert text.cells["remedies.reconsideration.upheld"].source.startswith(
        "第3张表第4行第1格（文本第"
    )


def _keys(sheet):
    from reports.sheet import TABLES

    return [(TABLES[place.part], place.key) for place in sheet.edition.places()]


@EACH_EDITION
def test_the_edition_is_told_by_the_labels_not_by_the_year(edition):
    other_year = 2024 if edition.key == 2019 else 2020
    sheet = make.random_sheet(edition, year=other_year)
    reading = make.reading_of(make.as_lines(make.parts_of(sheet)))
    assert reading.sheet.edition is edition
    assert reading.sheet.year == other_year
    assert any(f"表格是{edition.key}年版" in note for note in reading.notes)
    assert make.figures(reading.sheet) == make.figures(sheet)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_any_encoding(encoding):
    sheet = make.random_sheet(EDITIONS[2021])
    text = make.as_lines(make.parts_of(sheet)).decode().replace("\n", "\r\n")
    reading = make.reading_of(text.encode(encoding))
    assert make.figures(reading.sheet) == make.figures(sheet)
    assert reading.sheet.title == sheet.title


@EACH_EDITION
def test_the_sheet_survives_json(edition):
    sheet = make.random_sheet(edition)
    read = make.reading_of(make.as_lines(make.parts_of(sheet))).sheet
    assert make.figures(from_json(to_json(read))) == make.figures(sheet)
    assert from_json(to_json(read)).printed == read.printed


@EACH_FORM
def test_blocks_of_part_two_may_be_tables_of_their_own(write):
    sheet = make.random_sheet(EDITIONS[2019])
    blocks = make.parts_of(sheet)
    at = blocks.index(make.tables_of(sheet)["disclosure"])
    rows, caption = blocks[at], max(len(row) for row in blocks[at][:1])
    starts = [n for n, row in enumerate(rows) if len(row) == caption]
    tables = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    split = [each for table in tables for each in (table, "（续表）")]
    reading = make.reading_of(write([*blocks[:at], *split, *blocks[at + 1 :]]))
    assert make.figures(reading.sheet) == make.figures(sheet)


@EACH_FORM
@pytest.mark.parametrize("page", [5, 12, -1])
def test_a_table_broken_over_two_pages_is_one(page, write):
    sheet = make.random_sheet(EDITIONS[2021])
    tables = make.tables_of(sheet)
    rows = [[replace(cell, rows=1) for cell in row] for row in tables["applications"]]
    blocks = make.parts_of(sheet, {**tables, "applications": rows[:page]})
    at = blocks.index(rows[:page])
    reading = make.reading_of(
        write([*blocks[: at + 1], "（接上页）", rows[page:], *blocks[at + 1 :]])
    )
    assert make.figures(reading.sheet) == make.figures(sheet)


@EACH_FORM
def test_a_local_statistic_is_not_part_two(write):
    """Two rows named as the form's do not make its table."""
    sheet = make.random_sheet(EDITIONS[2021])
    blocks = make.parts_of(sheet)
    rows = [row.label for block in sheet.edition.disclosure.blocks[1:3] for row in block.rows]
    local = [[make.Printed(label), make.Printed("3"), make.Printed("条")] for label in rows]
    reading = make.reading_of(write([*blocks[:3], "统计如下。", local, *blocks[3:]]))
    assert make.figures(reading.sheet) == make.figures(sheet)
    (addition,) = reading.sheet.printed.additions
    assert addition.part == "overview"
    assert [row[0] for row in addition.rows] == rows
