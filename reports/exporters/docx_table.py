"""Statutory tables in Word: the printed grid with its spans, header rows repeated, rows whole."""

from collections.abc import Iterator, Sequence
from typing import cast

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from .archive import printable
from .docx_page import SONG, set_fonts
from .presentation import DrawnCell, DrawnTable

WIDTH = 8844  # twips: 156 mm
SHARES = {  # of the width, of the columns that carry labels; figures share the rest
    "disclosure": (0.30,),
    "applications": (0.084, 0.11, 0.326),
    "remedies": (),
}
PADDING = {"disclosure": 80, "applications": 36, "remedies": 80}  # above and below, twips
LEFT_SCOPES = {"disclosure": ("colgroup",), "applications": ("row", "rowgroup"), "remedies": ()}


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    made = cast(BaseOxmlElement, OxmlElement(tag))
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def add_table(word: WordDocument, table: DrawnTable) -> None:
    shares = SHARES[table.key]
    rest = (1 - sum(shares)) / (len(table.columns) - len(shares))
    widths = [
        round(WIDTH * share) for share in (*shares, *[rest] * (len(table.columns) - len(shares)))
    ]
    grid = new_table(widths)
    describe(grid, table)
    for number, row in enumerate(table.rows):
        grid.append(row_of(table, number, row, widths))
    insert(word, grid)


def describe(grid: BaseOxmlElement, table: DrawnTable) -> None:
    """What a screen reader says of the table before its cells (替代文字)."""
    properties = grid.find(qn("w:tblPr"))
    assert properties is not None
    size = f"{len(table.rows)}行，{len(table.columns)}列，其中表头{len(table.head)}行。"
    properties.append(element("w:tblCaption", val=table.caption))
    properties.append(element("w:tblDescription", val=f"{table.caption}：{size}"))


def add_plain_table(word: WordDocument, rows: Sequence[Sequence[str]]) -> None:
    """A local table as printed: no header is known, no cell is merged."""
    columns = max(map(len, rows))
    widths = [WIDTH // columns] * columns
    grid = new_table(widths)
    for texts in rows:
        row = new_row(header=False)
        for text in (*texts, *[""] * (columns - len(texts))):
            row.append(cell_of(text, widths[0], 1, "", left=True))
        grid.append(row)
    insert(word, grid)


def insert(word: WordDocument, grid: BaseOxmlElement) -> None:
    word.element.body.insert_element_before(grid, "w:sectPr")


def new_table(widths: Sequence[int]) -> BaseOxmlElement:
    table, properties, grid = element("w:tbl"), element("w:tblPr"), element("w:tblGrid")
    properties.append(element("w:tblStyle", val="TableGrid"))
    properties.append(element("w:tblW", w=sum(widths), type="dxa"))
    properties.append(element("w:jc", val="center"))
    properties.append(element("w:tblLayout", type="fixed"))
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=40, type="dxa"))
    properties.append(margins)
    for width in widths:
        grid.append(element("w:gridCol", w=width))
    table.append(properties)
    table.append(grid)
    return table


def new_row(*, header: bool) -> BaseOxmlElement:
    row, properties = element("w:tr"), element("w:trPr")
    properties.append(element("w:cantSplit"))
    if header:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    return row


def row_of(
    table: DrawnTable, number: int, row: Sequence[DrawnCell], widths: Sequence[int]
) -> BaseOxmlElement:
    made = new_row(header=number < len(table.head))
    lefts = LEFT_SCOPES[table.key]
    for cell in sorted((*row, *reaching(table, number)), key=lambda cell: cell.spot.column):
        starts = cell.spot.row == number
        width = sum(widths[cell.spot.column : cell.spot.column + cell.columns])
        merge = ("restart" if starts else "continue") if cell.rows > 1 else ""
        text = cell.text + cell.unit if starts else ""
        left = cell.scope in lefts
        made.append(cell_of(text, width, cell.columns, merge, left=left, pad=PADDING[table.key]))
    if number + 1 < len(table.rows):
        keep_with_next(made)
    return made


def reaching(table: DrawnTable, number: int) -> Iterator[DrawnCell]:
    """The cells of the rows above which reach down into this one."""
    for row in table.rows[:number]:
        for cell in row:
            if cell.spot.covers_row(number):
                yield cell


def cell_of(
    text: str, width: int, columns: int, merge: str, *, left: bool, pad: int = 36
) -> BaseOxmlElement:
    cell, properties = element("w:tc"), element("w:tcPr")
    properties.append(element("w:tcW", w=width, type="dxa"))
    if columns > 1:
        properties.append(element("w:gridSpan", val=columns))
    if merge:
        properties.append(element("w:vMerge", val=merge))
    properties.append(element("w:vAlign", val="center"))
    cell.append(properties)
    cell.append(line_of(text, left=left, pad=pad))
    return cell


def keep_with_next(row: BaseOxmlElement) -> None:
    """On every row but the last it keeps a table on one page."""
    for shape in row.iter(qn("w:pPr")):
        shape.insert(0, element("w:keepNext"))


def line_of(text: str, *, left: bool, pad: int) -> BaseOxmlElement:
    """The cell's paragraph: 10.5 pt 宋体 on 13 pt."""
    paragraph, shape = element("w:p"), element("w:pPr")
    shape.append(element("w:snapToGrid", val=0))
    shape.append(element("w:spacing", before=pad, after=pad, line=250, lineRule="exact"))
    shape.append(element("w:jc", val="left" if left else "center"))
    paragraph.append(shape)
    run, face, content = element("w:r"), element("w:rPr"), element("w:t")
    set_fonts(face, SONG)
    face.append(element("w:spacing", val=0))
    face.append(element("w:sz", val=21))
    content.text = printable(text)
    run.append(face)
    run.append(content)
    paragraph.append(run)
    return paragraph
