"""A reading kept as JSON and taken out again is the same reading."""

import json

import pytest

from reports.editions import EDITIONS
from reports.importers.reading import Reading, from_json, to_json

from .documents import (
    Printed,
    as_docx,
    as_lines,
    parts_of,
    random_sheet,
    reading_of,
    refigured,
    tables_of,
)


def again(reading: Reading) -> Reading:
    return from_json(json.loads(json.dumps(to_json(reading), ensure_ascii=False)))


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=lambda each: str(each.key))
@pytest.mark.parametrize("write", [as_lines, as_docx])
def test_every_cell_text_and_note_comes_back(edition, write):
    reading = reading_of(write(parts_of(random_sheet(edition))))
    assert reading.sheet.signed_on is not None
    assert again(reading) == reading


def test_what_is_not_simply_a_number_comes_back():
    sheet = random_sheet(EDITIONS[2021])
    tables = tables_of(sheet)
    odd = refigured(tables["applications"], lambda text: f"{text}件" if text[0] == "1" else "/")
    local = [[Printed("本地事项", columns=2), Printed("7")]]
    reading = reading_of(as_lines([*parts_of(sheet, {**tables, "applications": odd}), local]))
    assert reading.sheet.printed.cells
    assert reading.notes
    assert again(reading) == reading


def test_the_figures_of_another_edition_come_back():
    sheet = random_sheet(EDITIONS[2019], year=2021)
    mixed = {
        **tables_of(sheet),
        "applications": tables_of(random_sheet(EDITIONS[2021]))["applications"],
    }
    reading = reading_of(as_lines(parts_of(sheet, mixed)))
    form = {place.key for place in reading.sheet.edition.places() if place.part == 3}
    foreign = {name for name in reading.cells if name.startswith("applications.")} - {
        f"applications.{key}" for key in form
    }
    assert foreign
    assert again(reading) == reading


def test_an_amount_is_not_rounded():
    reading = reading_of(as_lines(parts_of(random_sheet(EDITIONS[2021]))))
    name = "disclosure.administrative_fees_amount"
    assert again(reading).cells[name].number == reading.cells[name].number
    assert isinstance(to_json(reading)["cells"][name]["number"], str)


def test_a_document_without_a_table_comes_back():
    text = "虚构区第一局2024年政府信息公开工作年度报告\n一、总体情况\n公开信息三条。\n"
    reading = reading_of(text.encode())
    assert again(reading) == reading
