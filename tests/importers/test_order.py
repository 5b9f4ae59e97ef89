"""Rows and columns out of the form's order, and such as the form has not (C03)."""

from dataclasses import replace

import pytest

from reports.checker import check
from reports.editions import EDITIONS
from reports.editions.grammar import Edition
from reports.sheet import Sheet

from .documents import (
    Printed,
    Rows,
    as_docx,
    as_lines,
    as_spreadsheet,
    figures,
    label_of,
    random_sheet,
    read_with,
    row_of,
    tables_of,
)

EVERY = pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda each: str(each.key))


def misplaced(sheet: Sheet) -> list[tuple[str, str]]:
    """(rule's words, quoted) of the findings on the tables' layout."""
    found = [each for each in check(sheet) if each.code == "C03"]
    return [(each.line or each.column, each.left) for each in found]


@EVERY
@pytest.mark.parametrize("write", [as_lines, as_spreadsheet, as_docx])
def test_the_form_itself_is_in_order(edition: Edition, write) -> None:
    printed = read_with(random_sheet(edition, 2), {}, write).sheet.printed
    assert (printed.order, printed.extra) == ((), ())


def swapped(rows: Rows, one: str, other: str) -> Rows:
    """Two rows with each other's place; both have the same shape."""
    found = list(rows)
    first, second = row_of(rows, one), row_of(rows, other)
    found[first], found[second] = found[second], found[first]
    return found


@EVERY
@pytest.mark.parametrize("write", [as_lines, as_spreadsheet, as_docx])
def test_two_rows_in_each_others_place_are_read_and_told(edition: Edition, write) -> None:
    sheet = random_sheet(edition, 3)
    earlier, later = (
        label_of(edition, key) for key in ("not_processed_repeat", "not_processed_publication")
    )
    rows = swapped(tables_of(sheet)["applications"], earlier, later)
    reading = read_with(sheet, {"applications": rows}, write)
    assert figures(reading.sheet) == figures(sheet)
    assert misplaced(reading.sheet) == [("not_processed_repeat", later)]


def test_two_columns_in_each_others_place_are_read_and_told() -> None:
    sheet = random_sheet(EDITIONS[2021], 4)
    rows = []
    for row in tables_of(sheet)["applications"]:
        found = list(row)
        texts = [cell.text for cell in row]
        if "商业企业" in texts:
            found[0], found[1] = found[1], found[0]
        elif len(row) >= 7 and "自然人" not in texts:
            found[-6], found[-5] = found[-5], found[-6]
        rows.append(found)
    reading = read_with(sheet, {"applications": rows}, as_docx)
    assert figures(reading.sheet) == figures(sheet)
    assert misplaced(reading.sheet) == [("business", "科研机构")]


def test_a_row_that_the_form_has_not_is_told() -> None:
    sheet = random_sheet(EDITIONS[2021], 5)
    rows = list(tables_of(sheet)["applications"])
    at = row_of(rows, label_of(EDITIONS[2021], "carried_forward"))
    own = [Printed("五、电话答复数量", columns=3), *(Printed(str(n)) for n in range(7))]
    reading = read_with(sheet, {"applications": [*rows[: at + 1], own]}, as_docx)
    assert figures(reading.sheet) == figures(sheet)
    assert [left for _, left in misplaced(reading.sheet)] == ["五、电话答复数量"]


def test_a_local_row_of_part_two_is_no_fault() -> None:
    sheet = random_sheet(EDITIONS[2019], 6)
    rows = list(tables_of(sheet)["disclosure"])
    local = [Printed("本年度本部门发布总数量"), Printed("12", columns=6)]
    reading = read_with(sheet, {"disclosure": [*rows, local]}, as_docx)
    assert reading.sheet.printed.additions
    assert misplaced(reading.sheet) == []
    assert replace(reading.sheet.printed, additions=()).extra == ()
