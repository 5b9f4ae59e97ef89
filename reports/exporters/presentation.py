"""A sheet as a reader sees it: what every page, print and file of it shows.

The headings are always the edition's, with its numbers; a historical report
shows what it printed where that was not simply the number, and its local
tables after the part in which they stood.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from reports.editions.grammar import Part, Place, plain
from reports.editions.numbering import paragraphs
from reports.editions.wording import date_text
from reports.sheet import Addition, Sheet, name_of

from .document import title_text
from .drawn import (
    DrawnCell,
    DrawnParagraph,
    DrawnPart,
    DrawnRow,
    DrawnTable,
    Mark,
    Marks,
)
from .spread import Spot, Spread, spread_of
from .title import ems, title_lines

__all__ = [
    "DrawnCell",
    "DrawnParagraph",
    "DrawnPart",
    "DrawnTable",
    "Mark",
    "Marks",
    "Presentation",
    "anchor_of",
    "mark_name",
    "present",
    "shown",
]

LONG_FIGURE = 6  # characters; a wider figure needs smaller type in the narrow columns
CONTACT = (
    ("address", "地址"),
    ("postcode", "邮政编码"),
    ("telephone", "电话"),
    ("email", "电子邮箱"),
)


@dataclass(frozen=True)
class Presentation:
    """The whole report. ``date_outgrows`` decides how the signature is set."""

    sheet: Sheet
    title: str
    title_lines: tuple[str, ...]
    preface: tuple[DrawnParagraph, ...]
    parts: tuple[DrawnPart, ...]
    additions: tuple[Addition, ...]  # of the preface, and of no part
    signed_by: str
    signed_on: str
    marks: Marks

    @property
    def date_outgrows(self) -> bool:
        """Whether the date is longer than the name above it (GB/T 9704-2012, 7.3.5.2)."""
        return ems(self.signed_on) > ems(self.signed_by)

    @property
    def title_mark(self) -> Mark | None:
        return self.marks.get("title")

    @property
    def signature_mark(self) -> Mark | None:
        return self.marks.get("signed_by") or self.marks.get("signed_on")

    def part(self, key: str) -> DrawnPart:
        return next(part for part in self.parts if part.key == key)


Links = Callable[[Place], str]


def present(
    sheet: Sheet, *, marks: Marks | None = None, links: Links | None = None
) -> Presentation:
    """The sheet as shown. ``marks`` maps names to marks: a cell's full name
    (``applications.natural_person.granted``), a paragraph's (``overview.3``,
    counted from 1), ``title``, ``signed_by`` or ``signed_on``. ``links`` says
    where a cell leads, "" for nowhere.
    """
    marks = marks or {}
    title = title_text(sheet)
    preface, *parts = sheet.edition.parts
    keys = {part.key for part in parts}
    return Presentation(
        sheet=sheet,
        title=title,
        title_lines=title_lines(title, sheet.agency),
        preface=(*drawn_paragraphs(preface.key, opening(sheet), marks),),
        parts=tuple(drawn_part(sheet, part, marks, links) for part in parts),
        additions=tuple(each for each in sheet.printed.additions if each.part not in keys),
        signed_by=sheet.signed_by.strip(),
        signed_on=date_text(sheet.signed_on) if sheet.signed_on else "",
        marks=marks,
    )


def opening(sheet: Sheet) -> str:
    """The preface, with those lines of the contact which it does not already give."""
    if sheet.as_printed:
        return sheet.preface
    unsaid = [
        f"{label}：{value}"
        for key, label in CONTACT
        if (value := getattr(sheet.contact, key).strip()) and value not in sheet.preface
    ]
    return f"{sheet.preface}\n{'；'.join(unsaid)}。" if unsaid else sheet.preface


def drawn_part(sheet: Sheet, part: Part, marks: Marks, links: Links | None) -> DrawnPart:
    return DrawnPart(
        key=part.key,
        title=part.title,
        anchor=f"part-{part.key}",
        paragraphs=()
        if part.is_table
        else tuple(drawn_paragraphs(part.key, sheet.text(part.key), marks)),
        table=drawn_table(sheet, part, marks, links) if part.is_table else None,
        additions=tuple(each for each in sheet.printed.additions if each.part == part.key),
    )


def drawn_paragraphs(key: str, text: str, marks: Marks) -> Iterator[DrawnParagraph]:
    for number, paragraph in enumerate(paragraphs(text), 1):
        name = f"{key}.{number}"
        yield DrawnParagraph(name, paragraph, marks.get(name))


def drawn_table(sheet: Sheet, part: Part, marks: Marks, links: Links | None = None) -> DrawnTable:
    spread = spread_of(sheet.edition.key, part.key)

    def row_of(row: Sequence[Spot]) -> DrawnRow:
        return tuple(drawn_cell(sheet, part, spot, marks, links) for spot in row)

    table = DrawnTable(
        key=part.key,
        caption=f"{sheet.year}年{part.heading}",
        columns=column_classes(spread),
        head=tuple(row_of(row) for row in spread.head),
        bodies=tuple(tuple(row_of(row) for row in body) for body in spread.bodies),
        long_figures=False,
    )
    longest = max(len(cell.text) for cell in table.figures)
    return replace(table, long_figures=longest >= LONG_FIGURE)


def column_classes(spread: Spread) -> tuple[str, ...]:
    """``label-n`` for the columns without figures, ``figure`` for the others."""
    first = min(spot.column for spot in spread.spots if spot.cell.place)
    return tuple(f"label-{n + 1}" if n < first else "figure" for n in range(spread.width))


def drawn_cell(
    sheet: Sheet, part: Part, spot: Spot, marks: Marks, links: Links | None = None
) -> DrawnCell:
    place = spot.cell.place
    if place is None:
        return DrawnCell(spot.cell.text, header_id(part, spot), spot)
    name = name_of(place)
    return DrawnCell(
        text=shown(sheet, place),
        anchor=f"cell-{name}",
        spot=spot,
        kinds=" ".join(kinds_of(sheet, place)),
        headers=" ".join(header_id(part, header) for header in spot.headers),
        mark=marks.get(name),
        number=None if name in sheet.printed.cells else sheet.figure(place),
        link=links(place) if links else "",
    )


def header_id(part: Part, spot: Spot) -> str:
    return f"h{part.number}-{spot.row}-{spot.column}"


def shown(sheet: Sheet, place: Place) -> str:
    """What stands in a cell: what was printed, or the number, or nothing."""
    printed = sheet.printed.cells.get(name_of(place))
    if printed is not None:
        return printed
    number = sheet.figure(place)
    return "" if number is None else plain(number)


def kinds_of(sheet: Sheet, place: Place) -> Iterator[str]:
    number = sheet.figure(place)
    if name_of(place) in sheet.printed.cells:
        yield "printed"
    elif number is None:
        yield "blank"
    else:
        yield "zero" if number == 0 else "number"
    if place.computed:
        yield "computed"


def anchor_of(
    report: Presentation, part: int | None, line: str = "", column: str = "", quote: str = ""
) -> str:
    """The id of what a finding speaks of: its cell, its paragraph, or its part.

    Where a finding names a whole line or column, the total in it is taken.
    """
    edition = report.sheet.edition
    if part is None:
        return "report-title"
    places = [
        place for place in edition.places()
        if place.part == part and line in ("", place.line) and column in ("", place.column)
    ]  # fmt: skip
    if places and (line or column):
        return f"cell-{name_of(max(places, key=lambda place: place.computed))}"
    key = next(each.key for each in edition.parts if each.number == part)
    if part == 0 and not (report.preface or report.additions):
        return "report-title"  # a part without text is not drawn
    texts = report.preface if part == 0 else report.part(key).paragraphs
    said = (each.anchor for each in texts if quote and quote in each.text)
    return next(said, f"part-{key}")


def mark_name(anchor: str) -> str:
    """What ``marks`` call the place of an anchor: a cell or a paragraph; empty for all else."""
    kind, _, name = anchor.partition("-")
    if kind == "cell":
        return name
    return ".".join(name.rsplit("-", 1)) if kind == "p" else ""
