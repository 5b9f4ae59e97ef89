"""The statutory tables of a reading: each cell a box, what was printed told below its row."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reports.editions.grammar import Part, Place
from reports.importers.correcting import told as number_told
from reports.importers.placing import PLACES
from reports.importers.reading import CellReading
from reports.sheet import TABLES

from .drawing import Box, Content, places_of
from .reading import ReadingForm


@dataclass(frozen=True)
class Told:
    """A sentence below a row: of cells with the same to say, or of one with an error."""

    anchor: str
    text: str
    sort: str  # doubt | change | error


@dataclass(frozen=True)
class ReadBox:
    """A cell of the table: a label, a box with what was understood, or a row's sentences."""

    box: Box
    name: str = ""
    sort: str = ""
    described_by: str = ""
    told: tuple[Told, ...] = ()


@dataclass(frozen=True)
class ReadTable:
    part: Part
    absent: bool  # the document has no such table
    columns: tuple[str, ...]
    head: tuple[tuple[ReadBox, ...], ...]
    bodies: tuple[tuple[tuple[ReadBox, ...], ...], ...]


def tables_of(form: ReadingForm) -> Iterator[ReadTable]:
    """The edition's three tables with everything to be said of each cell."""
    for part in form.reading.sheet.edition.parts:
        if part.is_table:
            yield TableOfReading(form, part).drawn()


class TableOfReading:
    """One table while it is drawn."""

    def __init__(self, form: ReadingForm, part: Part) -> None:
        self.form, self.part = form, part
        self.cells = form.reading.cells
        self.table = TABLES[part.number]
        self.places = {
            f"{self.table}.{place.key}": place
            for place in places_of(form.reading.sheet.edition, part.key)
        }
        self.absent = not any(self.cells[name].source for name in self.places)
        self.said_by: dict[str, list[str]] = {}  # a box's name -> the sentences about it

    def drawn(self) -> ReadTable:
        content = Content(
            self.form.reading.sheet.edition,
            self.part.key,
            lambda place: self.form.text_at(self.name_of(place)),
            lambda place: tuple(self.sorts(self.name_of(place))),
            None,
        )
        table = content.table()
        bodies = tuple(self.rows(body) for body in table["bodies"])
        return ReadTable(
            self.part,
            self.absent,
            table["columns"],
            tuple(tuple(ReadBox(box) for box in row) for row in table["head"]),
            bodies,
        )

    def name_of(self, place: Place) -> str:
        return f"{self.table}.{place.key}"

    def sorts(self, name: str) -> Iterator[str]:
        """Why something is to be said of a cell."""
        if name in self.form.errors:
            yield "error"
        elif name in self.form.numbers:
            yield "change"
        elif not self.absent and is_doubtful(self.cells[name]):
            yield "doubt"

    def rows(self, body: tuple[tuple[Box, ...], ...]) -> tuple[tuple[ReadBox, ...], ...]:
        """Sentences first: a box names those that stand below it."""
        told = {id(box): tuple(self.sentences(box.told)) for row in body for box in row if box.told}
        return tuple(tuple(self.read_box(box, told) for box in row) for row in body)

    def read_box(self, box: Box, told: dict[int, tuple[Told, ...]]) -> ReadBox:
        if box.told:
            return ReadBox(box, told=told[id(box)])
        if box.scope or not box.anchor:
            return ReadBox(box)
        name = box.anchor.removeprefix("cell-")
        return ReadBox(
            box, name, "".join(box.errors), described_by=" ".join(self.said_by.get(name, ()))
        )

    def sentences(self, boxes: tuple[Box, ...]) -> Iterator[Told]:
        """One for all cells of a row of which the same is to be said."""
        names = [box.anchor.removeprefix("cell-") for box in boxes]
        for (sort, said), group in groupby(names, key=self.remark):
            listed = list(group)
            anchor = f"said-{listed[0]}"
            for name in listed:
                self.said_by.setdefault(name, []).append(anchor)
            where = "；".join(self.where(name) for name in listed)
            yield Told(anchor, said if sort == "error" else f"{where}：{said}", sort)

    def where(self, name: str) -> str:
        place, source = self.places[name], self.cells[name].source
        label = place.column_label if self.part.number != 4 else place.label
        return f"{label}，{source}" if source else label

    def remark(self, name: str) -> tuple[str, str]:
        sort = next(self.sorts(name))
        if sort == "error":
            return sort, "".join(map(str, self.form.errors[name]))
        said = printed_in(self.cells[name])
        if sort == "change":
            was, now = self.cells[name].number, self.form.numbers[name]
            said = f"{said}；机器读作{number_told(was)}，您改为{number_told(now)}。"
        return sort, said if said.endswith("。") else f"{said}。"


def cells_beyond(form: ReadingForm) -> Iterator[str]:
    """What stands in cells which only another edition has: kept as printed, in no box."""
    for name, cell in form.reading.cells.items():
        if name not in form.places:
            yield f"{PLACES[name].label}，{cell.source}：{printed_in(cell)}"


def is_doubtful(cell: CellReading) -> bool:
    return not cell.exact or cell.number is None or bool(cell.note)


def printed_in(cell: CellReading) -> str:
    """What stood in the cell, and what was made of it."""
    if not cell.source:
        return cell.note
    said = f"印作“{' '.join(cell.printed.split())}”" if cell.printed else "是空白"
    return f"{said}，{cell.note}" if cell.note else said
