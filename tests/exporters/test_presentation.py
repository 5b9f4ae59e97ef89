"""What a reader sees is what the sheet says."""

from dataclasses import replace

import pytest

from reports.exporters.presentation import Mark, anchor_of, present
from reports.exporters.spread import spread_of
from reports.exporters.title import ems, title_lines
from reports.sheet import Addition, Contact, Printed

from .specimen import specimen

EDITIONS = pytest.mark.parametrize("key", [2019, 2021])


@EDITIONS
def test_every_cell_of_the_edition_is_drawn_once_and_in_order(key: int) -> None:
    sheet = specimen(key)
    tables = [part.table for part in present(sheet).parts if part.table]
    places = [cell.place for table in tables for cell in table.figures]
    assert places == list(sheet.edition.places())


@EDITIONS
def test_every_grid_square_belongs_to_exactly_one_cell(key: int) -> None:
    for part in ("disclosure", "applications", "remedies"):
        spread = spread_of(key, part)
        squares = [
            (spot.row + down, spot.column + across)
            for spot in spread.spots
            for down in range(spot.cell.rows)
            for across in range(spot.cell.columns)
        ]
        assert sorted(squares) == [
            (row, column) for row in range(len(spread.rows)) for column in range(spread.width)
        ]


@EDITIONS
def test_a_figure_names_its_line_and_its_column_among_its_headers(key: int) -> None:
    for part in ("applications", "remedies", "disclosure"):
        for spot in spread_of(key, part).spots:
            if place := spot.cell.place:
                texts = [header.cell.text for header in spot.headers]
                assert place.line_label in texts
                assert any(text and text in place.column_label for text in texts)


def test_a_nested_line_names_all_its_groups() -> None:
    report = present(specimen())
    table = report.part("applications").table
    assert table
    cell = next(each for each in table.figures if each.place and each.place.line == "closed_unpaid")
    marks = [header.cell.text[:3] for header in cell.spot.headers]
    assert marks == ["三、本", "（六）", "2.申", "申请人", "自然人"]


def test_an_amount_says_its_unit_where_the_form_does_not() -> None:
    units = {spot.cell.text: spot.unit for spot in spread_of(2019, "disclosure").spots if spot.unit}
    assert list(units.values()) == ["（单位：万元）"]
    assert not any(spot.unit for spot in spread_of(2021, "disclosure").spots)


def test_a_historical_report_shows_what_it_printed_and_its_blanks() -> None:
    name = "applications.natural_person.received"
    sheet = specimen()
    columns = {
        **sheet.applications,
        "business": {**sheet.applications["business"], "granted": None},
    }
    addition = Addition("disclosure", "信息发布", (("网站", "326"),))
    sheet = replace(
        sheet,
        as_printed=True,
        applications=columns,
        printed=Printed(cells={name: "23件"}, additions=(addition,)),
    )
    report = present(sheet)
    table = report.part("applications").table
    assert table
    cells = {cell.anchor: cell for cell in table.figures}
    assert cells[f"cell-{name}"].text == "23件"
    assert cells[f"cell-{name}"].number is None
    blank = cells["cell-applications.business.granted"]
    assert (blank.text, blank.kinds) == ("", "blank")
    assert report.part("disclosure").additions == (addition,)


def test_the_contact_is_said_once() -> None:
    sheet = specimen()
    said = present(sheet).preface
    sheet = replace(sheet, contact=Contact(telephone="0000－7654321"))
    report = present(sheet)
    assert [each.text for each in report.preface] == [
        *(each.text for each in said),
        "电话：0000－7654321。",
    ]
    assert len(present(replace(sheet, as_printed=True)).preface) == len(said)


def test_a_finding_jumps_to_its_cell_its_sentence_or_its_part() -> None:
    report = present(specimen())
    assert anchor_of(report, None) == "report-title"
    assert anchor_of(report, 3, "granted", "business") == "cell-applications.business.granted"
    assert anchor_of(report, 3, column="business") == "cell-applications.business.outcomes_total"
    assert anchor_of(report, 4, column="reconsideration", line="upheld") == (
        "cell-remedies.reconsideration.upheld"
    )
    assert anchor_of(report, 1, quote="（二）依申请公开") == "p-overview-3"
    assert anchor_of(report, 5, quote="没有这句话") == "part-problems"


def test_marks_reach_cells_and_paragraphs() -> None:
    mark = Mark("error", "应改", "不平衡")
    report = present(specimen(), marks={"overview.2": mark, "remedies.reconsideration.total": mark})
    assert [each.name for each in report.part("overview").paragraphs if each.mark] == ["overview.2"]
    table = report.part("remedies").table
    assert table
    assert [cell.anchor for cell in table.figures if cell.mark] == [
        "cell-remedies.reconsideration.total"
    ]


@pytest.mark.parametrize(
    ("agency", "lines"),
    [
        ("云泽市教育局", ("云泽市教育局", "2024年政府信息公开工作年度报告")),
        (
            "云泽市人力资源和社会保障局",
            ("云泽市人力资源和社会保障局", "2024年政府信息公开工作年度报告"),
        ),
        (
            "云泽市云岭经济技术开发区管理委员会应急管理局",
            ("云泽市云岭经济技术开发区", "管理委员会应急管理局", "2024年政府信息公开工作年度报告"),
        ),
    ],
)
def test_a_title_breaks_at_word_ends(agency: str, lines: tuple[str, ...]) -> None:
    title = f"{agency}2024年政府信息公开工作年度报告"
    broken = title_lines(title, agency)
    assert "".join(broken) == title
    assert all(ems(line) <= 20 for line in broken)
    assert broken == lines
