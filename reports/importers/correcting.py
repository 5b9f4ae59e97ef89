"""A reading with a person's corrections of what was misread."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from reports.editions.grammar import Number, plain

from .placing import PLACES
from .reading import CellReading, Reading, with_figures
from .telling import in_words


def corrected(
    reading: Reading, cells: Mapping[str, Number | None], words: Mapping[str, Any]
) -> Reading:
    """The reading with other numbers in some cells and other words in its sheet.

    ``cells`` maps a place's full name to what it says in truth, ``words`` a
    field of the sheet to its value. What was printed is kept beside each
    number; the notes say what was read and what the person made of it.
    """
    changed = {
        name: replace(reading.cells[name], number=number)
        for name, number in cells.items()
        if number != reading.cells[name].number
    }
    read = {**reading.cells, **changed}
    printed = replace(
        reading.sheet.printed,
        missing=tuple(name for name in reading.sheet.printed.missing if read[name].number is None),
    )
    sheet = with_figures(replace(reading.sheet, printed=printed, **words), read)
    said = (*number_notes(reading.cells, changed), *word_notes(reading, words))
    return Reading(sheet, read, (*reading.notes, *said))


def number_notes(
    before: Mapping[str, CellReading], after: Mapping[str, CellReading]
) -> Iterator[str]:
    for name, cell in after.items():
        yield (
            f"{in_words(name.split('.')[0])}{PLACES[name].label}读作{told(before[name].number)}，"
            f"经人工核对改为{told(cell.number)}。"
        )


def told(number: Number | None) -> str:
    return "空白" if number is None else f" {plain(number)}"


def word_notes(reading: Reading, words: Mapping[str, Any]) -> Iterator[str]:
    """Which texts a person changed; the texts themselves stand in the report."""
    titles = {part.key: part.heading for part in reading.sheet.edition.parts}
    named = {"title": "标题", "signed_by": "落款", "signed_on": "成文日期", "contact": "联系方式"}
    labels = [
        label
        for key, label in (named | titles).items()
        if key in words and words[key] != getattr(reading.sheet, key)
    ]
    if labels:
        yield f"“{'”“'.join(labels)}”经人工核对改动。"
    if words.get("year", reading.sheet.year) != reading.sheet.year:
        yield f"年度读作{reading.sheet.year or '空白'}，经人工核对改为{words['year']}。"
