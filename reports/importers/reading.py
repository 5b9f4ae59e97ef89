"""What an importer understood of a document."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from reports import sheet as sheets
from reports.editions.grammar import Number
from reports.sheet import Sheet


class UnreadableDocument(Exception):
    """The file cannot be read; the message is a Chinese sentence for the person."""


@dataclass(frozen=True)
class CellReading:
    """Where a cell's number came from, what stood there, and what number it is.

    ``source`` is 「第3张表第5行第4格」, empty where the document has no such
    cell; ``number`` is None where it is blank; ``note`` says what was assumed;
    ``exact`` is False where the text is not simply the number.
    """

    source: str
    printed: str
    number: Number | None
    note: str = ""
    exact: bool = True


@dataclass(frozen=True)
class Reading:
    """A document understood: its sheet, each cell's origin, and what is to be said.

    ``cells`` maps a place's full name (``applications.natural_person.granted``)
    to its reading, for every cell of the edition's form; ``notes`` are Chinese
    sentences: what was assumed, and what was not understood.
    """

    sheet: Sheet
    cells: Mapping[str, CellReading]
    notes: tuple[str, ...] = ()


def figures_of(cells: Mapping[str, CellReading], table: str) -> dict[str, dict[str, Number | None]]:
    """A table's figures by column and line (part two's: by no column).

    Figures of another edition's lines stand beside the form's.
    """
    figures: dict[str, dict[str, Number | None]] = {}
    for name, cell in cells.items():
        of, _, key = name.partition(".")
        if of == table:
            column, _, line = key.rpartition(".")
            figures.setdefault(column, {})[line] = cell.number
    return figures


def with_figures(sheet: Sheet, cells: Mapping[str, CellReading]) -> Sheet:
    """The sheet with the numbers of the cells."""
    return replace(
        sheet,
        disclosure=figures_of(cells, "disclosure")[""],
        applications=figures_of(cells, "applications"),
        remedies=figures_of(cells, "remedies"),
    )


def to_json(reading: Reading) -> dict[str, Any]:
    """The reading as JSON types; an amount is a text, so that none is rounded."""

    def kept(cell: CellReading) -> dict[str, Any]:
        number = str(cell.number) if isinstance(cell.number, Decimal) else cell.number
        return asdict(cell) | {"number": number}

    return {
        "sheet": sheets.to_json(reading.sheet),
        "cells": {name: kept(cell) for name, cell in reading.cells.items()},
        "notes": list(reading.notes),
    }


def from_json(data: Mapping[str, Any]) -> Reading:
    """The reading which ``to_json`` wrote."""

    def cell_of(kept: Mapping[str, Any]) -> CellReading:
        number = kept["number"]
        return CellReading(
            **{**kept, "number": Decimal(number) if isinstance(number, str) else number}
        )

    cells = {name: cell_of(kept) for name, kept in data["cells"].items()}
    sheet = with_figures(sheets.from_json(data["sheet"]), cells)
    return Reading(sheet, cells, tuple(data["notes"]))
