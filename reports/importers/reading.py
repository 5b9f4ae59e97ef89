"""What an importer understood of a document."""

from collections.abc import Mapping
from dataclasses import dataclass

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
